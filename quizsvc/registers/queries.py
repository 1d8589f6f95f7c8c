"""Reads of registers: which lists someone is on, who on a list has not played, numbers of staff, early registrations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union
from sqlalchemy.orm import Session, aliased

from quizsvc.core.keys import Keys
from quizsvc.participants.models import Participant
from quizsvc.registers.models import Headcount, ListedPerson, Registration
from quizsvc.units.models import Unit

Played = Callable[[ColumnElement[UUID]], ColumnElement[bool]]
"""The condition that the participant with this id has played; whoever knows about results gives it."""


def lists_of(session: Session, contest_id: int, participant: Participant, keys: Keys) -> frozenset[str]:
    """Codes of the contest's lists that someone is on now. One query by index; nothing is written.

    By phone number where both sides have one (that alone decides then), else by full name without accents and birth date,
    and by the unit where the row names one.
    """
    ways: list[ColumnElement[bool]] = []
    phone = None if participant.phone_encrypted is None else keys.decrypt(participant.phone_encrypted)
    if phone is not None:
        ways.append(ListedPerson.phone_hash.in_(keys.keyed_hashes(phone)))
    if participant.name_key and participant.birth_date:
        named = [ListedPerson.name_key == participant.name_key, ListedPerson.birth_date == participant.birth_date]
        if phone is not None:
            named.append(ListedPerson.phone_hash.is_(None))
        ways.append(and_(*named, or_(ListedPerson.unit_id.is_(None), _holds_unit(participant.unit_id))))
    if not ways:
        return frozenset()
    listed = select(ListedPerson.list_code).where(_now_listed(contest_id), or_(*ways))
    return frozenset(session.scalars(listed.distinct()))


def _now_listed(contest_id: int) -> ColumnElement[bool]:
    return and_(ListedPerson.contest_id == contest_id, ListedPerson.removed_at.is_(None))


def _holds_unit(unit_id: int | None) -> ColumnElement[bool]:
    """That the row's unit is this one or stands above it."""
    theirs, own = aliased(Unit), aliased(Unit)
    above = select(theirs.id).join(own, own.path.startswith(theirs.path)).where(own.id == unit_id)
    return ListedPerson.unit_id.in_(above)


def matches(contest_id: int, lists: Collection[str]) -> Select[Any]:
    """Rows ``(listed_id, participant_id)``: the same rule as ``lists_of``, for everybody on these lists at once."""
    on_lists = and_(_now_listed(contest_id), ListedPerson.list_code.in_(lists))
    listed, person = ListedPerson, Participant
    theirs, own = aliased(Unit), aliased(Unit)
    by_phone = select(listed.id.label("listed_id"), person.id.label("participant_id")).join(
        person, person.phone_hash == listed.phone_hash
    )
    same_name = and_(person.name_key == listed.name_key, person.birth_date == listed.birth_date)
    by_name = (
        select(listed.id, person.id)
        .join(person, same_name)
        .outerjoin(theirs, theirs.id == listed.unit_id)
        .outerjoin(own, own.id == person.unit_id)
        .where(
            on_lists,
            or_(listed.phone_hash.is_(None), person.phone_hash.is_(None)),
            or_(listed.unit_id.is_(None), own.path.startswith(theirs.path)),
        )
    )
    both = union(by_phone.where(on_lists), by_name).subquery("matches")
    return select(both.c.listed_id, both.c.participant_id)


def _took_part(contest_id: int, lists: Collection[str], played: Played) -> ColumnElement[bool]:
    found = matches(contest_id, lists).subquery("found")
    return ListedPerson.id.in_(select(found.c.listed_id).where(played(found.c.participant_id)))


