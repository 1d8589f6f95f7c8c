"""``quizsvc correct`` and ``quizsvc boards``: the same corrections from the command line, and boards made anew."""

from __future__ import annotations

import random

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, update

from quizsvc.commands.boards import boards
from quizsvc.commands.correct import correct
from quizsvc.core.db import transaction
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from tests.corrections.hall import REASON, entry_of, log, snapshot
from tests.world import THANH_VINH


def run(command, *arguments, fails=False):
    found = CliRunner().invoke(command, arguments)
    assert (found.exit_code != 0) == fails, found.output
    return found.output


@pytest.fixture
def people(hall):
    people = hall.people(3)
    for player in people:
        hall.play(player, random.Random(5))
    return people


def test_the_lead_of_a_province_at_a_server(hall, people):
    before = snapshot()
    said = run(correct, "disqualify", "thi.r1", "--grounds", "fraud", "--unit", THANH_VINH, "--reason", REASON, "--preview")
    assert "XEM TRƯỚC" in said
    assert "2 lượt thi của 2 người" in said
    assert "ra khỏi vùng giải: Người S. 0" in said
    assert (snapshot(), log()) == (before, [])
    run(correct, "disqualify", "thi.r1", "--grounds", "fraud", "--unit", THANH_VINH, "--reason", REASON)
    assert [entry_of(player) is None for player in people] == [True, False, True]
    run(correct, "undo", "1", "--reason", REASON)
    assert snapshot() == before
    assert "số 2" in run(correct, "undo", "1", "--reason", REASON, fails=True)
    assert "đã hoàn tác ở số 2" in run(correct, "list", "thi")
    assert [(row.action, row.actor_id) for row in log()] == [("people.disqualify", None), ("correction.undo", None)]


def test_every_kind(hall, people):
    attempt = people[0].start().json["id"]
    hall.clock.advance(minutes=1)
    window = ("2026-11-24T01:00:00Z", "2026-11-24T02:00:00Z")
    end = ("--reason", REASON)
    run(correct, "void", "thi.r1", "bau-cu.bc-001", "--effect", "drop", *end)
    run(correct, "rekey", "thi.r1", "bau-cu.bc-001", "--key", "A", "--key", "b", *end)
    run(correct, "disqualify", "thi", "--grounds", "other", "--person", people[1].id, *end)
    run(correct, "extend", "thi.r1", "2026-11-23T20:00:00+07:00", *end)
    run(correct, "extra-time", "thi.r1", "--attempt", attempt, "--seconds", "60", *end)
    run(correct, "extra-time", "thi.r1", "--outage", "2026-11-23T01:00:00Z", hall.clock.now.isoformat(), *end)
    run(correct, "make-up", "thi.r1", *window, "--person", people[2].id, "--replaces-expired", *end)
    assert "committee" in run(
        correct, "places", "thi.r1", "--place", people[0].id, "1", "--place", people[2].id, "2", *end, fails=True
    )
    kinds = ["question.void", "question.rekey", "people.disqualify", "round.extend"]
    assert [row.action for row in log()] == [*kinds, "attempt.extra-time", "attempt.extra-time", "make-up.add"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("void", "thi.r1", "bau-cu.bc-001", "--effect", "drop", "--reason", "ngắn"),
        ("void", "khong.r1", "bau-cu.bc-001", "--effect", "drop", "--reason", REASON),
        ("extend", "thi.r1", "ngày mai", "--reason", REASON),
        ("disqualify", "thi", "--grounds", "other", "--unit", "không-có", "--reason", REASON),
        ("undo", "1", "--reason", REASON),
        ("list", "khong"),
    ],
)
def test_one_clear_line_and_nothing_done(hall, arguments):
    assert "Traceback" not in run(correct, *arguments, fails=True)
    assert log() == []


def test_boards_are_made_anew(hall, people):
    before = snapshot()
    with transaction() as session:
        session.execute(delete(Entry).where(Entry.participant_id == entry_of(people[0]).participant_id))
        session.execute(update(Tally).values(attempts=99))
        session.execute(update(RankCell).values(entries=RankCell.entries + 1))
    assert snapshot() != before
    assert "dựng lại từ 3 lượt thi, 3 kết quả" in run(boards, "rebuild", "thi")
    assert snapshot() == before
    run(boards, "rebuild")
    assert snapshot() == before
    run(boards, "rebuild", "khong", fails=True)
