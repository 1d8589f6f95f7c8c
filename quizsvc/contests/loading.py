"""Puts a contest document into the database: nothing twice, nothing half, nothing that was already played."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizsvc.contests.amending import reason_faults, record_amendment
from quizsvc.contests.amendments import Change, Standing, compare
from quizsvc.contests.document import understand
from quizsvc.contests.document_parts import ContestDocument, Faults
from quizsvc.contests.document_units import organizer_id, unknown_units
from quizsvc.contests.errors import ContestDocumentRefused
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.pools import Pools, pools_now
from quizsvc.contests.queries import all_pools_of, contest_by_slug, contest_rules_of
from quizsvc.contests.round_rows import window_of_official, write_rounds
from quizsvc.contests.rules import ContestRules, Phase
from quizsvc.contests.stored import contest_rules_to_json
from quizsvc.core.chance import Chance, SystemChance

LOCK = 1163009483
"""The first half of our advisory locks on PostgreSQL; the other half is of the slug."""


class Loaded(StrEnum):
    """What loading a document did."""

    ADDED = "added"
    CHANGED = "changed"
    AMENDED = "amended"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class _Stored:
    """The contest as it is stored, its rounds by code."""

    contest: Contest
    rounds: dict[str, Round]
    now: datetime

    @property
    def opened(self) -> frozenset[str]:
        """None of a draft, whatever its times say: nobody could play it."""
        if self.contest.published_at is None:
            return frozenset()
        return frozenset(code for code, row in self.rounds.items() if row.opens_at <= self.now)

    @property
    def is_frozen(self) -> bool:
        """Whether a round that counts has opened."""
        return any(self.rounds[code].phase == Phase.OFFICIAL for code in self.opened)


def load_contest(
    session: Session,
    document: ContestDocument,
    *,
    now: datetime,
    chance: Chance | None = None,
    reason: str | None = None,
    actor_id: UUID | None = None,
    as_draft: bool = False,
) -> Loaded:
    """Add or change a contest; ``chance`` makes the secret seeds of new rounds.

    The contest is published with it; ``as_draft`` leaves a new one, or a draft, for its organizers to publish.

    Before the first opening everything may change, and the same document again changes nothing, unless the banks have
    changed. After it, a change is an amendment: it needs ``reason``, and only what ``amendments`` allows is taken. Raises
    ``ContestDocumentRefused`` for the rest, for banks, topics or units that do not exist, and quotas that cannot be filled.
    """
    contest = locked_contest(session, document.slug)
    loaded = _load(session, contest, document, now, chance or SystemChance(), reason, actor_id)
    contest = contest or contest_by_slug(session, document.slug, drafts=True)
    if contest.published_at is None and not as_draft:
        contest.published_at = now
        session.flush()
    return loaded


def _load(
    session: Session,
    contest: Contest | None,
    document: ContestDocument,
    now: datetime,
    chance: Chance,
    reason: str | None,
    actor_id: UUID | None,
) -> Loaded:
    stored = None if contest is None else _stored(session, contest, now)
    is_same = stored is not None and stored.contest.document_sha256 == document.sha256
    opened: frozenset[str] = frozenset() if stored is None else stored.opened
    faults, changes = Faults(), tuple[Change, ...]()
    if stored is not None and opened and not is_same:
        changes = _changes(stored, document, reason, faults)
        if not changes:
            return Loaded.UNCHANGED  # the same in other words
    organizer = _organizer(session, stored, document, now, faults)
    pools = _pools(session, document, opened, faults)
    if not is_same:
        unknown_units(session, document, faults)
    if faults or organizer is None:
        raise ContestDocumentRefused(document.slug, faults)
    if stored is not None and is_same and _stored_pools(session, stored, pools) == pools:
        return Loaded.UNCHANGED
    contest = _write_contest(session, stored, document, organizer, now)
    write_rounds(session, contest, document, pools, chance)
    contest.opens_at, contest.closes_at = window_of_official(session, contest)
    if changes and reason is not None:
        record_amendment(session, contest, document, changes, reason=reason, now=now, actor_id=actor_id)
        return Loaded.AMENDED
    session.flush()
    return Loaded.ADDED if stored is None else Loaded.CHANGED


def locked_contest(session: Session, slug: str) -> Contest | None:
    """The contest, a draft too, for this transaction alone to load; also when there is none yet."""
    if session.get_bind().dialect.name == "postgresql":  # two who add the same contest at once; SQLite has one writer
        session.execute(select(func.pg_advisory_xact_lock(LOCK, func.hashtext(slug))))
    return session.scalar(select(Contest).where(Contest.slug == slug).with_for_update())


def _stored(session: Session, contest: Contest, now: datetime) -> _Stored:
    slug = contest.slug
    rows = session.scalars(select(Round).where(Round.contest_id == contest.id)).all()
    return _Stored(contest, {row.public_id.removeprefix(f"{slug}."): row for row in rows}, now)


def _changes(stored: _Stored, document: ContestDocument, reason: str | None, faults: Faults) -> tuple[Change, ...]:
    """What an amendment changes; what stands against it is said in ``faults``."""
    old = understand(stored.contest.document)
    if not isinstance(old, ContestDocument):
        raise ContestDocumentRefused(document.slug, ["tài liệu đang lưu không còn đúng mẫu", *old])
    standings = {code: Standing(row.opens_at, row.closes_at) for code, row in stored.rounds.items()}
    compared = compare(old, document, standings, stored.now, frozen=stored.is_frozen)
    if compared.changes:
        faults += [*compared.refused, *reason_faults(reason)]
    return compared.changes


def _organizer(
    session: Session, stored: _Stored | None, document: ContestDocument, now: datetime, faults: Faults
) -> int | None:
    """Its unit's id; once something has opened, a code that has not changed keeps its unit, whatever reform comes."""
    if stored is not None and stored.opened and stored.contest.document["organizer"] == document.organizer_code:
        return stored.contest.organizer_unit_id
    return organizer_id(session, document.organizer_code, now, faults)


