"""Voiding and re-keying questions: everybody who drew them is marked again, nobody else."""

from __future__ import annotations

import random
from uuid import UUID

import pytest
from sqlalchemy import select

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.paper import read_paper
from quizsvc.banks.models import Bank, Question, QuestionVersion
from quizsvc.core.db import reading
from tests.corrections.hall import Hall, entry_of, log, rebuilt, snapshot


def drawn_by(attempt_id: str) -> list[str]:
    """The questions of an attempt's paper, as corrections name them."""
    with reading() as session:
        attempt = session.scalars(select(Attempt).where(Attempt.id == UUID(attempt_id))).one()
        query = (
            select(QuestionVersion.id, Bank.code, Question.code)
            .join(Question, Question.id == QuestionVersion.question_id)
            .join(Bank, Bank.id == Question.bank_id)
        )
        names = {version: f"{bank}.{code}" for version, bank, code in session.execute(query)}
        return [names[item.version_id] for item in read_paper(attempt.paper)]


def key_of(question: str) -> str:
    with reading() as session:
        query = select(QuestionVersion.key).join(Question).where(Question.code == question.partition(".")[2])
        return "".join("ABCDEFGH"[place] for place in session.scalars(query.order_by(QuestionVersion.id.desc())).first())


def receipts():
    with reading() as session:
        return {row.attempt_id: (row.score, row.correct_count, row.sha256) for row in session.scalars(select(Receipt))}


@pytest.fixture
def attempts(hall: Hall):
    """Eight attempts of six people; by person."""
    rng = random.Random(5)
    people = hall.people(6)
    return [(player, hall.play(player, rng)) for player in [*people, *people[:2]]]


@pytest.mark.parametrize("effect", ["accept_all", "drop"])
def test_a_void_question_and_back(hall, attempts, effect):
    _, attempt = attempts[0]
    question = drawn_by(attempt["id"])[0]
    told, before = receipts(), snapshot()
    number = hall.done(f"/rounds/thi.r1/questions/{question}/void", {"effect": effect})
    after = snapshot()
    changed = {key for key, row in after["attempts"].items() if row != before["attempts"][key]}
    drew = {UUID(made["id"]) for _, made in attempts if question in drawn_by(made["id"])}
    assert changed <= drew
    for attempt_id in drew:
        row, old = after["attempts"][attempt_id], before["attempts"][attempt_id]
        assert (row["question_count"], row["max_score"]) == ((5, 5) if effect == "drop" else (6, 6))
        gained = {0, 1} if effect == "accept_all" else {0, -1}
        assert row["score"] - old["score"] in gained
    assert receipts() == told
    assert after == rebuilt()
    assert hall.undo(number).status_code == 201
    assert snapshot() == before


def test_another_key_counts_instead_and_several_may(hall, attempts):
    _, attempt = attempts[0]
    question = drawn_by(attempt["id"])[2]
    before, old = snapshot(), key_of(question)
    other = next(letter for letter in "ABCD" if letter != old)
    first = hall.done(f"/rounds/thi.r1/questions/{question}/rekey", {"keys": [other]})
    narrow = snapshot()
    second = hall.done(f"/rounds/thi.r1/questions/{question}/rekey", {"keys": [old, other]})
    wide = snapshot()
    for key, row in wide["attempts"].items():
        assert row["score"] == max(row["score"], narrow["attempts"][key]["score"], before["attempts"][key]["score"])
    assert wide == rebuilt()
    assert hall.undo(first).status_code == 201  # the newer ruling still holds
    assert snapshot() == wide
    assert hall.undo(second).status_code == 201
    assert snapshot() == before
    assert log()[1].before["rulings"][0]["accepted"] == [other]


def test_a_ruling_holds_for_what_is_handed_in_later(hall, attempts):
    (late,) = hall.people(1, first=500)
    paper = late.start().json
    hall.done(f"/rounds/thi.r1/questions/{drawn_by(paper['id'])[0]}/void", {"effect": "accept_all"})
    hall.done(f"/rounds/thi.r1/questions/{drawn_by(paper['id'])[1]}/void", {"effect": "drop"})
    assert late.submit(paper).json["score"] == 1
    result = late.get(f"/attempts/{paper['id']}").json["result"]
    assert (result["score"], result["max_score"], result["question_count"]) == (1, 5, 5)
    assert snapshot() == rebuilt()


def test_a_question_that_nobody_drew_is_zero_people(hall):
    question = "bau-cu.bc-001"
    shown = hall.correct(f"/rounds/thi.r1/questions/{question}/void", {"effect": "drop"}).json
    assert shown["effect"] == {"attempts": 0, "people": 0, "boards": []}


def test_one_id_is_not_found_inside_another(hall, attempts):
    """Version 1 is drawn by nobody who drew 11 or 21 only."""
    with reading() as session:
        first = session.scalars(select(QuestionVersion.id).order_by(QuestionVersion.id)).first()
        papers = session.scalars(select(Attempt.paper)).all()
    drew = sum(first in [item.version_id for item in read_paper(paper)] for paper in papers)
    shown = hall.correct("/rounds/thi.r1/questions/bau-cu.bc-001/void", {"effect": "drop"}).json
    assert shown["effect"]["attempts"] == drew


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("bau-cu.bc-001/rekey", {"keys": ["F"]}, 409),
        ("bau-cu.bc-001/rekey", {"keys": ["AB"]}, 409),
        ("bau-cu.bc-001/rekey", {"keys": ["AX"]}, 422),
        ("bau-cu.bc-001/rekey", {"keys": []}, 422),
        ("bau-cu.bc-001/void", {"effect": "rekey"}, 422),
        ("bau-cu.nothing/void", {"effect": "drop"}, 404),
        ("bau-cu/void", {"effect": "drop"}, 404),
        ("dat-dai.dd-001/void", {"effect": "drop"}, 404),
    ],
)
def test_what_is_refused(hall, path, body, status):
    assert hall.correct(f"/rounds/thi.r1/questions/{path}", body).status_code == status
    assert log() == []


def test_the_effect_names_who_enters_and_leaves_the_prize_zone(hall, attempts):
    for question in drawn_by(attempts[0][1]["id"]):
        made = hall.correct(f"/rounds/thi.r1/questions/{question}/void", {"effect": "drop"}).json
        for board in made["effect"]["boards"]:
            assert board["prize_places"] == 2
            for crossing in board["entering"]:
                assert crossing["rank_after"] <= 2 < (crossing["rank_before"] or 3)
                assert crossing["display_name"].startswith("Người S.")
            for crossing in board["leaving"]:
                assert crossing["rank_before"] <= 2 < (crossing["rank_after"] or 3)
            assert len(board["entering"]) == len(board["leaving"])
    assert entry_of(attempts[0][0]) is not None
