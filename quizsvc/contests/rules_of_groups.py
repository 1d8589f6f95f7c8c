"""What the published rules say of boards of units."""

from __future__ import annotations

from collections.abc import Mapping

from quizsvc.contests import rules_words as words
from quizsvc.contests.group_rules import Gate
from quizsvc.contests.rules import Group

KINDS = {"province": "tỉnh", "district": "huyện", "commune": "xã", "ward": "phường", "township": "thị trấn"}


def group_lines(group: Group, units: Mapping[str, str], rounds: Mapping[str, str], prizes: Mapping[str, str]) -> list[str]:
    """The lines about a board. Names by code: of units, of rounds, of the prizes for people."""
    keys = [f"{words.METRICS[key.metric]} {'cao' if key.order == 'high' else 'thấp'} hơn đứng trước" for key in group.keys]
    lines = [f"Đơn vị được xét: {_block(group, units)}."]
    if group.rounds:
        lines.append("Tính các vòng: " + ", ".join(rounds.get(code, code) for code in group.rounds) + ".")
    lines += _gate(group.gate)
    lines.append("Xếp hạng: " + "; bằng nhau thì ".join(keys) + "; vẫn bằng thì đồng hạng.")
    if group.rank_points is not None:
        criteria = ", ".join(words.METRICS[each] for each in group.rank_points.criteria)
        points = ", ".join(map(str, group.rank_points.points))
        lines.append(f"Điểm theo thứ hạng ở mỗi tiêu chí ({criteria}), từ hạng nhất: {points}; các hạng sau không có điểm.")
    if group.total:
        parts = [words.METRICS[part.metric] + (f" × {part.times}" if part.times != 1 else "") for part in group.total]
        lines.append(f"Tổng của các tiêu chí: {' + '.join(parts)}.")
    if group.prize_weights:
        weights = ", ".join(f"{prizes.get(code, code)} {points}" for code, points in group.prize_weights.items())
        lines.append(f"Điểm quy đổi cho mỗi giải cá nhân: {weights}.")
    return lines + [words.prize(prize, {}) for prize in group.prizes]


def _block(group: Group, units: Mapping[str, str]) -> str:
    parts = [", ".join(KINDS.get(kind, kind) for kind in group.kinds)] if group.kinds else ["mọi đơn vị"]
    if group.under:
        parts.append("thuộc " + ", ".join(units.get(code, code) for code in group.under))
    if group.former_district:
        parts.append("trước đây thuộc " + ", ".join(units.get(code, code) for code in group.former_district))
    return " ".join(parts)


def _gate(gate: Gate) -> list[str]:
    steps = [
        f"{'các đơn vị còn lại' if step.below is None else f'dưới {words.number(step.below)} người'}: "
        f"{words.number(step.percent)} %"
        for step in gate.min_rate
    ]
    lines = ["Chỉ xếp hạng đơn vị có tỷ lệ người dự thi từ: " + "; ".join(steps) + "."] if steps else []
    if gate.all_mandatory:
        lines.append("Chỉ xếp hạng đơn vị có tất cả người thuộc diện bắt buộc đã dự thi.")
    if gate.min_winners:
        lines.append(f"Chỉ xếp hạng đơn vị có từ {words.number(gate.min_winners)} người đạt giải.")
    if gate.min_participants:
        lines.append(f"Chỉ xếp hạng đơn vị có từ {words.number(gate.min_participants)} người dự thi.")
    return lines
