"""Reads of people."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.core.problems import NotFound
from quizsvc.participants.models import Consent, Participant
from quizsvc.participants.privacy import display_name

PUBLISH_NAME = "publish_name"


def participant_by_id(session: Session, participant_id: UUID, *, to_change: bool = False) -> Participant:
    """The person, or ``NotFound`` once erased. ``to_change`` locks the row, so that nothing is written to someone who is
    being erased in the same moment."""
    lock = {"key_share": True} if to_change else None
    found = session.get(Participant, participant_id, with_for_update=lock)
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
    agreed: dict[UUID, bool] = {}
    consents = (
        select(Consent.participant_id, Consent.granted)
        .where(Consent.participant_id.in_(participant_ids), Consent.purpose == PUBLISH_NAME)
        .order_by(Consent.given_at, Consent.id)
    )
    for participant_id, granted in session.execute(consents):
        agreed[participant_id] = granted
    people = select(Participant.id, Participant.nickname, Participant.name).where(Participant.id.in_(participant_ids))
    return {
        participant_id: display_name(nickname=nickname, name=name, may_show_name=agreed.get(participant_id, False))
        for participant_id, nickname, name in session.execute(people)
    }
