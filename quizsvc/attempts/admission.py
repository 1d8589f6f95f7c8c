"""Whether and how someone may play: what is known about them, held against the contest's rules."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.contests.eligibility import Admission, Eligibility, Person, admit, lists_asked
from quizsvc.contests.rules import RoundRules
from quizsvc.core.clock import local_day
from quizsvc.core.runtime import runtime
from quizsvc.participants.models import Participant
from quizsvc.registers.queries import lists_of, registered_at
from quizsvc.units.queries import codes_of


def admission_of(
    session: Session, contest_id: int, rules: Eligibility, participant: Participant, *, now: datetime
) -> Admission:
    """How the person may play at ``now``, with the reason."""
    lists: frozenset[str] = frozenset()
    if lists_asked(rules):
        lists = lists_of(session, contest_id, participant, runtime().keys)
    person = Person(
        birth_date=participant.birth_date,
        unit_codes=codes_of(session, participant.unit_id),
        occupation=participant.occupation,
        lists=lists,
    )
    return admit(rules, person, on=local_day(now))


def registration_missing(session: Session, contest_id: int, rules: RoundRules, participant_id: UUID) -> bool:
    """Whether the contest asks people to register beforehand and this one has not."""
    return rules.needs_registration and registered_at(session, contest_id, participant_id) is None
