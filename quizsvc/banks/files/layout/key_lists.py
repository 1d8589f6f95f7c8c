"""Answers that stand apart from their questions: lists and tables in the same file, and a second file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from quizsvc.banks.files.columns.keys import key_of_table
from quizsvc.banks.files.documents import Document, Line
from quizsvc.banks.files.found import FoundKey
from quizsvc.banks.files.layout import words
from quizsvc.banks.files.layout.flattening import items_of
from quizsvc.banks.files.layout.items import Item, Kind, Start
from quizsvc.core.text import fold

EXPLAINING = (Kind.TEXT, Kind.BASIS, Kind.EXPLANATION)


@dataclass
class KeyBook:
    """The answers of a file by number. ``claimed``: those that a question asked for."""

    keys: list[FoundKey] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)
    by_number: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, keys: Iterable[FoundKey]) -> None:
        for key in keys:
            self.by_number[key.number].append(len(self.keys))
            self.keys.append(key)

    def of(self, number: int, nth: int, of_many: int, section: str) -> tuple[FoundKey, ...]:
        """The answers for the ``nth`` of ``of_many`` questions with this number.

        One where that is certain: by the name of the section, or since as many lists as sections hold the number; none where
        several questions have the number and nothing says which is meant; several where one number is answered twice.
        """
        places = self.by_number.get(number, [])
        same = [at for at in places if section and _same_section(self.keys[at].section, section)]
        if len(same) == 1:
            places = same
        elif of_many > 1:
            places = [places[nth]] if len(places) == of_many else []
        self.claimed.update(places)
        return tuple(self.keys[at] for at in places)

    @property
    def unclaimed(self) -> list[FoundKey]:
        return [key for at, key in enumerate(self.keys) if at not in self.claimed]


def _same_section(first: str, second: str) -> bool:
    mine, other = fold(first), fold(second)
    return bool(mine and other) and (mine == other or mine.startswith(f"{other} ") or other.startswith(f"{mine} "))


def take_keys(items: Sequence[Item]) -> tuple[list[Item], list[FoundKey]]:
    """The items without lines and tables that hold answers only, and these answers with the heading above each."""
    left: list[Item] = []
    keys: list[FoundKey] = []
    section = ""
    is_below_head = False
    numbers: Item | None = None
    for item in _explained(items):
        found = _found(item, numbers, is_below_head)
        if found:
            if numbers is not None and item.kind is not Kind.KEY and left and left[-1] is numbers:
                left.pop()
            keys += [replace(key, section=key.section or section) for key in found]
            numbers = None
            continue
        left.append(item)
        numbers = item if _row_of_numbers(item.whole) else None
        if item.kind is Kind.KEY_HEAD:
            is_below_head, section = True, _section_of_head(item)
        elif item.kind is Kind.SECTION:
            section = item.whole
        elif item.kind is Kind.OPTION:
            is_below_head, section = False, ""
    return left, keys


def _section_of_head(item: Item) -> str:
    """«PHẦN I» of «ĐÁP ÁN PHẦN I»."""
    at = fold(item.whole).find("phan ")
    words_of = item.whole.split()
    return " ".join(words_of[next((n for n, word in enumerate(words_of) if fold(word) == "phan"), 0) :]) if at > 0 else ""


def _found(item: Item, numbers: Item | None, is_below_head: bool) -> list[FoundKey]:
    if item.kind is Kind.KEY:
        return list(item.keys)
    if item.kind is Kind.TABLE and item.table is not None and item.columns is None:
        return key_of_table(item.table) or []
    if numbers is not None:
        return _below_numbers(_row_of_numbers(numbers.whole), item)
    if is_below_head:
        truth = words.TRUTH_ENTRY.fullmatch(item.whole)
        if truth is not None:
            text = "Đúng" if truth["text"].casefold().startswith("đ") else "Sai"
            return [FoundKey(int(truth["number"]), (), item.where, text=text)]
    return []


def _row_of_numbers(text: str) -> list[int]:
    """The numbers of a line «Câu 1 2 3 4», ascending by one; nothing when it holds anything else."""
    pieces = text.replace("|", " ").split()
    if pieces and fold(pieces[0]) in ("cau", "stt"):
        pieces = pieces[1:]
    if len(pieces) < 3 or not all(piece.isdigit() and len(piece) <= 4 for piece in pieces):
        return []
    numbers = [int(piece) for piece in pieces]
    return numbers if numbers == list(range(numbers[0], numbers[0] + len(numbers))) else []


def _below_numbers(numbers: Sequence[int], item: Item) -> list[FoundKey]:
    letters = words.ROW_LABEL.sub("", item.whole.replace("|", " "), count=1).split()
    if len(letters) != len(numbers) or not all(len(letter) == 1 and letter.upper() in "ABCDEFGH" for letter in letters):
        return []
    return [FoundKey(number, (letter.upper(),), item.where) for number, letter in zip(numbers, letters, strict=True)]


def _explained(items: Sequence[Item]) -> list[Item]:
    """«Câu 3: B» with an explanation below it, rather than with choices, is a note on question 3."""
    changed = list(items)
    for at, item in enumerate(items):
        if item.kind is not Kind.KEY or len(item.keys) != 1 or at + 1 == len(items) or items[at + 1].kind not in EXPLAINING:
            continue
        following = next((each.kind for each in items[at + 1 : at + 6] if each.kind not in EXPLAINING), None)
        if following is not Kind.OPTION:
            start = Start("word", item.keys[0].number)
            changed[at] = replace(item, kind=Kind.START, start=start, body_at=len(item.line.text))
    return changed


def keys_of_file(document: Document) -> list[FoundKey]:
    """The answers of a key file: its tables and lists, «Câu 3: B. Khách quan» and «Câu 3 chọn B»."""
    items = items_of(document)
    left, keys = take_keys(items)
    section = ""
    for item in left:
        if item.kind is Kind.SECTION or item.line.is_heading:
            section = item.whole
        keys += [replace(key, section=section) for key in item.keys]
        if not item.keys:
            keys += sentences_of(item.line)
    return keys


def sentences_of(line: Line) -> list[FoundKey]:
    """The answers that sentences state: «Câu 3 chọn phương án B».

    >>> from quizsvc.banks.files.documents import Run, Where
    >>> [key.letters for key in sentences_of(Line((Run("Ở câu 3, đáp án đúng là B."),), Where("x")))]
    [('B',)]
    """
    return [
        FoundKey(int(found["number"]), tuple(sorted(set(words.CHOICE_LETTER.findall(found["letters"])))), line.where)
        for found in words.SENTENCE.finditer(line.full_text)
    ]
