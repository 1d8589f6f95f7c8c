"""Who may start an attempt in a round, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Eligibility:
    """What a contest asks of a person at the moment of play; ``min_age`` in completed years."""

    min_age: int | None = None
    needs_unit: bool = False


@dataclass(frozen=True)
class Person:
    """What is known about someone who wants to play."""

    birth_date: date | None
    has_unit: bool


def completed_years(birth_date: date, on: date) -> int:
    """Age in completed years; who was born on 29 February comes of age on 1 March in other years."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def reason_against(rules: Eligibility, person: Person, *, on: date) -> str | None:
    """``None`` when the person may play on the local day ``on``, else the reason, for the person to read."""
    if rules.needs_unit and not person.has_unit:
        return "Hãy chọn đơn vị (xã, phường) của bạn trước khi thi."
    if rules.min_age is None:
        return None
    if person.birth_date is None:
        return f"Hãy khai ngày sinh trước khi thi: cuộc thi dành cho người từ đủ {rules.min_age} tuổi."
    if completed_years(person.birth_date, on) < rules.min_age:
        return f"Cuộc thi dành cho người từ đủ {rules.min_age} tuổi."
    return None
