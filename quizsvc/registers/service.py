"""Use cases of registers: where an organizer may write, imports with their audit row, approvals, early registration."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.contests.eligibility import Eligibility, Participation, completed_years, lists_asked
from quizsvc.contests.models import Contest
from quizsvc.contests.queries import contest_by_slug, contest_rules_of, rounds_of, rules_of
from quizsvc.core.chance import Chance
from quizsvc.core.clock import local_day
from quizsvc.core.db import upsert
from quizsvc.core.keys import Keys
from quizsvc.core.problems import Forbidden, NotFound
from quizsvc.organizers import audit
from quizsvc.organizers.acting import SYSTEM, acting_for, units_of
from quizsvc.organizers.powers import Power
from quizsvc.participants.queries import participant_by_id
from quizsvc.registers.errors import RegistrationNotOpen
from quizsvc.registers.headcounts import approve, import_headcounts
from quizsvc.registers.importing import Import, Scope
from quizsvc.registers.models import Headcount, Registration
from quizsvc.registers.people import ListChange, import_people
from quizsvc.registers.reporting import ImportReport
from quizsvc.registers.unit_finder import UnitFinder
from quizsvc.registers.workbook import Sheet
from quizsvc.units.models import Unit
from quizsvc.units.service import is_within

MANDATORY = "mandatory"
"""The list of people who have to take part, unless the contest's rules name others."""


def scope_in(session: Session, contest: Contest, participant_id: UUID | None, power: Power) -> Scope:
    """Where somebody may act in a contest; ``None`` is the command line, which may everywhere.

    Everywhere in the contest with a role on its own unit or one above, else in the units below it where they hold one;
    ``Forbidden`` when there is none.
    """
    home = session.get_one(Unit, contest.organizer_unit_id)
    if participant_id is None:
        return Scope(SYSTEM.on(home.id), (home,), whole=True)
    held = units_of(session, participant_id, power)
    if any(is_within(home, unit) for unit in held):
        return Scope(acting_for(session, participant_id, unit_id=home.id, roles=power), (home,), whole=True)
    below = tuple(unit for unit in held if is_within(unit, home))
    if not below:
        raise Forbidden("Cuộc thi này không thuộc phạm vi đơn vị bạn phụ trách.")
    return Scope(acting_for(session, participant_id, unit_id=below[0].id, roles=power), below, whole=False)


def mandatory_lists(rules: Eligibility) -> tuple[str, ...]:
    """The lists whose people have to take part."""
    asked = [rule.when.lists for rule in rules.participation if rule.participation is Participation.MANDATORY]
    return tuple(dict.fromkeys(name for lists in asked for name in lists)) or (MANDATORY,)


def eligibility_of(session: Session, contest: Contest) -> Eligibility:
    """What the contest asks of people; the same in all its rounds."""
    rounds = rounds_of(session, [contest.id])[contest.id]
    return rules_of(rounds[0]).eligibility if rounds else Eligibility()


@dataclass(frozen=True)
class Upload:
    """A file as it came in, already read as a table."""

    sha256: str
    sheets: Sequence[Sheet]
    reason: str

    @classmethod
    def of(cls, raw: bytes, sheets: Sequence[Sheet], reason: str) -> Upload:
        return cls(hashlib.sha256(raw).hexdigest(), sheets, reason)


def take_headcounts(
    session: Session, *, contest: Contest, scope: Scope, upload: Upload, now: datetime, keys: Keys
) -> ImportReport:
    """Enter numbers of staff, all rows or none; leaves an audit row when something changed."""
    audit.take_turn(session)
    run = _run(session, contest, scope, upload, now, keys)
    counts = import_headcounts(session, run, upload.sheets)
    _record(session, run, upload, "register.headcounts", f"contest:{contest.slug}", counts)
    return run.report


