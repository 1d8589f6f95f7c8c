"""From a person's graded attempts to their entries on all boards of a contest, in any order and as often as wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Row, Select, Uuid, bindparam, select
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
from quizsvc.participants.models import Participant
from quizsvc.registers.queries import registered_at
from quizsvc.units.queries import path_of

# Made once, since making a statement costs more than running it. Parameters say their types: columns of foreign keys do not
# know theirs yet.
_PERSON = bindparam("person", type_=Uuid())
_ATTEMPTS, _ENTRIES, _OUT = Attempt.__table__.c, Entry.__table__.c, Disqualification.__table__.c
_COUNTED = "number state predicted unit_id track is_ranked started_at ended_at duration_ms score correct_count"
GRADED: Select[Any] = select(*(_ATTEMPTS[name] for name in (*_COUNTED.split(), "question_count"))).where(
    _ATTEMPTS.round_id == bindparam("round", type_=Integer),
    _ATTEMPTS.participant_id == _PERSON,
    _ATTEMPTS.state.in_(("submitted", "expired")),
    _ATTEMPTS.graded_at.is_not(None),
)
ENTRIES: Select[Any] = select(Entry.__table__).where(
    _ENTRIES.board_id.in_(bindparam("boards", type_=Integer, expanding=True)), _ENTRIES.participant_id == _PERSON
)
DISQUALIFIED: Select[Any] = select(_OUT.round_id).where(
    _OUT.contest_id == bindparam("contest", type_=Integer), _OUT.participant_id == _PERSON, _OUT.lifted_at.is_(None)
)

Countable = Attempt | Row[Any]
"""An attempt, or its columns as ``GRADED`` reads them."""


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

    def refresh(
        self, changes: Changes, *, round_id: int, participant_id: UUID, disqualified: frozenset[int | None] | None = None
    ) -> None:
        """Make the person's entries what their graded attempts say now. The caller holds the lock on the participant.

        ``disqualified``: in which rounds they are (``disqualified_in``), if the caller knows.
        """
        self._session.flush()  # the statements below are plain ones, which do not see to that themselves
        stored = self._entries(participant_id)
        if disqualified is None:
            disqualified = disqualified_in(self._session, self._contest.contest_id, participant_id)
        rules = self._rounds[round_id].rules
        attempts = [] if _is_out(disqualified, round_id) else self._finished(round_id, participant_id)
        results: dict[str | None, Finished] = {}
        for where in self._boards:
            if where.round_id != round_id:
                continue
            mine = [made for made, track in attempts if where.track in (None, track)]
            if mine:
                whose = Whose.COUNTED if rules.prediction is None else rules.prediction.whose
                results[where.track] = result_of(mine, rules.counts, whose, where.kept.plan.ranking)
            self._write(changes, where, participant_id, stored.get(where.kept.board_id), results.get(where.track))
        if rules.phase is Phase.OFFICIAL and self._overall is not Overall.NONE:
            self._refresh_overall(changes, round_id, participant_id, stored, results)

    def _refresh_overall(
        self,
        changes: Changes,
        round_id: int,
        person: UUID,
        stored: Mapping[int, Entry],
        results: Mapping[str | None, Finished],
    ) -> None:
        for total in self._boards:
            if total.round_id is not None:
                continue
            parts = [
                result
                for number in self._rounds
                if self._rounds[number].rules.phase is Phase.OFFICIAL
                for result in self._part(number, round_id, total.track, stored, results)
            ]
            ranking, opened_at = total.kept.plan.ranking, self._contest.opens_at
            made = overall(parts, self._overall, ranking, opened_at) if parts else None
            self._write(changes, total, person, stored.get(total.kept.board_id), made)

    def _part(
        self, number: int, fresh: int, track: str | None, stored: Mapping[int, Entry], results: Mapping[str | None, Finished]
    ) -> Sequence[Finished]:
        """The result of one round: the one just made, or what stands on the round's board."""
        if number == fresh:
            return [results[track]] if track in results else []
        return [
            _as_finished(stored[where.kept.board_id], self._rounds[number].opens_at)
            for where in self._boards
            if where.round_id == number and where.track == track and where.kept.board_id in stored
        ]

    def _write(self, changes: Changes, where: _Where, person: UUID, old: Entry | None, result: Finished | None) -> None:
        made = None if result is None else self._counted(where, person, result)
        if old is not None and made is not None and _same(old, entry_values(where.kept, made)):
            return
        if old is not None:
            changes.take(where.kept, old, self._path(old.unit_id))
        if made is not None:
            changes.put(where.kept, person, made)

    def _counted(self, where: _Where, person: UUID, result: Finished) -> Counted:
        standing = result.standing
        if where.kept.plan.uses("registered_at"):
            standing = replace(standing, registered_at=self._registered(person))
        return Counted(standing, result.predicted, result.unit_id, self._path(result.unit_id))

    def _registered(self, person: UUID) -> datetime:
        """When they registered for the contest, or first signed in at all."""
        early = registered_at(self._session, self._contest.contest_id, person)
        return early or self._session.get_one(Participant, person).created_at

    def _finished(self, round_id: int, person: UUID) -> list[tuple[Finished, str | None]]:
        found = self._rounds[round_id]
        rows = self._session.execute(GRADED, {"round": round_id, "person": person}).all()
        return [(finished(row, found.opens_at), row.track) for row in rows if counts_at_all(row, found.rules)]

    def _entries(self, person: UUID) -> dict[int, Entry]:
        rows = self._session.execute(ENTRIES, {"boards": self._board_ids, "person": person}).mappings()
        return {row["board_id"]: Entry(**row) for row in rows}  # not in the session: plain statements write them

    def _concerns(self, where: _Where, round_id: int) -> bool:
        if where.round_id is not None:
            return where.round_id == round_id
        return self._rounds[round_id].rules.phase is Phase.OFFICIAL and self._overall is not Overall.NONE

    def _path(self, unit_id: int | None) -> tuple[int, ...]:
        if unit_id not in self._paths:
            self._paths[unit_id] = path_of(self._session, unit_id)
        return self._paths[unit_id]


def disqualified_in(session: Session, contest_id: int, participant_id: UUID) -> frozenset[int | None]:
    """Rounds in which a person's results do not count; ``None`` stands for the whole contest."""
    return frozenset(session.scalars(DISQUALIFIED, {"contest": contest_id, "person": participant_id}))


def is_disqualified(session: Session, attempt: Attempt, contest_id: int) -> bool:
    return _is_out(disqualified_in(session, contest_id, attempt.participant_id), attempt.round_id)


def _is_out(disqualified: frozenset[int | None], round_id: int) -> bool:
    return None in disqualified or round_id in disqualified


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


def _as_finished(entry: Entry, opened_at: datetime) -> Finished:
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


def _same(old: Entry, values: Mapping[str, object]) -> bool:
    return all(getattr(old, name) == value for name, value in values.items())
