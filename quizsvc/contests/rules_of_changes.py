"""What the published rules say of amendments: the old beside the new, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizsvc.contests import document_parts
from quizsvc.contests import rules_words as words

MEMBERS = {
    "title": "tên",
    "organizer": "đơn vị tổ chức",
    "eligibility": "điều kiện dự thi",
    "participation": "diện tham gia",
    "tracks": "bảng thi",
    "limits": "giới hạn số lượt",
    "ranking": "cách xếp hạng",
    "overall": "bảng xếp hạng chung",
    "registration": "đăng ký",
    "complaints": "khiếu nại",
    "groups": "xếp hạng tập thể",
    "prizes": "giải thưởng",
    "rounds": "thứ tự các vòng",
    "opens_at": "thời điểm bắt đầu",
    "closes_at": "thời điểm kết thúc",
    "required": "bắt buộc",
    "quantity": "số giải",
    "amount": "tiền thưởng mỗi giải (đồng)",
    "track": "bảng thi",
    "by_committee": "do ban tổ chức chọn",
    "repeat_winners": "người đạt nhiều giải",
    "phase": "giai đoạn",
    "time_limit_minutes": "số phút làm bài",
    "seconds_per_question": "số giây mỗi câu",
    "attempts": "số lượt",
    "counts": "lượt được tính",
    "points_per_question": "điểm mỗi câu",
    "partial_credit": "điểm từng phần",
    "show": "thời điểm cho xem",
    "prediction": "câu dự đoán",
    "paper": "đề thi",
    "track_papers": "đề từng bảng thi",
    "same_questions": "cùng một bộ câu hỏi",
}


@dataclass(frozen=True)
class AmendmentText:
    """An amendment as the rules describe it; ``changes`` hold ``path``, ``before`` and ``after``."""

    number: int
    reason: str
    amended_at: datetime
    changes: Sequence[Mapping[str, Any]]


def amendment_lines(made: AmendmentText) -> list[str]:
    """The reason, then a line for each change."""
    head = f"Sửa đổi lần {made.number}, {words.when(made.amended_at)}. Lý do: {made.reason}"
    return [head, *(_change(change) for change in made.changes)]


def _change(change: Mapping[str, Any]) -> str:
    steps = [str(step) for step in change["path"].strip("/").split("/")]
    before, after = _value(change["before"]), _value(change["after"])
    what = _what(steps)
    if steps[0] == "rounds" and len(steps) == 2 and change["before"] is None:
        return f"Thêm {what}: {after}."
    if steps[0] == "rounds" and len(steps) == 2:
        return f"Bỏ {what}: {before}."
    return f"{words.capital(what)}: trước đây: {before}; nay: {after}."


def _what(steps: list[str]) -> str:
    if len(steps) == 1:
        return MEMBERS.get(steps[0], steps[0])
    head = {"rounds": f"vòng «{steps[1]}»", "prizes": f"giải «{steps[1]}»"}.get(steps[0])
    if head is None:
        return ", ".join(MEMBERS.get(step, step) for step in steps)
    return ", ".join([head, *(MEMBERS.get(step, step) for step in steps[2:])])


def _value(value: Any) -> str:
    if value is None:
        return "không có"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int | float):
        return words.number(value)
    if isinstance(value, str):
        return _moment(value) or value
    if isinstance(value, dict) and {"title", "opens_at", "closes_at"} <= value.keys():
        return f"{value['title']}, từ {_value(value['opens_at'])} đến trước {_value(value['closes_at'])}"
    return json.dumps(value, ensure_ascii=False)


def _moment(text: str) -> str | None:
    moment = document_parts.moment(text, (), document_parts.Faults()) if "T" in text else None
    return None if moment is None else words.when(moment)
