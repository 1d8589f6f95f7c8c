"""One round of a contest document, as it is written, made into rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quizsvc.contests.document_parts import Faults, Path, RoundDocument, known_track, moment, prizes, ranking
from quizsvc.contests.eligibility import Eligibility
from quizsvc.contests.ranking_keys import RankingKey
from quizsvc.contests.rules import (
    Abandoned,
    Counts,
    Limits,
    Paper,
    Partial,
    Phase,
    Prediction,
    Quota,
    RoundRules,
    Scope,
    Shown,
    Target,
    Whose,
)

SHORTEST_MS = 1000
LONGEST_MS = 240 * 60_000
SOONEST_FIRST = (Shown.AT_ONCE, Shown.AFTER_ROUND, Shown.AFTER_CONTEST, Shown.AFTER_FINAL, Shown.NEVER)


@dataclass(frozen=True)
class OfContest:
    """What the contest says for all of its rounds."""

    eligibility: Eligibility
    limits: Mapping[str, Any]
    ranking: tuple[RankingKey, ...]
    needs_registration: bool

    @property
    def tracks(self) -> tuple[str, ...]:
        return tuple(rule.track for rule in self.eligibility.tracks)


def round_document(written: Mapping[str, Any], path: Path, contest: OfContest, faults: Faults) -> RoundDocument | None:
    """The round, or ``None`` when its times or papers cannot be told; ``faults`` says why."""
    opens_at = moment(written["opens_at"], (*path, "opens_at"), faults)
    closes_at = moment(written["closes_at"], (*path, "closes_at"), faults)
    rules = _rules(written, path, contest, faults)
    if opens_at is None or closes_at is None:
        return None
    if closes_at <= opens_at:
        faults.add((*path, "closes_at"), "Vòng thi phải kết thúc sau khi bắt đầu.", "The round must close after it opens.")
    return None if rules is None else RoundDocument(written["round"], written["title"], opens_at, closes_at, rules)


def _rules(written: Mapping[str, Any], path: Path, contest: OfContest, faults: Faults) -> RoundRules | None:
    papers = _papers(written, path, contest.tracks, faults)
    limit_ms = _time_limit(written, path, papers, faults)
    if not papers or limit_ms is None:
        return None
    phase, show = Phase(written.get("phase", Phase.OFFICIAL)), written["show"]
    question_seconds = written.get("seconds_per_question")
    rules = RoundRules(
        time_limit_ms=limit_ms,
        limits=_limits(written, path, contest.limits, faults),
        counts=Counts(written["counts"]),
        points=_points(written.get("points_per_question", 1)),
        show_result=Shown(show["result"]),
        show_review=Shown(show["review"]),
        show_board=Shown(show["board"]),
        papers=papers,
        eligibility=contest.eligibility,
        question_ms=None if question_seconds is None else round(question_seconds * 1000),
        partial=Partial(written.get("partial_credit", Partial.NONE)),
        prediction=_prediction(written.get("prediction"), path, contest.tracks, faults),
        ranking=ranking(written.get("ranking"), contest.ranking, (*path, "ranking"), faults),
        phase=phase,
        prizes=prizes(written.get("prizes", []), contest.tracks, (*path, "prizes"), faults),
        needs_registration=contest.needs_registration and phase is Phase.OFFICIAL,
    )
    _refuse_giving_the_score_away(rules, (*path, "show"), faults)
    return rules


def _limits(written: Mapping[str, Any], path: Path, contest: Mapping[str, Any], faults: Faults) -> Limits:
    attempts = written["attempts"]
    if written["counts"] == Counts.ONLY and attempts != 1:
        said = "Khi counts là «only» thì attempts phải là 1."
        faults.add((*path, "attempts"), said, "With counts “only”, attempts must be 1.")
    return Limits(
        per_round=None if attempts == "unlimited" else attempts,
        per_day=contest.get("per_day"),
        per_week=contest.get("per_week"),
        per_contest=contest.get("per_contest"),
        abandoned=Abandoned(contest.get("abandoned", Abandoned.CONSUMED)),
    )


def _points(written: int | Mapping[str, int]) -> tuple[int, int, int]:
    if isinstance(written, int):
        return written, written, written
    return written["1"], written["2"], written["3"]


def _papers(written: Mapping[str, Any], path: Path, tracks: tuple[str, ...], faults: Faults) -> tuple[Paper, ...]:
    """The paper for everybody first, then those of tracks."""
    fixed, own = written.get("same_questions", False), written.get("track_papers", {})
    for track in own:
        known_track(track, tracks, (*path, "track_papers", track), faults)
    if "paper" not in written:
        if not own:
            said = "Thiếu mục paper (đề chung) hoặc track_papers (đề từng bảng)."
            faults.add(path, said, "Either paper or track_papers is needed.")
        for track in (track for track in tracks if own and track not in own):
            said = f"Bảng thi «{track}» chưa có đề: thêm vào đây hoặc viết mục paper dùng chung."
            faults.add((*path, "track_papers"), said, f"The track “{track}” has no paper.")
    papers = [Paper(_quotas(written["paper"]), None, fixed)] if "paper" in written else []
    return (*papers, *(Paper(_quotas(quotas), track, fixed) for track, quotas in own.items()))


def _quotas(written: list[Mapping[str, Any]]) -> tuple[Quota, ...]:
    return tuple(Quota(**each) for each in written)


def _time_limit(written: Mapping[str, Any], path: Path, papers: tuple[Paper, ...], faults: Faults) -> int | None:
    """Milliseconds for a whole attempt, however it is said."""
    minutes, seconds = written.get("time_limit_minutes"), written.get("seconds_per_question")
    if minutes is not None and seconds is not None:
        said = "Chỉ viết một trong hai: time_limit_minutes hoặc seconds_per_question."
        faults.add(
            (*path, "seconds_per_question"), said, "Only one of time_limit_minutes and seconds_per_question may be given."
        )
        return None
    if minutes is not None:
        return _in_bounds(round(minutes * 60_000), (*path, "time_limit_minutes"), faults)
    if seconds is None:
        said = "Thiếu thời gian làm bài: viết time_limit_minutes hoặc seconds_per_question."
        faults.add(path, said, "Either time_limit_minutes or seconds_per_question is needed.")
        return None
    lengths = {paper.question_count for paper in papers}
    if len(lengths) > 1:
        said = "Tính giờ theo từng câu thì đề của mọi bảng thi phải có số câu bằng nhau."
        faults.add((*path, "seconds_per_question"), said, "With a time per question, all papers must be of the same length.")
    return _in_bounds(round(seconds * 1000) * max(lengths, default=1), (*path, "seconds_per_question"), faults)


def _in_bounds(limit_ms: int, path: Path, faults: Faults) -> int:
    if limit_ms < SHORTEST_MS:
        faults.add(path, "Thời gian làm bài phải từ 1 giây trở lên.", "An attempt must last at least one second.")
    if limit_ms > LONGEST_MS:
        faults.add(path, "Thời gian làm bài nhiều nhất 240 phút.", "An attempt may last at most 240 minutes.")
    return limit_ms


def _prediction(written: Mapping[str, Any] | None, path: Path, tracks: tuple[str, ...], faults: Faults) -> Prediction | None:
    if written is None:
        return None
    scope = Scope(written.get("scope", Scope.ROUND))
    if scope is Scope.TRACK and not tracks:
        said = "Dự đoán theo bảng thi nhưng cuộc thi không có mục tracks."
        faults.add((*path, "prediction", "scope"), said, "The scope is “track”, but the contest has no tracks.")
    return Prediction(
        prompt=written["prompt"],
        target=Target(written.get("target", Target.PERFECT_PARTICIPANTS)),
        scope=scope,
        counts_voided=written.get("counts_voided", False),
        whose=Whose(written.get("whose", Whose.COUNTED)),
    )


def _refuse_giving_the_score_away(rules: RoundRules, path: Path, faults: Faults) -> None:
    """Right answers and boards tell the score, so neither may be shown sooner than the score itself."""
    board = rules.show_board
    if rules.prediction is not None:  # seals the board
        sealed = Shown.AFTER_CONTEST if rules.prediction.scope is Scope.CONTEST else Shown.AFTER_ROUND
        board = max(board, sealed, key=SOONEST_FIRST.index)
    result = SOONEST_FIRST.index(rules.show_result)
    for step, name, name_en, shown in (
        ("review", "đáp án", "The key", rules.show_review),
        ("board", "bảng xếp hạng", "The board", board),
    ):
        if SOONEST_FIRST.index(shown) < result:
            said = f"Không thể cho xem {name} trong khi còn giấu điểm."
            faults.add((*path, step), said, f"{name_en} may not be shown before the score.")
