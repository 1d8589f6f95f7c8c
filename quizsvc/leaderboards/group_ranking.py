"""How units stand against each other: metrics, gates and blocks as a contest's ``Group`` puts them together.

Everything is counted in whole numbers and exact fractions; no comparison meets a rounded number.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from quizsvc.contests.group_rules import GroupKey, Metric, RankPoints, RateStep, TotalPart
from quizsvc.contests.rules import Group

Value = int | Fraction | None
"""A metric of a unit. Rates are fractions of one (5/4: more took part than are on the staff); ``None``: cannot be said."""

USUAL_GROUP = Group("", "", (GroupKey(Metric.PARTICIPANTS), GroupKey(Metric.POINTS)))
"""What holds where a contest names no group: more people taking part, then more points together."""

NO_HEADCOUNT = "Chưa có số người của đơn vị trong sổ đăng ký nên chưa tính được tỷ lệ tham gia."
NO_LIST = "Chưa có danh sách người bắt buộc dự thi của đơn vị."


@dataclass(frozen=True)
class Facts:
    """What was counted of a unit with everything below it, in one round or over the whole contest.

    ``participants`` are distinct people, ``perfect`` those with a perfect attempt, ``mandatory_took_part`` people of
    the mandatory lists; ``winners`` by code of prize.
    """

    participants: int = 0
    attempts: int = 0
    points: int = 0
    perfect: int = 0
    mandatory_took_part: int = 0
    winners: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class UnitFacts:
    """A unit and what was counted of it.

    ``ancestors`` are codes from the root to the parent, ``former_districts`` codes of abolished districts it belonged to.
    ``contest`` counts each person once for all rounds, ``rounds`` (by code) once for each round.
    """

    unit_id: int
    code: str
    kind: str
    ancestors: tuple[str, ...] = ()
    former_districts: frozenset[str] = frozenset()
    contest: Facts = field(default_factory=Facts)
    rounds: Mapping[str, Facts] = field(default_factory=dict)
    headcount: int | None = None
    mandatory_total: int = 0


@dataclass(frozen=True)
class GroupRow:
    """A unit of the block. ``rank`` is ``None`` with ``reasons`` to be read when a gate keeps it out.

    ``participants`` (người) and ``attempts`` (lượt) are always given. ``metrics`` holds all that the group compares or
    gates by; ``rank_points`` what each criterion earned.
    """

    unit: UnitFacts
    rank: int | None
    participants: int
    attempts: int
    metrics: Mapping[Metric, Value]
    rank_points: Mapping[Metric, int]
    reasons: tuple[str, ...]


def ranked(group: Group, units: Iterable[UnitFacts]) -> list[GroupRow]:
    """The units of the group's block: ranked ones best first (1, 2, 2, 4), then those that a gate keeps out.

    Over several chosen rounds people, attempts and points are added up, and a rate is the average of the rounds' rates.
    Equal units stand in the order of their ids. A metric that cannot be said stands last, whatever its order.
    """
    block = [_counted(group, unit) for unit in units if in_block(group, unit)]
    inside = [one for one in block if not one.reasons]
    points = _rank_points(group.rank_points, inside)
    rows = [_row(group, one, points.get(one.unit.unit_id, {})) for one in block]
    rows.sort(key=lambda row: (bool(row.reasons), _sort_key(group, row), row.unit.unit_id))
    return _with_ranks(group, rows)


def in_block(group: Group, unit: UnitFacts) -> bool:
    """Whether a unit is one of those compared: of one of the kinds, and in one of the places if any are named."""
    if group.kinds and unit.kind not in group.kinds:
        return False
    somewhere = bool(group.under or group.former_district)
    below = not set(group.under).isdisjoint(unit.ancestors)
    return not somewhere or below or not unit.former_districts.isdisjoint(group.former_district)


@dataclass(frozen=True)
class _Counted:
    unit: UnitFacts
    facts: Facts
    metrics: Mapping[Metric, Value]
    reasons: tuple[str, ...]


def _counted(group: Group, unit: UnitFacts) -> _Counted:
    chosen = [unit.rounds.get(code, Facts()) for code in group.rounds] or [unit.contest]
    facts = _sum(chosen)
    metrics = _metrics(group, unit, facts, rounds=len(chosen))
    return _Counted(unit, facts, metrics, tuple(_against(group, unit, chosen, metrics)))


def _sum(chosen: Sequence[Facts]) -> Facts:
    if len(chosen) == 1:
        return chosen[0]
    winners: dict[str, int] = {}
    for facts in chosen:
        for prize, count in facts.winners.items():
            winners[prize] = winners.get(prize, 0) + count
    names = ("participants", "attempts", "points", "perfect", "mandatory_took_part")
    return Facts(**{name: sum(getattr(facts, name) for facts in chosen) for name in names}, winners=winners)


def _metrics(group: Group, unit: UnitFacts, facts: Facts, *, rounds: int) -> dict[Metric, Value]:
    weights = group.prize_weights
    return {
        Metric.PARTICIPANTS: facts.participants,
        Metric.ATTEMPTS: facts.attempts,
        Metric.RATE: _share(facts.participants, None if unit.headcount is None else unit.headcount * rounds),
        Metric.POINTS: facts.points,
        Metric.AVERAGE: _share(facts.points, facts.participants),
        Metric.WINNERS: sum(facts.winners.values()),
        Metric.WEIGHTED_WINNERS: sum(weights.get(prize, 0) * count for prize, count in facts.winners.items()),
        Metric.PERFECT_RATE: _share(facts.perfect, facts.participants),
    }


def _share(part: int, whole: int | None) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _against(group: Group, unit: UnitFacts, chosen: Sequence[Facts], metrics: Mapping[Metric, Value]) -> list[str]:
    """Why the unit is not ranked, every reason; nothing when it is."""
    gate = group.gate
    reasons = []
    if gate.min_rate:
        reasons += _rate_against(gate.min_rate, unit.headcount, metrics[Metric.RATE])
    if gate.all_mandatory:
        reasons += _mandatory_against(unit.mandatory_total, min(facts.mandatory_took_part for facts in chosen))
    if (metrics[Metric.WINNERS] or 0) < gate.min_winners:
        reasons.append(f"Có {metrics[Metric.WINNERS]} người đoạt giải, cần ít nhất {gate.min_winners}.")
    if (metrics[Metric.PARTICIPANTS] or 0) < gate.min_participants:
        reasons.append(f"Có {metrics[Metric.PARTICIPANTS]} người dự thi, cần ít nhất {gate.min_participants}.")
    return reasons


def _rate_against(steps: Sequence[RateStep], headcount: int | None, rate: Value) -> list[str]:
    if headcount is None or rate is None:
        return [NO_HEADCOUNT]
    step = step_for(steps, headcount)
    if step is None or rate * 100 >= exact(step.percent):
        return []
    hundredths = rate * 10_000 // 1  # rounded down: what is not reached must not look reached
    reached = f"{hundredths // 100},{hundredths % 100:02}"
    asked = f"{step.percent:g}".replace(".", ",")
    return [f"Tỷ lệ tham gia {reached} % chưa đạt mức tối thiểu {asked} % (đơn vị có {headcount} người)."]


def step_for(steps: Sequence[RateStep], headcount: int) -> RateStep | None:
    """The step for a staff of this size: the smallest ``below`` above it, else the step without; any order of writing."""
    fitting = [step for step in steps if step.below is None or headcount < step.below]
    return min(fitting, key=lambda step: (step.below is None, step.below or 0), default=None)


def exact(percent: float) -> Fraction:
    """The number as it is written in a document: 33.3 is 333/10."""
    return Fraction(str(percent))


def _mandatory_against(total: int, took_part: int) -> list[str]:
    if total == 0:
        return [NO_LIST]
    lacking = total - took_part
    return [f"Còn {lacking} trong {total} người bắt buộc dự thi chưa tham gia."] if lacking > 0 else []


def _rank_points(rule: RankPoints | None, inside: Sequence[_Counted]) -> dict[int, dict[Metric, int]]:
    """Points by unit id and criterion; ties share the better place's points, and nothing (or zero) earns nothing."""
    earned: dict[int, dict[Metric, int]] = {one.unit.unit_id: {} for one in inside}
    if rule is None:
        return earned
    for criterion in rule.criteria:
        best_first = sorted(_high_key(one.metrics[criterion]) for one in inside)
        for one in inside:
            place = bisect_left(best_first, _high_key(one.metrics[criterion]))
            counts = bool(one.metrics[criterion]) and place < len(rule.points)
            earned[one.unit.unit_id][criterion] = rule.points[place] if counts else 0
    return earned


