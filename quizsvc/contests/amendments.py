"""What may still change in a contest that has opened: nothing that anybody has played by.

A round that has opened keeps everything but its title and, while it is open, may close later. Once the first official
round has opened, what holds for the whole contest stays too, but for its title, amounts and quantities of prizes, the
end of registration and the hours for complaints. Rounds that have not opened may be changed, added and removed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from quizsvc.contests.document_parts import ContestDocument, Fault, Faults, Path, RoundDocument, ranking
from quizsvc.contests.ranking_keys import USUAL_RANKING

FROZEN = "Cuộc thi đã mở nên mục này không thể thay đổi.", "The contest has opened, so this can no longer change."
PLAYED = "Vòng thi đã mở nên mục này không thể thay đổi.", "The round has opened, so this can no longer change."


@dataclass(frozen=True)
class Standing:
    """A round as it stands now. ``closes_at`` may be later than any document says, after a correction."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Change:
    """One thing that is said otherwise; rounds and prizes stand in the path by their codes."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Comparison:
    """What a new document changes, and which of that may not change any more."""

    changes: tuple[Change, ...]
    refused: tuple[Fault, ...]


Reader = Callable[[ContestDocument], Any]
RoundReader = Callable[[RoundDocument], Any]

OF_CONTEST: Mapping[str, Reader] = {
    "title": lambda d: d.title,
    "organizer": lambda d: d.organizer_code,
    "eligibility": lambda d: _asked(d),
    "participation": lambda d: d.rounds[0].rules.eligibility.participation,
    "tracks": lambda d: d.rounds[0].rules.eligibility.tracks,
    "limits": lambda d: replace(d.rounds[0].rules.limits, per_round=None),
    "ranking": lambda d: ranking(d.source.get("ranking"), USUAL_RANKING, (), Faults()),
    "overall": lambda d: (d.rules.overall, d.rules.ranking),
    "complaints": lambda d: d.rules.complaint_hours,
    "groups": lambda d: d.rules.groups,
    "repeat_winners": lambda d: d.rules.repeat_winners,
}
"""How each member of a document is understood: two spellings of the same thing are no change."""

OF_ROUND: Mapping[str, RoundReader] = {
    "title": lambda r: r.title,
    "phase": lambda r: r.rules.phase,
    "opens_at": lambda r: r.opens_at,
    "closes_at": lambda r: r.closes_at,
    "time_limit_minutes": lambda r: r.rules.time_limit_ms if r.rules.question_ms is None else None,
    "seconds_per_question": lambda r: r.rules.question_ms,
    "attempts": lambda r: r.rules.limits.per_round,
    "counts": lambda r: r.rules.counts,
    "ranking": lambda r: r.rules.ranking,
    "points_per_question": lambda r: r.rules.points,
    "partial_credit": lambda r: r.rules.partial,
    "show": lambda r: (r.rules.show_result, r.rules.show_review, r.rules.show_board),
    "prediction": lambda r: r.rules.prediction,
    "paper": lambda r: [paper.quotas for paper in r.rules.papers if paper.track is None],
    "track_papers": lambda r: {paper.track: paper.quotas for paper in r.rules.papers if paper.track is not None},
    "same_questions": lambda r: r.rules.papers[0].fixed,
    "prizes": lambda r: r.rules.prizes,
}

MAY_CHANGE = frozenset({"title", "complaints"})


def compare(
    old: ContestDocument, new: ContestDocument, rounds: Mapping[str, Standing], now: datetime, *, frozen: bool
) -> Comparison:
    """What ``new`` changes of ``old``. ``rounds``: by code, as they stand; ``frozen``: an official round has opened."""
    changes: list[Change] = []
    refused = Faults()
    for name, read in OF_CONTEST.items():
        if read(old) != read(new):
            changes.append(Change(f"/{name}", old.source.get(name), new.source.get(name)))
            if frozen and name not in MAY_CHANGE:
                refused.add((name,), *FROZEN)
    _registration(old, new, changes, refused, frozen=frozen)
    _prizes(old, new, changes, refused, frozen=frozen)
    _rounds(old, new, rounds, now, changes, refused)
    return Comparison(tuple(changes), tuple(refused))


def _asked(document: ContestDocument) -> tuple[Any, ...]:
    asked = document.rounds[0].rules.eligibility
    return asked.min_age, asked.max_age, asked.needs_unit, asked.units, asked.occupations


def _registration(
    old: ContestDocument, new: ContestDocument, changes: list[Change], refused: Faults, *, frozen: bool
) -> None:
    """Only its end may move once the contest has opened."""
    before, after = old.source.get("registration"), new.source.get("registration")
    if before is None or after is None:
        if before != after:
            changes.append(Change("/registration", before, after))
            if frozen:
                refused.add(("registration",), *FROZEN)
        return
    assert old.rules.registration is not None
    assert new.rules.registration is not None
    for name in ("opens_at", "closes_at"):
        if getattr(old.rules.registration, name) != getattr(new.rules.registration, name):
            changes.append(Change(f"/registration/{name}", before[name], after[name]))
            if frozen and name != "closes_at":
                refused.add(("registration", name), *FROZEN)
    if before.get("required", True) != after.get("required", True):
        changes.append(Change("/registration/required", before.get("required", True), after.get("required", True)))
        if frozen:
            refused.add(("registration", "required"), *FROZEN)


def _prizes(old: ContestDocument, new: ContestDocument, changes: list[Change], refused: Faults, *, frozen: bool) -> None:
    """Amounts and quantities may change; which prizes there are, in which order and for whom, stays."""
    before, after = ({prize.prize: prize for prize in made.rules.prizes} for made in (old, new))
    if list(before) != list(after):
        changes.append(Change("/prizes", old.source.get("prizes"), new.source.get("prizes")))
        if frozen:
            refused.add(("prizes",), *FROZEN)
        return
    for place, (code, prize) in enumerate(before.items()):
        for name in ("title", "quantity", "amount", "track", "by_committee"):
            if getattr(prize, name) != getattr(after[code], name):
                changes.append(Change(f"/prizes/{code}/{name}", getattr(prize, name), getattr(after[code], name)))
                if frozen and name not in ("quantity", "amount"):
                    refused.add(("prizes", place, name), *FROZEN)


def _rounds(
    old: ContestDocument,
    new: ContestDocument,
    rounds: Mapping[str, Standing],
    now: datetime,
    changes: list[Change],
    refused: Faults,
) -> None:
    before, after = _by_code(old), _by_code(new)
    for code, (_, _, source) in before.items():
        if code not in after:
            changes.append(Change(f"/rounds/{code}", source, None))
            if _has_opened(rounds.get(code), now):
                said = f"Vòng «{code}» đã mở nên không thể bỏ."
                refused.add(("rounds",), said, f"The round “{code}” has opened, so it cannot be removed.")
    for code, (place, made, source) in after.items():
        standing, path = rounds.get(code), ("rounds", place)
        if code not in before:
            changes.append(Change(f"/rounds/{code}", None, source))
        else:
            for name in _differing(before[code], after[code]):
                changes.append(Change(f"/rounds/{code}/{name}", before[code][2].get(name), source.get(name)))
                if standing is not None and _has_opened(standing, now):
                    _check_opened(name, made, standing, now, (*path, name), refused)
        if not _has_opened(standing, now) and made.opens_at < now:
            said = "Vòng thi chưa mở không thể dời về thời điểm đã qua."
            refused.add((*path, "opens_at"), said, "A round that has not opened cannot open in the past.")
    _order([code for code in before if code in after], [code for code in after if code in before], changes)


def _check_opened(name: str, made: RoundDocument, standing: Standing, now: datetime, path: Path, refused: Faults) -> None:
    if name == "title":
        return
    if name != "closes_at":
        refused.add(path, *PLAYED)
    elif standing.closes_at <= now:
        refused.add(path, "Vòng thi đã kết thúc nên không thể kéo dài.", "The round has closed, so it cannot be extended.")
    elif made.closes_at < standing.closes_at:  # equal: the document says what a correction has done already
        said = "Vòng thi đang mở chỉ có thể kéo dài, không thể kết thúc sớm hơn hiện nay."
        refused.add(path, said, "A round that is open may only close later than it does now.")


def _has_opened(standing: Standing | None, now: datetime) -> bool:
    return standing is not None and standing.opens_at <= now


_Written = tuple[int, RoundDocument, Mapping[str, Any]]


def _by_code(document: ContestDocument) -> dict[str, _Written]:
    written = zip(document.rounds, document.source["rounds"], strict=True)
    return {made.code: (place, made, source) for place, (made, source) in enumerate(written)}


def _differing(before: _Written, after: _Written) -> list[str]:
    """Members that say something else; what a round takes over from the contest is no change of the round."""
    return [
        name
        for name, read in OF_ROUND.items()
        if read(before[1]) != read(after[1]) and before[2].get(name) != after[2].get(name)
    ]


def _order(before: Sequence[str], after: Sequence[str], changes: list[Change]) -> None:
    if list(before) != list(after):
        changes.append(Change("/rounds", list(before), list(after)))
