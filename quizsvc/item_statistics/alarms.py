"""What the figures of a question say in plain words, and when a person must look. Every threshold stands here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizsvc.item_statistics.formulas import Chosen, Sums, discrimination, proportions, total, welch

ENOUGH = 100
"""Below so many people nothing is said about a question: single players would decide it."""
SURE = 3.0
"""Standard errors. With a thousand questions about one false alarm is to be expected."""
EASY, HARD = 0.9, 0.3
GOOD, WEAK = 0.3, 0.1
"""Discrimination: Ebel & Frisbie (1991) call 0.30 and more good, less than 0.20 poor; shorter papers give lower values."""
NOBODY = 0.01
"""A choice taken by fewer people than this share does not work as one. 5 % is usual (Haladyna & Downing 1993), but most
players of these contests have read the law beforehand."""
RARELY = 0.05
FASTER = 0.85
"""Whoever draws a question that has leaked is this much faster than others were, beyond how everybody's pace has changed."""


class Alarm(StrEnum):
    """Stable codes of what a person must look at."""

    WRONG_KEY = "probably-wrong-key"
    LEAKED = "probably-leaked"
    UNUSED_CHOICE = "choice-nobody-takes"


@dataclass(frozen=True)
class Said:
    """An alarm in Vietnamese; ``position`` names the choice that it is about."""

    alarm: Alarm
    sentence: str
    position: int | None = None


LETTERS = "ABCDEFGH"


def difficulty_words(share_right: float | None, people: int) -> str:
    """How hard a question is, for somebody who knows no statistics."""
    if share_right is None or people < ENOUGH:
        return "chưa đủ người trả lời để đánh giá"
    if share_right >= EASY:
        return "rất dễ"
    return "khó" if share_right < HARD else "vừa sức"


def discrimination_words(value: float | None, people: int) -> str:
    """How well a question tells players apart."""
    if people < ENOUGH:
        return "chưa đủ người trả lời để đánh giá"
    if value is None:
        return "không phân loại được vì mọi người trả lời như nhau"
    if value < 0:
        return "phân loại ngược: người giỏi hơn lại trả lời sai"
    if value >= GOOD:
        return "phân loại tốt"
    return "phân loại kém" if value < WEAK else "phân loại được"


def wrong_key(answers: Mapping[Chosen, Sums], key: Chosen) -> Said | None:
    """Another answer is given by players who are right elsewhere, more surely than chance and more so than the key."""
    people = total(answers.values()).people
    of_key = answers.get(key, Sums())
    if people < ENOUGH:
        return None
    for chosen, sums in sorted(answers.items(), key=lambda item: -item[1].people):
        if chosen in (key, Chosen()) or sums.people < max(ENOUGH // 4, people * RARELY):
            continue
        other, own = discrimination(answers, chosen), discrimination(answers, key)
        is_better = other is not None and other > 0 and (own is None or other > own)
        is_sure = of_key.people == 0 or welch(_rest(sums), _rest(of_key)) >= SURE
        if is_better and is_sure:
            letters = "".join(LETTERS[position] for position in sorted(chosen))
            said = (
                f"Người trả lời đúng các câu khác thường chọn {letters}, không chọn đáp án; hãy đối chiếu đáp án với luật."
            )
            return Said(Alarm.WRONG_KEY, said, min(chosen))
    return None


def unused_choices(answers: Mapping[Chosen, Sums], key: Chosen, choices: int) -> list[Said]:
    """Wrong choices that almost nobody takes."""
    people = total(answers.values()).people
    if people < ENOUGH:
        return []
    taken = [sum(sums.people for chosen, sums in answers.items() if position in chosen) for position in range(choices)]
    return [
        Said(Alarm.UNUSED_CHOICE, f"Hầu như không ai chọn phương án {LETTERS[position]} ({number}/{people}).", position)
        for position, number in enumerate(taken)
        if position not in key and number < people * NOBODY
    ]


@dataclass(frozen=True)
class Day:
    """A day of a round: all who met the question, those of them who were right, and everybody's pace in the round."""

    everybody: Sums
    right: Sums
    round_pace: Sums


def leaked(days: Sequence[Day]) -> Said | None:
    """Lately the question is answered right more often, and faster, than at the beginning, beyond what the round shows."""
    from_start, from_end = _days_needed(days), _days_needed(days[::-1])
    if from_start is None or from_end is None or from_start + from_end > len(days):
        return None
    first, last = _together(days[:from_start]), _together(days[-from_end:])
    risen = proportions(last.right.people, last.everybody.people, first.right.people, first.everybody.people)
    if risen < SURE or not first.right.people or not last.right.people:
        return None
    usual = last.round_pace.mean_pace / first.round_pace.mean_pace
    own = last.right.mean_pace / first.right.mean_pace
    is_sure = welch(_pace(first.right), _pace(last.right)) >= SURE
    if own > usual * FASTER or not is_sure:
        return None
    shares = (100 * each.right.people / each.everybody.people for each in (first, last))
    before, now = (f"{share:.0f}" for share in shares)
    said = f"Tỷ lệ đúng tăng từ {before} % lên {now} % trong khi thời gian làm bài giảm; câu hỏi có thể đã bị lộ."
    return Said(Alarm.LEAKED, said)


def _days_needed(days: Sequence[Day]) -> int | None:
    """How many days it takes, from the first on, to have enough people."""
    people = 0
    for number, day in enumerate(days, 1):
        people += day.everybody.people
        if people >= ENOUGH:
            return number
    return None


def _together(days: Sequence[Day]) -> Day:
    return Day(total(day.everybody for day in days), total(day.right for day in days), total(day.round_pace for day in days))


def _rest(sums: Sums) -> tuple[int, int, int]:
    return sums.people, sums.rest, sums.rest_squares


def _pace(sums: Sums) -> tuple[int, int, int]:
    return sums.people, sums.pace, sums.pace_squares
