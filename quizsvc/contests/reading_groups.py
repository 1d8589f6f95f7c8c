"""The boards of units in a contest document, as they are written, made into rules."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from quizsvc.contests.document_parts import Faults, Path, prizes
from quizsvc.contests.group_rules import Gate, GroupKey, Metric, RankPoints, RateStep, TotalPart
from quizsvc.contests.rules import Group, Phase


def groups(
    written: Sequence[Mapping[str, Any]],
    rounds: Sequence[Mapping[str, Any]],
    individual_prizes: Sequence[str],
    tracks: Sequence[str],
    faults: Faults,
) -> tuple[Group, ...]:
    """The boards of units. ``individual_prizes``: codes of all prizes that people can win in the contest and its rounds."""
    faults.repeated([each["group"] for each in written], ("groups",), "group", "bảng tập thể", "group")
    official = [each["round"] for each in rounds if each.get("phase", Phase.OFFICIAL) == Phase.OFFICIAL]
    made = []
    for place, each in enumerate(written):
        group = _group(each, tracks, ("groups", place), faults)
        _check_rounds(group, official, ("groups", place, "rounds"), faults)
        _check_metrics(group, individual_prizes, ("groups", place), faults)
        _check_steps(group.gate.min_rate, ("groups", place, "gate", "min_rate"), faults)
        made.append(group)
    return tuple(made)


def _group(written: Mapping[str, Any], tracks: Sequence[str], path: Path, faults: Faults) -> Group:
    gate, points = written.get("gate", {}), written.get("rank_points")
    return Group(
        group=written["group"],
        title=written["title"],
        keys=tuple(GroupKey(Metric(each["metric"]), each.get("order", "high")) for each in written["keys"]),
        kinds=tuple(written.get("kinds", ())),
        under=tuple(written.get("under", ())),
        former_district=tuple(written.get("former_district", ())),
        rounds=tuple(written.get("rounds", ())),
        gate=Gate(
            min_rate=tuple(RateStep(float(each["percent"]), each.get("below")) for each in gate.get("min_rate", [])),
            all_mandatory=gate.get("all_mandatory", False),
            min_winners=gate.get("min_winners", 0),
            min_participants=gate.get("min_participants", 0),
        ),
        rank_points=None
        if points is None
        else RankPoints(tuple(Metric(each) for each in points["criteria"]), tuple(points["points"])),
        total=tuple(TotalPart(Metric(each["metric"]), each.get("times", 1)) for each in written.get("total", [])),
        prize_weights=dict(written.get("prize_weights", {})),
        prizes=prizes(written.get("prizes", []), tracks, (*path, "prizes"), faults),
    )


def _check_rounds(group: Group, official: Sequence[str], path: Path, faults: Faults) -> None:
    for place, code in enumerate(group.rounds):
        if code not in official:
            said = f"Không có vòng thi chính thức mang mã «{code}»."
            faults.add((*path, place), said, f"There is no official round “{code}”.")


def _check_metrics(group: Group, individual_prizes: Sequence[str], path: Path, faults: Faults) -> None:
    metrics = [key.metric for key in group.keys]
    _check_repeated(metrics, (*path, "keys"), ("metric",), faults)
    criteria = () if group.rank_points is None else group.rank_points.criteria
    parts = tuple(part.metric for part in group.total)
    _check_made(Metric.RANK_POINTS, criteria, "rank_points", {*metrics, *parts}, path, faults)
    _check_made(Metric.TOTAL, parts, "total", set(metrics), path, faults)
    _check_repeated(criteria, (*path, "rank_points", "criteria"), (), faults)
    _check_repeated(parts, (*path, "total"), ("metric",), faults)
    _refuse_circles(criteria, (*path, "rank_points", "criteria"), (), (Metric.RANK_POINTS, Metric.TOTAL), faults)
    _refuse_circles(parts, (*path, "total"), ("metric",), (Metric.TOTAL,), faults)
    used = {*metrics, *criteria, *parts}
    if Metric.WEIGHTED_WINNERS in used and not group.prize_weights:
        said = "Tiêu chí «weighted_winners» cần mục prize_weights (điểm của mỗi giải)."
        faults.add((*path, "keys"), said, "The metric “weighted_winners” needs prize_weights.")
    if (used & {Metric.WINNERS, Metric.WEIGHTED_WINNERS} or group.gate.min_winners) and not individual_prizes:
        said = "Bảng này tính số người đạt giải nhưng chưa có mục prizes nào của cá nhân."
        faults.add(path, said, "This group counts winners, but no prizes for people are given.")
    for code in group.prize_weights:
        if code not in individual_prizes:
            said = f"Không có giải cá nhân mang mã «{code}»."
            faults.add((*path, "prize_weights", code), said, f"There is no prize “{code}” for people.")


def _check_repeated(metrics: Sequence[Metric], path: Path, below: Path, faults: Faults) -> None:
    for place, metric in enumerate(metrics):
        if metric in metrics[:place]:
            faults.add((*path, place, *below), f"Tiêu chí «{metric}» lặp lại.", f"The metric “{metric}” is repeated.")


def _check_made(metric: Metric, parts: Sequence[Metric], member: str, used: set[Metric], path: Path, faults: Faults) -> None:
    """A metric that is made of others needs the member that says of which, and the other way round."""
    if metric in used and not parts:
        said = f"Tiêu chí «{metric}» cần mục {member}."
        faults.add((*path, "keys"), said, f"The metric “{metric}” needs the member {member}.")
    if parts and metric not in used:
        said = f"Có mục {member} nhưng không tiêu chí nào dùng «{metric}»."
        faults.add((*path, member), said, f"{member} is given, but nothing uses it.")


def _refuse_circles(metrics: Sequence[Metric], path: Path, below: Path, refused: Sequence[Metric], faults: Faults) -> None:
    for place, metric in enumerate(metrics):
        if metric in refused:
            said = f"Tiêu chí «{metric}» không thể dùng ở đây vì lại tính từ mục này."
            faults.add((*path, place, *below), said, f"The metric “{metric}” cannot be made of itself.")


def _check_steps(steps: Sequence[RateStep], path: Path, faults: Faults) -> None:
    """Steps go up by size of staff; only the last may be for all others."""
    for place, (step, following) in enumerate(itertools.pairwise(steps), start=1):
        if step.below is None or (following.below is not None and following.below <= step.below):
            said = "Các mức phải xếp theo below tăng dần; mức không ghi below (mọi đơn vị còn lại) phải đứng cuối."
            faults.add((*path, place), said, "Steps must go up by “below”; the one without it must come last.")
