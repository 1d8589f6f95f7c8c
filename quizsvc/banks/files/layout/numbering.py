"""Which numbered lines begin questions: the one best chain over the whole file.

Every line with a number is a candidate: «Câu 3», «3.», «I.1.2a». Quoted clauses, statements inside a question and points of
a list are candidates too. A chain of starts cuts the file into stretches, and is worth the sum of

- what each start says for itself (``of_start``: its style, whether it reads like a question),
- what each stretch says (``of_stretch``: exactly one row of choices is good, none or several is bad),
- what each step says (``of_step``: the next number is good; a gap, a repeat or a step back is bad).

The chain worth most is found by dynamic programming, from left to right. Between two rows of choices only the ``MOST_KEPT``
most likely candidates are compared, so the work grows linearly with the file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from quizsvc.banks.files.layout import words
from quizsvc.banks.files.layout.items import Item, Kind, Start
from quizsvc.banks.files.layout.runs import Rows

MOST_KEPT = 40
OF_STYLE = {"word": 8.0, "code": 5.0, "bare": 3.0}
CLOSE_CALL = 1.0
"""Two starts with one number, between the same rows, that differ by less are told."""


@dataclass(frozen=True)
class Candidate:
    """A line that may begin a question. ``gap``: how many rows of choices begin before it. ``is_behind_text``: it follows
    text or another number, as quoted clauses do, rather than choices or an answer."""

    at: int
    start: Start
    gap: int
    worth: float
    is_after_section: bool
    is_behind_text: bool


@dataclass(frozen=True)
class Chain:
    """Where questions begin; ``doubtful``: those for which another line was nearly as likely; ``notes``: «Câu 3: …» lines
    behind the questions, which explain or answer them."""

    starts: tuple[int, ...]
    doubtful: frozenset[int]
    notes: tuple[int, ...]


def chain_of(items: Sequence[Item], rows: Rows) -> Chain:
    """The best chain of starts; an empty one when numbers do not carry the file."""
    notes = _notes(items, rows)
    candidates = _candidates(items, rows, frozenset(notes))
    chosen = _best(candidates, rows)
    worded = any(candidate.start.style == "word" for candidate in chosen)
    own = sum(not (cited and not answered) for cited, answered in zip(rows.is_cited, rows.is_answered, strict=True))
    if not worded and len(chosen) < 0.5 * own:
        chosen = []
    return Chain(tuple(candidate.at for candidate in chosen), _doubtful(chosen, candidates, items), tuple(notes))


def of_start(item: Item) -> float:
    """What a candidate says for itself."""
    assert item.start is not None
    text = item.text.rstrip(' *_"”»')
    worth = OF_STYLE[item.start.style]
    if text.endswith("?"):
        worth += 2
    elif text.endswith((":", "…", "...")) or words.QUESTION_WORDS.search(text):
        worth += 1
    if item.start.style == "bare":
        worth -= 3 * text.endswith(";") + text.endswith((",", ".")) + 2 * item.whole.startswith(("“", '"', "«"))
        worth -= 2 * item.whole.endswith(("”", "»"))
    return worth


def of_step(before: Candidate, after: Candidate) -> float:
    """What two starts in a row say."""
    same_style = 0.0 if before.start.style == after.start.style else -4.0
    first, second = before.start.number, after.start.number
    if first is None or second is None:
        return same_style + 2
    if second == first + 1:
        return same_style + 5
    if second > first:
        return same_style - 1 - min(3.0, 0.5 * (second - first - 1))
    if second == 1:
        return same_style + (2 if after.is_after_section else -3)
    return same_style - 6


def _candidates(items: Sequence[Item], rows: Rows, notes: frozenset[int]) -> list[list[Candidate]]:
    """By gap between rows, each in file order."""
    gaps: list[list[Candidate]] = [[] for _ in range(len(rows.at) + 1)]
    is_after_section = False
    for at, item in enumerate(items):
        if item.start is not None and at not in notes:
            gap = bisect_left(rows.at, at + 1) if item.kind is Kind.OPTION else bisect_left(rows.at, at)
            gaps[gap].append(Candidate(at, item.start, gap, of_start(item), is_after_section, _is_behind_text(items, at)))
            is_after_section = False
        elif item.kind in (Kind.SECTION, Kind.KEY_HEAD, Kind.END) or item.line.is_heading:
            is_after_section = True
        elif item.kind is Kind.OPTION:
            is_after_section = False
    return [_kept(gap) for gap in gaps]


def _kept(gap: list[Candidate]) -> list[Candidate]:
    """Each candidate pays for the numbered lines between it and the choices; the most likely stay."""
    bare_behind = 0
    weighed = []
    for candidate in reversed(gap):
        weighed.append(replace(candidate, worth=candidate.worth - min(3.0, 0.3 * bare_behind)))
        bare_behind += candidate.start.style == "bare"
    best = sorted(weighed, key=lambda candidate: -candidate.worth)[:MOST_KEPT]
    return sorted(best, key=lambda candidate: candidate.at)


def _best(gaps: Sequence[list[Candidate]], rows: Rows) -> list[Candidate]:
    weights = [rows.weight(row) for row in range(len(rows.at))]
    before = [0.0, *accumulate(weights)]
    worth: dict[int, float] = {}
    came: dict[int, Candidate | None] = {}
    far: Candidate | None = None
    for gap, candidates in enumerate(gaps):
        if gap >= 4:
            far = max(
                [*gaps[gap - 4], *([far] if far else [])], key=lambda each: worth[each.at] + before[each.gap], default=None
            )
        for candidate in candidates:
            first = -before[gap] + (3.0 if candidate.start.number == 1 else -1.0)
            best, previous = first, None
            for earlier in _before(gaps, candidate, far):
                value = worth[earlier.at] + of_stretch(earlier, gap, before, rows) + of_step(earlier, candidate)
                if value > best:
                    best, previous = value, earlier
            worth[candidate.at] = best + candidate.worth
            came[candidate.at] = previous
    ends = [candidate for gap in gaps for candidate in gap]
    last = max(ends, key=lambda each: worth[each.at] + of_stretch(each, len(rows.at), before, rows), default=None)
    chain = []
    while last is not None:
        chain.append(last)
        last = came[last.at]
    return chain[::-1]


def of_stretch(start: Candidate, end_gap: int, before: Sequence[float], rows: Rows) -> float:
    """What the stretch from a start to the row ``end_gap`` (exclusive) says; ``before``: sums of the rows' weights."""
    if start.gap == end_gap:
        return -6.0 if start.start.style == "word" else -20.0
    row = start.gap
    worth = -(before[end_gap] - before[row + 1])
    if start.start.style == "bare":
        worth -= 6.0 * (rows.styles[row] != rows.major)
        worth -= (8.0 if start.is_behind_text else 0.0) * (
            rows.is_cited[row] and not rows.is_answered[row] and rows.styles[row] != "upper"
        )
        worth -= 3.0 * (not rows.is_answered[row] and rows.is_answered_file)
    return worth


