"""After any sequence of corrections and undoings everything derived is what the attempts and decisions say."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import select

from quizsvc.attempts.decisions import Ruling
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.sweeping import sweep
from quizsvc.banks.models import Bank, Question, QuestionVersion
from quizsvc.contests.models import RoundQuestion
from quizsvc.core.db import reading
from quizsvc.core.runtime import runtime
from quizsvc.verification.service import verify
from tests.corrections.hall import Hall, later, log, rebuilt, snapshot
from tests.world import KIM_LIEN, THANH_VINH

ROUNDS = ("thi.r1", "thi.r2")
STEPS = 14


class Sequence:
    """One thing after another, chosen by ``rng``."""

    def __init__(self, hall: Hall, rng: random.Random) -> None:
        self.hall, self.rng = hall, rng
        self.people = hall.people(5)
        self.units = [hall.phone.get(f"/api/v1/units?q={code}").json["items"][0] for code in (THANH_VINH, KIM_LIEN)]
        self.questions = drawn()
        self.standing: list[int] = []

    def step(self) -> None:
        kinds = [self.play, self.give_up, self.void, self.rekey, self.disqualify, self.make_up, self.undo]
        self.rng.choices(kinds, weights=[5, 1, 2, 2, 3, 1, 4])[0]()

    def play(self) -> None:
        player = self.rng.choice(self.people).refresh()
        self.hall.play(player, self.rng, self.rng.choice(ROUNDS))

    def give_up(self) -> None:
        self.rng.choice(self.people).refresh().start(self.rng.choice(ROUNDS))
        self.hall.clock.advance(minutes=11)
        sweep(runtime().clock)

    def question(self) -> str:
        return self.rng.choice(self.questions or drawn() or ["bau-cu.bc-001"])

    def void(self) -> None:
        self._done(f"questions/{self.question()}/void", {"effect": self.rng.choice(["accept_all", "drop"])})

    def rekey(self) -> None:
        self._done(f"questions/{self.question()}/rekey", {"keys": self.rng.sample("AB", self.rng.randint(1, 2))})

    def disqualify(self) -> None:
        whom = self.rng.choice([{"unit": self.rng.choice(self.units)}, {"participants": [self.rng.choice(self.people).id]}])
        where = self.rng.choice([f"/rounds/{self.rng.choice(ROUNDS)}", "/contests/thi"])
        body = {"grounds": "other"} | whom
        if self.hall.correct(f"{where}/disqualifications", body, preview=True).status_code == 200:  # somebody played
            self.standing.append(self.hall.done(f"{where}/disqualifications", body))

    def make_up(self) -> None:
        window = {"opens_at": later(self.hall.clock, hours=20), "closes_at": later(self.hall.clock, hours=21)}
        whom = {"participants": [player.id for player in self.people], "replaces_expired": True}
        self._done("make-up-sessions", window | whom)

    def undo(self) -> None:
        if self.standing:
            number = self.standing.pop(self.rng.randrange(len(self.standing)))
            assert self.hall.undo(number).status_code == 201

    def _done(self, path: str, body: dict[str, Any]) -> None:
        self.standing.append(self.hall.done(f"/rounds/{self.rng.choice(ROUNDS)}/{path}", body))


def drawn() -> list[str]:
    """Single-choice questions that the rounds draw from, a few of them, so that they meet."""
    with reading() as session:
        pinned = select(RoundQuestion.question_version_id)
        query = (
            select(Bank.code, Question.code)
            .join(Question, Question.bank_id == Bank.id)
            .join(QuestionVersion, QuestionVersion.question_id == Question.id)
            .where(QuestionVersion.id.in_(pinned), QuestionVersion.kind == "single")
        )
        return sorted(f"{bank}.{code}" for bank, code in session.execute(query))[:6]


def marks_by_hand() -> dict[Any, tuple[int, int]]:
    """Score and number of marked questions of each graded attempt, one point each, from the decisions in force."""
    with reading() as session:
        printed = {
            version.id: {"".join("abcdefgh"[at] for at in version.key)}
            for version in session.scalars(select(QuestionVersion))
        }
        rulings: dict[tuple[int, int], Ruling] = {}
        for each in session.scalars(select(Ruling).order_by(Ruling.decided_at, Ruling.id)):
            if each.lifted_at is None:
                rulings[each.round_id, each.question_version_id] = each
        marks = {}
        for attempt in session.scalars(select(Attempt).where(Attempt.graded_at.is_not(None))):
            score = counted = 0
            for item, given in zip(attempt.paper.split(), attempt.answers.split(","), strict=True):
                version = int(item.split(":")[0])
                ruling = rulings.get((attempt.round_id, version))
                effect = "" if ruling is None else ruling.effect
                keys = (
                    {"".join("abcdefgh"[at] for at in key) for key in ruling.accepted}
                    if effect == "rekey"
                    else printed[version]
                )
                counted += effect != "drop"
                score += effect == "accept_all" or (effect != "drop" and given in keys)
            marks[attempt.id] = (score, counted)
        return marks


def stored_marks() -> dict[Any, tuple[int, int]]:
    with reading() as session:
        rows = session.scalars(select(Attempt).where(Attempt.graded_at.is_not(None)))
        return {row.id: (row.score, row.question_count) for row in rows}


def check() -> None:
    """By three ways: marks by hand, boards made anew, and the plain recomputation of ``quizsvc verify``."""
    assert stored_marks() == marks_by_hand()
    assert snapshot() == rebuilt()
    with reading() as session:
        assert verify(session).differences == []


@pytest.mark.parametrize("seed", range(4))
def test_any_sequence(hall, seed):
    sequence = Sequence(hall, random.Random(seed))
    for _ in range(5):
        sequence.play()
    for _ in range(STEPS):
        sequence.step()
        check()
    while sequence.standing:
        sequence.undo()
    check()
    with reading() as session:
        assert session.scalars(select(Attempt.id).where(Attempt.state == "void")).all() == []
    assert len(log()) % 2 == 0  # each was taken back
