"""Right choices told by their looks in a table: which kind of mark the table uses, and on which choices it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quizsvc.banks.files.documents import PLAIN, Line
from quizsvc.banks.files.found import FoundBy

KINDS = {
    "highlight": FoundBy.HIGHLIGHT,
    "colour": FoundBy.COLOUR,
    "bold": FoundBy.BOLD,
    "underline": FoundBy.UNDERLINE,
    "italic": FoundBy.ITALIC,
}
MOST = 0.6
"""The share of a choice's letters that must carry a mark."""
SETTLED = 0.75
"""Of the questions where a mark tells choices apart, the share in which it must stand on one choice alone."""
SAME_PLACE = 3
"""From so many questions on, a mark that is always in the same place is the look of a column, no key."""
GREY = 0x28

Marked = dict[FoundBy, tuple[int, ...]]


def marked(choices: Sequence[Line | None]) -> Marked:
    """For each kind of mark the positions of the choices that carry it, where some do and some do not."""
    found: Marked = {}
    if all(run.marks == PLAIN for line in choices if line is not None for run in line.runs):
        return found
    for kind, found_by in KINDS.items():
        places = tuple(at for at, line in enumerate(choices) if line is not None and _share(line, kind) >= MOST)
        if 0 < len(places) < sum(line is not None for line in choices):
            found[found_by] = places
    return found


def trusted(questions: Sequence[Marked]) -> dict[FoundBy, bool]:
    """The kinds of mark that this table uses for right choices. ``False``: seen, but not in a way that says anything."""
    kinds = {}
    for found_by in KINDS.values():
        active = [question[found_by] for question in questions if found_by in question]
        single = [places[0] for places in active if len(places) == 1]
        if active:
            is_column = len(single) >= SAME_PLACE and len(Counter(single)) == 1
            kinds[found_by] = len(single) >= SETTLED * len(active) and not is_column
    return kinds


def _share(line: Line, kind: str) -> float:
    total = sum(sign.isalnum() for sign in line.text)
    size = sum(sign.isalnum() for run in line.runs for sign in run.text if _is_there(getattr(run.marks, kind), kind))
    return size / total if total else 0.0


def _is_there(value: bool | str | None, kind: str) -> bool:
    """Shades of black, grey and white mark nothing."""
    if kind not in ("colour", "highlight"):
        return bool(value)
    if not isinstance(value, str):
        return False
    parts = [int(value[at : at + 2], 16) for at in (0, 2, 4)]
    return max(parts) - min(parts) > GREY
