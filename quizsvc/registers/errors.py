"""What can stand in the way of registers and registrations."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import fields

from quizsvc.core.fields import Moment
from quizsvc.core.problems import Problem
from quizsvc.registers.reporting import ImportReport


class RegistrationNotOpen(Problem):
    slug = "registration-not-open"
    title = "Cuộc thi không mở đăng ký vào lúc này"
    title_en = "Registration for this contest is not open"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {
        "opens_at": Moment(),
        "closes_at": Moment(),
        "server_now": Moment(),
    }


class ImportFileRefused(Problem):
    slug = "import-file-refused"
    title = "Không đọc được tệp này"
    title_en = "The file cannot be read as a table"
    status = 409


class ImportRefused(Problem):
    """Some rows are rejected, so nothing was taken; a dry run shows which."""

    slug = "import-refused"
    title = "Tệp còn dòng lỗi nên chưa có dòng nào được ghi"
    title_en = "Some rows are rejected, nothing was stored"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {"rejected": fields.Integer()}

    def __init__(self, report: ImportReport) -> None:
        super().__init__(
            f"Có {report.rejected} dòng lỗi: hãy xem trước (dry_run) để biết từng dòng.", rejected=report.rejected
        )
        self.report = report
