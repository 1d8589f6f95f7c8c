"""The published rules (thể lệ) of a contest, written from its configuration so that they cannot say something else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from quizsvc.contests import rules_words as words
from quizsvc.contests.eligibility import Eligibility
from quizsvc.contests.rules import ContestRules, Limits, Overall, Phase
from quizsvc.contests.rules_of_changes import AmendmentText, amendment_lines
from quizsvc.contests.rules_of_groups import group_lines
from quizsvc.contests.rules_of_round import RoundText, round_lines

__all__ = ["AmendmentText", "ContestText", "RoundText", "RulesText", "write"]

Section = tuple[str, list[str]]


@dataclass(frozen=True)
class ContestText:
    """A contest as the rules describe it. ``rounds`` by code in their order; ``units``: names by code."""

    title: str
    organizer: str
    rules: ContestRules
    rounds: Mapping[str, RoundText]
    version: int = 1
    amendments: Sequence[AmendmentText] = ()
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RulesText:
    """The rules as plain text and as HTML, with the hash of the plain text."""

    text: str
    html: str
    sha256: str


def write(contest: ContestText) -> RulesText:
    """The rules in Vietnamese."""
    sections = _sections(contest)
    head = f"THỂ LỆ\n{contest.title}\nPhiên bản {contest.version}"
    text = "\n\n".join([head, *(f"{name}\n" + "\n".join(f"- {row}" for row in rows) for name, rows in sections)])
    parts = "".join(
        f"<h2>{escape(name)}</h2><ul>{''.join(f'<li>{escape(row)}</li>' for row in rows)}</ul>" for name, rows in sections
    )
    html = f"<h1>Thể lệ: {escape(contest.title)}</h1><p>Phiên bản {contest.version}</p>{parts}"
    return RulesText(text, html, hashlib.sha256(text.encode()).hexdigest())


def _sections(contest: ContestText) -> list[Section]:
    rounds = list(contest.rounds.values())
    official = [made for made in rounds if made.rules.phase is Phase.OFFICIAL]
    usual = official[0].rules
    tracks = {track.track: track.title for track in usual.eligibility.tracks}
    sections = [
        ("Ban tổ chức", [contest.organizer]),
        ("Người dự thi", [_who(usual.eligibility, contest.units), *_classes(usual.eligibility, contest.units)]),
        ("Bảng thi", [f"{each.title}: {words.condition(each.when, contest.units)}." for each in usual.eligibility.tracks]),
        ("Đăng ký", _registration(contest.rules, needed=usual.needs_registration)),
        ("Số lượt thi trong cả cuộc thi", _limits(usual.limits)),
    ]
    same = all(made.rules.ranking == usual.ranking for made in official)
    sections += [(made.title, round_lines(made, says_ranking=made.rules.ranking != usual.ranking)) for made in rounds]
    sections.append(("Xếp hạng", _ranking(contest.rules, official, same=same)))
    won = [words.prize(prize, tracks) for prize in contest.rules.prizes]
    repeated = words.REPEATED.get(contest.rules.repeat_winners)
    sections.append(("Giải thưởng của cuộc thi", won + ([] if repeated is None else [repeated])))
    sections += _groups(contest)
    sections.append(("Khiếu nại", [_complaints(contest.rules.complaint_hours)]))
    for made in contest.amendments:
        sections.append((f"Sửa đổi lần {made.number}", amendment_lines(made)))
    return [(name, rows) for name, rows in sections if rows]


def _who(asked: Eligibility, units: Mapping[str, str]) -> str:
    who = "Mọi người"
    if asked.occupations:
        who = words.capital(", ".join(words.OCCUPATIONS.get(each, each) for each in asked.occupations))
    if asked.min_age is not None or asked.max_age is not None:
        who = f"Người {words.ages(asked.min_age, asked.max_age)} tại thời điểm dự thi" + (
            f" là {who[:1].lower()}{who[1:]}" if asked.occupations else ""
        )
    if asked.units:
        who += ", thuộc " + ", ".join(units.get(code, code) for code in asked.units)
    return who + (", đã chọn đơn vị tham gia." if asked.needs_unit else ".")


def _classes(asked: Eligibility, units: Mapping[str, str]) -> list[str]:
    """The first rule that fits decides, so the order is part of what is said."""
    if not asked.participation:
        return []
    lines = [
        f"{words.CLASSES[rule.participation]}: {words.condition(rule.when, units)}. Lý do: {rule.reason}"
        for rule in asked.participation
    ]
    return [*lines, "Người phù hợp với nhiều mục trên thì theo mục đứng trước; những người khác được khuyến khích dự thi."]


def _registration(rules: ContestRules, *, needed: bool) -> list[str]:
    if rules.registration is None:
        return []
    window = rules.registration
    first = f"Đăng ký từ {words.when(window.opens_at)} đến trước {words.when(window.closes_at)}."
    second = "Phải đăng ký mới được thi các vòng chính thức." if needed else "Không đăng ký vẫn được dự thi."
    return [first, second]


def _limits(limits: Limits) -> list[str]:
    parts = [
        f"{count} lượt {span}"
        for count, span in (
            (limits.per_day, "một ngày"),
            (limits.per_week, "một tuần (từ thứ Hai)"),
            (limits.per_contest, "trong cả cuộc thi"),
        )
        if count is not None
    ]
    return [f"Mỗi người tối đa {', '.join(parts)}, cùng với giới hạn của từng vòng."] if parts else []


def _ranking(rules: ContestRules, official: Sequence[RoundText], *, same: bool) -> list[str]:
    usual = official[0].rules.ranking
    lines = [words.ranking(usual) if same else f"Các vòng không ghi cách xếp hạng riêng: {words.ranking(usual)}"]
    if rules.overall is Overall.NONE:
        return [*lines, "Không có bảng xếp hạng chung của cả cuộc thi."]
    if len(official) > 1:
        how = "cộng kết quả các vòng" if rules.overall is Overall.SUM else "lấy kết quả ở vòng tốt nhất"
        other = "" if rules.ranking == usual else f" {words.ranking(rules.ranking)}"
        lines.append(f"Bảng xếp hạng chung: {how}.{other}")
    return lines


def _groups(contest: ContestText) -> list[Section]:
    titles = {code: made.title for code, made in contest.rounds.items()}
    won = [*contest.rules.prizes, *(prize for made in contest.rounds.values() for prize in made.rules.prizes)]
    prizes = {prize.prize: prize.title for prize in won}
    return [
        (f"Xếp hạng tập thể: {group.title}", group_lines(group, contest.units, titles, prizes))
        for group in contest.rules.groups
    ]


def _complaints(hours: int) -> str:
    if hours == 0:
        return "Không nhận khiếu nại về kết quả."
    return f"Nhận khiếu nại trong {hours} giờ kể từ khi công bố kết quả tạm thời; sau đó công bố kết quả chính thức."
