"""Right choices told by how they look: bold, italic, underlined, coloured or highlighted, or the only one that is not.

A mark says something only where it tells choices apart, and only if it does so throughout the file. For each kind of mark
and each question the marked choices are collected twice: those whose letter carries it, and those whose text does for the
most part (``MOST`` of its letters and digits; spaces never count). The question and everything else play no part: where the
question is bold and one choice too, the choice is still the only one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quizsvc.banks.files.documents import Line, Marks
from quizsvc.banks.files.found import FoundBy
from quizsvc.banks.files.layout.items import Draft, Option

MOST = 0.6
KINDS = {
    "highlight": FoundBy.HIGHLIGHT,
    "colour": FoundBy.COLOUR,
    "bold": FoundBy.BOLD,
    "underline": FoundBy.UNDERLINE,
    "italic": FoundBy.ITALIC,
}
GREY = 0x28
"""Colours whose parts differ by no more are shades of black, grey or white and mark nothing."""


@dataclass(frozen=True)
class Reading:
    """What one kind of mark says of one question. ``form``: ``one`` choice is marked, all but one (``rest``), ``many``,
    ``all`` or ``none``; ``places``: of the choices meant, from 0."""

    kind: str
    form: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Convention:
    """How a kind of mark is used in the whole file. ``ratio``: the share of questions that it settles."""

    kind: str
    form: str
    ratio: float


def readings_of(drafts: Sequence[Draft]) -> list[list[Reading]]:
    """For each question, what each kind of mark says that marks anything there at all."""
    looks = [[_look(option) for option in draft.options] for draft in drafts]
    usual = {kind: _usual(looks, kind) for kind in ("colour", "highlight")}
    return [[reading for kind in KINDS if (reading := _reading(kind, look, usual.get(kind))) is not None] for look in looks]


def conventions_of(readings: Sequence[Sequence[Reading]]) -> dict[str, Convention]:
    """The kinds of mark that this file uses for its right choices, each with the form in which it does."""
    total = max(1, len(readings))
    found = {}
    for kind in KINDS:
        forms = Counter(reading.form for question in readings for reading in question if reading.kind == kind)
        active = forms["one"] + forms["rest"] + forms["many"]
        if not active:
            continue
        few = 0.2 if kind == "italic" else 0.1
        if forms["one"] >= 0.75 * active and forms["one"] >= few * total:
            found[kind] = Convention(kind, "one", forms["one"] / total)
        elif forms["rest"] >= 0.75 * active and forms["rest"] >= 0.5 * total:
            found[kind] = Convention(kind, "rest", forms["rest"] / total)
        elif forms["rest"] < 0.5 * active and active - forms["rest"] >= 0.6 * total and active >= 3:
            found[kind] = Convention(kind, "many", (forms["one"] + forms["many"]) / total)
    return found


def _reading(kind: str, looks: Sequence[tuple[Marks, dict[str, str]]], usual: str | None) -> Reading | None:
    by_letter = {at for at, (letter, _) in enumerate(looks) if _carries(_value(letter, kind), usual)}
    by_text = {at for at, (_, body) in enumerate(looks) if _carries(body.get(kind), usual)}
    count = len(looks)
    telling = [places for places in (by_letter, by_text) if 0 < len(places) < count]
    if not telling:
        full = count > 0 and count in (len(by_letter), len(by_text))
        return Reading(kind, "all", tuple(range(count))) if full else None
    places = telling[0] if len(telling) == 1 or telling[0] == telling[1] else telling[0] | telling[1]
    if len(places) == 1:
        return Reading(kind, "one", tuple(places))
    if len(places) == count - 1:
        return Reading(kind, "rest", tuple(set(range(count)) - places))
    return Reading(kind, "all" if len(places) == count else "many", tuple(sorted(places)))


def _carries(value: str | None, usual: str | None) -> bool:
    return value is not None and value != usual


def _look(option: Option) -> tuple[Marks, dict[str, str]]:
    return _letter_marks(option), _body_marks([part.item.line if part.is_whole else part.item.body for part in option.parts])


def _letter_marks(option: Option) -> Marks:
    at = option.item.letter_at
    if at is None:
        return Marks()
    start = 0
    for run in option.item.line.runs:
        if start <= at < start + len(run.text):
            return run.marks
        start += len(run.text)
    return Marks()


def _body_marks(lines: Sequence[Line]) -> dict[str, str]:
    """Kinds of mark that most letters and digits carry, with their value (``yes``, or a colour)."""
    counts: Counter[tuple[str, str]] = Counter()
    total = 0
    for line in lines:
        for run in line.runs:
            size = sum(sign.isalnum() for sign in run.text)
            total += size
            for kind in KINDS:
                value = _value(run.marks, kind)
                if value is not None:
                    counts[kind, value] += size
    return {kind: value for (kind, value), size in counts.items() if total and size >= MOST * total}


def _value(marks: Marks, kind: str) -> str | None:
    value = getattr(marks, kind)
    if kind in ("colour", "highlight"):
        return None if value is None or _is_grey(value) else str(value)
    return "yes" if value else None


def _is_grey(colour: str) -> bool:
    try:
        parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return False
    return max(parts) - min(parts) <= GREY


def _usual(looks: Sequence[Sequence[tuple[Marks, dict[str, str]]]], kind: str) -> str | None:
    """The colour that most choices of the file have, if it is not the usual black."""
    counts = Counter(body.get(kind) for question in looks for _, body in question)
    return counts.most_common(1)[0][0] if counts else None
