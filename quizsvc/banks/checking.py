"""The checker: everything that is wrong with banks although their files have the right form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from quizsvc.banks.citations import Citation, InstrumentFile, missing_part, place_text
from quizsvc.banks.faults import Fault, Level, Place
from quizsvc.banks.questions import LETTERS, BankFile, WrittenQuestion
from quizsvc.banks.versions import refers_to_choices
from quizsvc.core.text import fold

# No-break, zero-width and soft-hyphen marks, and letters that only look Vietnamese; all come from converted documents.
ODD_CHARACTERS = re.compile("[\u00a0\u00ad\u200b-\u200f\u2060\ufeff\u01a2\u01a3\u00d0\u00f0\ufffd]")

MISSING = {
    "repealed-article": "Điều {article} {title} đã bị bãi bỏ",
    "unknown-article": "{title} không có Điều {article}",
    "unknown-clause": "{title} không có {place}",
    "unknown-point": "{title} không có {place}",
}
FIELD_OF = {"unknown-clause": "clause", "unknown-point": "point"}


def check(banks: Sequence[BankFile], instruments: Sequence[InstrumentFile], *, on: date) -> list[Fault]:
    """Every fault of these banks taken together, with the law as it stands on the day ``on``."""
    registry = {instrument.number: instrument for instrument in instruments}
    faults = list(_repeated(instruments, "number", "duplicate-instrument", "văn bản"))
    faults += _repeated(banks, "code", "duplicate-bank", "ngân hàng")
    for bank in banks:
        faults += _bank(bank)
        for question in bank.questions:
            faults += _texts(question)
            faults += _choices(question)
            if bank.topics and question.topic not in bank.topics:
                sentence = f"chủ đề «{question.topic}» không có trong mục topics"
                faults.append(Fault("unknown-topic", question.source.at("topic"), sentence))
            for citation in question.cites:
                faults += _citation(citation, registry, on)
    faults += _same_codes(banks)
    faults += _same_texts(banks)
    faults += _pending_amendments(banks, registry, on)
    return faults


def _repeated(items: Sequence[BankFile | InstrumentFile], name: str, code: str, noun: str) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for item in items:
        key, place = getattr(item, name), item.source.at("bank" if name == "code" else name)
        if key in first:
            yield Fault(code, place, f"{noun} {key} đã có ở {_where(first[key])}")
        first.setdefault(key, place)


def _bank(bank: BankFile) -> Iterator[Fault]:
    stem = re.split(r"[/\\]", bank.source.file)[-1].rsplit(".", 1)[0]
    if stem and stem != bank.code:
        sentence = f"mã ngân hàng «{bank.code}» không trùng tên tệp «{stem}»"
        yield Fault("bank-not-file-name", bank.source.at("bank"), sentence, Level.WARNING)
    yield from _text(bank.title, bank.source.at("title"))
    for code, title in bank.topics.items():
        yield from _text(title, bank.source.at("topics", code))


def _texts(question: WrittenQuestion) -> Iterator[Fault]:
    yield from _text(question.text, question.source.at("text"))
    yield from _text(question.explanation, question.source.at("explanation"))
    for letter, text in question.choices:
        yield from _text(text, question.source.at("choices", letter))


def _text(text: str, place: Place) -> Iterator[Fault]:
    if not text.strip():
        yield Fault("empty-text", place, "chỉ có khoảng trắng")
    if not unicodedata.is_normalized("NFC", text):
        yield Fault("not-nfc", place, "chữ có dấu rời, hãy chuyển sang Unicode dựng sẵn (NFC)")
    odd = ODD_CHARACTERS.search(text)
    if odd:
        sentence = f"có ký tự lạ U+{ord(odd.group()):04X} ở vị trí {odd.start() + 1}"
        yield Fault("odd-character", place, sentence, Level.WARNING)


def _choices(question: WrittenQuestion) -> Iterator[Fault]:
    source, letters = question.source, [letter for letter, _ in question.choices]
    if question.kind == "true_false":
        if letters:
            yield Fault("choices-on-true-false", source.at("choices"), "câu đúng/sai không có mục choices")
        return
    if not letters:
        yield Fault("no-choices", source.at(), "thiếu mục choices; answer của câu đúng/sai phải là true hoặc false")
        return
    if letters != list(LETTERS[: len(letters)]):
        sentence = f"các phương án phải theo thứ tự {', '.join(LETTERS[: len(letters)])}, đang là {', '.join(letters)}"
        yield Fault("choice-letters", source.at("choices"), sentence)
    for letter in question.right_letters:
        if letter not in letters:
            sentence = f"đáp án «{letter}» không phải là một phương án ({', '.join(letters)})"
            yield Fault("key-not-a-choice", source.at("answer"), sentence)
    if question.kind == "multiple" and set(letters) <= set(question.right_letters):
        yield Fault("every-choice-right", source.at("answer"), "mọi phương án đều là đáp án đúng", Level.WARNING)
    yield from _equal_choices(question)
    if not question.pinned and refers_to_choices(question):
        sentence = "câu nhắc đến phương án khác theo chữ cái hoặc tất cả, nên được giữ nguyên thứ tự; hãy ghi pinned: true"
        yield Fault("refers-to-letters", source.at("choices"), sentence, Level.NOTICE)


def _equal_choices(question: WrittenQuestion) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for letter, text in question.choices:
        # Accents and most signs stay: "bố" and "bộ", "< 5" and "> 5" are different answers.
        plain = " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" .;,")
        if plain in first:
            place = question.source.at("choices", letter)
            yield Fault("equal-choices", place, f"phương án {letter} giống phương án {first[plain]}")
        first.setdefault(plain, letter)


def _citation(citation: Citation, registry: Mapping[str, InstrumentFile], on: date) -> Iterator[Fault]:
    instrument = registry.get(citation.law)
    if instrument is None:
        sentence = f"văn bản số {citation.law} không có trong danh mục văn bản"
        yield Fault("unknown-instrument", citation.source.at("law"), sentence)
        return
    if not instrument.is_in_force(on):
        sentence = f"{instrument.title} (số {citation.law}) không có hiệu lực vào ngày {on:%d/%m/%Y}"
        yield Fault("instrument-not-in-force", citation.source.at("law"), sentence)
    code = missing_part(instrument, citation)
    if code is not None:
        title = f"{instrument.title} (số {citation.law})"
        sentence = MISSING[code].format(article=citation.article, title=title, place=place_text(citation))
        yield Fault(code, citation.source.at(FIELD_OF.get(code, "article")), sentence)


def _same_codes(banks: Iterable[BankFile]) -> Iterator[Fault]:
    first: dict[str, tuple[BankFile, Place]] = {}
    for bank in banks:
        for question in bank.questions:
            place = question.source.at("id")
            other, earlier = first.setdefault(question.code, (bank, place))
            if earlier is not place:
                level = Level.ERROR if other.code == bank.code else Level.WARNING
                yield Fault("duplicate-id", place, f"mã câu hỏi {question.code} đã có ở {_where(earlier)}", level)


def _same_texts(banks: Iterable[BankFile]) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for bank in banks:
        for question in bank.questions:
            place, folded = question.source.at("text"), fold(question.text)
            earlier = first.setdefault(folded, place)
            if earlier is not place and folded:
                yield Fault("duplicate-text", place, f"câu hỏi trùng với câu ở {_where(earlier)}")


def _pending_amendments(banks: Iterable[BankFile], registry: Mapping[str, InstrumentFile], on: date) -> Iterator[Fault]:
    cited = {citation.law for bank in banks for question in bank.questions for citation in question.cites}
    for number in sorted(cited & registry.keys()):
        instrument = registry[number]
        for position, amendment in enumerate(instrument.amendments):
            if amendment.in_force_from <= on and not amendment.in_outline:
                sentence = (
                    f"{instrument.title} đã được văn bản số {amendment.number} sửa đổi từ ngày "
                    f"{amendment.in_force_from:%d/%m/%Y} nhưng dàn ý chưa có, hãy đối chiếu các câu hỏi viện dẫn văn bản này"
                )
                place = instrument.source.at("amendments", position)
                yield Fault("amendment-not-in-outline", place, sentence, Level.WARNING)


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}"
