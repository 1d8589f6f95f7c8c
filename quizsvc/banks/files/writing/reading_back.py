"""What a written file loses, found by reading it again with the reader that an organizer's upload would meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from quizsvc.banks.faults import Level
from quizsvc.banks.files.exchange.losses import NO_TEXT, fitted
from quizsvc.banks.files.found import FileRefused, FoundFile, FoundQuestion, letters_of
from quizsvc.banks.files.writing.written import Loss, WrittenBank, WrittenItem
from quizsvc.banks.letter_references import choice_refers, text_refers

BASIS, EXPLANATION = "Căn cứ", "Giải thích"
"""What stands before a legal basis and an explanation in files for people; a reader keeps it as part of the text."""

LOST = {
    "text": "nội dung câu hỏi đọc lại sẽ khác trong ngân hàng (dòng hoặc ký hiệu dễ bị hiểu thành phần khác của đề).",
    "choices": "các phương án đọc lại sẽ khác trong ngân hàng (dòng hoặc ký hiệu dễ bị hiểu thành phần khác của đề).",
    "key": "đáp án đọc lại sẽ không đúng như trong ngân hàng: phải chọn lại đáp án sau khi nạp.",
    "kind": "cách trả lời (chọn một, chọn nhiều, đúng/sai) không được giữ.",
    "pinned": "không giữ được thứ tự cố định của các phương án: sau khi nạp phải đánh dấu lại.",
    "topic": "lĩnh vực không đi theo từng câu: sau khi nạp phải xếp lại.",
    "difficulty": "mức độ khó không được ghi.",
    "explanation": "phần giải thích không được giữ nguyên vẹn.",
    "citation": "căn cứ pháp lý không được giữ nguyên vẹn.",
    "code": "mã câu hỏi không được ghi.",
}
"""Loss code → what is said of the question."""


def fitted_bank(bank: WrittenBank) -> WrittenBank:
    """The bank with texts that a file can hold: one kind of line end, no control characters, no outer spaces."""
    return replace(bank, items=tuple(map(fitted, bank.items)))


def labelled(label: str, text: str) -> str:
    """The text behind its label, unless it already begins with that word.

    >>> labelled("Căn cứ", "Căn cứ Điều 5 Luật Hộ tịch"), labelled("Căn cứ", "Điều 5")
    ('Căn cứ Điều 5 Luật Hộ tịch', 'Căn cứ: Điều 5')
    """
    return text if not text or text.casefold().startswith(label.casefold()) else f"{label}: {text}"


def losses_of(bank: WrittenBank, read: Callable[[], FoundFile]) -> tuple[Loss, ...]:
    """Everything of the bank that is not in the file, or that its reader would not find there again, by question.

    ``read`` gives what the project's own reader makes of the written file. Questions are told apart by their numbers.
    """
    try:
        found = read()
    except FileRefused as refused:
        return (Loss("not-read-back", f"Tệp này không nạp lại được: {refused.sentence}"), *_never_written(bank))
    by_number: dict[int | None, list[FoundQuestion]] = {}
    for question in found.questions:
        by_number.setdefault(question.number, []).append(question)
    known = {item.number for item in bank.items}
    losses = list(_never_written(bank))
    for item in map(fitted, bank.items):
        losses += _of_question(item, by_number.get(item.number, []))
    extra = sum(len(found) for number, found in by_number.items() if number not in known)
    if extra:
        losses.append(Loss("questions-added", f"Đọc lại tệp này sẽ thấy thừa {extra} câu không có trong ngân hàng."))
    return tuple(losses)


def losses_of_pictures(bank: WrittenBank) -> Iterator[Loss]:
    """The bank keeps no pictures, so that no format carries them."""
    for item in bank.items:
        if item.pictures:
            yield Loss("pictures", f"{item.pictures} hình không được ghi vào tệp.", item.number)


def _never_written(bank: WrittenBank) -> Iterator[Loss]:
    """What no layout has a place for."""
    yield from losses_of_pictures(bank)
    for item in bank.items:
        if item.citation and item.is_structured_citation:
            sentence = "căn cứ pháp lý chỉ còn là chữ, không còn tách thành văn bản, điều, khoản, điểm."
            yield Loss("citation-as-text", sentence, item.number)
        if any(NO_TEXT.search(text) for text in (item.text, *item.choices, item.explanation, item.citation)):
            yield Loss("control-characters", "ký tự điều khiển không thấy được đã bị bỏ.", item.number)


def _of_question(item: WrittenItem, found: list[FoundQuestion]) -> Iterator[Loss]:
    if len(found) != 1:
        said = "đọc lại tệp này sẽ không thấy câu này." if not found else "đọc lại tệp này sẽ thấy hai câu cùng số."
        yield Loss("not-read-back", said, item.number)
        return
    question = found[0]
    for code, kept in _kept(item, question).items():
        if not kept:
            yield Loss(code, LOST[code], item.number)
    for remark in question.remarks:
        if remark.level is Level.ERROR:
            sentence = f"khi nạp lại, câu này sẽ bị giữ lại để người xem ({remark.code})."
            yield Loss("stopped-on-reading", sentence, item.number)


def _kept(item: WrittenItem, question: FoundQuestion) -> dict[str, bool]:
    """For each part of a question whether it was read as it is in the bank."""
    has_choices = question.choices == item.choices
    return {
        "text": question.text == item.text,
        "choices": has_choices,
        "key": question.correct == letters_of(item.correct),
        "kind": not has_choices or question.kind == item.kind,
        "pinned": question.pinned or not item.pinned or refers(item) or item.kind == "true_false",
        "topic": question.topic == (item.topic or None),
        "difficulty": question.difficulty == item.difficulty,
        "explanation": question.explanation in (item.explanation, labelled(EXPLANATION, item.explanation)),
        "citation": question.citation in (item.citation, labelled(BASIS, item.citation)),
        "code": (question.code or "") == item.code,
    }


def refers(item: WrittenItem) -> bool:
    """Whether choices name one another, so that whoever reads the question keeps their order anyway."""
    return any(map(choice_refers, item.choices)) or text_refers(item.text)
