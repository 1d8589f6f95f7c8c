"""What can stand between a person and a round."""

from __future__ import annotations

from typing import Any, ClassVar

from quizsvc.core.fields import Moment
from quizsvc.core.problems import Problem


class RoundNotOpen(Problem):
    slug = "round-not-open"
    title = "Vòng thi chưa mở hoặc đã kết thúc"
    title_en = "The round is not open"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {
        "opens_at": Moment(),
        "closes_at": Moment(),
        "server_now": Moment(),
    }


class NotEligible(Problem):
    slug = "not-eligible"
    title = "Bạn chưa đủ điều kiện dự thi"
    title_en = "You are not eligible"
    status = 403


class ContestDocumentRefused(Exception):
    """A contest document that cannot be loaded; ``faults`` holds one sentence each."""

    def __init__(self, slug: str, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(f"Không nạp được cuộc thi «{slug}»:\n" + "\n".join(f"  - {fault}" for fault in faults))
