"""What a single line may be: the start of a question, a choice, an answer, a basis in law, a heading, or only text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from quizsvc.banks.files.columns.answers import answer_of
from quizsvc.banks.files.documents import Line
from quizsvc.banks.files.found import FoundKey
from quizsvc.banks.files.layout import words
from quizsvc.banks.files.layout.items import Item, Kind, Start

HEAD_MOST = 90
"""A longer line is no heading."""
RULER_SIGNS = 3
"""A long line of so few different signs is drawn, not written."""


def lex(line: Line) -> Item:
    """The most telling reading of a line. Automatic numbers count as if they were typed, bullets as signs.

    >>> from quizsvc.banks.files.documents import Run, Where
    >>> lex(Line((Run("Cảnh cáo"),), Where("x"), label="B.")).letter
    'B'
    """
    label = line.label.strip()
    if not label:
        return _lex(line, "")
    typed = _lex(replace(line, label=""), "")
    if typed.kind is Kind.OPTION or (typed.start is not None and typed.start.style != "bare"):
        return replace(typed, line=line)
    if words.BULLET_LABEL.fullmatch(label):
        return (
            replace(typed, line=line, bullet=label) if typed.kind not in (Kind.TEXT, Kind.JUNK) else _bullet(line, label, 0)
        )
    return _lex(line, f"{label} ")


def _lex(line: Line, prefix: str) -> Item:
    text = prefix + line.text
    if not text.strip():
        return Item(line, Kind.TEXT)
    for reading in READINGS:
        found = reading(line, text, len(prefix))
        if found is not None:
            return found
    lead = len(text) - len(text.lstrip())
    return Item(line, Kind.TEXT, max(0, lead - len(prefix)))


def content_letters(content: str) -> tuple[tuple[str, ...], str]:
    """The letters that an answer begins with, and what follows them; no letters where they are not sure.

    >>> content_letters("C. Căn cứ Điều 4 của Luật")
    (('C',), 'Căn cứ Điều 4 của Luật')
    """
    found = words.ANSWER_CONTENT.fullmatch(content.strip())
    if found is None:
        return (), content.strip()
    return answer_of(found["letters"]).letters, (found["rest"] or "").strip()


def _answer(line: Line, text: str, prefix: int) -> Item | None:
    lead = words.ANSWER_LEAD.match(text)
    if lead is None:
        chosen = words.CHOOSE_LEAD.match(text)
        if chosen is None or not content_letters(text[chosen.end() :])[0]:
            return None
        return Item(line, Kind.ANSWER, max(0, chosen.end() - prefix), answer_at=max(0, chosen.end() - prefix))
    content = text[lead.end() :]
    letters, rest = content_letters(content)
    is_strong = words.ANSWER_STRONG.match(text) is not None
    has_sign = lead["sign"] not in (None, ".", "-", "–") or (lead["is"] is not None and is_strong)
    if letters and (is_strong or has_sign) and not _is_label_of_choice(lead, letters, rest, text):
        return Item(line, Kind.ANSWER, max(0, lead.end() - prefix), answer_at=max(0, lead.end() - prefix))
    is_label = not content.strip(" .:-–…*_") and (is_strong or has_sign)
    if is_label or (has_sign and not letters) or (lead["sign"] == "." and is_strong and content[:1].isspace()):
        return Item(line, Kind.ANSWER, max(0, lead.end() - prefix), answer_at=max(0, lead.end() - prefix))
    return None


def _is_label_of_choice(lead: re.Match[str], letters: tuple[str, ...], rest: str, text: str) -> bool:
    """«Phương án A: Cảnh cáo» names a choice and gives its text; «Phương án đúng: A» is an answer."""
    word = lead[0].strip().casefold()
    return word.startswith(("phương án", "lựa chọn", "ý")) and "đúng" not in word and lead["sign"] is None and bool(rest)


def _keys(line: Line, text: str, prefix: int) -> Item | None:
    keys = entries_of(line, text)
    lead = None if keys else words.ANSWER_LEAD.match(text)
    if lead is not None:
        keys = entries_of(line, text[lead.end() :])
        keys = keys if len(keys) > 1 else ()
    return Item(line, Kind.KEY, keys=keys) if keys else None


def entries_of(line: Line, text: str) -> tuple[FoundKey, ...]:
    """The answers of a line that holds nothing else, such as «1-A 2-B; Câu 3: C» or «1-5: ABCDA»."""
    span = words.RANGE.fullmatch(text)
    if span is not None:
        letters = re.findall("[A-H]", span[3].upper())
        first, last = int(span[1]), int(span[2])
        if last - first + 1 == len(letters) > 1:
            return tuple(FoundKey(first + at, (letter,), line.where) for at, letter in enumerate(letters))
    keys, at = [], _after_gap(text, 0)
    while at < len(text):
        found = words.ENTRY.match(text, at)
        if found is None:
            return ()
        letters_found = answer_of(found["letters"]).letters
        if not letters_found:
            return ()
        keys.append(FoundKey(int(found["number"]), letters_found, line.where))
        at = _after_gap(text, found.end())
    return tuple(keys)


def _after_gap(text: str, at: int) -> int:
    gap = words.ENTRY_GAP.match(text, at)
    return gap.end() if gap else at


def _word_start(line: Line, text: str, prefix: int) -> Item | None:
    found = words.WORD_START.match(text)
    if found is not None and (found["none"] is None or text[found.end()].isupper() or text[found.end()] in '“"«'):
        inner = [words.NAMED_DEPTH.fullmatch(tag) for tag in words.BRACKETED.findall(found["tag"] + (found["later"] or ""))]
        depth = next((each["depth"] for each in inner if each is not None and each["depth"]), None)
        start = Start("word", int(found["number"]), difficulty=words.DEPTHS.get(depth.casefold(), 3) if depth else None)
        return _started(line, text, prefix, found.end(), start)
    code = words.CODE_START.match(text)
    if code is not None:
        return _started(line, text, prefix, code.end(), Start("code", None, code["code"].rstrip(".")))
    nameless = words.NAMELESS_START.match(text)
    return _started(line, text, prefix, nameless.end(), Start("word", None)) if nameless else None


def _stated(line: Line, text: str, prefix: int) -> Item | None:
    """«Câu 3 chọn phương án B theo Điều 8» answers question 3."""
    found = words.SENTENCE.match(text, len(text) - len(text.lstrip()))
    if found is None:
        return None
    number, rest = int(found["number"]), text[found.end() :].strip(" .,;:")
    letters = tuple(sorted(set(words.CHOICE_LETTER.findall(found["letters"]))))
    key = FoundKey(number, letters, line.where, text=rest)
    return Item(line, Kind.START, max(0, found.end() - prefix), start=Start("word", number), keys=(key,))


def _bare_start(line: Line, text: str, prefix: int) -> Item | None:
    found = words.BARE_START.match(text)
    return _started(line, text, prefix, found.end(), Start("bare", int(found["number"]))) if found else None


def _started(line: Line, text: str, prefix: int, end: int, start: Start) -> Item:
    rest = text[end:]
    keys: tuple[FoundKey, ...] = ()
    answer = _answer(line, rest, 0)
    letters, after = content_letters(rest[answer.body_at :] if answer else rest)
    if letters and start.number is not None:
        keys = (FoundKey(start.number, letters, line.where, text=after),)
    return Item(line, Kind.START, max(0, end - prefix), start=start, keys=keys)


def _option(line: Line, text: str, prefix: int) -> Item | None:
    found = words.OPTION.match(text)
    if found is None:
        return None
    letter = found["letter"]
    is_name = found["sign"] == "/" and found["gap"] == "" and letter.islower()
    if is_name or (letter.upper() in "IJK" and not prefix and found["sign"] == "."):
        return None
    at = found.start("letter") - prefix
    return Item(
        line,
        Kind.OPTION,
        max(0, found.end() - prefix),
        letter=letter.upper(),
        letter_at=at if at >= 0 else None,
        is_lower=letter.islower(),
        is_signed=bool(found["tick"] or found["after"] or found["later"]),
    )


def _key_head(line: Line, text: str, prefix: int) -> Item | None:
    is_head = len(text) <= HEAD_MOST and words.KEY_HEAD.fullmatch(text) is not None
    lead = words.ANSWER_LEAD.match(text)
    if is_head and lead is not None and content_letters(text[lead.end() :])[0]:
        return None
    return Item(line, Kind.KEY_HEAD) if is_head else None


def _plain(pattern: re.Pattern[str], kind: Kind) -> Callable[[Line, str, int], Item | None]:
    def read(line: Line, text: str, prefix: int) -> Item | None:
        plain = text.strip()
        is_short = len(plain) <= HEAD_MOST or len(set(plain)) <= RULER_SIGNS
        return Item(line, kind) if is_short and pattern.fullmatch(plain[:HEAD_MOST]) else None

    return read


def _section(line: Line, text: str, prefix: int) -> Item | None:
    is_section = len(text) <= 3 * HEAD_MOST and words.SECTION.match(text) is not None and not text.rstrip().endswith("?")
    return Item(line, Kind.SECTION) if is_section else None


def _basis(line: Line, text: str, prefix: int) -> Item | None:
    return Item(line, Kind.BASIS) if words.BASIS.match(text) else None


def _explanation(line: Line, text: str, prefix: int) -> Item | None:
    found = words.EXPLANATION.match(text)
    return Item(line, Kind.EXPLANATION, max(0, found.end() - prefix)) if found else None


def _bulleted(line: Line, text: str, prefix: int) -> Item | None:
    found = words.BULLET.match(text)
    return _bullet(line, found["sign"], found.end() - prefix) if found else None


def _bullet(line: Line, sign: str, at: int) -> Item:
    return Item(line, Kind.BULLET, max(0, at), bullet=sign)


READINGS: tuple[Callable[[Line, str, int], Item | None], ...] = (
    _plain(words.JUNK, Kind.JUNK),
    _plain(words.END, Kind.END),
    _keys,
    _word_start,
    _stated,
    _key_head,
    _answer,
    _option,
    _section,
    _bare_start,
    _explanation,
    _basis,
    _bulleted,
)
"""In this order: what says more about itself comes first."""
