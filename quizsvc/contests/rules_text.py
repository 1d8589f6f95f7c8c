"""The published rules (thể lệ) of a contest, written from its configuration so that they cannot say something else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from quizsvc.contests.rules import Counts, RoundRules, Shown
from quizsvc.core.clock import VIETNAM

COUNTED = {
    Counts.BEST: "lượt có kết quả tốt nhất",
    Counts.FIRST: "lượt đầu tiên",
    Counts.LAST: "lượt cuối cùng",
}
SHOWN = {
    Shown.AT_ONCE: "ngay sau khi nộp bài",
    Shown.AFTER_ROUND: "sau khi vòng thi kết thúc",
    Shown.NEVER: "không công bố trên ứng dụng",
}


@dataclass(frozen=True)
class RoundText:
    """What the rules say of one round."""

    title: str
    opens_at: datetime
    closes_at: datetime
    rules: RoundRules


@dataclass(frozen=True)
class RulesText:
    """The rules as plain text and as HTML, with the hash of the plain text."""

    text: str
    html: str
    sha256: str


def write(title: str, organizer: str, rounds: Sequence[RoundText]) -> RulesText:
    """The rules in Vietnamese."""
    sections = [("Ban tổ chức", [organizer]), ("Người dự thi", [_who(rounds[0].rules)])]
    sections += [(made.title, _round_lines(made)) for made in rounds]
    sections.append(("Xếp hạng", [RANKING]))
    text = "\n\n".join([f"THỂ LỆ\n{title}", *(f"{name}\n" + "\n".join(f"- {x}" for x in rows) for name, rows in sections)])
    parts = "".join(
        f"<h2>{escape(name)}</h2><ul>{''.join(f'<li>{escape(row)}</li>' for row in rows)}</ul>" for name, rows in sections
    )
    html = f"<h1>Thể lệ: {escape(title)}</h1>{parts}"
    return RulesText(text, html, hashlib.sha256(text.encode()).hexdigest())


RANKING = (
    "Điểm cao hơn đứng trước; bằng điểm thì thời gian làm bài ít hơn đứng trước; vẫn bằng thì người nộp sớm hơn đứng "
    "trước. Kết quả bằng nhau ở cả ba mục thì đồng hạng."
)


def _who(rules: RoundRules) -> str:
    asked = rules.eligibility
    who = "Mọi người" if asked.min_age is None else f"Người từ đủ {asked.min_age} tuổi tại thời điểm dự thi"
    return who + (", đã chọn đơn vị tham gia." if asked.needs_unit else ".")


def _round_lines(made: RoundText) -> list[str]:
    rules = made.rules
    count = "không giới hạn" if rules.attempts is None else f"tối đa {rules.attempts}"
    lines = [
        f"Thời gian: từ {_when(made.opens_at)} đến trước {_when(made.closes_at)}.",
        f"Bài thi: {rules.question_count} câu hỏi, làm trong {_length(rules.time_limit_ms)}; đồng hồ tính theo máy chủ.",
        "Vào thi gần lúc kết thúc thì chỉ còn thời gian đến khi vòng thi kết thúc.",
        f"Mỗi câu đúng {rules.points_per_question} điểm; câu có nhiều đáp án phải chọn đúng tất cả và không thừa.",
        f"Số lượt: {count}; lượt đã bắt đầu là đã dùng; tính {COUNTED[rules.counts]}.",
        f"Điểm của mình: {SHOWN[rules.show_result]}. Đáp án: {SHOWN[rules.show_review]}. Bảng xếp hạng: {_board(rules)}.",
    ]
    if rules.prediction_prompt is not None:
        lines.append(f"Câu dự đoán (không tính điểm): {rules.prediction_prompt}")
    return lines


def _board(rules: RoundRules) -> str:
    if rules.show_board is Shown.AT_ONCE and rules.prediction_prompt is None:
        return "cập nhật liên tục"
    return SHOWN[Shown.AFTER_ROUND if rules.show_board is Shown.AT_ONCE else rules.show_board]


def _when(moment: datetime) -> str:
    local = moment.astimezone(VIETNAM)
    seconds = f":{local:%S}" if local.second else ""
    return f"{local:%H:%M}{seconds} ngày {local:%d/%m/%Y}"


def _length(limit_ms: int) -> str:
    minutes, seconds = divmod(limit_ms // 1000, 60)
    parts = [f"{minutes} phút"] if minutes else []
    return " ".join([*parts, f"{seconds} giây"] if seconds else parts)
