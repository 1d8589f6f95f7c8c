from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from quizsvc.banks.models import Bank, Question
from quizsvc.contests.document import ContestDocument, understand
from quizsvc.contests.errors import ContestDocumentRefused
from quizsvc.contests.loading import Loaded, load_contest
from quizsvc.contests.models import Board, Contest, Round, RoundQuestion
from quizsvc.contests.yaml_file import read_contest
from quizsvc.core.db import reading, transaction
from tests.world import QUIZZES, Player, round_document

HOUR = timedelta(hours=1)
MS = timedelta(milliseconds=1)


def document(*rounds, **changes) -> ContestDocument:
    understood = understand({"contest": "thi", "title": "Cuộc thi thử", "organizer": "40", "rounds": list(rounds)} | changes)
    assert isinstance(understood, ContestDocument), understood
    return understood


def load(made: ContestDocument, now) -> Loaded:
    with transaction() as session:
        return load_contest(session, made, now=now)


def refused(made: ContestDocument, now) -> list[str]:
    with pytest.raises(ContestDocumentRefused) as raised:
        load(made, now)
    return raised.value.faults


def stored() -> list[list[tuple]]:
    with reading() as session:
        tables = [
            select(Contest.slug, Contest.title, Contest.version, Contest.loaded_at, Contest.opens_at, Contest.closes_at),
            select(Round.public_id, Round.id, Round.position, Round.title, Round.opens_at, Round.board_id),
            select(RoundQuestion.round_id, RoundQuestion.quota, func.count()).group_by(
                RoundQuestion.round_id, RoundQuestion.quota
            ),
            select(Board.id, Board.subject),
        ]
        return [sorted(map(tuple, session.execute(query))) for query in tables]


@pytest.fixture
def opens_at(playground, clock):
    return clock.now + HOUR


def test_loading_twice_changes_nothing(clock, opens_at):
    made = document(round_document(opens_at), round_document(opens_at + HOUR, round="r2"))
    assert load(made, clock.now) is Loaded.ADDED
    before = stored()
    clock.advance(minutes=1)
    assert load(made, clock.now) is Loaded.UNCHANGED
    assert load(made, opens_at + timedelta(days=1)) is Loaded.UNCHANGED  # and no fuss once it is played
    assert stored() == before
    ((slug, title, version, _, opens, closes),) = before[0]
    assert (slug, title, version) == ("thi", "Cuộc thi thử", 1)
    assert (opens, closes) == (opens_at, opens_at + 2 * HOUR)
    assert [row[0] for row in before[1]] == ["thi.r1", "thi.r2"]


def test_a_change_before_the_opening(phone, clock, opens_at):
    load(document(round_document(opens_at), round_document(opens_at + HOUR, round="r2")), clock.now)
    boards = {row[0]: row[-1] for row in stored()[1]}
    moved = opens_at - timedelta(minutes=30)
    changed = document(
        round_document(moved, round="r3", title="Vòng mới"),
        round_document(moved, time_limit_minutes=20, paper=[{"bank": "dat-dai", "count": 4}]),
        title="Tên mới",
    )
    assert load(changed, opens_at - MS - timedelta(minutes=30)) is Loaded.CHANGED
    shown = phone.get("/api/v1/contests/thi").json
    assert shown["title"] == "Tên mới"
    assert [found["id"] for found in shown["rounds"]] == ["thi.r3", "thi.r1"]
    assert shown["opens_at"] == moved.isoformat()
    assert phone.get("/api/v1/contests/thi/rules").json["version"] == 2
    an = Player(phone)
    first = an.get("/rounds/thi.r1").json
    assert (first["question_count"], first["time_limit_ms"], first["title"]) == (4, 1_200_000, "Vòng 1")
    assert an.get("/rounds/thi.r2").status_code == 404
    clock.now = moved
    assert len(Player(phone).start("thi.r1").json["questions"]) == 4
    kept = {row[0]: row[-1] for row in stored()[1]}
    assert kept["thi.r1"] == boards["thi.r1"]


