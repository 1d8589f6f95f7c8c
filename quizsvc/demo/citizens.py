"""Who plays in the demo: synthetic citizens with a name, a commune, what they know and how they behave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

SURNAMES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phan",
    "Hoàng",
    "Hồ",
    "Đặng",
    "Vi",
    "Lô",
    "Lương",
    "Cao",
    "Bùi",
    "Võ",
    "Thái",
    "Ngô",
    "Phạm",
    "Đậu",
    "Chu",
    "Trương",
    "Vừ",
]
MEN = (
    ["Văn", "Đức", "Hữu", "Quốc", "Xuân", "Đình"],
    ["An", "Bình", "Cường", "Dũng", "Hải", "Hùng", "Khánh", "Long", "Nam", "Phúc", "Quân", "Sơn", "Tài", "Vinh"],
)
WOMEN = (
    ["Thị", "Thanh", "Ngọc", "Thu"],
    ["Anh", "Chi", "Dung", "Hà", "Hạnh", "Hoa", "Hương", "Lan", "Linh", "Mai", "Nga", "Oanh", "Thảo", "Yến"],
)
FEWEST = 20
PEOPLE_TO_A_UNIT = 5


class Manner(StrEnum):
    """How someone behaves, in the words of the table at the end."""

    STEADY = "Làm bài và nộp"
    LEAVES = "Bỏ giữa chừng"
    LATE = "Nộp khi đã hết giờ"
    CLICKS_TWICE = "Bấm nhiều lần cùng lúc"
    PLAYS_TWICE = "Thi hai lượt"
    TWO_TABS = "Mở hai cửa sổ"
    AT_THE_BELL = "Cùng vào, cùng nộp lúc hết giờ"


SHARES = {
    Manner.LEAVES: 0.12,
    Manner.LATE: 0.10,
    Manner.CLICKS_TWICE: 0.10,
    Manner.PLAYS_TWICE: 0.10,
    Manner.TWO_TABS: 0.08,
    Manner.AT_THE_BELL: 0.12,
}
"""The others are steady."""


@dataclass(frozen=True)
class Citizen:
    """One person. ``skill`` is the chance to know an answer, ``arrives`` a fraction of the time there is for arriving."""

    zalo_id: int
    name: str
    unit: Mapping[str, Any]
    manner: Manner
    skill: float
    arrives: float
    seed: int


def gather(count: int, units: Sequence[Mapping[str, Any]], chance: Random) -> list[Citizen]:
    """``count`` citizens (``FEWEST`` or more) from some of these units; the same seed gives the same people."""
    homes = chance.sample(units, min(len(units), max(3, count // PEOPLE_TO_A_UNIT)))
    manners = [manner for manner, share in SHARES.items() for _ in range(round(count * share))]
    manners += [Manner.STEADY] * (count - len(manners))
    chance.shuffle(manners)
    return [_citizen(place, manner, homes, chance) for place, manner in enumerate(manners, start=1)]


def _citizen(place: int, manner: Manner, homes: Sequence[Mapping[str, Any]], chance: Random) -> Citizen:
    middle, given = chance.choice((MEN, WOMEN))
    return Citizen(
        zalo_id=84_000_000 + place,
        name=" ".join(chance.choice(names) for names in (SURNAMES, middle, given)),
        unit=chance.choice(homes),
        manner=manner,
        # Who waits for the bell has learned everything: the same points and the same time are an equal result.
        skill=1.0 if manner is Manner.AT_THE_BELL else chance.betavariate(5, 2),
        arrives=chance.random(),
        seed=chance.getrandbits(62),
    )
