"""The boards of units in a contest document, as they are written, made into rules."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from quizsvc.contests.document_parts import Faults, Path, prizes
from quizsvc.contests.rules import Gate, Group, GroupKey, Metric, Phase, Prize, RankPoints, RateStep


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
    for place, metric in enumerate(metrics):
        if metric in metrics[:place]:
            said = f"Tiêu chí «{metric}» lặp lại."
            faults.add((*path, "keys", place, "metric"), said, f"The metric “{metric}” is repeated.")
    _check_rank_points(group, metrics, path, faults)
    criteria = () if group.rank_points is None else group.rank_points.criteria
    used = {*metrics, *criteria}
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


def _check_rank_points(group: Group, metrics: Sequence[Metric], path: Path, faults: Faults) -> None:
    if group.rank_points is None:
        if Metric.RANK_POINTS in metrics:
            said = "Tiêu chí «rank_points» cần mục rank_points (tiêu chí và điểm theo hạng)."
            faults.add((*path, "keys"), said, "The metric “rank_points” needs the member rank_points.")
        return
    if Metric.RANK_POINTS not in metrics:
        said = "Có mục rank_points nhưng keys không dùng «rank_points»."
        faults.add((*path, "rank_points"), said, "rank_points is given, but no key uses it.")
    criteria = group.rank_points.criteria
    for place, metric in enumerate(criteria):
        at = (*path, "rank_points", "criteria", place)
        if metric is Metric.RANK_POINTS:
            faults.add(at, "Điểm xếp hạng không thể tính từ chính nó.", "rank_points cannot be a criterion of itself.")
        elif metric in criteria[:place]:
            faults.add(at, f"Tiêu chí «{metric}» lặp lại.", f"The criterion “{metric}” is repeated.")


def _check_steps(steps: Sequence[RateStep], path: Path, faults: Faults) -> None:
    """Steps go up by size of staff; only the last may be for all others."""
    for place, (step, following) in enumerate(itertools.pairwise(steps), start=1):
        if step.below is None or (following.below is not None and following.below <= step.below):
            said = "Các mức phải xếp theo below tăng dần; mức không ghi below (mọi đơn vị còn lại) phải đứng cuối."
            faults.add((*path, place), said, "Steps must go up by “below”; the one without it must come last.")


def codes_of(*lists: Sequence[Prize]) -> tuple[str, ...]:
    """The codes of all these prizes, each once."""
    return tuple(dict.fromkeys(prize.prize for each in lists for prize in each))
