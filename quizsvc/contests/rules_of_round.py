"""What the published rules say of one round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from quizsvc.contests import rules_words as words
from quizsvc.contests.rules import Abandoned, Counts, Paper, Phase, Prediction, RoundRules, Scope, Shown


@dataclass(frozen=True)
class RoundText:
    """A round as the rules describe it."""

    title: str
    opens_at: datetime
    closes_at: datetime
    rules: RoundRules


def round_lines(made: RoundText, *, says_ranking: bool = False) -> list[str]:
    """The lines about a round. ``says_ranking``: it does not rank as the others do."""
    rules = made.rules
    tracks = {track.track: track.title for track in rules.eligibility.tracks}
    lines = [f"Thời gian: từ {words.when(made.opens_at)} đến trước {words.when(made.closes_at)}."]
    if rules.phase is Phase.TRIAL:
        lines.append("Vòng thi thử: không tính vào cuộc thi; mọi kết quả bị xóa khi vòng chính thức đầu tiên mở.")
    if rules.needs_registration:
        lines.append("Phải đăng ký trước mới được thi vòng này.")
    lines += [
        f"Bài thi: {_papers(rules.papers, tracks)}, {_time(rules)}; đồng hồ tính theo máy chủ.",
        "Câu hỏi: mọi người cùng một bộ." if rules.papers[0].fixed else "Câu hỏi: bốc ngẫu nhiên cho từng lượt thi.",
        "Vào thi gần lúc kết thúc thì chỉ còn thời gian đến khi vòng thi kết thúc.",
        f"{_points(rules.points)}; {words.PARTIALS[rules.partial]}.",
        _attempts(rules),
        _shown(rules),
    ]
    if rules.prediction is not None:
        lines += _prediction(rules.prediction)
    if says_ranking:
        lines.append(f"Xếp hạng vòng này: {words.ranking(rules.ranking)}")
    return lines + [words.prize(prize, tracks) for prize in rules.prizes]


def _papers(papers: tuple[Paper, ...], tracks: Mapping[str, str]) -> str:
    if len(papers) == 1 and papers[0].track is None:
        return f"{papers[0].question_count} câu hỏi"
    own = [f"bảng thi {tracks[paper.track]} {paper.question_count} câu hỏi" for paper in papers if paper.track is not None]
    return ", ".join(own + [f"các bảng khác {paper.question_count} câu hỏi" for paper in papers if paper.track is None])


def _time(rules: RoundRules) -> str:
    if rules.question_ms is None:
        return f"làm trong {words.length(rules.time_limit_ms)}"
    return f"mỗi câu {words.length(rules.question_ms)}, hết giờ tự chuyển sang câu sau và không quay lại"


def _points(points: tuple[int, int, int]) -> str:
    if len(set(points)) == 1:
        return f"Mỗi câu đúng {points[0]} điểm"
    return f"Mỗi câu đúng: {points[0]} điểm (dễ), {points[1]} điểm (trung bình), {points[2]} điểm (khó)"


def _attempts(rules: RoundRules) -> str:
    limits = rules.limits
    many = "không giới hạn" if limits.per_round is None else f"tối đa {limits.per_round}"
    if rules.counts is Counts.ONLY:
        many = "một lượt duy nhất"
    used = "lượt đã bắt đầu là đã dùng"
    if limits.abandoned is Abandoned.FREE:
        used = "lượt bỏ dở (không nộp bài) không mất lượt và không được tính"
    return f"Số lượt: {many}; {used}; tính {words.COUNTED[rules.counts]}."


def _shown(rules: RoundRules) -> str:
    result, review = words.SHOWN[rules.show_result], words.SHOWN[rules.show_review]
    return f"Điểm của mình: {result}. Đáp án: {review}. Bảng xếp hạng: {_board(rules)}."


def _board(rules: RoundRules) -> str:
    if rules.prediction is None:
        return "cập nhật liên tục" if rules.show_board is Shown.AT_ONCE else words.SHOWN[rules.show_board]
    sealed = Shown.AFTER_CONTEST if rules.prediction.scope is Scope.CONTEST else Shown.AFTER_ROUND
    soon = (Shown.AT_ONCE, Shown.AFTER_ROUND)
    return words.SHOWN[sealed if rules.show_board in soon else rules.show_board]


def _prediction(asked: Prediction) -> list[str]:
    voided = "có đếm" if asked.counts_voided else "không đếm"
    counted = f"{words.TARGETS[asked.target]} {words.SCOPES[asked.scope]}, {voided} người bị hủy kết quả"
    return [
        f"Câu dự đoán (không tính điểm): {asked.prompt}",
        f"Số thực tế của câu dự đoán: {counted}. Người có nhiều lượt: {words.WHOSE[asked.whose]}.",
    ]