def test_what_is_missing_is_named_all_at_once_and_nothing_is_written(clock, opens_at):
    papers = [
        [{"bank": "khong-co", "count": 1}],
        [{"bank": "bau-cu", "count": 1}, {"bank": "bau-cu", "topic": "khong-co", "count": 2}],
        [{"bank": "tre-em", "difficulty": 3, "count": 100}],
    ]
    rounds = [round_document(opens_at, round=f"r{place}", paper=paper) for place, paper in enumerate(papers)]
    with reading() as session:
        hard = session.scalar(select(func.count()).select_from(Question).join(Bank).where(Bank.code == "tre-em"))
    faults = refused(document(*rounds, organizer="00000"), clock.now)
    assert faults[0] == "Không có đơn vị mang mã 00000. (There is no unit 00000.) [/organizer]"
    assert faults[1].startswith("Ngân hàng câu hỏi (khong-co) có 0 câu, cần 1. (The bank (khong-co) has 0 questions")
    assert faults[2].startswith("Ngân hàng câu hỏi (bau-cu, khong-co) có 0 câu, cần 2.")
    assert [fault.rpartition(" ")[2] for fault in faults[1:]] == [
        "[/rounds/0/paper/0]",
        "[/rounds/1/paper/1]",
        "[/rounds/2/paper/0]",
    ]
    found = re.match(r"Ngân hàng câu hỏi \(tre-em, 3\) có (\d+) câu, cần 100\.", faults[3])
    assert 0 < int(found[1]) < hard
    assert len(faults) == 4
    assert stored() == [[], [], [], []]


def test_quotas_that_take_each_others_questions(clock, opens_at):
    with reading() as session:
        count = session.scalar(select(func.count()).select_from(Question).join(Bank).where(Bank.code == "bau-cu"))
    exactly = [{"bank": "bau-cu", "count": count - 1}, {"bank": "bau-cu", "count": 1}]
    assert load(document(round_document(opens_at, paper=exactly)), clock.now) is Loaded.ADDED
    too_many = [{"bank": "bau-cu", "count": count - 1}, {"bank": "bau-cu", "count": 2}]
    (fault,) = refused(document(round_document(opens_at, paper=too_many)), clock.now)
    assert fault.startswith("Các mục của đề chồng lên nhau")
    assert fault.endswith("[/rounds/0/paper]")


def test_a_withdrawn_question_leaves_the_round_until_it_opens(clock, opens_at):
    with reading() as session:
        ids = session.scalars(select(Question.id).join(Bank).where(Bank.code == "bau-cu")).all()
    made = document(round_document(opens_at, paper=[{"bank": "bau-cu", "count": 5}]))
    load(made, clock.now)

    def pool() -> int:
        with reading() as session:
            return session.scalar(select(func.count()).select_from(RoundQuestion))

    def withdraw(question_id: int) -> None:
        with transaction() as session:
            session.execute(update(Question).where(Question.id == question_id).values(withdrawn=True))

    assert pool() == len(ids)
    withdraw(ids[0])
    assert load(made, clock.now) is Loaded.CHANGED
    assert load(made, clock.now) is Loaded.UNCHANGED
    assert pool() == len(ids) - 1
    withdraw(ids[1])
    assert load(made, opens_at) is Loaded.UNCHANGED
    assert pool() == len(ids) - 1


def test_the_organizer_is_the_unit_of_that_code_on_that_day(clock, opens_at):
    (fault,) = refused(document(round_document(opens_at), organizer="412"), clock.now)
    assert "mã 412" in fault  # Vinh ceased to be a city in 2025
    assert load(document(round_document(opens_at), organizer="412"), clock.now.replace(year=2024)) is Loaded.ADDED


def test_the_contests_we_ship_load(phone, clock):
    for file in sorted((QUIZZES / "contests").glob("*.yaml")):
        made = read_contest(file)
        assert load(made, clock.now) is Loaded.ADDED
        assert load(made, clock.now) is Loaded.UNCHANGED
        shown = phone.get(f"/api/v1/contests/{made.slug}").json
        assert [found["id"] for found in shown["rounds"]] == [f"{made.slug}.{each.code}" for each in made.rounds]
        assert shown["organizer_unit"]["name"] == "Tỉnh Nghệ An"
