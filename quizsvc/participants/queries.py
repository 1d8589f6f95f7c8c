"""Reads of people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, select
from sqlalchemy.orm import Session

from quizsvc.core.problems import NotFound
from quizsvc.participants.models import Consent, Participant
from quizsvc.participants.privacy import display_name

PUBLISH_NAME = "publish_name"

# Made once, since making a statement costs more than running it.
_IDS = bindparam("ids", type_=Uuid(), expanding=True)
_BY_ID = select(Participant).where(Participant.id == bindparam("id", type_=Uuid()))
_TO_CHANGE = _BY_ID.with_for_update(key_share=True).execution_options(populate_existing=True)
_PEOPLE, _CONSENTS = Participant.__table__.c, Consent.__table__.c
_NAMES: Select[Any] = select(_PEOPLE.id, _PEOPLE.nickname, _PEOPLE.name).where(_PEOPLE.id.in_(_IDS))
_MAY_PUBLISH: Select[Any] = (
    select(_CONSENTS.participant_id, _CONSENTS.granted)
    .where(_CONSENTS.participant_id.in_(_IDS), _CONSENTS.purpose == PUBLISH_NAME)
    .order_by(_CONSENTS.given_at, _CONSENTS.id)
)


def participant_by_id(session: Session, participant_id: UUID, *, to_change: bool = False) -> Participant:
    """The person, or ``NotFound`` once erased. ``to_change`` locks the row, so that nothing is written to someone who is
    being erased in the same moment."""
    found = session.scalar(_TO_CHANGE if to_change else _BY_ID, {"id": participant_id})
    if found is None or found.erased_at is not None:
        raise NotFound("Không có tài khoản này.")
    return found


def consents_of(session: Session, participant_id: UUID) -> list[Consent]:
    """The newest answer for each purpose, by purpose."""
    rows = session.scalars(
        select(Consent).where(Consent.participant_id == participant_id).order_by(Consent.given_at, Consent.id)
    )
    newest = {row.purpose: row for row in rows}
    return [newest[purpose] for purpose in sorted(newest)]


def consent_history(session: Session, participant_id: UUID) -> list[Consent]:
    """Every answer ever given, oldest first."""
    query = select(Consent).where(Consent.participant_id == participant_id).order_by(Consent.given_at, Consent.id)
    return list(session.scalars(query))


def display_names(session: Session, participant_ids: Collection[UUID]) -> dict[UUID, str]:
    """How boards name these people."""
    ids = {"ids": list(participant_ids)}
    agreed: dict[UUID, bool] = {}
    for participant_id, granted in session.execute(_MAY_PUBLISH, ids):
        agreed[participant_id] = granted
    return {
        participant_id: display_name(nickname=nickname, name=name, may_show_name=agreed.get(participant_id, False))
        for participant_id, nickname, name in session.execute(_NAMES, ids)
    }
