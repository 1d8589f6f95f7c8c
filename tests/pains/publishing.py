"""Loading, amending and publishing contests as acts that leave a row: action, act, what it needs, the same refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from quizsvc.contests.document import ContestDocument, understand
from quizsvc.contests.loading import load_contest
from quizsvc.core.db import transaction
from tests.conftest import NOW
from tests.organizers.people import PROVINCE, REASON
from tests.world import make_contest, round_document

HOUR = timedelta(hours=1)


def document(_hall: Any = None, **changes: Any) -> dict[str, Any]:
    rounds = [round_document(NOW + HOUR)]
    return {"contest": "thi", "title": "Cuộc thi", "organizer": PROVINCE, "rounds": rounds} | changes


def amendment(_hall: Any) -> dict[str, Any]:
    """What amends a contest that has opened."""
    make_contest(NOW)
    return document(title="Tên mới", rounds=[round_document(NOW)])


def draft(_hall: Any) -> str:
    made = understand(document())
    assert isinstance(made, ContestDocument)
    with transaction() as session:
        load_contest(session, made, now=NOW, as_draft=True)
    return made.slug


def load(hall: Any, body: dict[str, Any]) -> Any:
    """The body is the whole document, so the reason stands beside it."""
    return hall.owner.call("POST", f"/manage/contests?reason={REASON}", body)


def load_as_nobody(hall: Any, body: dict[str, Any]) -> Any:
    return hall.other.call("POST", f"/manage/contests?reason={REASON}", body)


def publish(hall: Any, slug: str) -> Any:
    return hall.post(f"/manage/contests/{slug}/publish", {})


CONTESTS = [
    ("contest.load", load, document, load_as_nobody),
    ("contest.amend", load, amendment, load_as_nobody),
    ("contest.publish", publish, draft, lambda hall, _: publish(hall, "khac")),
]
