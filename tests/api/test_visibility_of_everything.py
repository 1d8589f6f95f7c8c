"""While a prediction can be answered, no answer of the service to anybody depends on how many take part or are perfect.

Two worlds are the same but for a crowd. Everything is asked by everybody in both, and the answers must be the same to the
byte: bodies, states, headers, numbers of attempts and of audit rows, cursors, details of problems. When the prediction is
closed they must differ, so that the walk is known to see what there is to be seen.

What a byte cannot show was argued by reading: ids of attempts and people are time and chance, without a counter in them;
receipts hash one's own paper; ``as_of`` and ``visible_from`` come from the clock and the rules; a sealed board does not look
at its entries at all, so that not even the time it takes tells their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quizsvc.attempts.sweeping import sweep
from quizsvc.contests.lifecycle import GRACE
from tests.api.endpoints import OPERATIONS
from tests.api.two_worlds import HOUR, PERSON, Crowd, World, world
from tests.api.walk import REASON, Heard, walk

UNWALKED = {
    "service.healthz": "a constant",
    "service.readyz": "the migration that the schema is at",
    "service.openapi_document": "built once from declarations, before anybody plays",
    "contests.get_contest_schema": "a constant",
    "banks.mark_copy": "the caller's own file with what a preview says, which is walked",
}
"""Endpoints that are not called, each with the reason why not."""

REFUSED_TO_ALL = {
    "missing.list_missing",  # figures are sealed
    "attempts.review",  # after the round
    "identity.refresh",  # with a token of nobody's
    "identity.verify_phone",
    "organizers.revoke_role",  # of a role that is not there
    "corrections.place_in_round",  # nobody may know who stands equal
    "corrections.place_in_contest",
    "sealing.seal_round",  # the rounds are open
    "sealing.seal_contest",
    "leaderboards.round_difference",  # nothing is sealed yet
    "banks.get_import",  # nothing was imported into the bank that is looked at
    "leaderboards.contest_difference",
    "item_statistics.round_items",  # figures are sealed
    "question_life.retire_question",  # an open round holds on to it
    "question_life.settle_question",  # nobody objected
    "question_life.approve_questions",  # nobody else has reviewed it
}
"""Endpoints that answer nobody in this contest, but whose refusals are compared."""

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
FEW = settings(max_examples=2, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))


@dataclass(repr=False)
class Told:
    """All answers while the prediction was open, and what there was to be read when the worlds' boards were sealed."""

    before: list[Heard]
    after: list[Heard]


def heard(made: World) -> Told:
    before = list(walk(made, but=frozenset(UNWALKED)))
    made.later(2 * HOUR + GRACE + timedelta(minutes=30))
    sweep(made.clock)
    for path in ("rounds/thi.r1", "rounds/thi.r2", "contests/thi"):
        answer = made.caller("owner").call("POST", f"/manage/{path}/seal", {"kind": "provisional", "reason": REASON})
        assert answer.status_code == 201, answer.text
    return Told(before, list(walk(made, writing=False, but=frozenset(UNWALKED))))


@pytest.fixture(scope="module")
def alone(sqlite_world, tmp_path_factory):
    """What is answered where nobody but the callers takes part."""
    with world(sqlite_world, tmp_path_factory.mktemp("alone"), NOBODY_ELSE) as made:
        return heard(made)


def check(told: Told, alone: Told) -> None:
    assert [each for each, other in zip(told.before, alone.before, strict=True) if each != other][:1] == []
    differing = {each.endpoint for each, other in zip(told.after, alone.after, strict=True) if each != other}
    assert differing >= TELLING, "the walk is blind"


@FEW
@given(crowd=crowds)
def test_nothing_depends_on_the_crowd_while_a_prediction_is_open(crowd, alone, sqlite_world, tmp_path_factory):
    with world(sqlite_world, tmp_path_factory.mktemp("crowd"), crowd) as made:
        check(heard(made), alone)


def test_the_same_on_postgresql(postgresql_world, tmp_path):
    with world(postgresql_world, tmp_path, NOBODY_ELSE) as made:
        expected = heard(made)
    with world(postgresql_world, tmp_path, Crowd(2, 1, 1)) as made:
        check(heard(made), expected)


def test_every_endpoint_is_walked_or_excused(alone):
    walked = {each.endpoint for each in alone.before}
    assert not walked & UNWALKED.keys()
    assert walked | UNWALKED.keys() == {f"{made.tag}.{made.endpoint}" for _, made in OPERATIONS}


def test_everybody_gets_somewhere(alone):
    """A walk that is refused everywhere would prove nothing."""
    welcome = {each.endpoint for each in alone.before if each.status < 300}
    assert {each.endpoint for each in alone.before} - welcome == REFUSED_TO_ALL
    assert {each.role for each in alone.before if each.status == 200} >= {"nobody", PERSON, "owner", "viewer"}
