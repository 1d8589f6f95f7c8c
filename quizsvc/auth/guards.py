"""Who may call an endpoint. Every endpoint names one of these."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import request

from quizsvc.auth.sessions import is_alive
from quizsvc.auth.tokens import read_access_token
from quizsvc.core.http import Guard
from quizsvc.core.problems import TokenExpired, TokenInvalid
from quizsvc.core.runtime import runtime


@dataclass(frozen=True)
class Caller:
    """The participant behind a request."""

    participant_id: UUID


def _participant() -> Caller:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise TokenInvalid
    run = runtime()
    claims = read_access_token(run.keys, token.strip(), now=run.clock())
    if not is_alive(claims):
        raise TokenInvalid
    return Caller(claims.participant_id)


def _nobody() -> None:
    return None


anyone = Guard("anyone", _nobody)
"""Open to all, on purpose."""

participant = Guard(
    "participant",
    _participant,
    problems=(TokenInvalid, TokenExpired),
    security=("accessToken",),
    limit_key=lambda caller: f"participant:{caller.participant_id}",
)
"""Signed in with a Zalo token; the sign-in must not have been ended since."""
