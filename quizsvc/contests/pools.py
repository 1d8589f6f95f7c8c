"""What the papers of a round may draw from, as the banks stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizsvc.banks import drawing
from quizsvc.banks.law.staleness import stale
from quizsvc.banks.law.standing import Period
from quizsvc.banks.queries import drawable
from quizsvc.contests.document_parts import Faults, Path, RoundDocument
from quizsvc.contests.models import RoundQuestion
from quizsvc.contests.queries import QUOTAS_PER_PAPER
from quizsvc.contests.rules import Paper
from quizsvc.core.clock import local_day

Pools = dict[int, list[list[int]]]
"""Question versions by paper and quota."""


def pools_now(session: Session, made: RoundDocument, path: Path, faults: Faults) -> Pools:
    """The pools of all papers of the round that stands at ``path``; what cannot be drawn is said in ``faults``.

    Questions whose law is not, or no longer, what they ask about on the days of the round are left out.
    """
    period = period_of(made.opens_at, made.closes_at)
    return {
        place: _of_paper(session, paper, period, (*path, *_place_of(paper)), faults)
        for place, paper in enumerate(made.rules.papers)
    }


def period_of(opens_at: datetime, closes_at: datetime) -> Period:
    """The days, in Vietnam, on which a round is open."""
    return Period(local_day(opens_at), local_day(closes_at))


def _place_of(paper: Paper) -> Path:
    return ("paper",) if paper.track is None else ("track_papers", paper.track)


def write_pools(session: Session, round_id: int, pools: Mapping[int, Sequence[Sequence[int]]]) -> None:
    """Put these pools in the place of what the round had."""
    session.execute(delete(RoundQuestion).where(RoundQuestion.round_id == round_id))
    session.add_all(
        RoundQuestion(round_id=round_id, quota=paper * QUOTAS_PER_PAPER + quota, question_version_id=version_id)
        for paper, of_paper in pools.items()
        for quota, pool in enumerate(of_paper)
        for version_id in pool
    )


def _of_paper(session: Session, paper: Paper, period: Period, path: Path, faults: Faults) -> list[list[int]]:
    pools = []
    for place, quota in enumerate(paper.quotas):
        approved = drawable(session, bank_code=quota.bank, topic=quota.topic, difficulty=quota.difficulty)
        left_out = stale(session, approved, period)
        pool = [each for each in approved if each not in left_out]
        pools.append(pool)
        if len(pool) < quota.count:
            wanted = ", ".join(str(part) for part in (quota.bank, quota.topic, quota.difficulty) if part is not None)
            said = f"Ngân hàng câu hỏi ({wanted}) có {len(pool)} câu, cần {quota.count}."
            english = f"The bank ({wanted}) has {len(pool)} questions, {quota.count} are needed."
            if left_out:
                said += f" Đã bỏ ra {len(left_out)} câu vì luật được viện dẫn thay đổi hoặc không có hiệu lực."
                english += f" {len(left_out)} were left out since the law they cite has changed or does not bind."
            faults.add((*path, place), said, english)
    counts = [quota.count for quota in paper.quotas]
    enough = all(len(pool) >= count for pool, count in zip(pools, counts, strict=True))
    if enough and not drawing.feasible(pools, counts):
        said = "Các mục của đề chồng lên nhau, không đủ câu khác nhau cho tất cả."
        faults.add(path, said, "The parts of the paper overlap: there are not enough different questions for all.")
    return pools
