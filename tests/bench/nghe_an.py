"""A contest of the shape of Nghệ An's in 2024, written at once as if each attempt had been played and graded.

2,483,059 attempts of 1.2 million people of 460 units in four weeks, 546,994 of them (22.03 %) entirely right; every paper is
drawn from our banks as a start would, every receipt is the real one, so that ``quizsvc verify`` agrees with all of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from quizsvc.attempts.counting import Finished, overall, result_of
from quizsvc.attempts.ids import attempt_id
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.paper import write_answers, write_paper
from quizsvc.attempts.receipts import HandedIn, receipt_code, receipt_sha256
from quizsvc.attempts.starting import draw_paper
from quizsvc.banks.memory import kept_versions
from quizsvc.contests.memory import KeptContest, kept_contest
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import pools_of
from quizsvc.contests.ranking_keys import Standing
from quizsvc.contests.rules import Counts, Overall, Whose
from quizsvc.core.db import Base, db, reading
from quizsvc.leaderboards.models import Entry
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.leaderboards.recording import Counted, Kept, entry_values
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit
from tests.bench.bulk import count_board, hurrying, make_scopes, settle, write
from tests.bench.stage import RANKING, week
from tests.conftest import NOW
from tests.world import make_contest

ATTEMPTS, PERFECT, UNITS, WEEKS = 2_483_059, 546_994, 460, 4
HOW_MANY = (0.50, 0.22, 0.12, 0.08, 0.05, 0.02, 0.01)
"""Shares of people with one attempt, two, … seven."""
PAPERS = 300
PEOPLE_AT_ONCE = 5_000
SLUG = "nghe-an-2024"
LIMIT = timedelta(minutes=20)


class _Paper(NamedTuple):
    """A paper that a start drew with this seed; by question the right answer, a wrong one, and its points."""

    seed: int
    text: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    points: tuple[int, ...]


@dataclass(frozen=True)
class _Week:
    found: Round
    kept: Kept
    papers: Sequence[_Paper]


@dataclass
class Batch:
    """Rows of some people, in the order of the tables' columns."""

    participants: list[Sequence[Any]]
    attempts: list[Sequence[Any]]
    receipts: list[Sequence[Any]]
    entries: list[Sequence[Any]]


def load(attempts: int = ATTEMPTS, *, opens_at: datetime = NOW, chance: random.Random | None = None) -> int:
    """Make the contest with so many attempts in the database of the application; how many people took part."""
    make_contest(opens_at, *(week(opens_at, place) for place in range(WEEKS)), slug=SLUG, ranking=RANKING)
    crowd = _Crowd(attempts, chance or random.Random(1))
    with hurrying(db.engine) as connection:
        for batch in crowd.batches():
            for model, rows in (
                (Participant, batch.participants),
                (Attempt, batch.attempts),
                (Receipt, batch.receipts),
                (Entry, batch.entries),
            ):
                write(connection, cast("Table", model.__table__), rows)
        make_scopes(connection)
        for board in crowd.kept:
            count_board(connection, board.board_id, board.plan)
    settle(db.engine)
    return crowd.people