def _before(gaps: Sequence[list[Candidate]], candidate: Candidate, far: Candidate | None) -> Iterator[Candidate]:
    for gap in range(max(0, candidate.gap - 3), candidate.gap):
        yield from gaps[gap]
    for earlier in gaps[candidate.gap]:
        if earlier.at >= candidate.at:
            break
        if earlier.start.style != "bare":
            yield earlier
    if far is not None:
        yield far


def _doubtful(chosen: Sequence[Candidate], gaps: Sequence[list[Candidate]], items: Sequence[Item]) -> frozenset[int]:
    """Bare starts that another line with the same number rivals, or that stand and read like one more quoted clause."""
    bare = [candidate for candidate in chosen if candidate.start.style == "bare"]
    rivalled = (each for each in bare if any(_rivals(each, other) for other in gaps[each.gap]))
    return frozenset(each.at for each in (*rivalled, *(each for each in bare if _is_like_clause(items, each.at))))


def _rivals(candidate: Candidate, other: Candidate) -> bool:
    is_other = other.at != candidate.at and other.start == candidate.start
    return is_other and abs(other.worth - candidate.worth) < CLOSE_CALL


def _is_behind_text(items: Sequence[Item], at: int) -> bool:
    before = items[at - 1] if at else None
    return before is not None and (before.kind in (Kind.TEXT, Kind.BASIS, Kind.EXPLANATION) or before.start is not None)


def _is_like_clause(items: Sequence[Item], at: int) -> bool:
    is_behind_text = at > 0 and (
        items[at - 1].kind in (Kind.TEXT, Kind.BASIS, Kind.EXPLANATION) or items[at - 1].start is not None
    )
    text = items[at].text
    return is_behind_text and text.endswith((".", ";", "”", "»")) and not words.QUESTION_WORDS.search(text)


def _notes(items: Sequence[Item], rows: Rows) -> list[int]:
    """«Câu 3. Chọn B vì …» and the like: no choices follow, and they answer or stand below the head of an answer list."""
    notes = []
    heads = [at for at, item in enumerate(items) if item.kind in (Kind.KEY_HEAD, Kind.END)]
    next_start = len(items)
    for at in range(len(items) - 1, -1, -1):
        item = items[at]
        if item.start is None:
            continue
        row = bisect_left(rows.at, at)
        has_row = row < len(rows.at) and rows.at[row] < next_start
        if not has_row and (item.keys or _is_below_head(heads, rows, at)):
            notes.append(at)
        elif item.start.style != "bare" or has_row:
            next_start = at
    return notes[::-1]


def _is_below_head(heads: Sequence[int], rows: Rows, at: int) -> bool:
    """Whether the head of an answer list, or the word «HẾT», stands between the last row of choices and this line."""
    row = bisect_left(rows.at, at)
    since = rows.at[row - 1] if row else at
    return bisect_left(heads, since) < bisect_left(heads, at)
