"""Endpoints of signing in and of one's own account."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from quizsvc.auth import sessions
from quizsvc.auth.guards import Caller, anyone, participant
from quizsvc.auth.tokens import ACCESS_LIFE
from quizsvc.core import rate_limits
from quizsvc.core.db import reading, transaction
from quizsvc.core.http import Api
from quizsvc.core.problems import Forbidden, NotFound, TokenExpired, TokenInvalid
from quizsvc.core.runtime import runtime
from quizsvc.participants import queries, service
from quizsvc.participants.errors import RefreshReused
from quizsvc.participants.models import Participant
from quizsvc.participants.schemas import (
    ConsentIn,
    ConsentList,
    ConsentOut,
    ParticipantOut,
    PhoneIn,
    ProfileIn,
    RefreshIn,
    SignedIn,
    TokensOut,
    ZaloSignIn,
)
from quizsvc.units.models import Unit
from quizsvc.zalo import PHONE_PROBLEMS, SIGN_IN_PROBLEMS, zalo

api = Api("identity", __name__, url_prefix="/api/v1")


@api.operation(
    "POST",
    "/auth/zalo",
    guard=anyone,
    summary="Exchange a Zalo token for ours",
    body=ZaloSignIn,
    answers={200: SignedIn},
    problems=SIGN_IN_PROBLEMS,
    limit=rate_limits.SIGN_IN,
)
def sign_in(body: dict[str, Any]) -> object:
    profile = zalo().profile(body["access_token"])  # before the transaction: no connection waits for Zalo
    run = runtime()
    now = run.clock()
    with transaction() as session:
        person = service.sign_in(session, zalo_app_id=run.settings.zalo.app_id, profile=profile, now=now, chance=run.chance)
        pair = sessions.start_session(session, participant_id=person.id, keys=run.keys, chance=run.chance, now=now)
        return tokens_out(pair) | {"participant": participant_out(session, person)}


@api.operation(
    "POST",
    "/auth/refresh",
    guard=anyone,
    summary="A new pair of tokens for a refresh token that is used once",
    body=RefreshIn,
    answers={200: TokensOut},
    problems=(TokenInvalid, TokenExpired, RefreshReused),
    limit=rate_limits.SIGN_IN,
)
def refresh(body: dict[str, Any]) -> object:
    run = runtime()
    with transaction() as session:
        result = sessions.refresh_session(
            session, token=body["refresh_token"], keys=run.keys, chance=run.chance, now=run.clock()
        )
    if isinstance(result, sessions.Refused):
        raise {"expired": TokenExpired, "reused": RefreshReused}.get(result.because, TokenInvalid)
    return tokens_out(result)


@api.operation(
    "POST",
    "/auth/logout",
    guard=anyone,
    summary="End the session of a refresh token",
    body=RefreshIn,
    answers={204: None},
    limit=rate_limits.SIGN_IN,
)
def log_out(body: dict[str, Any]) -> object:
    with transaction() as session:
        sessions.end_session(session, token=body["refresh_token"], now=runtime().clock())
    return None


@api.operation("GET", "/me", guard=participant, summary="My profile", answers={200: ParticipantOut}, problems=(NotFound,))
def get_me(caller: Caller) -> object:
    with reading() as session:
        return participant_out(session, queries.participant_by_id(session, caller.participant_id))


@api.operation(
    "PATCH",
    "/me",
    guard=participant,
    summary="Change what I may say about myself; fields left out stay",
    body=ProfileIn,
    answers={200: ParticipantOut},
    problems=(NotFound,),
)
def patch_me(caller: Caller, body: dict[str, Any]) -> object:
    changes = dict(body)
    if "unit" in changes:
        unit = changes.pop("unit")
        changes["unit_id"] = None if unit is None else int(unit["id"])
    with transaction() as session:
        person = service.update_profile(
            session, participant_id=caller.participant_id, changes=changes, now=runtime().clock()
        )
        return participant_out(session, person)


@api.operation(
    "POST",
    "/me/phone",
    guard=participant,
    summary="Let Zalo vouch for my phone number; it is stored encrypted and never shown in full",
    body=PhoneIn,
    answers={200: ParticipantOut},
    problems=(NotFound, Forbidden, *PHONE_PROBLEMS),
    limit=rate_limits.SENSITIVE,
)
def verify_phone(caller: Caller, body: dict[str, Any]) -> object:
    access_token = body["access_token"]
    if access_token is not None:
        _refuse_another_account(caller, zalo().profile(access_token).id)
    phone = zalo().phone_number(access_token or "", body["phone_token"])
    with transaction() as session:
        person = service.keep_phone(session, participant_id=caller.participant_id, phone=phone, keys=runtime().keys)
        return participant_out(session, person)


@api.operation(
    "GET", "/me/consents", guard=participant, summary="My newest answer for each purpose", answers={200: ConsentList}
)
def list_consents(caller: Caller) -> object:
    with reading() as session:
        return {"items": queries.consents_of(session, caller.participant_id), "next": None}


@api.operation(
    "POST",
    "/me/consents",
    guard=participant,
    summary="Give or withdraw consent for a purpose",
    body=ConsentIn,
    answers={201: ConsentOut},
    problems=(NotFound,),
)
def give_consent(caller: Caller, body: dict[str, Any]) -> object:
    run = runtime()
    with transaction() as session:
        return service.give_consent(
            session, participant_id=caller.participant_id, now=run.clock(), chance=run.chance, **body
        )


@api.operation(
    "DELETE",
    "/me",
    guard=participant,
    summary="Forget me: personal data is erased at once, results stay without a name",
    answers={204: None},
    problems=(NotFound,),
    limit=rate_limits.SENSITIVE,
)
def delete_me(caller: Caller) -> object:
    run = runtime()
    with transaction() as session:
        service.erase(session, participant_id=caller.participant_id, keys=run.keys, now=run.clock(), chance=run.chance)
    return None


def _refuse_another_account(caller: Caller, zalo_user_id: str) -> None:
    """Zalo's tokens may have come from somebody else's phone: their number is not the caller's."""
    with reading() as session:
        if queries.participant_by_id(session, caller.participant_id).zalo_user_id != zalo_user_id:
            raise Forbidden("Mã của Zalo thuộc về một tài khoản khác.")


def tokens_out(pair: sessions.TokenPair) -> dict[str, Any]:
    return vars(pair) | {"token_type": "Bearer", "expires_in": int(ACCESS_LIFE.total_seconds())}


def participant_out(session: Session, person: Participant) -> dict[str, Any]:
    unit = None if person.unit_id is None else session.get(Unit, person.unit_id)
    return {
        "id": person.id,
        "name": person.name,
        "avatar_url": person.avatar_url,
        "nickname": person.nickname,
        "birth_date": person.birth_date,
        "phone_verified": person.phone_encrypted is not None,
        "unit": unit,
        "occupation": person.occupation,
    }
