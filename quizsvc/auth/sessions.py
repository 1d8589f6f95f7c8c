"""Sign-in sessions: starting one, refreshing it once per token, ending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, delete, select, update
from sqlalchemy.orm import Session

from quizsvc.auth.models import RefreshToken, SignInSession
from quizsvc.auth.tokens import (
    PARALLEL_REFRESH_GRACE,
    REFRESH_LIFE,
    AccessClaims,
    issue_access_token,
    successors,
    token_hash,
)
from quizsvc.core.chance import Chance
from quizsvc.core.db import look_up
from quizsvc.core.keys import Keys

_SESSIONS = SignInSession.__table__.c
# Made once, since making a statement costs more than running it.
_ALIVE: Select[Any] = select(_SESSIONS.id).where(
    _SESSIONS.id == bindparam("session", type_=Uuid()),
    _SESSIONS.participant_id == bindparam("participant", type_=Uuid()),
    _SESSIONS.revoked_at.is_(None),
)


@dataclass(frozen=True)
class TokenPair:
    """What a client gets; neither token is kept."""

    access_token: str
    refresh_token: str


@dataclass(frozen=True)
class Refused:
    """Why a refresh gave nothing: ``unknown``, ``expired``, ``ended`` or ``reused``.

    A value and not an exception, since ending the session of a reused token must be committed.
    """

    because: str


def start_session(session: Session, *, participant_id: UUID, keys: Keys, chance: Chance, now: datetime) -> TokenPair:
    """Open a session for someone who has just proved who they are."""
    signed_in = SignInSession(id=chance.new_id(), participant_id=participant_id, started_at=now)
    token = chance.new_token()
    session.add(signed_in)
    session.flush()
    session.add(_row(token, signed_in.id, now))
    return _pair(keys, chance, token, participant_id, signed_in.id, now)


def refresh_session(session: Session, *, token: str, keys: Keys, chance: Chance, now: datetime) -> TokenPair | Refused:
    """Exchange a refresh token for a new pair; a reused one revokes its whole family."""
    found = session.execute(
        select(RefreshToken, SignInSession)
        .join(SignInSession, SignInSession.id == RefreshToken.session_id)
        .where(RefreshToken.hash == token_hash(token))
        .with_for_update(of=RefreshToken)
    ).one_or_none()
    if found is None:
        return Refused("unknown")
    row, signed_in = found
    if signed_in.revoked_at is not None:
        return Refused("reused" if signed_in.revoked_because == "reused" else "ended")
    if now >= row.expires_at:
        return Refused("expired")
    candidates = successors(keys, token)
    if row.used_at is None:
        row.used_at = now
        session.add(_row(candidates[0], signed_in.id, now))
    elif now - row.used_at > PARALLEL_REFRESH_GRACE:
        signed_in.revoked_at, signed_in.revoked_because = now, "reused"
        return Refused("reused")
    else:
        candidates = _given_before(session, candidates)
        if not candidates:
            return Refused("unknown")
    return _pair(keys, chance, candidates[0], signed_in.participant_id, signed_in.id, now)


def end_session(session: Session, *, token: str, now: datetime) -> None:
    """Sign out the session of a refresh token; an unknown token has nothing to end."""
    owner = select(RefreshToken.session_id).where(RefreshToken.hash == token_hash(token))
    _revoke(session, SignInSession.id.in_(owner), now, "signed-out")


def end_sessions_of(session: Session, *, participant_id: UUID, now: datetime, because: str) -> None:
    """End every session of a person."""
    _revoke(session, SignInSession.participant_id == participant_id, now, because)


def is_alive(claims: AccessClaims) -> bool:
    """Whether the sign-in behind an access token still stands; asked of the database at every request."""
    return look_up(_ALIVE, {"session": claims.session_id, "participant": claims.participant_id}) is not None


def forget_expired(session: Session, *, now: datetime) -> int:
    """Delete refresh tokens that nobody can use any more; returns how many."""
    gone = delete(RefreshToken).where(RefreshToken.expires_at < now).returning(RefreshToken.hash)
    return len(session.scalars(gone).all())


def _revoke(session: Session, which: object, now: datetime, because: str) -> None:
    session.execute(
        update(SignInSession)
        .where(which, SignInSession.revoked_at.is_(None))  # type: ignore[arg-type]
        .values(revoked_at=now, revoked_because=because)
    )


def _given_before(session: Session, candidates: list[str]) -> list[str]:
    """The candidate that is stored: keys may have changed since it was made, and then there may be none."""
    by_hash = {token_hash(candidate): candidate for candidate in candidates}
    stored = session.scalars(select(RefreshToken.hash).where(RefreshToken.hash.in_(by_hash)))
    return [by_hash[found] for found in stored]


def _row(token: str, session_id: UUID, now: datetime) -> RefreshToken:
    return RefreshToken(hash=token_hash(token), session_id=session_id, issued_at=now, expires_at=now + REFRESH_LIFE)


def _pair(
    keys: Keys, chance: Chance, refresh_token: str, participant_id: UUID, session_id: UUID, now: datetime
) -> TokenPair:
    claims = AccessClaims(participant_id, session_id)
    access_token = issue_access_token(keys, claims, token_id=chance.new_id(), now=now)
    return TokenPair(access_token, refresh_token)