def missing_people(
    session: Session,
    contest_id: int,
    lists: Collection[str],
    units: Sequence[Unit],
    played: Played,
    *,
    anywhere: bool,
    after: int,
    limit: int,
) -> Sequence[tuple[ListedPerson, Unit | None]]:
    """Listed people of these units and below who have not played, by id, each with their unit.

    ``anywhere``: also those of whom no unit is known.
    """
    within = [Unit.path.startswith(unit.path) for unit in units] + ([ListedPerson.unit_id.is_(None)] if anywhere else [])
    query = (
        select(ListedPerson, Unit)
        .outerjoin(Unit, Unit.id == ListedPerson.unit_id)
        .where(_now_listed(contest_id), ListedPerson.list_code.in_(lists), ListedPerson.id > after)
        .where(or_(*within), ~_took_part(contest_id, lists, played))
    )
    return [(row, unit) for row, unit in session.execute(query.order_by(ListedPerson.id).limit(limit))]


def listed_by_unit(
    session: Session, contest_id: int, lists: Collection[str], played: Played | None = None
) -> dict[int, int]:
    """How many listed people each unit itself has (without those below it); with ``played``: of them who have."""
    query = select(ListedPerson.unit_id, func.count()).where(
        _now_listed(contest_id), ListedPerson.list_code.in_(lists), ListedPerson.unit_id.is_not(None)
    )
    if played is not None:
        query = query.where(_took_part(contest_id, lists, played))
    return {unit_id: count for unit_id, count in session.execute(query.group_by(ListedPerson.unit_id)) if unit_id}


def people_on_lists(session: Session, contest_id: int) -> dict[str, int]:
    """How many people are on each list of the contest now; lists without anybody are left out."""
    query = select(ListedPerson.list_code, func.count()).where(_now_listed(contest_id))
    return dict(session.execute(query.group_by(ListedPerson.list_code)).tuples().all())


def headcounts_of(session: Session, contest_id: int, *, at: datetime | None = None) -> dict[int, int]:
    """Number of staff by unit id: of each unit the newest approved entry, or that of a moment (``at``)."""
    approved = and_(Headcount.contest_id == contest_id, Headcount.approved)
    if at is not None:
        approved = and_(approved, Headcount.approved_at <= at)
    query = select(Headcount.unit_id, func.max(Headcount.number).label("number")).where(approved)
    newest = query.group_by(Headcount.unit_id).subquery("newest")
    chosen = and_(Headcount.unit_id == newest.c.unit_id, Headcount.number == newest.c.number)
    staff = select(Headcount.unit_id, Headcount.staff).join(newest, chosen).where(Headcount.contest_id == contest_id)
    return {row.unit_id: row.staff for row in session.execute(staff)}


def units_counted(session: Session, contest_id: int, scopes: Sequence[Unit], *, after: int, limit: int) -> Sequence[Unit]:
    """Units in these scopes that have an entry, by id."""
    query = (
        select(Unit)
        .where(Unit.id.in_(select(Headcount.unit_id).where(Headcount.contest_id == contest_id)), Unit.id > after)
        .where(or_(*(Unit.path.startswith(scope.path) for scope in scopes)))
    )
    return session.scalars(query.order_by(Unit.id).limit(limit)).all()


def entries_of(session: Session, contest_id: int, unit_ids: Collection[int]) -> dict[int, list[Headcount]]:
    """Every entry of these units, newest first."""
    query = select(Headcount).where(Headcount.contest_id == contest_id, Headcount.unit_id.in_(unit_ids))
    found: dict[int, list[Headcount]] = {unit_id: [] for unit_id in unit_ids}
    for entry in session.scalars(query.order_by(Headcount.number.desc())):
        found[entry.unit_id].append(entry)
    return found


def registered_at(session: Session, contest_id: int, participant_id: UUID) -> datetime | None:
    """When someone registered for the contest, or ``None``. One read by primary key."""
    found = session.get(Registration, (contest_id, participant_id))
    return None if found is None else found.registered_at


def first_known_at(session: Session, contest_id: int, people: Collection[UUID]) -> dict[UUID, datetime]:
    """When each of these people registered for the contest, or first signed in at all. A few hundred people at most."""
    mine = and_(Registration.contest_id == contest_id, Registration.participant_id == Participant.id)
    query = select(Participant.id, func.coalesce(Registration.registered_at, Participant.created_at))
    query = query.outerjoin(Registration, mine).where(Participant.id.in_(people))
    return {person: moment for person, moment in session.execute(query)}  # noqa: C416
