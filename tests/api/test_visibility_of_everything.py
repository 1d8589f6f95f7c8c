"""While a prediction can be answered, no answer of the service to anybody depends on how many take part or are perfect.

Two worlds are the same but for a crowd. Everything is asked by everybody in both, and the answers must be the same to the
byte: bodies, states, headers, numbers of attempts and of audit rows, cursors, details of problems. When the prediction is
closed they must differ, so that the walk is known to see what there is to be seen.

What a byte cannot show was argued by reading: ids of attempts and people are time and chance, without a counter in them;
receipts hash one's own paper; ``as_of`` and ``visible_from`` come from the clock and the rules; a sealed board does not look
at its entries at all, so that not even the time it takes tells their number.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizsvc.contests.lifecycle import GRACE
from tests.api.two_worlds import HOUR, PERSON, Crowd, World, world
from tests.api.walk import REASON, declared, walk

UNWALKED = {
    "service.healthz": "a constant",
    "service.readyz": "the migration that the schema is at",
    "service.openapi_document": "built once from declarations, before anybody plays",
    "contests.get_contest_schema": "a constant",
}
"""Endpoints that are not called, each with the reason why not."""

TELLING = {
    "leaderboards.round_leaderboard",
    "leaderboards.round_place",
    "leaderboards.round_units",
    "leaderboards.round_snapshots",
    "leaderboards.contest_leaderboard",
    "leaderboards.contest_place",
    "leaderboards.contest_units",
    "leaderboards.contest_snapshots",
    "missing.list_missing",
}
"""Endpoints that show figures, and so must show that the worlds differ once they may."""

NOBODY_ELSE = Crowd(perfect=0, others=0)
crowds = st.builds(Crowd, st.integers(1, 3), st.integers(1, 3), st.integers(0, 2))
FEW = settings(max_examples=2, suppress_health_check=list(HealthCheck))


def asked(made: World, **more: bool) -> list:
    return list(walk(made, but=frozenset(UNWALKED), **more))


@pytest.fixture(scope="module")
def alone(sqlite_world, tmp_path_factory):
    """What is answered where nobody but the callers takes part: while the prediction is open, and afterwards."""
    with world(sqlite_world, tmp_path_factory.mktemp("alone"), NOBODY_ELSE) as made:
        return heard(made)


def heard(made: World) -> tuple[list, list]:
    sealed = asked(made)
    made.later(2 * HOUR + GRACE + timedelta(minutes=30))
    for path in ("rounds/thi.r1", "rounds/thi.r2", "contests/thi"):
        answer = made.caller("owner").call("POST", f"/manage/{path}/seal", {"kind": "provisional", "reason": REASON})
        assert answer.status_code == 201, answer.text
    return sealed, asked(made, writing=False)


def check(made: World, alone: tuple[list, list]) -> None:
    sealed, shown = heard(made)
    for here, there in zip(sealed, alone[0], strict=True):
        assert here == there
    assert any(each.status == 200 and b'"sealed"' in each.body for each in sealed)
    differing = {here.endpoint for here, there in zip(shown, alone[1], strict=True) if here != there}
    assert differing >= TELLING, "the walk is blind"


@FEW
@given(crowd=crowds)
def test_nothing_depends_on_the_crowd_while_a_prediction_is_open(crowd, alone, sqlite_world, tmp_path_factory):
    with world(sqlite_world, tmp_path_factory.mktemp("crowd"), crowd) as made:
        check(made, alone)


def test_the_same_on_postgresql(postgresql_world, tmp_path):
    with world(postgresql_world, tmp_path, NOBODY_ELSE) as made:
        expected = heard(made)
    with world(postgresql_world, tmp_path, Crowd(2, 1, 1)) as made:
        check(made, expected)


def test_every_endpoint_is_walked_or_excused(alone, some_app):
    walked = {each.endpoint for each in alone[0]}
    assert walked | UNWALKED.keys() == {name for name, _, _ in declared_in(some_app)}
    assert not walked & UNWALKED.keys()


def declared_in(app):
    class Bare:
        pass

    bare = Bare()
    bare.app = app
    return declared(bare)


def test_everybody_gets_somewhere(alone):
    """A walk that is refused everywhere would prove nothing."""
    welcome = {each.endpoint for each in alone[0] if each.status < 300}
    assert {each.endpoint for each in alone[0]} - welcome <= REFUSED_TO_ALL
    assert {each.role for each in alone[0] if each.status == 200} >= {"nobody", PERSON, "owner", "viewer"}


REFUSED_TO_ALL = {
    "missing.list_missing",  # sealed as long as the prediction is open
    "sealing.seal_round",
    "sealing.seal_contest",
    "leaderboards.round_difference",  # nothing is sealed yet
    "leaderboards.contest_difference",
}
