"""From people's graded attempts to their entries on all boards of a contest, in any order and as often as wanted.

People are served in batches: what their results are made of is read with one statement for each table. A person alone is a
batch of one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Row, Select, Uuid, and_, bindparam, select
from sqlalchemy.orm import Session

from quizsvc.attempts.counting import Finished, overall, result_of
from quizsvc.attempts.decisions import Disqualification
from quizsvc.attempts.models import Attempt
from quizsvc.contests.memory import KeptContest, kept_contest
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.ranking_keys import Standing
from quizsvc.contests.rules import Overall, Phase, RoundRules, Whose
from quizsvc.leaderboards.models import Entry
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.leaderboards.recording import Changes, Counted, Kept, entry_values
from quizsvc.registers.queries import first_known_at
from quizsvc.units.queries import path_of

# Made once, since making a statement costs more than running it. Parameters say their types: columns of foreign keys do not
# know theirs yet.
_PEOPLE = bindparam("people", type_=Uuid(), expanding=True)
_ATTEMPTS, _ENTRIES, _OUT = Attempt.__table__.c, Entry.__table__.c, Disqualification.__table__.c
IS_GRADED = and_(_ATTEMPTS.state.in_(("submitted", "expired")), _ATTEMPTS.graded_at.is_not(None))
"""The condition that an attempt has its marks and is not void."""
_COUNTED = "participant_id round_id number state predicted unit_id track is_ranked started_at ended_at duration_ms score"
GRADED: Select[Any] = select(*(_ATTEMPTS[name] for name in (*_COUNTED.split(), "correct_count", "question_count"))).where(
    _ATTEMPTS.round_id == bindparam("round", type_=Integer), _ATTEMPTS.participant_id.in_(_PEOPLE), IS_GRADED
)
ENTRIES: Select[Any] = select(Entry.__table__).where(
    _ENTRIES.board_id.in_(bindparam("boards", type_=Integer, expanding=True)), _ENTRIES.participant_id.in_(_PEOPLE)
)
DISQUALIFIED: Select[Any] = select(_OUT.participant_id, _OUT.round_id).where(
    _OUT.contest_id == bindparam("contest", type_=Integer), _OUT.participant_id.in_(_PEOPLE), _OUT.lifted_at.is_(None)
)

Countable = Attempt | Row[Any]
"""An attempt, or its columns as ``GRADED`` reads them."""

Disqualified = Mapping[UUID, frozenset[int | None]]
"""The rounds in which people's results do not count, ``None`` among them: the whole contest. Others are left out."""


@dataclass(frozen=True)
class Batch:
    """Some people in one round: their graded attempts there, their entries by board and the rounds they are out of.

    Who has none of something is left out of it. ``first_known``: when they registered for the contest, or first signed in at
    all; filled in where a ranking asks for it.
    """

    round_id: int
    people: Sequence[UUID]
    graded: Mapping[UUID, Sequence[Row[Any]]]
    entries: Mapping[UUID, Mapping[int, Row[Any]]]
    disqualified: Disqualified
    first_known: Mapping[UUID, datetime]

    def is_out(self, person: UUID) -> bool:
        return is_out(self.disqualified.get(person), self.round_id)


class _Fresh(NamedTuple):
    """One person's results by track, as their attempts in a round make them, and what stands on their boards so far."""

    person: UUID
    results: Mapping[str | None, Finished]
    stored: Mapping[int, Row[Any]]


@dataclass(frozen=True)
class _Where:
    """A board with what it is a board of; no round: of the whole contest."""

    kept: Kept
    round_id: int | None
    track: str | None


