"""A document taken apart into drafts of questions, answers that stand apart, and what belongs to neither."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from quizsvc.banks.files.columns.reading import ColumnsRead
from quizsvc.banks.files.documents import Document
from quizsvc.banks.files.found import FoundKey
from quizsvc.banks.files.layout import words
from quizsvc.banks.files.layout.flattening import items_of
from quizsvc.banks.files.layout.headings import is_capital_heading, split_sections
from quizsvc.banks.files.layout.items import Draft, Item, Kind, Part
from quizsvc.banks.files.layout.key_lists import take_keys
from quizsvc.banks.files.layout.numbering import chain_of
from quizsvc.banks.files.layout.numbers_only import lettered
from quizsvc.banks.files.layout.runs import rows_of
from quizsvc.banks.files.layout.segments import Style, read_stretch
from quizsvc.core.text import fold

OFTEN = 3
"""A line that stands so many times behind choices or answers is a page header or footer."""
TITLE_LINES = 4
SIGN_WITHIN = 40
"""A sign behind a choice is among its last characters."""
TITLE = re.compile(r"\b(?:bo cau hoi|ngan hang|cau hoi trac nghiem|de thi|cuoc thi|hoi thi|de cuong|tim hieu)\b")
OFFICIAL = ("cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc")


@dataclass
class Taken:
    """``tables``: tables with questions of their own, each with the count of drafts before it. ``guessed``: numbers that are
    not printed but follow from those around, or from the order. ``unread``: what belongs to no question."""

    drafts: list[Draft] = field(default_factory=list)
    keys: list[FoundKey] = field(default_factory=list)
    tables: list[tuple[int, ColumnsRead]] = field(default_factory=list)
    unread: list[Item] = field(default_factory=list)
    guessed: set[int] = field(default_factory=set)
    title: str = ""
    is_numbered: bool = False


def take_apart(document: Document) -> Taken:
    """All of the document; ``Taken.drafts`` in file order with numbers and sections."""
    taken = Taken()
    items, taken.keys = take_keys(items_of(document))
    changed = lettered(_without_lessons(_without_repeats(items)))
    items = [item for item in changed if item.columns is None]
    rows = rows_of(items)
    chain = chain_of(items, rows)
    taken.is_numbered = bool(chain.starts)
    notes = _notes(items, chain.notes)
    taken.keys += [key for group in notes for key in group[0].keys]
    style = Style(rows.major, taken.is_numbered, rows.is_answered_file)
    section = _read_preamble(items[: chain.starts[0]], style, taken) if chain.starts else ""
    if not chain.starts:
        _read_unnumbered(items, style, taken)
    doubtful = {id(items[at]) for at in chain.doubtful}
    noted = {id(item) for group in notes for item in group}
    bounds = [*chain.starts, len(items)]
    usual_style = Counter(_style(items[at]) for at in chain.starts).most_common(1)[0][0] if chain.starts else ""
    for start, end in pairwise(bounds):
        stretch, headings = split_sections(items[start:end], rows.major)
        first = len(taken.drafts)
        _read([item for item in stretch if id(item) not in noted], items[start], style, taken)
        for draft in taken.drafts[first:]:
            draft.section = section
        if _style(items[start]) != usual_style:
            taken.drafts[first].doubts["other-numbering"] = items[start]
        if id(items[start]) in doubtful:
            taken.drafts[first].doubts["ambiguous-start"] = items[start]
        section = _section(headings, section)
    _add_notes(notes, taken)
    for draft in taken.drafts if taken.is_numbered else ():
        if draft.start is None:
            draft.doubts["number-missing"] = draft.items[0]
    _number(taken)
    for draft in taken.drafts:
        _tidy(draft)
    _place_tables(changed, taken)
    return taken


def _place_tables(items: Sequence[Item], taken: Taken) -> None:
    """Tables with questions of their own, each with the count of drafts that begin before it."""
    places = {id(item): at for at, item in enumerate(items)}
    begins = [min((places[id(item)] for item in draft.items if id(item) in places), default=0) for draft in taken.drafts]
    for at, item in enumerate(items):
        if item.columns is not None:
            taken.tables.append((sum(begin < at for begin in begins), item.columns))
            taken.title = taken.title or item.columns.title


def _style(item: Item) -> str:
    return item.start.style if item.start is not None else ""


def _read(items: Sequence[Item], start: Item | None, style: Style, taken: Taken) -> None:
    reader = read_stretch(items, start, style)
    if start is not None and start.is_glued:
        reader.drafts[0].doubts["glued-line"] = start
        if taken.drafts:
            taken.drafts[-1].doubts["glued-line"] = start
    taken.drafts += [draft for draft in reader.drafts if draft.start is not None or draft.options]
    if start is None:
        taken.unread += [item for draft in reader.drafts if not draft.options for item in draft.items]
    taken.unread += reader.leftover


def _read_preamble(items: Sequence[Item], style: Style, taken: Taken) -> str:
    """What stands before the first number: title and headings, or questions that have lost theirs."""
    if any(item.kind is Kind.OPTION for item in items):
        body, headings = split_sections(items, style.major)
        if sum(item.kind is Kind.OPTION for item in body) >= 2:
            _read_unnumbered(body, style, taken)
            return _section(headings, "")
    taken.title = _title(items)
    sections = [
        item for item in items if item.kind is Kind.SECTION or (item.kind is Kind.OPTION and is_capital_heading(item))
    ]
    known = {id(item) for item in (*_title_items(items), *sections)}
    taken.unread += [item for item in items if id(item) not in known and not _is_official(item)]
    return sections[-1].whole if sections else ""


def _read_unnumbered(items: Sequence[Item], style: Style, taken: Taken) -> None:
    """Questions without numbers: each is the text right above its row of choices."""
    taken.title = taken.title or _title(items)
    known = {id(item) for item in _title_items(items)}
    body = [item for item in items if id(item) not in known]
    _read(body, None, style, taken)
    for draft in taken.drafts[:1]:
        _trim_first_head(draft, taken)


def _trim_first_head(draft: Draft, taken: Taken) -> None:
    """Before the first question stands what introduces the file; a blank line or a heading parts them."""
    if draft.start is not None:
        return
    for at in range(len(draft.head) - 1, 0, -1):
        item = draft.head[at].item
        before = draft.head[at - 1].item
        if item.is_after_blank or before.kind is Kind.SECTION or before.line.is_heading:
            taken.unread += [part.item for part in draft.head[:at] if part.item.kind is not Kind.SECTION]
            draft.head = draft.head[at:]
            return
    if len(draft.head) > 1:
        draft.doubts["unsure-split"] = draft.head[0].item


def _section(headings: Sequence[Item], before: str) -> str:
    named = [item.whole for item in headings if item.kind is not Kind.JUNK]
    return " – ".join(named) if named else before


def _title_items(items: Sequence[Item]) -> list[Item]:
    titles: list[Item] = []
    for item in items:
        if item.kind in (Kind.START, Kind.OPTION, Kind.BULLET) or len(titles) == TITLE_LINES:
            break
        if _is_official(item):
            continue
        if is_capital_heading(item) or item.kind is Kind.KEY_HEAD or TITLE.search(fold(item.whole)):
            titles.append(item)
        elif titles:
            break
    return titles


def _title(items: Sequence[Item]) -> str:
    return " ".join(item.whole for item in _title_items(items) if item.kind is not Kind.SECTION)


def _is_official(item: Item) -> bool:
    """The head of every official paper, and a table that holds it."""
    if item.table is not None:
        plain = fold(" ".join(cell.text for row in item.table.rows for cell in row))
    else:
        plain = fold(item.whole)
    return any(line in plain for line in OFFICIAL)


def _without_lessons(items: Sequence[Item]) -> list[Item]:
    """«Bài 2: …» is a heading where questions are «Câu 5»."""
    telling = [item for item in items if _style(item) == "word" or item.kind in (Kind.OPTION, Kind.BULLET)]
    lessons = {id(item) for item in telling if _style(item) == "word" and item.whole.casefold().startswith("bài")}
    asks = any(id(item) in lessons and after.kind is not Kind.START for item, after in pairwise(telling))
    if not lessons or asks or all(id(item) in lessons for item in telling if _style(item)):
        return list(items)
    return [
        replace(item, kind=Kind.SECTION, start=None, keys=(), body_at=0) if id(item) in lessons else item for item in items
    ]


def _without_repeats(items: Sequence[Item]) -> list[Item]:
    """Page headers and footers leave when they stand behind choices or answers again and again."""
    behind = {at for at, item in enumerate(items) if _may_repeat(item) and _is_behind_choice(items, at)}
    counts = Counter(items[at].whole for at in behind)
    return [
        replace(item, kind=Kind.JUNK) if at in behind and counts[item.whole] >= OFTEN else item
        for at, item in enumerate(items)
    ]


def _may_repeat(item: Item) -> bool:
    return item.kind is Kind.TEXT and len(item.whole) >= 8 and not item.whole.endswith(("?", ":"))


def _is_behind_choice(items: Sequence[Item], at: int) -> bool:
    """Whether choices or an answer stand just before, and no choices begin right behind."""
    if at + 1 < len(items) and (items[at + 1].letter == "A" or items[at + 1].kind is Kind.BULLET):
        return False
    near = [item.kind for item in items[max(0, at - 3) : at]]
    last = next((kind for kind in reversed(near) if kind in (Kind.OPTION, Kind.ANSWER, Kind.START)), None)
    return last in (Kind.OPTION, Kind.ANSWER)


def _notes(items: Sequence[Item], places: Sequence[int]) -> list[list[Item]]:
    """Each «Câu 3. …» behind the questions with the lines of text below it."""
    groups = []
    for at in places:
        group = [items[at]]
        for item in items[at + 1 :]:
            if item.kind not in (Kind.TEXT, Kind.BASIS, Kind.EXPLANATION, Kind.BULLET, Kind.ANSWER):
                break
            group.append(item)
        groups.append(group)
    return groups


def _add_notes(notes: Sequence[Sequence[Item]], taken: Taken) -> None:
    """«Câu 3. …» behind the questions explains question 3, and may answer it below; what explains none is unread."""
    by_number = {draft.start.start.number: draft for draft in taken.drafts if draft.start is not None and draft.start.start}
    for first, *below in notes:
        assert first.start is not None
        draft = by_number.get(first.start.number)
        if draft is None:
            taken.unread += [first, *below]
            continue
        if not first.keys or first.keys[0].text:
            draft.explanation.append(Part(first))
        for item in below:
            if item.kind is Kind.ANSWER:
                draft.answers.append(item)
            else:
                draft.explanation.append(Part(item, is_whole=True))


def _number(taken: Taken) -> None:
    """Numbers as printed; one that is missing between its neighbours, or all of them where none is printed, by order."""
    printed = [draft.start.start.number if draft.start and draft.start.start else None for draft in taken.drafts]
    has_codes = any(draft.start and draft.start.start and draft.start.start.code for draft in taken.drafts)
    for at, draft in enumerate(taken.drafts):
        draft.number = printed[at]
        if draft.number is not None or has_codes:
            continue
        before, after = printed[at - 1] if at else 0, printed[at + 1] if at + 1 < len(printed) else None
        if not any(printed):
            draft.number = at + 1
        elif before is not None and (after == before + 2 or (after is None and at + 1 == len(printed))):
            draft.number = before + 1
        if draft.number is not None:
            taken.guessed.add(draft.number)


def _tidy(draft: Draft) -> None:
    """Choices in columns into the order of their letters; signs behind them noted; bullets of several kinds told."""
    _note_signs(draft)
    parts = [*draft.head, *(part for option in draft.options for part in option.parts)]
    struck = [part.item for part in parts if any(run.marks.strike and run.text.strip() for run in part.item.line.runs)]
    if struck:
        draft.doubts["struck-text"] = struck[0]
    letters = [option.letter for option in draft.options]
    in_order = sorted(letters)
    is_spread = any(option.item.is_spread or option.item.where.table is not None for option in draft.options)
    if letters != in_order and is_spread and in_order == [chr(ord("A") + at) for at in range(len(letters))]:
        draft.options.sort(key=lambda option: option.letter)
        draft.doubts["letters-sorted"] = draft.options[0].item
    if any(option.bullet_number for option in draft.options):
        draft.doubts["digit-options"] = draft.options[0].item
    signs = {option.item.bullet for option in draft.options if option.item.bullet and not option.bullet_number}
    if len(signs) > 1:
        draft.doubts["mixed-bullets"] = draft.options[0].item


def _note_signs(draft: Draft) -> None:
    """Notes which choices carry «(đúng)» or «(x)» behind their text; «(sai)» on the others."""
    for option in draft.options:
        option.is_marked_right = option.is_marked_right or words.RIGHT_SIGN.search(option.text[-SIGN_WITHIN:]) is not None
        option.is_marked_wrong = words.WRONG_SIGN.search(option.text[-SIGN_WITHIN:]) is not None
