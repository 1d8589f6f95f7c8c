"""A contest document (YAML) understood: its rounds, windows and rules, or every fault in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quizsvc.contests.eligibility import Eligibility
from quizsvc.contests.rules import Counts, Quota, RoundRules, Shown

Path = tuple[str | int, ...]

SHORTEST_MS = 1000
SOONEST_FIRST = (Shown.AT_ONCE, Shown.AFTER_ROUND, Shown.NEVER)


@dataclass(frozen=True)
class RoundDocument:
    """One round as it is written."""

    code: str
    title: str
    opens_at: datetime
    closes_at: datetime
    rules: RoundRules


@dataclass(frozen=True)
class ContestDocument:
    """A contest as it is written; ``source`` is the document itself and ``sha256`` its canonical hash."""

    slug: str
    title: str
    organizer_code: str
    rounds: tuple[RoundDocument, ...]
    source: dict[str, Any]
    sha256: str


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: the path of keys and positions into the document."""

    path: Path
    detail: str


def canonical_sha256(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document as JSON with sorted keys, so that layout and comments do not count."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def understand(document: Mapping[str, Any]) -> ContestDocument | list[Fault]:
    """Read a document that already satisfies the JSON Schema; what a schema cannot say is checked here."""
    faults: list[Fault] = []
    eligibility = Eligibility(**document.get("eligibility", {}))
    rounds = [_round(written, ("rounds", place), eligibility, faults) for place, written in enumerate(document["rounds"])]
    codes = [written["round"] for written in document["rounds"]]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            faults.append(Fault(("rounds", place, "round"), f"Mã vòng «{code}» đã dùng ở vòng trước."))
    if faults:
        return faults
    return ContestDocument(
        slug=document["contest"],
        title=document["title"],
        organizer_code=document["organizer"],
        rounds=tuple(made for made in rounds if made is not None),
        source=dict(document),
        sha256=canonical_sha256(document),
    )


def _round(written: Mapping[str, Any], path: Path, eligibility: Eligibility, faults: list[Fault]) -> RoundDocument | None:
    opens_at = _moment(written["opens_at"], (*path, "opens_at"), faults)
    closes_at = _moment(written["closes_at"], (*path, "closes_at"), faults)
    rules = _rules(written, eligibility)
    if rules.time_limit_ms < SHORTEST_MS:
        faults.append(Fault((*path, "time_limit_minutes"), "Thời gian làm bài phải từ 1 giây trở lên."))
    _refuse_giving_the_score_away(rules, (*path, "show"), faults)
    if opens_at is None or closes_at is None:
        return None
    if closes_at <= opens_at:
        faults.append(Fault((*path, "closes_at"), "Vòng thi phải kết thúc sau khi bắt đầu."))
    return RoundDocument(written["round"], written["title"], opens_at, closes_at, rules)


def _refuse_giving_the_score_away(rules: RoundRules, path: Path, faults: list[Fault]) -> None:
    """Right answers and boards tell the score, so neither may be shown sooner than the score itself."""
    sealed = rules.prediction_prompt is not None and rules.show_board is Shown.AT_ONCE
    board = Shown.AFTER_ROUND if sealed else rules.show_board
    for step, name, shown in (("review", "đáp án", rules.show_review), ("board", "bảng xếp hạng", board)):
        if SOONEST_FIRST.index(shown) < SOONEST_FIRST.index(rules.show_result):
            faults.append(Fault((*path, step), f"Không thể cho xem {name} trong khi còn giấu điểm."))


def _rules(written: Mapping[str, Any], eligibility: Eligibility) -> RoundRules:
    attempts = written["attempts"]
    show = written["show"]
    return RoundRules(
        time_limit_ms=round(written["time_limit_minutes"] * 60_000),
        attempts=None if attempts == "unlimited" else attempts,
        counts=Counts(written["counts"]),
        points_per_question=written.get("points_per_question", 1),
        show_result=Shown(show["result"]),
        show_review=Shown(show["review"]),
        show_board=Shown(show["board"]),
        prediction_prompt=written.get("prediction", {}).get("prompt"),
        quotas=tuple(Quota(**quota) for quota in written["paper"]),
        eligibility=eligibility,
    )


def _moment(text: str, path: Path, faults: list[Fault]) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)  # may leave the years that exist
    except (ValueError, OverflowError):
        faults.append(Fault(path, f"«{text}» không phải thời điểm, ví dụ đúng: 2026-11-23T08:00:00+07:00."))
        return None
    faults.append(Fault(path, f"«{text}» thiếu múi giờ, hãy thêm +07:00."))
    return None
