"""Writing the audit log, and checking that nobody wrote in it afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizsvc.organizers.acting import Actor
from quizsvc.organizers.chain import GENESIS, Link, canonical, chain_faults, link_sha256
from quizsvc.organizers.models import AuditRow

LOCK = 7163009483
MOST_FAULTS = 1000
AT_ONCE = 1000
PERSONAL = {
    *("name", "nickname", "display_name", "full_name", "birth_date", "avatar_url", "zalo_id", "zalo_user_id"),
    *("phone", "phone_encrypted", "phone_token", "token", "access_token", "refresh_token"),
}
"""Keys that ``before`` and ``after`` must not have, however deep: rows stay for ever, people may be forgotten."""


def record(
    session: Session,
    *,
    actor: Actor,
    action: str,
    subject: str,
    reason: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    now: datetime,
) -> AuditRow:
    """Append one row inside the caller's transaction; a rollback takes it back without leaving a gap.

    ``action`` is a stable slug (``round.extend``), ``subject`` a kind and an id (``round:thi.r1``). ``before`` and ``after``
    are JSON of ids and figures; ``ValueError`` when a key says that it holds something personal. All writers wait for each
    other from here to the end of their transactions, so record last, after the work.
    """
    take_turn(session)
    newest = session.execute(
        select(AuditRow.number, AuditRow.sha256).order_by(AuditRow.number.desc()).limit(1)
    ).one_or_none()
    number, hash_before = (newest[0] + 1, newest[1]) if newest else (1, GENESIS)
    link = Link(
        number=number,
        at=now.replace(microsecond=now.microsecond // 1000 * 1000),
        actor_id=None if actor.participant_id is None else str(actor.participant_id),
        actor_role=actor.role,
        unit_id=actor.unit_id,
        action=action,
        subject=subject,
        reason=reason,
        before=_as_stored(before),
        after=_as_stored(after),
        prev_sha256=hash_before,
    )
    row = AuditRow(**vars(link) | {"actor_id": actor.participant_id}, sha256=link_sha256(link))
    session.add(row)
    session.flush()
    return row


def take_turn(session: Session) -> None:
    """Wait until no other transaction is between its row of the log and its end. On SQLite every writer waits anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def check_chain(session: Session, known: tuple[int, str] | None = None) -> list[str]:
    """What is wrong with the log, in Vietnamese, at most ``MOST_FAULTS`` lines; empty when it is whole.

    ``known``: the number and hash of a row as somebody kept them, which also shows a log that was cut off or written anew.
    Rows are read as a stream: memory does not grow with the log.
    """
    return list(islice(chain_faults(_links(session), known), MOST_FAULTS))


def _links(session: Session) -> Iterator[tuple[Link, str]]:
    columns = (
        AuditRow.number,
        AuditRow.at,
        AuditRow.actor_id,
        AuditRow.actor_role,
        AuditRow.unit_id,
        AuditRow.action,
        AuditRow.subject,
        AuditRow.reason,
        AuditRow.before,
        AuditRow.after,
        AuditRow.prev_sha256,
        AuditRow.sha256,
    )
    query = select(*columns).order_by(AuditRow.number).execution_options(yield_per=AT_ONCE)
    for *fields, stored in session.execute(query):
        number, at, actor_id, *others = fields
        yield Link(number, at, None if actor_id is None else str(actor_id), *others), stored


def _as_stored(value: Mapping[str, Any] | None) -> Any:
    """As the database will give it back: keys are texts, tuples are lists."""
    if value is None:
        return None
    stored = json.loads(canonical(value))
    _refuse_personal(stored)
    return stored


def _refuse_personal(value: Any) -> None:
    if isinstance(value, dict):
        found = sorted(PERSONAL & value.keys())
        if found:
            raise ValueError(f"the audit log holds ids and figures only, not {', '.join(found)}")
        for inner in value.values():
            _refuse_personal(inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_personal(inner)