def take_people(
    session: Session,
    *,
    contest: Contest,
    scope: Scope,
    list_code: str,
    replace: bool,
    upload: Upload,
    now: datetime,
    keys: Keys,
    chance: Chance,
) -> ImportReport:
    """Put people on a list, all rows or none; leaves an audit row when something changed.

    ``NotFound`` for a list that the rules do not ask about (``mandatory`` is always known). ``Forbidden`` for a unit below
    the contest's own on any list but the mandatory ones: a list that keeps people out is the whole contest's business.
    """
    audit.take_turn(session)
    rules = eligibility_of(session, contest)
    if list_code not in {MANDATORY, *lists_asked(rules)}:
        raise NotFound(f"Thể lệ của cuộc thi không dùng danh sách «{list_code}».")
    if not scope.whole and list_code not in mandatory_lists(rules):
        raise Forbidden("Danh sách này chỉ đơn vị tổ chức cuộc thi được sửa.")
    run = _run(session, contest, scope, upload, now, keys)
    change = ListChange(list_code, chance.new_id(), replace)
    counts = import_people(session, run, upload.sheets, change)
    _record(session, run, upload, "register.people", f"list:{contest.slug}/{list_code}", counts)
    return run.report


def _run(session: Session, contest: Contest, scope: Scope, upload: Upload, now: datetime, keys: Keys) -> Import:
    home = session.get_one(Unit, contest.organizer_unit_id)
    units = UnitFinder(session, home, scope.units, local_day(now))
    return Import(contest, scope, units, ImportReport(upload.sha256), upload.reason, now, keys)


def _record(session: Session, run: Import, upload: Upload, action: str, subject: str, counts: Mapping[str, int]) -> None:
    if counts.get("added") or counts.get("removed"):
        after = {"file_sha256": upload.sha256, **counts}
        _audit(session, run.scope, action, subject, upload.reason, after, run.now)


def _audit(
    session: Session, scope: Scope, action: str, subject: str, reason: str, after: Mapping[str, Any], now: datetime
) -> None:
    audit.record(
        session, actor=scope.actor, action=action, subject=subject, reason=reason, before=None, after=after, now=now
    )


def approve_headcount(
    session: Session, *, contest: Contest, scope: Scope, unit_id: int, number: int, reason: str, now: datetime
) -> Headcount:
    """Approve a number that a unit has entered; ``Forbidden`` unless one acts for the whole contest."""
    audit.take_turn(session)
    if not scope.whole:
        raise Forbidden("Chỉ đơn vị tổ chức cuộc thi được duyệt số liệu.")
    by = scope.actor.participant_id
    entry, after = approve(session, contest_id=contest.id, unit_id=unit_id, number=number, by=by, now=now)
    if after is not None:
        _audit(session, scope, "register.approve", f"contest:{contest.slug}", reason, after, now)
    return entry


def register(session: Session, *, slug: str, participant_id: UUID, now: datetime) -> tuple[Registration, bool]:
    """Register someone for a contest before it opens, and whether this call did; the first registration stays.

    ``RegistrationNotOpen`` outside the window of the contest's rules, also when it has none.
    """
    contest = contest_by_slug(session, slug)
    before = session.get(Registration, (contest.id, participant_id))
    if before is not None:
        return before, False
    window = contest_rules_of(contest).registration
    if window is None or not window.opens_at <= now < window.closes_at:
        times = {} if window is None else {name: getattr(window, name).isoformat() for name in ("opens_at", "closes_at")}
        raise RegistrationNotOpen(server_now=now.isoformat(), **times)
    person = participant_by_id(session, participant_id, to_change=True)
    age = None if person.birth_date is None else completed_years(person.birth_date, local_day(now))
    key = {"contest_id": contest.id, "participant_id": participant_id}
    profile = {"age": age, "occupation": person.occupation}
    insert = upsert(session, Registration).values(unit_id=person.unit_id, profile=profile, registered_at=now, **key)
    made = session.scalar(insert.on_conflict_do_nothing().returning(Registration))
    return (made, True) if made is not None else (session.get_one(Registration, tuple(key.values())), False)