class Boards:
    """The boards of a contest and what keeping them needs, read once; serves any number of people in one transaction."""

    def __init__(self, session: Session, contest: Contest | KeptContest) -> None:
        self._session = session
        kept = contest if isinstance(contest, KeptContest) else kept_contest(session, contest.id)
        self._contest, self._overall = kept.stamp, kept.rules.overall
        self._rounds = kept.rounds
        self._boards = [_Where(Kept(row.board_id, RankPlan.of(row.ranking)), row.round_id, row.track) for row in kept.boards]
        self._board_ids = [row.board_id for row in kept.boards]
        self._paths: dict[int | None, tuple[int, ...]] = {}

    @cached_property
    def rounds(self) -> dict[int, Round]:
        """The rounds as they are stored now, by id in the order of the document."""
        query = select(Round).where(Round.contest_id == self._contest.contest_id).order_by(Round.position, Round.id)
        return {found.id: found for found in self._session.scalars(query)}

    def know_path(self, unit_id: int | None, path: tuple[int, ...]) -> None:
        """The path of a unit that has been read already."""
        self._paths[unit_id] = path

    def count_attempt(self, changes: Changes, attempt: Countable, step: int = 1) -> None:
        """One more finished attempt (lượt) of a ranked person on every board that it belongs to."""
        path = self._path(attempt.unit_id)
        for where in self._boards:
            if self._concerns(where, attempt.round_id) and where.track in (None, attempt.track):
                changes.count_attempt(where.kept.board_id, attempt.participant_id, path, step)

    def read(self, round_id: int, people: Sequence[UUID], disqualified: Disqualified | None = None) -> Batch:
        """What the results of these people in a round are made of. The caller holds the lock on each of them, or has the
        boards of the contest alone; ``disqualified``: where they are, if the caller knows."""
        self._session.flush()  # the statements below are plain ones, which do not see to that themselves
        contest_id, these = self._contest.contest_id, {"people": people}
        graded: dict[UUID, list[Row[Any]]] = {}
        for attempt in self._session.execute(GRADED, {"round": round_id} | these):
            graded.setdefault(attempt.participant_id, []).append(attempt)
        entries: dict[UUID, dict[int, Row[Any]]] = {}
        for entry in self._session.execute(ENTRIES, {"boards": self._board_ids} | these):
            entries.setdefault(entry.participant_id, {})[entry.board_id] = entry
        if disqualified is None:
            disqualified = disqualified_in(self._session, contest_id, people)
        asked = any(where.kept.plan.uses("registered_at") for where in self._boards)
        first_known = first_known_at(self._session, contest_id, people) if asked else {}
        return Batch(round_id, people, graded, entries, disqualified, first_known)

    def counting(self, batch: Batch, person: UUID) -> list[Row[Any]]:
        """Someone's attempts in the round of a batch that count unless they are disqualified."""
        rules = self._rounds[batch.round_id].rules
        return [attempt for attempt in batch.graded.get(person, ()) if counts_at_all(attempt, rules)]

    def refresh(self, changes: Changes, batch: Batch) -> None:
        """Make everybody's entries what their graded attempts say now. Of two rounds, the changes of one must be applied
        before the other is read: the board of the contest adds up what stands on those of its rounds."""
        rules = self._rounds[batch.round_id].rules
        for person in batch.people:
            fresh = _Fresh(person, self._results(batch, person), batch.entries.get(person, {}))
            for where in self._boards:
                if where.round_id == batch.round_id:
                    self._write(changes, batch, where, fresh, fresh.results.get(where.track))
            if rules.phase is Phase.OFFICIAL and self._overall is not Overall.NONE:
                self._refresh_overall(changes, batch, fresh)

    def _results(self, batch: Batch, person: UUID) -> dict[str | None, Finished]:
        """What someone's attempts in the round amount to on each of its boards."""
        found, results = self._rounds[batch.round_id], dict[str | None, Finished]()
        if batch.is_out(person):
            return results
        attempts = [(finished(row, found.opens_at), row.track) for row in self.counting(batch, person)]
        whose = Whose.COUNTED if found.rules.prediction is None else found.rules.prediction.whose
        for where in self._boards:
            mine = [made for made, track in attempts if where.track in (None, track)]
            if mine and where.round_id == batch.round_id:
                results[where.track] = result_of(mine, found.rules.counts, whose, where.kept.plan.ranking)
        return results

    def _refresh_overall(self, changes: Changes, batch: Batch, fresh: _Fresh) -> None:
        for total in self._boards:
            if total.round_id is not None:
                continue
            parts = [
                result
                for number in self._rounds
                if self._rounds[number].rules.phase is Phase.OFFICIAL
                for result in self._part(number, batch.round_id, total.track, fresh)
            ]
            ranking, opened_at = total.kept.plan.ranking, self._contest.opens_at
            made = overall(parts, self._overall, ranking, opened_at) if parts else None
            self._write(changes, batch, total, fresh, made)

    def _part(self, number: int, now: int, track: str | None, fresh: _Fresh) -> Sequence[Finished]:
        """The result of one round: the one just made, or what stands on the round's board."""
        if number == now:
            return [fresh.results[track]] if track in fresh.results else []
        return [
            _as_finished(fresh.stored[where.kept.board_id], self._rounds[number].opens_at)
            for where in self._boards
            if where.round_id == number and where.track == track and where.kept.board_id in fresh.stored
        ]

    def _write(self, changes: Changes, batch: Batch, where: _Where, fresh: _Fresh, result: Finished | None) -> None:
        old = fresh.stored.get(where.kept.board_id)
        made = None if result is None else self._counted(batch, where, fresh.person, result)
        if old is not None and made is not None and _same(old, entry_values(where.kept, made)):
            return
        if old is not None:
            changes.take(where.kept, old, self._path(old.unit_id))
        if made is not None:
            changes.put(where.kept, fresh.person, made)

    def _counted(self, batch: Batch, where: _Where, person: UUID, result: Finished) -> Counted:
        standing = result.standing
        if where.kept.plan.uses("registered_at"):
            standing = replace(standing, registered_at=batch.first_known[person])
        return Counted(standing, result.predicted, result.unit_id, self._path(result.unit_id))

    def _concerns(self, where: _Where, round_id: int) -> bool:
        if where.round_id is not None:
            return where.round_id == round_id
        return self._rounds[round_id].rules.phase is Phase.OFFICIAL and self._overall is not Overall.NONE

    def _path(self, unit_id: int | None) -> tuple[int, ...]:
        if unit_id not in self._paths:
            self._paths[unit_id] = path_of(self._session, unit_id)
        return self._paths[unit_id]


