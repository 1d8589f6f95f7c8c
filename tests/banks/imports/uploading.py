"""Organizers who send files of questions over HTTP."""

from __future__ import annotations

import io
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.world import Player

REASON = "Công văn 12"
TYPED = """\
Câu 1. Cơ quan nào ban hành luật?
A. Quốc hội
B. Chính phủ
C. Tòa án nhân dân
Đáp án: A

Câu 2. Nam từ bao nhiêu tuổi thì được kết hôn?
A. 18
B. 19
C. 20
Đáp án: C
"""


class Author(Player):
    """Somebody with files."""

    def send(self, path: str, data: bytes, name: str = "de-thi.txt", **form: Any) -> Any:
        parts: dict[str, Any] = {"file": FileStorage(io.BytesIO(data), name)}
        for field, value in form.items():
            parts[field] = FileStorage(io.BytesIO(value), "dap-an.txt") if isinstance(value, bytes) else value
        boundary, body = encode_multipart(parts)
        kind = f"multipart/form-data; boundary={boundary}"
        address = f"/api/v1/manage/banks/{path}"
        return self.client.post(address, data=body, content_type=kind, headers=self.headers)

    def preview(self, bank: str, data: bytes, **form: Any) -> Any:
        return self.send(f"{bank}/imports?dry_run=true", data, **form)

    def commit(self, bank: str, data: bytes, sha256: str, **form: Any) -> Any:
        return self.send(f"{bank}/imports", data, file_sha256=sha256, **{"reason": REASON} | form)

    def import_(self, bank: str, data: bytes, **form: Any) -> Any:
        """Preview, then commit what was previewed."""
        sha256 = self.preview(bank, data, **form).json["file_sha256"]
        return self.commit(bank, data, sha256, **form)

    def make_bank(self, code: str = "hon-nhan", **more: Any) -> Any:
        body = {"code": code, "title": "Luật Hôn nhân", "unit": self.unit, "reason": REASON}
        return self.call("POST", "/manage/banks", body | more)

    @property
    def unit(self) -> Any:
        return {"id": self.get("/manage/me").json["roles"][0]["unit"]["id"]}