def _row(group: Group, one: _Counted, points: Mapping[Metric, int]) -> GroupRow:
    metrics = dict(one.metrics)
    if group.rank_points is not None:
        metrics[Metric.RANK_POINTS] = sum(points.values())
    if group.total:
        metrics[Metric.TOTAL] = _total(group.total, metrics)
    return GroupRow(one.unit, None, one.facts.participants, one.facts.attempts, metrics, points, one.reasons)


def _total(parts: Sequence[TotalPart], metrics: Mapping[Metric, Value]) -> Value:
    """The weighted sum; not to be said as soon as one part is not."""
    total: int | Fraction = 0
    for part in parts:
        value = metrics.get(part.metric)
        if value is None:
            return None
        total += value * part.times
    return total


def _high_key(value: Value) -> tuple[bool, int | Fraction]:
    return (value is None, -(value or 0))


def _sort_key(group: Group, row: GroupRow) -> tuple[tuple[bool, int | Fraction], ...]:
    """Ascending order of this key is ranking order."""
    key = []
    for wanted in group.keys:
        value = row.metrics.get(wanted.metric)
        key.append((value is None, (value or 0) * (-1 if wanted.order == "high" else 1)))
    return tuple(key)


def _with_ranks(group: Group, rows: Sequence[GroupRow]) -> list[GroupRow]:
    ranks: list[int | None] = []
    for place, row in enumerate(rows, start=1):
        same = place > 1 and not row.reasons and _sort_key(group, rows[place - 2]) == _sort_key(group, row)
        ranks.append(None if row.reasons else ranks[-1] if same else place)
    return [replace(row, rank=rank) for row, rank in zip(rows, ranks, strict=True)]
