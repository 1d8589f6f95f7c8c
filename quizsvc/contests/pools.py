"""What the papers of a round may draw from, as the banks stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizsvc.banks import drawing
from quizsvc.banks.queries import drawable
from quizsvc.contests.document_parts import Faults, Path, RoundDocument
from quizsvc.contests.models import RoundQuestion
from quizsvc.contests.queries import QUOTAS_PER_PAPER
from quizsvc.contests.rules import Paper

Pools = dict[int, list[list[int]]]
"""Question versions by paper and quota."""


def pools_now(session: Session, made: RoundDocument, path: Path, faults: Faults) -> Pools:
    """The pools of all papers of the round that stands at ``path``; what cannot be drawn is said in ``faults``."""
    return {
        place: _of_paper(session, paper, (*path, *_place_of(paper)), faults) for place, paper in enumerate(made.rules.papers)
    }


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


def _of_paper(session: Session, paper: Paper, path: Path, faults: Faults) -> list[list[int]]:
    pools = []
    for place, quota in enumerate(paper.quotas):
        pool = drawable(session, bank_code=quota.bank, topic=quota.topic, difficulty=quota.difficulty)
        pools.append(pool)
        if len(pool) < quota.count:
            wanted = ", ".join(str(part) for part in (quota.bank, quota.topic, quota.difficulty) if part is not None)
            said = f"Ngân hàng câu hỏi ({wanted}) có {len(pool)} câu, cần {quota.count}."
            english = f"The bank ({wanted}) has {len(pool)} questions, {quota.count} are needed."
            faults.add((*path, place), said, english)
    counts = [quota.count for quota in paper.quotas]
    enough = all(len(pool) >= count for pool, count in zip(pools, counts, strict=True))
    if enough and not drawing.feasible(pools, counts):
        said = "Các mục của đề chồng lên nhau, không đủ câu khác nhau cho tất cả."
        faults.add(path, said, "The parts of the paper overlap: there are not enough different questions for all.")
    return pools
