"""Who may start an attempt in a contest, in which class and track they play, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Participation(StrEnum):
    """What taking part means for a person: ``UNRANKED`` plays without standing on a board, ``EXCLUDED`` does not play."""

    MANDATORY = "mandatory"
    ENCOURAGED = "encouraged"
    UNRANKED = "unranked"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class When:
    """A condition on a person: everything that is given must hold; nothing given holds for everyone.

    ``units`` are codes of units (or of units above them), ``lists`` names of the contest's lists of people, ages in
    completed years at the moment of play.
    """

    occupations: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    min_age: int | None = None
    max_age: int | None = None


@dataclass(frozen=True)
class ParticipationRule:
    """People for whom ``when`` holds play as ``participation``; ``reason`` is shown to them and kept with each attempt."""

    participation: Participation
    when: When
    reason: str


@dataclass(frozen=True)
class TrackRule:
    """People for whom ``when`` holds play in this track, with its own papers, prizes and boards."""

    track: str
    title: str
    when: When


@dataclass(frozen=True)
class Eligibility:
    """What a contest asks of a person at the moment of play; ages in completed years, ``units`` as in ``When``."""

    min_age: int | None = None
    needs_unit: bool = False
    max_age: int | None = None
    units: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    participation: tuple[ParticipationRule, ...] = ()
    tracks: tuple[TrackRule, ...] = ()


@dataclass(frozen=True)
class Person:
    """What is known about someone who wants to play; ``unit_codes`` from the root to their unit."""

    birth_date: date | None
    unit_codes: tuple[str, ...] = ()
    occupation: str | None = None
    lists: frozenset[str] = frozenset()

    @property
    def has_unit(self) -> bool:
        return bool(self.unit_codes)


@dataclass(frozen=True)
class Admission:
    """How someone may play: ``reason`` says why not, or why in this class; it is kept with the attempt."""

    participation: Participation
    track: str | None
    reason: str | None

    @property
    def refused(self) -> bool:
        return self.participation is Participation.EXCLUDED


def completed_years(birth_date: date, on: date) -> int:
    """Age in completed years; who was born on 29 February comes of age on 1 March in other years."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def admit(rules: Eligibility, person: Person, *, on: date) -> Admission:
    """Whether and how a person may play on the local day ``on``. The first rule of participation that fits decides."""
    against = reason_against(rules, person, on=on)
    if against is not None:
        return Admission(Participation.EXCLUDED, None, against)
    participation, reason = Participation.ENCOURAGED, None
    for rule in rules.participation:
        if holds(rule.when, person, on=on):
            participation, reason = rule.participation, rule.reason
            break
    if participation is Participation.EXCLUDED:
        return Admission(participation, None, reason)
    track = next((rule.track for rule in rules.tracks if holds(rule.when, person, on=on)), None)
    if rules.tracks and track is None:
        return Admission(Participation.EXCLUDED, None, "Bạn không thuộc bảng thi nào của cuộc thi này.")
    return Admission(participation, track, reason)


def reason_against(rules: Eligibility, person: Person, *, on: date) -> str | None:
    """``None`` when nothing that the contest asks of everybody stands against the person, else the reason, to be read."""
    if (rules.needs_unit or rules.units) and not person.has_unit:
        return "Hãy chọn đơn vị (xã, phường) của bạn trước khi thi."
    if rules.units and not set(rules.units) & set(person.unit_codes):
        return "Đơn vị của bạn không thuộc phạm vi cuộc thi."
    if rules.occupations and person.occupation is None:
        return "Hãy khai nghề nghiệp (đối tượng dự thi) trước khi thi."
    if rules.occupations and person.occupation not in rules.occupations:
        return "Đối tượng dự thi của bạn không thuộc phạm vi cuộc thi."
    return _age_against(rules, person, on)


def _age_against(rules: Eligibility, person: Person, on: date) -> str | None:
    if rules.min_age is None and rules.max_age is None:
        return None
    asked = _ages(rules.min_age, rules.max_age)
    if person.birth_date is None:
        return f"Hãy khai ngày sinh trước khi thi: cuộc thi dành cho người {asked}."
    return None if _age_fits(rules.min_age, rules.max_age, person.birth_date, on) else f"Cuộc thi dành cho người {asked}."


def _ages(least: int | None, most: int | None) -> str:
    parts = ([f"từ đủ {least} tuổi"] if least is not None else []) + ([f"đến {most} tuổi"] if most is not None else [])
    return " ".join(parts)


def _age_fits(least: int | None, most: int | None, birth_date: date, on: date) -> bool:
    age = completed_years(birth_date, on)
    return (least is None or age >= least) and (most is None or age <= most)


def holds(when: When, person: Person, *, on: date) -> bool:
    """Whether every given condition holds; an unknown birth date or occupation does not meet a condition on it."""
    if when.occupations and person.occupation not in when.occupations:
        return False
    if when.units and not set(when.units) & set(person.unit_codes):
        return False
    if when.lists and not set(when.lists) & person.lists:
        return False
    if when.min_age is None and when.max_age is None:
        return True
    return person.birth_date is not None and _age_fits(when.min_age, when.max_age, person.birth_date, on)


def lists_asked(rules: Eligibility) -> Sequence[str]:
    """Names of the lists of people that the rules refer to."""
    whens = [rule.when for rule in rules.participation] + [rule.when for rule in rules.tracks]
    return sorted({name for when in whens for name in when.lists})
