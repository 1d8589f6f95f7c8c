"""What registers and boards of units still miss before a contest is public: numbers of staff, people on lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.contests.eligibility import lists_asked
from quizsvc.contests.group_rules import Gate, Metric
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import contest_rules_of, rules_of
from quizsvc.contests.readiness import Warned
from quizsvc.contests.rules import Group
from quizsvc.core.clock import local_day
from quizsvc.leaderboards.group_ranking import in_block
from quizsvc.leaderboards.groups import official_rounds, unit_facts
from quizsvc.registers.queries import people_on_lists
from quizsvc.registers.service import mandatory_lists
from quizsvc.units.models import Unit
from quizsvc.units.queries import valid_on
from quizsvc.units.service import in_subtree


def register_warnings(session: Session, contest: Contest, rounds: Sequence[Round], _now: datetime) -> Iterable[Warned]:
    """Lists that the rules ask about and nobody is on; units whose rate cannot be known without a number of staff."""
    groups = contest_rules_of(contest).groups
    asked = set(lists_asked(rules_of(rounds[0]).eligibility))
    if any(group.gate.all_mandatory for group in groups):
        asked |= set(mandatory_lists(rules_of(rounds[0]).eligibility))
    people = people_on_lists(session, contest.id)
    for name in sorted(asked - people.keys()):
        said = f"Thể lệ dùng danh sách «{name}» nhưng chưa có ai trong danh sách."
        yield Warned("empty-list", said, f"The rules ask about the list “{name}” and nobody is on it.")
    for group in groups:
        units, missing = _staff(session, contest, group) if _asks_for_staff(group) else (0, 0)
        if missing:
            said = f"Bảng «{group.title}» cần số người của từng đơn vị: còn thiếu của {missing}/{units} đơn vị."
            english = f"The board “{group.title}” needs numbers of staff: {missing} of {units} units have none."
            yield Warned("missing-headcounts", said, english)


def _asks_for_staff(group: Group) -> bool:
    metrics = {key.metric for key in group.keys} | {part.metric for part in group.total}
    if group.rank_points is not None:
        metrics |= set(group.rank_points.criteria)
    return bool(group.gate.min_rate) or Metric.RATE in metrics


def _staff(session: Session, contest: Contest, group: Group) -> tuple[int, int]:
    """How many units the group compares, and how many of them have no approved number of staff."""
    home = session.get_one(Unit, contest.organizer_unit_id)
    valid = valid_on(local_day(contest.opens_at))
    units = session.scalars(select(Unit).where(in_subtree(home), Unit.id != home.id, valid)).all()
    rounds = official_rounds(session, contest)
    plain = replace(group, rounds=tuple(rounds), gate=Gate())  # figures are not looked at
    facts = [fact for fact in unit_facts(session, contest, plain, units, rounds, {}) if in_block(group, fact)]
    return len(facts), sum(fact.headcount is None for fact in facts)
