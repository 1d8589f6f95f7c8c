"""Fixtures: a contest of the province, and organizers who upload files to it."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.organizers.people import give
from tests.world import KIM_LIEN, Player, make_contest, round_document

SLUG = "thi"
RULES = [
    {"class": "excluded", "when": {"lists": ["ban-to-chuc"]}, "reason": "Thành viên ban tổ chức."},
    {"class": "mandatory", "when": {"lists": ["mandatory"]}, "reason": "Cán bộ, công chức."},
]


class Officer(Player):
    """An organizer with files."""

    def upload(self, path: str, raw: Any, **form: Any) -> Any:
        parts = {"file": FileStorage(io.BytesIO(raw), "bảng.xlsx")} | form
        boundary, body = encode_multipart(parts)
        kind = f"multipart/form-data; boundary={boundary}"
        return self.client.post(f"/api/v1/manage/contests/{SLUG}{path}", data=body, content_type=kind, headers=self.headers)

    def preview(self, path: str, raw: bytes, more: str = "") -> Any:
        return self.upload(f"{path}?dry_run=true{more}", raw)

    def commit(self, path: str, raw: bytes, reason: str = "Công văn 12", more: str = "") -> Any:
        return self.upload(f"{path}?dry_run=false{more}", raw, file_sha256=hashlib.sha256(raw).hexdigest(), reason=reason)


@pytest.fixture
def contest(playground, clock) -> str:
    """Registration is open now, for two hours; the only round opens after it."""
    window = {"opens_at": clock.now.isoformat(), "closes_at": (clock.now + timedelta(hours=2)).isoformat()}
    document = round_document(clock.now + timedelta(hours=2))
    make_contest(clock.now, document, participation=RULES, registration=window, slug=SLUG)
    return SLUG


@pytest.fixture
def province(contest, phone) -> Officer:
    """An organizer of the whole contest."""
    officer = Officer(phone, 900, "Lê Thị Cán")
    give(officer, "organizer")
    return officer


@pytest.fixture
def commune(contest, phone) -> Officer:
    """An organizer of one commune."""
    officer = Officer(phone, 901, "Hồ Văn Bộ")
    give(officer, "organizer", KIM_LIEN)
    return officer
