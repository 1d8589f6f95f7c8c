"""Sealing a round or a contest: every board of it gets its next snapshot, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import contest_rules_of, ranking_of, rules_of
from quizsvc.contests.rules import Phase, Prize, RoundRules, Scope
from quizsvc.contests.stored import ranking_to_json
from quizsvc.core.chance import Chance
from quizsvc.core.problems import NotFound
from quizsvc.leaderboards.snapshot_models import Snapshot, SnapshotEntry
from quizsvc.leaderboards.snapshot_queries import snapshots_of
from quizsvc.organizers import audit
from quizsvc.organizers.acting import Actor
from quizsvc.sealing import queries, writing
from quizsvc.sealing.actual import Rounds, actual_for
from quizsvc.sealing.conditions import Order, check_kind, check_over, warnings_of
from quizsvc.sealing.digest import Digest, moment_text
from quizsvc.sealing.group_rows import group_rows
from quizsvc.sealing.ordering import BoardToSeal, in_order
from quizsvc.sealing.steady import join_all_at_once, one_at_a_time, steady
from quizsvc.sealing.winning import zone


@dataclass(frozen=True)
class Sealed:
    """What a seal made: a snapshot of each board, everybody's last; ``warnings`` to be read."""

    snapshots: tuple[Snapshot, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Subject:
    """What is sealed: a round with its rules, or (no round) a contest as a whole."""

    contest: Contest
    found: tuple[Round, RoundRules] | None
    rounds: Rounds

    @property
    def over(self) -> list[Round]:
        """The rounds that must be over: also those that the prediction is about."""
        asked = None if self.found is None else self.found[1].prediction
        if self.found is not None and (asked is None or asked.scope is not Scope.CONTEST):
            return [self.found[0]]
        mine = [] if self.found is None else [self.found[0]]
        return list({each.id: each for each in [*mine, *(each for each, _ in self.rounds.official)]}.values())

    @property
    def prizes(self) -> tuple[Prize, ...]:
        return contest_rules_of(self.contest).prizes if self.found is None else self.found[1].prizes

    @property
    def name(self) -> str:
        return f"contest:{self.contest.slug}" if self.found is None else f"round:{self.found[0].public_id}"


def seal_round(session: Session, found: Round, order: Order, *, actor: Actor, now: datetime, chance: Chance) -> Sealed:
    """Seal every board of a round. The actor's power has been checked.

    ``NotClosedYet``, ``AlreadyFinal`` or ``ComplaintsOpen`` when it may not be, ``NotFound`` for a trial: it will be wiped,
    and a snapshot would outlive it. Only what was committed before is sealed.
    """
    if rules_of(found).phase is Phase.TRIAL:
        raise NotFound("Vòng thi thử sẽ được xoá nên không có kết quả để niêm phong.")
    contest = session.get_one(Contest, found.contest_id)
    subject = _Subject(contest, (found, rules_of(found)), Rounds.of(session, contest))
    return _seal(session, subject, order, actor=actor, now=now, chance=chance)


def seal_contest(session: Session, contest: Contest, order: Order, *, actor: Actor, now: datetime, chance: Chance) -> Sealed:
    """Seal the boards over all rounds of a contest, with its boards of units; as ``seal_round``."""
    return _seal(session, _Subject(contest, None, Rounds.of(session, contest)), order, actor=actor, now=now, chance=chance)


def _seal(session: Session, subject: _Subject, order: Order, *, actor: Actor, now: datetime, chance: Chance) -> Sealed:
    one_at_a_time(session, subject.contest.id)
    boards = queries.boards_of(session, subject.contest, None if subject.found is None else subject.found[0].id)
    if not boards:
        raise NotFound("Cuộc thi này không có bảng xếp hạng chung để niêm phong.")
    kept = snapshots_of(session, [board.id for board in boards])
    check_kind(order, kept, hours=contest_rules_of(subject.contest).complaint_hours, now=now)
    with steady(session) as seen:
        check_over(seen, subject.over, now=now)
        warnings = warnings_of(seen, subject.over, now=now)
        made = [_Sealing(session, seen, subject, board, order).run(kept, actor, now, chance) for board in boards]
    before = [{"board": board.subject, "number": _last(kept, board)} for board in boards]
    after = [
        {"board": board.subject, "number": each.number, "entries": each.entries, "sha256": each.sha256}
        for board, each in zip(boards, made, strict=True)
    ]
    audit.record(
        session,
        actor=actor.on(subject.contest.organizer_unit_id),
        action="contest.seal" if subject.found is None else "round.seal",
        subject=subject.name,
        reason=order.reason,
        before={"snapshots": before},
        after={"kind": order.kind.value, "snapshots": after, "actual": made[-1].actual, "forced": order.force},
        now=now,
    )
    return Sealed(tuple(made), warnings)


def _last(kept: Sequence[Snapshot], board: Board) -> int:
    return max((each.number for each in kept if each.board_id == board.id), default=0)


class _Sealing:
    """The next snapshot of one board. Everything is read through ``seen`` and written through ``session``."""

    def __init__(self, session: Session, seen: Session, subject: _Subject, board: Board, order: Order) -> None:
        self._session, self._seen, self._subject, self._board, self._order = session, seen, subject, board, order

    def run(self, kept: Sequence[Snapshot], actor: Actor, now: datetime, chance: Chance) -> Snapshot:
        earlier = [each for each in kept if each.board_id == self._board.id]
        previous = earlier[-1] if earlier else None
        board = self._to_seal(earlier, chance)
        totals = queries.totals_of(self._seen, board.board_id)
        made = Snapshot(
            id=writing.next_snapshot_id(self._session),
            board_id=board.board_id,
            number=1 if previous is None else previous.number + 1,
            kind=self._order.kind.value,
            reason=self._order.reason,
            made_at=now,
            actor_id=actor.participant_id,
            ranking=ranking_to_json(board.ranking),
            entries=sum(people for scope, people, *_ in totals if scope == 0),
            actual=None if board.actual is None else board.actual.to_json(),
            draw_seed=board.draw_seed,
            prize_zone=zone([prize for prize in self._subject.prizes if prize.track == board.track]),
            previous_sha256=None if previous is None else previous.sha256,
        )
        digest = Digest(header_of(made, self._board))
        written = writing.write_entries(self._session, made.id, in_order(self._seen, board), digest)
        if written != made.entries:
            raise RuntimeError(f"{self._board.subject}: {written} entries, but the tallies say {made.entries}; run verify")
        writing.write_totals(self._session, made.id, totals)
        made.groups = group_rows(self._session, self._seen, self._subject.contest, self._subject.found, board.track, made)
        made.changes = None if previous is None else self._changes(previous, made)
        made.sha256 = digest.end(totals, made.groups)
        self._session.add(made)
        self._session.flush()
        return made

    def _to_seal(self, earlier: Sequence[Snapshot], chance: Chance) -> BoardToSeal:
        found, ranking = self._subject.found, ranking_of(self._board)
        drawn = next((each.draw_seed for each in earlier if each.draw_seed is not None), None)
        if drawn is None and any(key.key == "draw" for key in ranking):
            drawn = chance.new_seed()
        return BoardToSeal(
            board_id=self._board.id,
            ranking=ranking,
            rounds=self._subject.rounds.official if found is None else (found,),
            round_id=None if found is None else found[0].public_id,
            track=self._board.track,
            actual=actual_for(self._seen, self._subject.rounds, self._board, found),
            draw_seed=drawn,
            committee=queries.committee_places(self._seen, self._board.id),
        )

    def _changes(self, previous: Snapshot, made: Snapshot) -> dict[str, int]:
        """How many joined, left, and stand at another rank than in the snapshot before."""
        new, old = aliased(SnapshotEntry), aliased(SnapshotEntry)
        moved = func.coalesce(func.sum(case((new.rank != old.rank, 1), else_=0)), 0)
        query = (
            select(func.count(), moved)
            .select_from(new)
            .join(old, (old.participant_id == new.participant_id) & (old.snapshot_id == previous.id))
            .where(new.snapshot_id == made.id)
        )
        join_all_at_once(self._session)
        both, others = self._session.execute(query).one()
        return {"joined": made.entries - both, "left": previous.entries - both, "moved": int(others)}


def header_of(made: Snapshot, board: Board) -> dict[str, Any]:
    """What the first line of a snapshot's text says."""
    return {
        "board": board.subject,
        "number": made.number,
        "kind": made.kind,
        "reason": made.reason,
        "made_at": moment_text(made.made_at),
        "entries": made.entries,
        "actual": made.actual,
        "draw_seed": made.draw_seed,
        "prize_zone": made.prize_zone,
        "ranking": made.ranking,
        "previous_sha256": made.previous_sha256,
    }
