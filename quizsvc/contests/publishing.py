"""Contests from draft to publication: who may load and publish them, and what the audit log keeps of it.

A draft is known to its organizers alone. Once published, a contest stays public; what changes then is an amendment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.contests.document import understand
from quizsvc.contests.document_parts import ContestDocument, Fault, Faults
from quizsvc.contests.errors import CannotPublish, ContestDocumentRefused
from quizsvc.contests.loading import Loaded, load_contest, locked_contest
from quizsvc.contests.models import Contest
from quizsvc.contests.queries import contest_by_slug, rounds_of
from quizsvc.core.chance import Chance
from quizsvc.core.clock import VIETNAM, local_day
from quizsvc.core.problems import NotFound
from quizsvc.organizers.acting import SYSTEM, Actor, acting_for
from quizsvc.organizers.audit import record
from quizsvc.organizers.powers import CONTEST_WRITE
from quizsvc.units.service import unit_by_code

NO_REASON_GIVEN = "Nạp tài liệu cuộc thi, không nêu lý do"


@dataclass(frozen=True)
class Taken:
    """A document that was taken. ``before`` is how the contest stood, ``None`` when it is new."""

    contest: Contest
    loaded: Loaded
    actor: Actor
    before: dict[str, Any] | None

    @property
    def is_published_now(self) -> bool:
        """Whether it became public by this."""
        was = None if self.before is None else self.before["state"]
        return state_of(self.contest) == "published" and was != "published"


def state_of(contest: Contest) -> str:
    return "draft" if contest.published_at is None else "published"


def take_document(
    session: Session,
    document: ContestDocument,
    *,
    by: UUID | None,
    now: datetime,
    chance: Chance | None = None,
    reason: str | None = None,
    as_draft: bool = False,
) -> Taken:
    """Load a document in the name of its organizer; ``by`` is ``None`` for the command line.

    A person needs the power on the unit that the document names and on the one that the contest had: ``Forbidden``.
    Otherwise as ``load_contest``. ``write_down`` afterwards, when everything is loaded.
    """
    stored = locked_contest(session, document.slug)
    before = None if stored is None else _standing(stored)
    if stored is not None:
        actor_for(session, stored.organizer_unit_id, by)
    unit = unit_by_code(session, document.organizer_code, on=local_day(now))
    if unit is not None and (stored is None or stored.document["organizer"] != document.organizer_code):
        actor_for(session, unit.id, by)
    loaded = load_contest(session, document, now=now, chance=chance, reason=reason, actor_id=by, as_draft=as_draft)
    contest = contest_by_slug(session, document.slug, drafts=True)
    return Taken(contest, loaded, actor_for(session, contest.organizer_unit_id, by), before)


def write_down(session: Session, taken: Taken, *, reason: str | None, now: datetime) -> None:
    """Keep in the audit log what was done; nothing when nothing was."""
    after = _standing(taken.contest)
    said = (reason or "").strip() or NO_REASON_GIVEN
    loaded = after | {"state": "draft" if taken.is_published_now else after["state"]}
    if taken.loaded is not Loaded.UNCHANGED:
        action = "contest.amend" if taken.loaded is Loaded.AMENDED else "contest.load"
        shown = loaded | {"loaded": taken.loaded.value}
        _record(session, taken.contest, taken.actor, action, said, taken.before, shown, now)
    if taken.is_published_now:
        _record(session, taken.contest, taken.actor, "contest.publish", said, loaded, after, now)


def publish(session: Session, slug: str, *, by: UUID | None, reason: str, now: datetime, chance: Chance) -> Contest:
    """Make a draft public, with the banks as they are now; one that is public already stays as it is.

    Raises ``NotFound``, ``Forbidden``, or ``CannotPublish`` when a round should have opened already, when a paper can no
    longer be drawn, or a unit is no longer there.
    """
    contest = locked_contest(session, slug)
    if contest is None:
        raise NotFound("Không có cuộc thi này.")
    actor_for(session, contest.organizer_unit_id, by)
    if contest.published_at is not None:
        return contest
    before = _standing(contest)
    against = _opened(session, contest, now)
    document = understand(contest.document)
    if not isinstance(document, ContestDocument):
        raise CannotPublish([*against, *document])
    try:
        load_contest(session, document, now=now, chance=chance, as_draft=True)
    except ContestDocumentRefused as refused:
        against += refused.found
    if against:
        raise CannotPublish(against)
    actor = actor_for(session, contest.organizer_unit_id, by)
    contest.published_at = now
    session.flush()
    _record(session, contest, actor, "contest.publish", reason.strip(), before, _standing(contest), now)
    return contest


def actor_for(session: Session, unit_id: int, by: UUID | None) -> Actor:
    """Who loads or publishes in the name of this unit; ``Forbidden`` for somebody without the power there."""
    if by is None:
        return SYSTEM.on(unit_id)
    return acting_for(session, by, unit_id=unit_id, roles=CONTEST_WRITE)


def _opened(session: Session, contest: Contest, now: datetime) -> list[Fault]:
    """A fault for each round whose opening nobody could see any more."""
    faults = Faults()
    for place, found in enumerate(rounds_of(session, [contest.id])[contest.id]):
        if found.opens_at <= now:
            moment = found.opens_at.astimezone(VIETNAM)
            said = f"«{found.title}» đã đến giờ mở ({moment:%H:%M ngày %d/%m/%Y}); hãy dời giờ mở rồi mới công khai."
            english = f"“{found.title}” should have opened at {moment.isoformat()}; move its opening first."
            faults.add(("rounds", place, "opens_at"), said, english)
    return faults


def _standing(contest: Contest) -> dict[str, Any]:
    return {
        "version": contest.version,
        "document_sha256": contest.document_sha256,
        "state": state_of(contest),
    }


def _record(
    session: Session,
    contest: Contest,
    actor: Actor,
    action: str,
    reason: str,
    before: dict[str, Any] | None,
    after: dict[str, Any],
    now: datetime,
) -> None:
    subject = f"contest:{contest.slug}"
    record(session, actor=actor, action=action, subject=subject, reason=reason, before=before, after=after, now=now)
