"""Every declared endpoint, with a call of it that is in order."""

from __future__ import annotations

import re
from datetime import timedelta
from tempfile import gettempdir
from typing import Any

from quizsvc import create_app
from quizsvc.core.http import Api, Operation
from tests.api.stage import Stage
from tests.conftest import NOW, settings_for
from tests.world import round_document

LATER = NOW + timedelta(days=400)
WHY = "Theo quyết định của ban tổ chức"
GOOD_BODIES: dict[str, dict[str, Any]] = {
    "sign_in": {"access_token": "sandbox:7:Nguyễn Thị Hoa"},
    "refresh": {"refresh_token": "r" * 43},
    "log_out": {"refresh_token": "r" * 43},
    "patch_me": {"nickname": "Hoa"},
    "verify_phone": {"phone_token": "sandbox-phone:0912345678", "access_token": "sandbox:1"},
    "give_consent": {"purpose": "play", "policy_version": "2026-11", "granted": True},
    "start_attempt": {},
    "save_answers": {"version": 1},
    "submit": {"request_id": "request-1"},
    "grant_role": {"participant_id": "nobody", "role": "viewer", "unit": {"id": "1"}, "reason": "Theo công văn 12"},
    "approve_headcount": {"unit": {"id": "1"}, "number": 1, "reason": "Theo công văn 12"},
    "load_contest": {"contest": "moi", "title": "Cuộc thi", "organizer": "40", "rounds": [round_document(LATER)]},
    "publish_contest": {"reason": WHY},
    "seal_round": {"reason": "Kết thúc vòng thi", "kind": "provisional"},
    "seal_contest": {"reason": "Kết thúc cuộc thi", "kind": "provisional"},
    "void_question": {"reason": WHY, "effect": "drop"},
    "rekey_question": {"reason": WHY, "keys": ["A"]},
    "disqualify_in_round": {"reason": WHY, "grounds": "other", "participants": ["nobody"]},
    "disqualify_in_contest": {"reason": WHY, "grounds": "other", "participants": ["nobody"]},
    "extend_round": {"reason": WHY, "closes_at": "2026-11-23T20:00:00Z"},
    "give_extra_time": {"reason": WHY, "attempt_id": "nothing", "extra_ms": 60_000},
    "add_make_up_session": {
        "reason": WHY,
        "opens_at": "2026-11-24T20:00:00Z",
        "closes_at": "2026-11-24T21:00:00Z",
        "participants": ["nobody"],
    },
    "place_in_round": {"reason": WHY, "places": [{"participant_id": "nobody", "place": 1}] * 2},
    "place_in_contest": {"reason": WHY, "places": [{"participant_id": "nobody", "place": 1}] * 2},
    "undo": {"reason": WHY},
    "review_question": {"answered": ["A"]},
    "settle_question": {"reason": WHY},
    "retire_question": {"reason": WHY},
    "confirm_law": {"reason": WHY},
    "see_key": {"reason": WHY},
    "rewrite_question": {"reason": WHY, "text": "Câu hỏi viết lại thế nào?"},
    "create_bank": {"code": "moi", "title": "Ngân hàng mới", "unit": {"id": "1"}, "reason": WHY},
    "undo_import": {"reason": WHY},
    "export_bank": {"reason": WHY, "format": "gift"},
    "approve_questions": {"reason": WHY, "questions": ["bc-001"]},
    "revoke_role": {"role_id": "nothing", "reason": "Theo công văn 12"},
}


APP = create_app(settings_for(f"sqlite:///{gettempdir()}/quizsvc-never-opened.db"))
"""For what needs no database."""


def _declared() -> list[tuple[str, Operation]]:
    found = [blueprint for blueprint in APP.blueprints.values() if isinstance(blueprint, Api)]
    return [((blueprint.url_prefix or "") + made.rule, made) for blueprint in found for made in blueprint.operations]


OPERATIONS = _declared()
WITH_BODY = [(path, made) for path, made in OPERATIONS if made.body is not None]
SIGNED_IN = [(path, made) for path, made in OPERATIONS if made.guard.security]


def named(operations: list[tuple[str, Operation]]) -> dict[str, Any]:
    """Arguments for ``parametrize`` that name each test after its endpoint."""
    return {"argnames": ("path", "made"), "argvalues": operations, "ids": [made.endpoint for _, made in operations]}


def address(stage: Stage, path: str) -> str:
    """The path with ids of what is open and one's own."""
    return re.sub(r"<id:([^>]+)>", lambda found: stage.known(found[1])[0], path)


def call(stage: Stage, path: str, made: Operation, **more: Any) -> Any:
    """Call an endpoint, signed in."""
    headers = stage.an.headers | more.pop("headers", {})
    return stage.phone.open(address(stage, path), method=made.method, headers=headers, **more)