class _Crowd:
    def __init__(self, attempts: int, chance: random.Random) -> None:
        self.people = 0
        self._left, self._perfect_left = attempts, round(attempts * PERFECT / ATTEMPTS)
        self._chance = chance
        with reading() as session:
            contest = session.scalars(select(Contest).where(Contest.slug == SLUG)).one()
            kept = kept_contest(session, contest.id)
            boards = {row.round_id: Kept(row.board_id, RankPlan.of(row.ranking)) for row in kept.boards}
            rounds = session.scalars(select(Round).where(Round.contest_id == contest.id).order_by(Round.position))
            self._weeks = [_Week(found, boards[found.id], self._papers(session, found, kept)) for found in rounds]
            self._total, self._opened_at = boards[None], contest.opens_at
            self.kept = list(boards.values())
            units = session.scalars(select(Unit.id).where(Unit.kind.in_(("commune", "ward", "township"))).order_by(Unit.id))
            self._units = list(units)[:UNITS]
        sizes = [1 / (place + 30) for place in range(len(self._units))]  # a few large units, many small ones
        self._sizes = [sum(sizes[: place + 1]) for place in range(len(sizes))]

    def _papers(self, session: Session, found: Round, contest: KeptContest) -> list[_Paper]:
        rules, pools = contest.rounds[found.id].rules, pools_of(session, found.id)
        made = []
        for _ in range(PAPERS):
            seed = self._chance.getrandbits(62)
            paper = draw_paper(session, pools, rules, seed)
            versions = [kept_versions(session, [item.version_id])[item.version_id] for item in paper]
            right = write_answers(tuple(tuple(version.key) for version in versions)).split(",")
            wrong = [next(letter for letter in "abc" if letter != text) for text in right]
            points = tuple(rules.points[version.difficulty - 1] for version in versions)
            made.append(_Paper(seed, write_paper(paper), tuple(right), tuple(wrong), points))
        return made

    def batches(self) -> Iterator[Batch]:
        while self._left:
            batch = Batch([], [], [], [])
            for _ in range(PEOPLE_AT_ONCE):
                if self._left:
                    self._person(batch)
            yield batch

    def _person(self, batch: Batch) -> None:
        chance = self._chance
        self.people += 1
        person, unit_id = UUID(int=chance.getrandbits(128)), chance.choices(self._units, cum_weights=self._sizes)[0]
        batch.participants.append(_participant(person, self.people, unit_id))
        how_many = min(self._left, chance.choices(range(1, 8), HOW_MANY)[0])
        weeks = [chance.randrange(WEEKS) for _ in range(how_many)]
        results = []
        for place in sorted(set(weeks)):
            here = self._weeks[place]
            played = [self._attempt(batch, here, person, unit_id, number) for number in range(1, weeks.count(place) + 1)]
            result = result_of(played, Counts.BEST, Whose.COUNTED, here.kept.plan.ranking)
            batch.entries.append(_entry(here.kept, person, result))
            results.append(result)
        whole = overall(results, Overall.SUM, self._total.plan.ranking, self._opened_at)
        batch.entries.append(_entry(self._total, person, whole))

    def _attempt(self, batch: Batch, here: _Week, person: UUID, unit_id: int, number: int) -> Finished:
        chance, found = self._chance, here.found
        paper, is_perfect = here.papers[int(chance.random() * PAPERS)], self._is_perfect()
        answers, score, correct = paper.right, sum(paper.points), len(paper.right)
        if not is_perfect:
            wrong = chance.sample(range(correct), min(correct, 1 + int(chance.expovariate(0.35))))
            answers = tuple(paper.wrong[place] if place in wrong else text for place, text in enumerate(paper.right))
            score, correct = score - sum(paper.points[place] for place in wrong), correct - len(wrong)
        lasted = min(1_199_000, 45_000 + int(chance.expovariate(1 / 240_000)))
        started = found.opens_at + timedelta(milliseconds=chance.randrange(604_000_000 - 1_200_000))
        ended = started + timedelta(milliseconds=lasted)
        predicted = int(chance.lognormvariate(12, 1.2))
        which = attempt_id(UUID(int=chance.getrandbits(128)), found.id)
        written = ",".join(answers)
        values = {
            "id": which,
            "round_id": found.id,
            "participant_id": person,
            "number": number,
            "state": "submitted",
            "version": 1,
            "seed": paper.seed,
            "paper": paper.text,
            "answers": written,
            "predicted": predicted,
            "unit_id": unit_id,
            "is_ranked": True,
            "profile": "{}",
            "started_at": started,
            "deadline_at": min(started + LIMIT, found.closes_at),
            "extra_ms": 0,
            "ended_at": ended,
            "duration_ms": lasted,
            "request_id": "bench-request",
            "graded_at": ended,
            "score": score,
            "max_score": sum(paper.points),
            "correct_count": correct,
            "question_count": len(paper.right),
        }
        batch.attempts.append(tuple(map(values.get, ATTEMPT)))
        sha256 = receipt_sha256(
            HandedIn(str(which), found.public_id, number, paper.text, written, predicted, started, ended)
        )
        told = {
            "attempt_id": which,
            "sha256": sha256,
            "code": receipt_code(sha256),
            "result_visible": True,
            "issued_at": ended,
        }
        batch.receipts.append(tuple(map((values | told).get, RECEIPT)))
        standing = Standing(score, correct, lasted, started, ended, started, opened_at=found.opens_at)
        return Finished(number, standing, is_perfect, predicted, unit_id)

    def _is_perfect(self) -> bool:
        """So that exactly the right number of attempts is, whoever's they are."""
        drawn = self._chance.random() * self._left < self._perfect_left
        self._left -= 1
        self._perfect_left -= drawn
        return drawn


def _columns(model: type[Base]) -> tuple[str, ...]:
    return tuple(column.name for column in model.__table__.columns)


PARTICIPANT, ATTEMPT, RECEIPT, ENTRY = map(_columns, (Participant, Attempt, Receipt, Entry))


def _participant(person: UUID, number: int, unit_id: int) -> Sequence[Any]:
    values = {"id": person, "nickname": f"Người chơi {number}", "unit_id": unit_id, "created_at": NOW}
    return tuple(map(values.get, PARTICIPANT))


def _entry(board: Kept, person: UUID, result: Finished) -> Sequence[Any]:
    values = entry_values(board, Counted(result.standing, result.predicted, result.unit_id, ()))
    return tuple(map((values | {"board_id": board.board_id, "participant_id": person}).get, ENTRY))
