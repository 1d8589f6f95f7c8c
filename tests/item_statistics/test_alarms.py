"""When a person is told to look at a question, and when not."""

from __future__ import annotations

import random

import pytest

from quizsvc.item_statistics.alarms import (
    Alarm,
    Day,
    difficulty_words,
    discrimination_words,
    leaked,
    unused_choices,
    wrong_key,
)
from quizsvc.item_statistics.formulas import Chosen, Sums, total

A, B, C = Chosen({0}), Chosen({1}), Chosen({2})


def crowd(people: int, truth: Chosen, seed: int, *, guessing: float = 0.3) -> dict[Chosen, Sums]:
    """People of different strength, the stronger of whom know that ``truth`` is right; the others guess."""
    chance, found = random.Random(seed), dict[Chosen, Sums]()
    for _ in range(people):
        strength = chance.random()
        rest = round(1000 * min(1.0, max(0.0, chance.gauss(strength, 0.15))))
        knows = chance.random() < strength * (1 - guessing)
        chosen = truth if knows else chance.choice([A, B, C])
        found[chosen] = found.get(chosen, Sums()) + Sums(1, rest, rest**2, 100, 100**2)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_a_wrong_key_is_noticed_and_a_right_one_is_not(seed: int) -> None:
    answers = crowd(600, truth=B, seed=seed)

    said = wrong_key(answers, key=A)
    assert said is not None
    assert (said.alarm, said.position) == (Alarm.WRONG_KEY, 1)
    assert "chọn B" in said.sentence
    assert wrong_key(answers, key=B) is None


def test_false_alarms_are_rare() -> None:
    alarms = sum(wrong_key(crowd(300, truth=A, seed=seed), key=A) is not None for seed in range(300))
    assert alarms <= 1


def test_a_key_that_nobody_gives_is_noticed() -> None:
    answers = {key: value for key, value in crowd(600, truth=B, seed=1).items() if key != A}
    assert wrong_key(answers, key=A) is not None


def test_few_people_raise_no_alarm() -> None:
    answers = crowd(80, truth=B, seed=1)
    assert wrong_key(answers, key=A) is None
    assert unused_choices(answers, A, 4) == []


def test_a_choice_that_nobody_takes() -> None:
    [said] = unused_choices(crowd(600, truth=B, seed=1), B, 4)
    assert (said.alarm, said.position) == (Alarm.UNUSED_CHOICE, 3)
    assert "phương án D (0/600)" in said.sentence


def test_the_key_is_no_unused_choice() -> None:
    assert [each.position for each in unused_choices({B: Sums(500)}, A, 2)] == []
    assert [each.position for each in unused_choices({B: Sums(500)}, B, 2)] == [0]


def days(shares: list[float], paces: list[int], others: list[int], people: int = 200, seed: int = 1) -> list[Day]:
    """A question over some days: the share right, the pace of those who were, and everybody's pace."""
    chance, found = random.Random(seed), []
    for share, pace, usual in zip(shares, paces, others, strict=True):
        right = total(_one(chance, pace) for _ in range(round(people * share)))
        wrong = total(_one(chance, usual) for _ in range(people - right.people))
        found.append(Day(right + wrong, right, total(_one(chance, usual) for _ in range(people))))
    return found


def _one(chance: random.Random, pace: int) -> Sums:
    mine = max(1, round(chance.gauss(pace, pace * 0.2)))
    return Sums(1, 500, 500**2, mine, mine**2)


def test_a_leak_is_more_right_answers_in_less_time() -> None:
    said = leaked(days([0.4, 0.4, 0.8, 0.9], [200, 200, 120, 100], [200, 200, 195, 195]))
    assert said is not None
    assert said.alarm is Alarm.LEAKED
    assert "từ 40 % lên 90 %" in said.sentence


@pytest.mark.parametrize(
    ("shares", "paces", "others"),
    [
        ([0.4, 0.4, 0.4, 0.4], [200, 200, 120, 100], [200, 200, 200, 200]),  # faster, but not more often right
        ([0.4, 0.5, 0.8, 0.9], [200, 200, 198, 200], [200, 200, 200, 200]),  # better, but not faster
        ([0.4, 0.5, 0.8, 0.9], [200, 180, 120, 100], [200, 180, 120, 100]),  # everybody has become faster
        ([0.9], [100], [200]),  # one day has no before
    ],
)
def test_what_is_no_leak(shares: list[float], paces: list[int], others: list[int]) -> None:
    assert leaked(days(shares, paces, others)) is None


def test_words_for_people_who_know_no_statistics() -> None:
    assert difficulty_words(0.95, 500) == "rất dễ"
    assert difficulty_words(0.5, 500) == "vừa sức"
    assert difficulty_words(0.1, 500) == "khó"
    assert difficulty_words(None, 0) == difficulty_words(0.5, 99) == "chưa đủ người trả lời để đánh giá"
    assert "ngược" in discrimination_words(-0.1, 500)
    assert discrimination_words(0.35, 500) == "phân loại tốt"
    assert discrimination_words(0.2, 500) == "phân loại được"
    assert discrimination_words(0.05, 500) == "phân loại kém"
    assert "như nhau" in discrimination_words(None, 500)
