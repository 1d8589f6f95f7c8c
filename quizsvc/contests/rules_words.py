"""Words and small sentences of the published rules: moments, lengths, money, choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from quizsvc.contests.eligibility import Participation, When
from quizsvc.contests.group_rules import Metric
from quizsvc.contests.ranking_keys import KINDS, Order, RankingKey
from quizsvc.contests.rules import Counts, Partial, Prize, RepeatWinners, Scope, Shown, Target, Whose
from quizsvc.core.clock import VIETNAM

OCCUPATIONS = {
    "official": "cán bộ, công chức, viên chức",
    "pupil": "học sinh",
    "student": "sinh viên",
    "armed_forces": "lực lượng vũ trang",
    "worker": "người lao động",
    "farmer": "nông dân",
    "other": "đối tượng khác",
}
CLASSES = {
    Participation.MANDATORY: "Bắt buộc dự thi",
    Participation.ENCOURAGED: "Khuyến khích dự thi",
    Participation.UNRANKED: "Được thi nhưng không xếp hạng",
    Participation.EXCLUDED: "Không được dự thi",
}
COUNTED = {
    Counts.BEST: "lượt có kết quả tốt nhất",
    Counts.FIRST: "lượt đầu tiên",
    Counts.LAST: "lượt cuối cùng",
    Counts.ONLY: "lượt duy nhất",
}
SHOWN = {
    Shown.AT_ONCE: "ngay sau khi nộp bài",
    Shown.AFTER_ROUND: "sau khi vòng thi kết thúc",
    Shown.AFTER_CONTEST: "sau khi cuộc thi kết thúc",
    Shown.AFTER_FINAL: "sau khi công bố kết quả chính thức",
    Shown.NEVER: "không công bố trên ứng dụng",
}
PARTIALS = {
    Partial.NONE: "câu có nhiều đáp án phải chọn đúng tất cả và không thừa",
    Partial.NO_WRONG: "câu có nhiều đáp án: được điểm theo phần đáp án đúng đã chọn, chọn sai một đáp án thì không có điểm",
    Partial.RIGHT_MINUS_WRONG: (
        "câu có nhiều đáp án: được điểm theo số đáp án đúng trừ số đáp án sai đã chọn, thấp nhất là không điểm"
    ),
}
TARGETS = {
    Target.PERFECT_PARTICIPANTS: "số người trả lời đúng tất cả các câu hỏi",
    Target.PARTICIPANTS: "số người dự thi",
    Target.ATTEMPTS: "số lượt thi",
}
SCOPES = {
    Scope.ROUND: "trong vòng thi này",
    Scope.TRACK: "trong bảng thi của người dự đoán ở vòng này",
    Scope.CONTEST: "trong cả cuộc thi",
}
WHOSE = {
    Whose.COUNTED: "lấy dự đoán của lượt được tính",
    Whose.FIRST: "lấy dự đoán ở lượt đầu tiên",
    Whose.LAST: "lấy dự đoán ở lượt cuối cùng",
    Whose.NEAREST: "lấy dự đoán gần số thực tế nhất",
}
REPEATED = {
    RepeatWinners.FIRST: "Mỗi người chỉ nhận một giải, là giải đạt được đầu tiên; giải sau chuyển cho người kế tiếp.",
    RepeatWinners.HIGHEST: "Mỗi người chỉ nhận một giải, là giải cao nhất đạt được; giải khác chuyển cho người kế tiếp.",
}
METRICS = {
    Metric.PARTICIPANTS: "số người dự thi",
    Metric.ATTEMPTS: "số lượt thi",
    Metric.RATE: "tỷ lệ người dự thi trên tổng số người của đơn vị",
    Metric.POINTS: "tổng điểm",
    Metric.AVERAGE: "điểm trung bình",
    Metric.WINNERS: "số người đạt giải",
    Metric.WEIGHTED_WINNERS: "điểm quy đổi từ các giải cá nhân",
    Metric.PERFECT_RATE: "tỷ lệ người đạt điểm tuyệt đối",
    Metric.RANK_POINTS: "tổng điểm theo thứ hạng ở các tiêu chí",
    Metric.TOTAL: "tổng của các tiêu chí",
}


def when(moment: datetime) -> str:
    local = moment.astimezone(VIETNAM)
    seconds = f":{local:%S}" if local.second else ""
    return f"{local:%H:%M}{seconds} ngày {local:%d/%m/%Y}"


def length(milliseconds: int) -> str:
    minutes, rest = divmod(milliseconds, 60_000)
    parts = [f"{minutes} phút"] if minutes else []
    return " ".join([*parts, f"{number(rest / 1000)} giây"] if rest else parts)


def number(value: float) -> str:
    """As it is written in Vietnam: 1.250.000 and 2,5."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


def ranking(keys: Sequence[RankingKey]) -> str:
    """The order in which keys are looked at, in one sentence."""
    said = [KINDS[key.key].high_says if key.order is Order.HIGH else KINDS[key.key].low_says for key in keys]
    if len(said) == 1:
        return f"{capital(said[0])}; bằng nhau thì đồng hạng."
    listed = "; ".join(f"({place}) {each}" for place, each in enumerate(said, start=1))
    return f"Xét lần lượt: {listed}. Kết quả bằng nhau ở tất cả các mục thì đồng hạng."


def prize(won: Prize, tracks: Mapping[str, str]) -> str:
    amount = "" if won.amount is None else f", mỗi giải {number(won.amount)} đồng"
    track = "" if won.track is None else f" (bảng thi {tracks.get(won.track, won.track)})"
    chosen = ", do ban tổ chức chọn" if won.by_committee else ""
    return f"{won.title}{track}: {number(won.quantity)} giải{amount}{chosen}."


def ages(least: int | None, most: int | None) -> str:
    parts = [f"từ đủ {least} tuổi"] if least is not None else []
    return " ".join([*parts, f"đến {most} tuổi"] if most is not None else parts)


def condition(asked: When, units: Mapping[str, str]) -> str:
    """Who meets a condition; everybody, when nothing is asked."""
    parts = [" hoặc ".join(OCCUPATIONS.get(each, each) for each in asked.occupations)] if asked.occupations else []
    if asked.units:
        parts.append("thuộc " + ", ".join(units.get(code, code) for code in asked.units))
    if asked.lists:
        parts.append("có tên trong danh sách " + ", ".join(f"«{name}»" for name in asked.lists))
    if asked.min_age is not None or asked.max_age is not None:
        parts.append(ages(asked.min_age, asked.max_age) + " tại thời điểm dự thi")
    return "người " + ", ".join(parts) if parts else "mọi người còn lại"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
