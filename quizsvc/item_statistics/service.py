"""The figures of each question of a round, from its counters, with what they say in plain words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts.decisions import Ruling
from quizsvc.attempts.grading import rulings_of
from quizsvc.banks.models import Bank, Question, QuestionVersion
from quizsvc.item_statistics import alarms
from quizsvc.item_statistics.alarms import Day, Said
from quizsvc.item_statistics.formulas import Chosen, Sums, discrimination, facility, total
from quizsvc.item_statistics.models import ItemCount, ItemProgress

Answers = dict[Chosen, Sums]


@dataclass(frozen=True)
class ChoiceFigures:
    """``taken``: people who marked this choice, alone or with others; ``discrimination``: of having marked it alone."""

    text: str
    is_key: bool
    taken: int
    discrimination: float | None


@dataclass(frozen=True)
class ItemFigures:
    """A question in a round. ``exposure``: the share of all first attempts that had it; ``seconds``: mean time by question
    of the attempts that had it. ``ruling``: what was decided on it in this round, or ``None``."""

    question: str
    version: int
    text: str
    people: int
    exposure: float
    facility: float | None
    difficulty_words: str
    discrimination: float | None
    discrimination_words: str
    seconds: float | None
    blank: int
    choices: tuple[ChoiceFigures, ...]
    alarms: tuple[Said, ...]
    ruling: str | None


@dataclass(frozen=True)
class RoundFigures:
    """Questions with alarms first, then the most met ones. ``progress`` is ``None`` before anything was counted."""

    progress: ItemProgress | None
    items: tuple[ItemFigures, ...]


def figures_of(session: Session, round_id: int) -> RoundFigures:
    """The statistics of a round as they were counted last."""
    progress = session.get(ItemProgress, round_id)
    counts = session.scalars(select(ItemCount).where(ItemCount.round_id == round_id)).all()
    by_version: dict[int, list[ItemCount]] = defaultdict(list)
    for count in counts:
        by_version[count.question_version_id].append(count)
    pace = _pace_by_day(counts)
    rulings = rulings_of(session, round_id)
    attempts = progress.attempts if progress is not None else 0
    items = [
        _figures(name, version, by_version[version.id], pace, rulings.get(version.id), attempts)
        for name, version in _versions(session, by_version)
    ]
    items.sort(key=lambda item: (not item.alarms, -item.people, item.question, item.version))
    return RoundFigures(progress, tuple(items))


def _versions(session: Session, ids: Iterable[int]) -> list[tuple[str, QuestionVersion]]:
    query = (
        select(Bank.code, Question.code, QuestionVersion)
        .join_from(QuestionVersion, Question)
        .join(Bank, Bank.id == Question.bank_id)
        .where(QuestionVersion.id.in_(sorted(ids)))
    )
    return [(f"{bank}.{question}", version) for bank, question, version in session.execute(query)]


def _figures(
    name: str,
    version: QuestionVersion,
    counts: Sequence[ItemCount],
    pace: Mapping[date, Sums],
    ruling: Ruling | None,
    attempts: int,
) -> ItemFigures:
    accepted = [Chosen(key) for key in (ruling.accepted if ruling is not None and ruling.accepted else [version.key])]
    answers = _merged((_chosen(count), _sums(count)) for count in counts)
    of_key = _as_one(answers, accepted)
    key, everybody = accepted[0], total(answers.values())
    share, value = facility(of_key, key), discrimination(of_key, key)
    found = [alarms.wrong_key(of_key, key), alarms.leaked(_days(counts, accepted, pace))]
    unused = alarms.unused_choices(answers, Chosen().union(*accepted), len(version.choices))
    return ItemFigures(
        question=name,
        version=version.number,
        text=version.text,
        people=everybody.people,
        exposure=everybody.people / attempts if attempts else 0.0,
        facility=share,
        difficulty_words=alarms.difficulty_words(share, everybody.people),
        discrimination=value,
        discrimination_words=alarms.discrimination_words(value, everybody.people),
        seconds=everybody.mean_pace / 10 if everybody.people else None,
        blank=answers.get(Chosen(), Sums()).people,
        choices=tuple(_choice(version, position, answers, accepted) for position in range(len(version.choices))),
        alarms=(*(said for said in found if said is not None), *unused),
        ruling=None if ruling is None else ruling.effect,
    )


def _choice(version: QuestionVersion, position: int, answers: Answers, accepted: Sequence[Chosen]) -> ChoiceFigures:
    taken = sum(sums.people for chosen, sums in answers.items() if position in chosen)
    alone = discrimination(answers, Chosen({position}))
    return ChoiceFigures(version.choices[position], any(position in key for key in accepted), taken, alone)


def _days(counts: Sequence[ItemCount], accepted: Sequence[Chosen], pace: Mapping[date, Sums]) -> list[Day]:
    by_day: dict[date, list[ItemCount]] = defaultdict(list)
    for count in counts:
        by_day[count.day].append(count)
    return [
        Day(
            total(map(_sums, of_day)),
            total(_sums(count) for count in of_day if _chosen(count) in accepted),
            pace[day],
        )
        for day, of_day in sorted(by_day.items())
    ]


def _pace_by_day(counts: Iterable[ItemCount]) -> dict[date, Sums]:
    found: dict[date, Sums] = defaultdict(Sums)
    for count in counts:
        found[count.day] += _sums(count)
    return found


def _merged(parts: Iterable[tuple[Chosen, Sums]]) -> Answers:
    found: Answers = defaultdict(Sums)
    for chosen, sums in parts:
        found[chosen] += sums
    return dict(found)


def _as_one(answers: Answers, accepted: Sequence[Chosen]) -> Answers:
    """All accepted answers under the first of them."""
    return _merged((accepted[0] if chosen in accepted else chosen, sums) for chosen, sums in answers.items())


def _chosen(count: ItemCount) -> Chosen:
    return Chosen(position for position in range(count.chosen.bit_length()) if count.chosen >> position & 1)


def _sums(count: ItemCount) -> Sums:
    return Sums(count.people, count.rest, count.rest_squares, count.pace, count.pace_squares)
