"""Rules are kept as JSON and read back as they were."""

from __future__ import annotations

import json
from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizsvc.contests import stored
from quizsvc.contests.ranking_keys import RankingKey
from quizsvc.contests.rules import ContestRules, RoundRules, Window

moments = st.datetimes(timezones=st.just(UTC))
st.register_type_strategy(Window, st.builds(Window, moments, moments))
SLOW_TO_MAKE = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@SLOW_TO_MAKE
@given(st.builds(RoundRules))
def test_rules_of_a_round(rules):
    kept = json.loads(json.dumps(stored.rules_to_json(rules)))
    assert stored.round_rules(kept) == rules
    assert kept == stored.rules_to_json(rules)


@SLOW_TO_MAKE
@given(st.builds(ContestRules))
def test_rules_of_a_contest(rules):
    kept = json.loads(json.dumps(stored.contest_rules_to_json(rules)))
    assert stored.contest_rules(kept) == rules


@given(st.lists(st.builds(RankingKey)).map(tuple))
def test_the_ranking_of_a_board(ranking):
    assert stored.ranking_of(json.loads(json.dumps(stored.ranking_to_json(ranking)))) == ranking


def test_everything_is_said_so_that_other_defaults_change_nothing_that_is_kept():
    kept = stored.contest_rules_to_json(ContestRules())
    assert set(kept) == {"overall", "ranking", "groups", "prizes", "registration", "complaint_hours", "repeat_winners"}
    assert kept["complaint_hours"] == 72
    assert [key["key"] for key in kept["ranking"]] == ["score", "duration", "submitted_at"]


@pytest.mark.parametrize("wrong", [{"overall": "most"}, {"ranking": [{"key": "score", "order": "up"}]}])
def test_what_was_not_written_by_us_is_not_read(wrong):
    with pytest.raises(ValueError):
        stored.contest_rules(wrong)
