"""``quizsvc sweep`` and ``quizsvc verify`` after a round that was played long ago."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.core.db import transaction
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from tests.world import Player, make_contest, right_answers, round_document

LONG_AGO = datetime(2025, 8, 1, 1, 0, tzinfo=UTC)  # the commands read the real clock


@pytest.fixture
def clock(clock):
    clock.now = LONG_AGO
    return clock


@pytest.fixture
def receipt(phone, clock):
    """A played round: An handed in, and has this receipt; Bình saved and left."""
    make_contest(clock.now)
    an, binh = Player(phone, 1), Player(phone, 2, "Trần Thị Bình")
    attempt, left = an.start().json, binh.start().json
    clock.advance(seconds=30)
    assert binh.save(left, 1, right_answers(left, wrong=1)).status_code == 200
    handed_in = an.submit(attempt, answers=right_answers(attempt))
    assert handed_in.status_code == 200
    return handed_in.json["receipt"]


def test_the_sweeper_closes_and_grades_once(command, world_url, receipt, phone, clock):
    assert command(world_url, "sweep").said == "Đã đóng 1 lượt quá giờ, chấm 1 bài, xoá 0 lượt thi thử, niêm phong 0 bảng.\n"
    nothing = "Đã đóng 0 lượt quá giờ, chấm 0 bài, xoá 0 lượt thi thử, niêm phong 0 bảng.\n"
    done = command(world_url, "sweep")
    assert (done.status, done.said, done.complained) == (0, nothing, "")
    (stored,) = Player(phone, 2).get("/rounds/thi.r1/attempts").json["items"]
    assert stored["state"] == "expired"
    assert stored["result"]["submitted_at"] == stored["deadline_at"]
    assert stored["result"]["score"] == 2


def test_a_trial_is_wiped_by_the_command(command, world_url, playground, phone, clock):
    trial = round_document(clock.now, round="thu", phase="trial")
    make_contest(clock.now, trial, round_document(clock.now + timedelta(days=1)))
    an, binh = Player(phone, 1), Player(phone, 2, "Trần Thị Bình")
    attempt = an.start("thi.thu").json
    assert an.submit(attempt, answers=right_answers(attempt)).status_code == 200
    binh.start("thi.thu")
    assert command(world_url, "sweep").said == (
        "Đã đóng 1 lượt quá giờ, chấm 1 bài, xoá 2 lượt thi thử, niêm phong 0 bảng.\n"
    )
    assert "xoá 0 lượt thi thử" in command(world_url, "sweep").said
    assert phone.get("/api/v1/rounds/thi.thu/leaderboard").json["items"] == []


def test_verify_agrees(command, world_url, receipt):
    command(world_url, "sweep")
    done = command(world_url, "verify")
    assert (done.status, done.complained) == (0, "")
    assert done.said.startswith("Khớp hoàn toàn: ")
    assert "từ 2 lượt thi" in done.said


def test_verify_of_nothing(command, world_url):
    done = command(world_url, "verify")
    assert (done.status, done.said) == (0, "Khớp hoàn toàn: 0 số liệu tính lại từ 0 lượt thi, không sai khác.\n")


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        (update(Attempt).values(score=Attempt.score + 1), "điểm"),
        (update(Attempt).values(answers=",,"), "số câu đúng"),
        (update(Receipt).values(sha256="0" * 64), "mã băm biên nhận"),
        (update(Entry).values(duration_ms=Entry.duration_ms - 1), "bảng của vòng thi.r1, người "),
        (update(RankCell).values(entries=RankCell.entries + 1), "ô đếm"),
        (update(Tally).values(attempts=Tally.attempts + 1), "(người, lượt, điểm, người đúng hết)"),
    ],
    ids=["score", "answers", "receipt", "entry", "cell", "tally"],
)
def test_verify_names_what_differs(command, world_url, receipt, tampering, named):
    command(world_url, "sweep")
    with transaction() as session:
        session.execute(tampering)
    done = command(world_url, "verify")
    assert done.status == 1
    assert done.said == ""
    *differences, conclusion = done.complained.splitlines()
    assert any(line.startswith("KHÁC: ") and named in line for line in differences)
    assert conclusion.startswith(f"Error: {len(differences)} chỗ khác trong ")


def test_a_receipt_as_a_citizen_types_it(command, world_url, receipt):
    done = command(world_url, "verify", "--receipt", f" {receipt['code'].lower()} ")
    assert (done.status, done.complained) == (0, "")
    assert done.said.startswith(f"Biên nhận {receipt['code']} khớp")


def test_a_receipt_of_changed_answers(command, world_url, receipt):
    with transaction() as session:
        session.execute(update(Attempt).values(answers=",,"))
    done = command(world_url, "verify", "--receipt", receipt["code"])
    assert done.status == 1
    assert "KHÔNG khớp" in done.complained


def test_a_receipt_that_was_never_given(command, world_url, receipt):
    done = command(world_url, "verify", "--receipt", "0000-0000-0000-0000")
    assert (done.status, done.complained) == (1, "Error: Không có biên nhận 0000-0000-0000-0000.\n")
