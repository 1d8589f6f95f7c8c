"""Who may call what stands under ``/api/v1/manage``."""

from __future__ import annotations

from quizsvc.auth.guards import Caller, participant
from quizsvc.auth.roles import holds_any_role
from quizsvc.core.db import reading
from quizsvc.core.http import Guard
from quizsvc.core.problems import Forbidden


def _organizer() -> Caller:
    caller: Caller = participant.authenticate()
    with reading() as session:
        if not holds_any_role(session, caller.participant_id):
            raise Forbidden("Việc này chỉ dành cho người được giao vai trò trong ban tổ chức.")
    return caller


organizer = Guard(
    "organizer",
    _organizer,
    problems=(*participant.problems, Forbidden),
    security=participant.security,
    limit_key=participant.limit_key,
)
"""Signed in and holding some role somewhere; whether it is enough here, each use case asks ``acting_for``."""
