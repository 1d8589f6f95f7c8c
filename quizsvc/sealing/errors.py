"""What stands in the way of sealing."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import fields

from quizsvc.core.fields import Moment
from quizsvc.core.problems import Problem


class NotClosedYet(Problem):
    slug = "not-closed-yet"
    title = "Chưa thể niêm phong"
    title_en = "It cannot be sealed yet"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {
        "closes_at": Moment(),
        "open_attempts": fields.Integer(),
        "ungraded_attempts": fields.Integer(),
    }


class ComplaintsOpen(Problem):
    slug = "complaints-open"
    title = "Chưa hết thời hạn khiếu nại"
    title_en = "Complaints are still taken"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {"until": Moment(allow_none=True)}


class AlreadyFinal(Problem):
    slug = "already-final"
    title = "Kết quả đã là chính thức"
    title_en = "The result is final already"
    status = 409


class SealedAtOnce(Problem):
    """Two sealed the same board in the same moment; one of them did."""

    slug = "sealed-at-once"
    title = "Bảng này vừa được niêm phong bởi người khác"
    title_en = "Somebody else sealed this board in the same moment"
    status = 409
    constraint = "uq_snapshots_board_id_number"