def _pools(session: Session, document: ContestDocument, opened: frozenset[str], faults: Faults) -> dict[str, Pools]:
    """What the rounds that have not opened may draw from; the others keep what they were opened with."""
    return {
        made.code: pools_now(session, made, ("rounds", place), faults)
        for place, made in enumerate(document.rounds)
        if made.code not in opened
    }


def _stored_pools(session: Session, stored: _Stored, of: dict[str, Pools]) -> dict[str, Pools]:
    """What these rounds may draw from as it is stored now."""
    return {code: all_pools_of(session, stored.rounds[code].id) for code in of}


def _write_contest(
    session: Session, stored: _Stored | None, document: ContestDocument, organizer_unit_id: int, now: datetime
) -> Contest:
    if stored is None:
        contest = Contest(slug=document.slug, version=0)
        contest.opens_at = min(made.opens_at for made in document.official)
        contest.closes_at = max(made.closes_at for made in document.official)
    else:
        contest = stored.contest
    contest.title = document.title
    contest.organizer_unit_id = organizer_unit_id
    contest.version += contest.document_sha256 != document.sha256
    contest.document = document.source
    contest.document_sha256 = document.sha256
    contest.rules = contest_rules_to_json(_rules(stored, document))
    contest.loaded_at = now
    session.add(contest)
    session.flush()
    return contest


def _rules(stored: _Stored | None, document: ContestDocument) -> ContestRules:
    """What is played by stays as it was understood at the opening, even if this version understands it otherwise."""
    new = document.rules
    if stored is None or not stored.is_frozen:
        return new
    kept = contest_rules_of(stored.contest)
    return replace(kept, prizes=new.prizes, registration=new.registration, complaint_hours=new.complaint_hours)
