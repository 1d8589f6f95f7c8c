"""What people do with their account: sign in, describe themselves, consent, be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.auth.sessions import end_sessions_of
from quizsvc.core.chance import Chance
from quizsvc.core.clock import local_day
from quizsvc.core.db import upsert
from quizsvc.core.keys import Keys
from quizsvc.core.problems import ValidationFailed
from quizsvc.core.text import fold
from quizsvc.participants.models import Consent, Erasure, Participant
from quizsvc.participants.queries import participant_by_id
from quizsvc.units.models import Unit
from quizsvc.zalo.replies import ZaloProfile

EARLIEST_BIRTH = date(1900, 1, 1)
PERSONAL = (
    "zalo_app_id",
    "zalo_user_id",
    "name",
    "name_key",
    "avatar_url",
    "nickname",
    "birth_date",
    "phone_encrypted",
    "phone_hash",
)
"""What erasure empties of a participant, besides occupation and unit."""


def participant_of_zalo_id(
    session: Session, *, zalo_app_id: str, zalo_user_id: str, now: datetime, chance: Chance
) -> Participant:
    """The participant of a Zalo account, made if there is none yet."""
    key = {"zalo_app_id": zalo_app_id, "zalo_user_id": zalo_user_id}
    insert = upsert(session, Participant).values(id=chance.new_id(), created_at=now, **key)
    # An update that changes nothing: it locks the row, or waits for its erasure and then makes a new one.
    insert = insert.on_conflict_do_update(index_elements=list(key), set_={"created_at": Participant.created_at})
    found: Participant = session.scalars(insert.returning(Participant)).one()
    return found


def sign_in(session: Session, *, zalo_app_id: str, profile: ZaloProfile, now: datetime, chance: Chance) -> Participant:
    """The participant of someone whom Zalo has just named; name and avatar follow what Zalo gives."""
    participant = participant_of_zalo_id(session, zalo_app_id=zalo_app_id, zalo_user_id=profile.id, now=now, chance=chance)
    if profile.name:
        participant.name = profile.name[:200]
        participant.name_key = fold(profile.name)[:200] or None
    if profile.avatar_url and len(profile.avatar_url) <= 1000:
        participant.avatar_url = profile.avatar_url
    return participant


def update_profile(session: Session, *, participant_id: UUID, changes: Mapping[str, Any], now: datetime) -> Participant:
    """Change ``nickname``, ``birth_date``, ``occupation`` or ``unit_id``, those that are given.

    Raises ``ValidationFailed`` for a birth date outside 1900 to today, or a unit that is not valid today.
    """
    participant = participant_by_id(session, participant_id, to_change=True)
    today = local_day(now)
    born = changes.get("birth_date")
    if born is not None and not EARLIEST_BIRTH <= born <= today:
        raise ValidationFailed([{"pointer": "/birth_date", "detail": "Ngày sinh phải từ năm 1900 đến hôm nay."}])
    if changes.get("unit_id") is not None:
        unit = session.get(Unit, changes["unit_id"])
        if unit is None or unit.valid_from > today or (unit.valid_to is not None and unit.valid_to <= today):
            raise ValidationFailed([{"pointer": "/unit/id", "detail": "Không có đơn vị này ở thời điểm hiện tại."}])
    for name, value in changes.items():
        setattr(participant, name, value)
    return participant


def keep_phone(session: Session, *, participant_id: UUID, phone: str, keys: Keys) -> Participant:
    """Store a phone number that Zalo vouched for: encrypted, and as a keyed hash that lists of people are matched by."""
    participant = participant_by_id(session, participant_id, to_change=True)
    participant.phone_encrypted = keys.encrypt(phone)
    participant.phone_hash = keys.keyed_hash(phone)
    return participant


def give_consent(
    session: Session,
    *,
    participant_id: UUID,
    purpose: str,
    policy_version: str,
    granted: bool,
    now: datetime,
    chance: Chance,
) -> Consent:
    """Record an answer; earlier ones stay."""
    consent = Consent(
        id=chance.new_id(),
        participant_id=participant_by_id(session, participant_id).id,
        purpose=purpose,
        policy_version=policy_version,
        granted=granted,
        given_at=now,
    )
    session.add(consent)
    session.flush()
    return consent


def erase(session: Session, *, participant_id: UUID, keys: Keys, now: datetime, chance: Chance) -> None:
    """Forget a person: everything that names them goes, every session ends; results stay, without a name.

    A keyed hash of the Zalo id remains, as proof that the erasure happened.
    """
    participant = participant_by_id(session, participant_id, to_change=True)
    session.add(
        Erasure(
            id=chance.new_id(),
            participant_id=participant.id,
            zalo_user_hash=keys.keyed_hash(f"{participant.zalo_app_id}:{participant.zalo_user_id}"),
            erased_at=now,
        )
    )
    for name in PERSONAL:
        setattr(participant, name, None)
    participant.occupation, participant.unit_id = None, None
    participant.erased_at = now
    end_sessions_of(session, participant_id=participant.id, now=now, because="erased")