def disqualified_in(session: Session, contest_id: int, people: Collection[UUID]) -> dict[UUID, frozenset[int | None]]:
    """Where these people's results do not count; a few hundred people at most, since each id is a parameter."""
    found: dict[UUID, set[int | None]] = {}
    for person, round_id in session.execute(DISQUALIFIED, {"contest": contest_id, "people": list(people)}):
        found.setdefault(person, set()).add(round_id)
    return {person: frozenset(rounds) for person, rounds in found.items()}


def is_out(rounds: frozenset[int | None] | None, round_id: int) -> bool:
    """Whether someone who is disqualified in these ``rounds`` (``None`` among them: in the whole contest) is so in this
    one."""
    return rounds is not None and (None in rounds or round_id in rounds)


def counts_at_all(attempt: Countable, rules: RoundRules) -> bool:
    """Whether a graded attempt may count: of a ranked person, and not given up where giving up is free."""
    given_up = attempt.state == "expired" and rules.limits.abandoned.value == "free"
    return attempt.is_ranked and not given_up


def finished(attempt: Countable, opened_at: datetime) -> Finished:
    """A graded attempt as counting sees it. ``registered_at`` is filled in where a ranking asks for it."""
    assert attempt.score is not None
    assert attempt.correct_count is not None
    assert attempt.duration_ms is not None
    assert attempt.ended_at is not None
    standing = Standing(
        score=attempt.score,
        correct_count=attempt.correct_count,
        duration_ms=attempt.duration_ms,
        started_at=attempt.started_at,
        submitted_at=attempt.ended_at,
        registered_at=attempt.started_at,
        opened_at=opened_at,
    )
    is_perfect = attempt.correct_count == attempt.question_count
    return Finished(attempt.number, standing, is_perfect, attempt.predicted, attempt.unit_id)


def _as_finished(entry: Row[Any], opened_at: datetime) -> Finished:
    standing = Standing(
        score=entry.score,
        correct_count=entry.correct_count,
        duration_ms=entry.duration_ms,
        started_at=entry.started_at,
        submitted_at=entry.submitted_at,
        registered_at=entry.registered_at or entry.started_at,
        attempts=entry.attempts,
        perfect_attempts=entry.perfect_attempts,
        opened_at=opened_at,
    )
    return Finished(0, standing, entry.perfect_attempts > 0, entry.predicted, entry.unit_id)


def _same(old: Row[Any], values: Mapping[str, object]) -> bool:
    return all(getattr(old, name) == value for name, value in values.items())
