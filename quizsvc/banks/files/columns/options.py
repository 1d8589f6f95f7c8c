"""Choices in one cell: «A. …» on lines of their own or side by side, bullets, or plain lines; signs beside the right one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quizsvc.banks.files.documents import Line, Run
from quizsvc.banks.files.found import LETTERS

_MARKER = re.compile(r"(?P<sign>\*\s?)?[(\[]?(?P<letter>[A-Ha-h]|[1-8])(?P<after>\s?\*)?\s?[.):/\]](?!\d)\s*")
_BULLET = re.compile(r"[-–•▪●○~>+]\s+")
_RIGHT_END = re.compile(
    r"\s*(?:[(\[]\s*(?:đúng|x|✓|✔|\*|đáp án đúng|đáp án)\s*[)\]]|[✓✔☑√]|(?<=\S)\s?\*)\s*$", re.IGNORECASE
)
_RIGHT_START = re.compile(r"(?:\*\s?(?!\*)|[✓✔☑√]\s*|[(\[]\s*(?:x|✓|✔|\*)\s*[)\]]\s*)", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A choice as it stands: its text with looks, its printed letter or number, whether a sign says that it is right."""

    line: Line
    letter: str = ""
    is_signed: bool = False

    @property
    def text(self) -> str:
        return "\n".join(" ".join(part.split()) for part in self.line.text.split("\n")).strip()


@dataclass(frozen=True)
class Split:
    """``head``: what stands before the first choice. ``is_guessed``: parted by a sign that may belong to the text."""

    head: Line | None
    pieces: tuple[Piece, ...]
    is_guessed: bool = False


def one_line(lines: Sequence[Line]) -> Line | None:
    """The lines of a cell as one, parted by line ends; automatic numbers become text."""
    if not lines:
        return None
    runs: list[Run] = []
    for line in lines:
        runs += [Run("\n")] if runs else []
        runs += [Run(f"{line.label} ")] if line.label else []
        runs += line.runs
    return replace(lines[0], runs=tuple(runs), label="", pictures=tuple(p for line in lines for p in line.pictures))


def split_lettered(lines: Sequence[Line]) -> Split:
    """The choices of a cell that have letters (or numbers) in order; no pieces where there are fewer than two."""
    whole = one_line(lines)
    if whole is None:
        return Split(None, ())
    chain = _chain(whole.text)
    if len(chain) < 2:
        return Split(whole, ())
    head = whole.slice(0, chain[0].start())
    ends = [found.start() for found in chain[1:]] + [len(whole.text)]
    pieces = []
    for found, end in zip(chain, ends, strict=True):
        is_signed = bool(found["sign"] or found["after"])
        pieces.append(signed(Piece(whole.slice(found.end(), end), _letter(found["letter"]), is_signed)))
    return Split(head if head.text.strip() or head.pictures else None, tuple(pieces))


def split_plain(lines: Sequence[Line]) -> Split:
    """A cell of choices without letters: bullets, one a line, or parted by «|» or «;» (guessed)."""
    filled = [line for line in lines if line.full_text.strip()]
    if len(filled) >= 2:
        return Split(None, tuple(signed(Piece(_without_bullet(line))) for line in filled))
    whole = one_line(filled)
    for sign in ("|", ";"):
        if whole is not None and whole.text.count(sign):
            cuts = [found.start() for found in re.finditer(re.escape(sign), whole.text)]
            starts, ends = [0, *(cut + 1 for cut in cuts)], [*cuts, len(whole.text)]
            parts = [whole.slice(start, end) for start, end in zip(starts, ends, strict=True)]
            return Split(None, tuple(signed(Piece(part)) for part in parts if part.text.strip()), is_guessed=True)
    return Split(whole, ())


def of_cell(lines: Sequence[Line], position: int) -> Piece:
    """A choice that has a cell of its own: without its letter, where that is the one of its column.

    Another letter is kept in ``letter`` so that the difference can be told.
    """
    whole = one_line(lines)
    assert whole is not None
    start = len(whole.text) - len(whole.text.lstrip())
    found = _MARKER.match(whole.text, start)
    if found is None or not found["letter"].isalpha() or not whole.text[found.end() :].strip():
        return signed(Piece(whole))
    is_own = _letter(found["letter"]) == LETTERS[position]
    is_signed = bool(found["sign"] or found["after"])
    if not is_own and found["letter"].islower():
        return signed(Piece(whole))
    return signed(Piece(whole.slice(found.end()), _letter(found["letter"]), is_signed))


def without_letter(lines: Sequence[Line]) -> Piece:
    """A choice whose cell holds its text alone: «b) …» there is a point of a law."""
    whole = one_line(lines)
    assert whole is not None
    return signed(Piece(whole))


def signed(piece: Piece) -> Piece:
    """The choice without a sign of being right, which is kept in ``is_signed``."""
    line, is_signed = piece.line, piece.is_signed
    text = line.text
    start = len(text) - len(text.lstrip())
    before = _RIGHT_START.match(text, start)
    if before and text[before.end() :].strip():
        line, is_signed = line.slice(before.end()), True
    after = _RIGHT_END.search(line.text)
    if after and line.text[: after.start()].strip():
        line, is_signed = line.slice(0, after.start()), True
    return replace(piece, line=line, is_signed=is_signed)


def is_option_row(text: str, expected: str) -> bool:
    """Whether a cell begins with the letter of the choice that is expected there."""
    found = _MARKER.match(text)
    return found is not None and found["letter"].isalpha() and _letter(found["letter"]) == expected


def _without_bullet(line: Line) -> Line:
    found = _BULLET.match(line.text.lstrip())
    skipped = len(line.text) - len(line.text.lstrip())
    return line.slice(skipped + found.end()) if found else line


def _letter(written: str) -> str:
    return LETTERS[int(written) - 1] if written.isdigit() else written.upper()


def _chain(text: str) -> list[re.Match[str]]:
    """The markers A, B, C …: those that begin lines if they are in order, else also those after a space inside lines."""
    everywhere = [found for found in _MARKER.finditer(text) if found.start() == 0 or text[found.start() - 1].isspace()]
    at_lines = [found for found in everywhere if not text[: found.start()].rpartition("\n")[2].strip()]
    for kind in (str.isalpha, str.isdigit):
        starts = [found for found in at_lines if kind(found["letter"])]
        letters = [_letter(found["letter"]) for found in starts]
        if len(letters) >= 2 and letters == list(LETTERS[: len(letters)]):
            return starts
        inside = _in_order([found for found in everywhere if kind(found["letter"])])
        if len(inside) >= 2 and (kind is str.isalpha or len(starts) >= 2):
            return inside if len(inside) >= len(letters) else starts
        if len(letters) >= 2 and letters[0] == "A" and kind is str.isalpha:
            return starts
    return []


def _in_order(found: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    chain: list[re.Match[str]] = []
    for each in found:
        if len(chain) < len(LETTERS) and _letter(each["letter"]) == LETTERS[len(chain)]:
            chain.append(each)
    return chain
