"""Counters of answers, from first attempts that people really made, against a plain count."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from quizsvc.attempts.models import Attempt
from quizsvc.attempts.paper import read_answers, read_paper
from quizsvc.attempts.sweeping import sweep
from quizsvc.core.db import reading, transaction
from quizsvc.item_statistics.counting import LAG, count_all
from quizsvc.item_statistics.models import ItemCount, ItemProgress
from quizsvc.verification.service import verify
from tests.api.problems import assert_problem
from tests.organizers.people import give
from tests.world import THANH_VINH, Player, make_contest, round_document

PATH = "/manage/rounds/thi.r1/questions"
WHY = "Theo quyết định của ban tổ chức"


def play(phone: Any, clock: Any, number: int, chance: random.Random, *, times: int = 1) -> Player:
    """Somebody who answers at random, and leaves some questions out."""
    player = Player(phone, number, f"Người {number}").in_unit(THANH_VINH)
    for _ in range(times):
        attempt = player.start().json
        clock.advance(seconds=chance.randrange(5, 120))
        answers = {
            asked["id"]: [chance.choice(asked["choices"])["id"]] for asked in attempt["questions"] if chance.random() < 0.9
        }
        assert player.submit(attempt, answers=answers).status_code == 200
    return player


def plain() -> dict[tuple[int, int], int]:
    """People by question version and answer, counted from the rows one by one."""
    found: Counter[tuple[int, int]] = Counter()
    with reading() as session:
        for row in session.scalars(select(Attempt).where(Attempt.number == 1, Attempt.state != "open")):
            answers = read_answers(row.answers)
            if any(answers):
                for item, given in zip(read_paper(row.paper), answers, strict=True):
                    found[item.version_id, sum(1 << place for place in given)] += 1
    return dict(found)


def counted() -> dict[tuple[int, int], int]:
    found: Counter[tuple[int, int]] = Counter()
    with reading() as session:
        for row in session.scalars(select(ItemCount)):
            found[row.question_version_id, row.chosen] += row.people
    return dict(found)


@pytest.fixture
def owner(phone: Any) -> Player:
    made = Player(phone, 900, "Ban tổ chức")
    give(made, "owner")
    return made


@pytest.fixture
def played(phone: Any, clock: Any) -> random.Random:
    """Eight people in an open round, some of them more than once."""
    chance = random.Random(1)
    make_contest(clock.now)
    for number in range(1, 9):
        play(phone, clock, number, chance, times=1 + number % 3)
    return chance


def test_only_first_attempts_count_and_each_once(phone, played, clock):
    clock.advance(seconds=LAG.total_seconds())
    late = Player(phone, 9, "Muộn").in_unit(THANH_VINH)
    attempt = late.start().json
    late.submit(attempt, answers={asked["id"]: [asked["choices"][0]["id"]] for asked in attempt["questions"]})
    assert count_all(clock) == 8  # the last minute waits
    clock.advance(seconds=LAG.total_seconds())
    assert count_all(clock) == 1
    assert counted() == plain()
    assert sum(counted().values()) == 9 * 3
    assert count_all(clock) == 0
    assert counted() == plain()


def test_who_is_still_playing_holds_the_later_ones_up(phone, clock):
    chance = random.Random(2)
    make_contest(clock.now)
    Player(phone, 50, "Chậm").in_unit(THANH_VINH).start()
    clock.advance(seconds=1)
    play(phone, clock, 1, chance)
    clock.advance(minutes=2)
    assert count_all(clock) == 0
    clock.advance(minutes=10)
    sweep(clock)
    assert count_all(clock) == 1  # the slow one gave no answer at all
    assert counted() == plain()


def test_two_who_count_at_once_count_once(playground, played, clock):
    clock.advance(minutes=2)

    def count(_: int) -> int:
        with playground.app_context():
            return count_all(clock)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(count, range(4))) == 8
    assert counted() == plain()


def test_a_ruling_makes_them_be_counted_again(played, owner, clock):
    clock.advance(minutes=2)
    count_all(clock)
    owner.refresh()
    question = owner.get(PATH).json["items"][0]
    before = rests()
    path = f"/manage/rounds/thi.r1/questions/{question['question']}/void"
    assert owner.call("POST", path, {"reason": WHY, "effect": "accept_all"}).status_code == 201
    assert count_all(clock) == 8
    assert counted() == plain()
    assert rests() != before
    assert (
        next(each for each in owner.get(PATH).json["items"] if each["question"] == question["question"])["ruling"]
        == "accept_all"
    )


def rests() -> int:
    with reading() as session:
        return int(session.scalar(select(func.sum(ItemCount.rest))) or 0)


def test_the_figures_are_those_of_the_answers(played, owner, clock):
    clock.advance(minutes=2)
    count_all(clock)
    shown = owner.refresh().get(PATH).json
    assert shown["attempts"] == 8
    assert sum(item["people"] for item in shown["items"]) == 24
    for item in shown["items"]:
        assert item["people"] >= item["blank"] + max(choice["taken"] for choice in item["choices"])
        assert item["exposure"] == pytest.approx(item["people"] / 8)
        keys = [choice for choice in item["choices"] if choice["is_key"]]
        if len(keys) == 1:
            assert item["facility"] == pytest.approx(keys[0]["taken"] / item["people"])
        assert item["alarms"] == []  # eight people prove nothing
        assert item["difficulty_words"] == "chưa đủ người trả lời để đánh giá"


def test_before_anything_was_counted(phone, owner, clock):
    make_contest(clock.now)
    assert owner.get(PATH).json == {"round_id": "thi.r1", "attempts": 0, "counted_at": None, "items": []}


def test_nobody_sees_them_while_a_prediction_is_open(phone, owner, clock):
    make_contest(clock.now, round_document(clock.now, prediction={"prompt": "Bao nhiêu người đúng hết?"}))
    assert_problem(owner.get(PATH), 409, "figures-sealed", visible_from=...)
    clock.advance(hours=2)
    assert owner.refresh().get(PATH).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 200), ("organizer", 200), ("reviewer", 200), ("author", 403), ("viewer", 403)]
)
def test_which_roles_see_them(phone, clock, role, status):
    make_contest(clock.now)
    person = Player(phone, 77, "Người khác")
    give(person, role)
    assert person.get(PATH).status_code == status


def test_a_round_long_over_is_left_alone(played, clock):
    clock.advance(minutes=2)
    count_all(clock)
    with reading() as session:
        before = session.scalars(select(ItemProgress.counted_at)).one()
    clock.now += timedelta(days=10)
    assert count_all(clock) == 0
    with reading() as session:
        assert session.scalars(select(ItemProgress.counted_at)).one() == before


def test_verify_counts_them_again_and_names_a_difference(played, clock):
    clock.advance(minutes=2)
    count_all(clock)
    with reading() as session:
        assert verify(session).differences == []
    with transaction() as session:
        row = session.scalars(select(ItemCount).order_by(ItemCount.question_version_id)).first()
        assert row is not None
        row.people += 1
    with reading() as session:
        [difference] = verify(session).differences
    assert difference.startswith("thống kê câu hỏi, vòng thi.r1")
