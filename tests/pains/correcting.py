"""Corrections as rows for pain 24: action, what does it, what must be there before, the same refused."""

from __future__ import annotations

from typing import Any

from tests.conftest import NOW
from tests.world import make_contest, right_answers, round_document

EQUALS = [{"key": "score"}, {"key": "committee"}]


def opened(hall: Any, **changes: Any) -> list[str]:
    """A contest in which both people have played perfectly and the second has another attempt open; their ids."""
    make_contest(NOW, round_document(NOW), **changes)
    for player in (hall.owner, hall.other):
        attempt = player.start().json
        player.submit(attempt, answers=right_answers(attempt))
    hall.other.start()
    return [hall.owner.id, hall.other.id]


def _row(action: str, path: str, body: dict[str, Any], faulty: dict[str, Any], **changes: Any) -> tuple[Any, ...]:
    def filled(body: dict[str, Any], people: list[str]) -> dict[str, Any]:
        return {name: value(people) if callable(value) else value for name, value in body.items()}

    def do(hall: Any, people: list[str]) -> Any:
        return hall.post(f"/manage{path}", filled(body, people))

    def refused(hall: Any, people: list[str]) -> Any:
        return hall.post(f"/manage{path}", filled(body | faulty, people))

    return action, do, lambda hall: opened(hall, **changes), refused


def _places(people: list[str]) -> list[dict[str, Any]]:
    return [{"participant_id": person, "place": place} for place, person in enumerate(people, start=1)]


WINDOW = {"opens_at": "2026-11-24T01:00:00Z", "closes_at": "2026-11-24T02:00:00Z"}
QUESTION = "/rounds/thi.r1/questions/bau-cu.bc-001"
OUT = {"grounds": "fraud", "participants": lambda people: people[1:]}
NOBODY = {"participants": ["nobody"]}

CORRECTIONS: list[tuple[Any, ...]] = [
    ("question.void", *_row("", f"{QUESTION}/void", {"effect": "drop"}, {})[1:3]),
    _row("question.rekey", f"{QUESTION}/rekey", {"keys": ["A"]}, {"keys": ["H"]}),
    _row("people.disqualify", "/rounds/thi.r1/disqualifications", OUT, NOBODY),
    _row("people.disqualify", "/contests/thi/disqualifications", OUT, NOBODY),
    _row("round.extend", "/rounds/thi.r1/extension", {"closes_at": "2026-11-23T05:00:00Z"}, {"closes_at": NOW.isoformat()}),
    _row(
        "attempt.extra-time",
        "/rounds/thi.r1/extra-time",
        {"participant_id": lambda people: people[1], "extra_ms": 60_000},
        {"participant_id": "nobody"},
    ),
    _row("make-up.add", "/rounds/thi.r1/make-up-sessions", WINDOW | {"participants": lambda people: people}, NOBODY),
    _row(
        "board.committee-places",
        "/rounds/thi.r1/committee-places",
        {"places": _places},
        {"places": lambda people: _places(people[:1] * 2)},
        ranking=EQUALS,
    ),
]
"""Their undoing needs a correction before it; ``tests/corrections`` sees to that."""
