"""What can stand in the way of banks and imports."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import fields

from quizsvc.banks.files.found import FileRefused
from quizsvc.core.problems import Problem


class BankExists(Problem):
    slug = "bank-exists"
    title = "Đã có ngân hàng mang mã này"
    title_en = "A bank with this code exists"
    status = 409
    constraint = "uq_banks_code"


class BankKeptInFiles(Problem):
    """Its questions are loaded from YAML files under version control; another file would be withdrawn at the next load."""

    slug = "bank-kept-in-files"
    title = "Ngân hàng này được giữ bằng tệp YAML, không nạp thêm được từ tệp khác"
    title_en = "This bank is kept in YAML files"
    status = 409


class BankFileRefused(Problem):
    """The file cannot be read at all; ``code`` is stable."""

    slug = "bank-file-refused"
    title = "Không đọc được tệp câu hỏi này"
    title_en = "The file of questions cannot be read"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {"code": fields.String()}

    def __init__(self, refused: FileRefused) -> None:
        super().__init__(refused.sentence, code=refused.code)


class BankImportRefused(Problem):
    """Nothing was written: ``rejected`` questions stand in the way, or none can be taken."""

    slug = "bank-import-refused"
    title = "Chưa nạp câu hỏi nào"
    title_en = "No question was imported"
    status = 409
    extra_fields: ClassVar[dict[str, Any]] = {"questions": fields.Integer(), "rejected": fields.Integer()}


class ImportInUse(Problem):
    slug = "import-in-use"
    title = "Không thể hoàn tác: đã có câu hỏi của lần nạp này được dùng"
    title_en = "Questions of this import are in use"
    status = 409
