"""What can stand between a person and a round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from marshmallow import Schema, fields

from quizsvc.contests.document_parts import Fault
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


class FiguresSealed(Problem):
    slug = "figures-sealed"
    title = "Đang có câu dự đoán nên chưa ai được xem số liệu này, kể cả ban tổ chức"
    title_en = "A prediction question is open: nobody may see this yet"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {"visible_from": Moment()}


class FaultRow(Schema):
    pointer = fields.String(required=True)
    detail = fields.String(required=True)
    detail_en = fields.String(required=True)


class CannotPublish(Problem):
    """``errors``: everything that stands in the way, with its place in the document."""

    slug = "cannot-publish"
    title = "Chưa thể công khai cuộc thi"
    title_en = "The contest cannot be published yet"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {"errors": fields.List(fields.Nested(FaultRow))}

    def __init__(self, faults: Sequence[Fault]) -> None:
        said = " ".join(fault.detail for fault in faults)
        rows = [{"pointer": each.pointer, "detail": each.detail, "detail_en": each.detail_en} for each in faults]
        super().__init__(said, errors=rows)


class ContestDocumentRefused(Exception):
    """A contest document that cannot be loaded.

    ``faults`` holds one sentence each, with file and line or JSON pointer; ``found`` the same faults with their paths, when
    the document could be read at all.
    """

    def __init__(self, slug: str, faults: Sequence[str | Fault]) -> None:
        self.faults = [str(fault) for fault in faults]
        self.found = [fault for fault in faults if isinstance(fault, Fault)]
        super().__init__(f"Không nạp được cuộc thi «{slug}»:\n" + "\n".join(f"  - {fault}" for fault in self.faults))
