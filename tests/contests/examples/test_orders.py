"""Each example contest puts the people of its tables in the order that its rules ask for, ties and all."""

from __future__ import annotations

import random

import pytest

from quizsvc.attempts.counting import Finished, overall
from quizsvc.contests.ranking_keys import Order, RankingKey, Standing
from tests.contests.examples.tables import SLUGS, Table, deciding, names, ranks, table

TABLES = [pytest.param(name, id=name) for name in names()]


def summed(whole: Table) -> dict[str, Standing]:
    """Everybody over the rounds of the contest that have a table, as the service adds them up."""
    parts = [table(name) for name in names() if name.startswith(f"{whole.slug}.")]
    rules = whole.document.rules
    results: dict[str, list[Finished]] = {}
    for part in parts:
        for line in part.lines:
            made = Finished(1, part.standing(line), is_perfect=False, predicted=line.predicted, unit_id=None)
            results.setdefault(line.person, []).append(made)
    opened_at = whole.document.rounds[0].opens_at
    return {person: overall(each, rules.overall, rules.ranking, opened_at).standing for person, each in results.items()}


@pytest.mark.parametrize("name", TABLES)
def test_the_order_of_a_round(name):
    wanted = table(name)
    lines = random.Random(name).sample(wanted.lines, len(wanted.lines))
    found = ranks({line.person: wanted.standing(line) for line in lines}, wanted.round.rules.ranking)
    assert found == wanted.expected


@pytest.mark.parametrize("name", TABLES)
def test_each_line_says_which_key_decided(name):
    wanted = table(name)
    found = deciding(map(wanted.standing, wanted.lines), wanted.round.rules.ranking)
    assert found == [line.decided_by for line in wanted.lines]


@pytest.mark.parametrize("name", TABLES)
def test_the_actual_number_is_that_of_the_table(name):
    wanted = table(name)
    prediction = wanted.round.rules.prediction
    assert wanted.actual == (None if prediction is None else wanted.count(prediction.target))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_key_of_a_contest_decides_somewhere_and_a_true_tie_stays(slug):
    tables = [table(name) for name in names() if name.startswith(f"{slug}.")]
    decided = {line.decided_by for each in tables for line in each.lines}
    assert decided == {"-", "=", *(key.key for each in tables for key in each.round.rules.ranking)}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_key_of_a_contest_may_be_left_out_or_turned_around(slug):
    tables = [table(name) for name in names() if name.startswith(f"{slug}.")]
    ranking = tables[0].round.rules.ranking
    for place, key in enumerate(ranking):
        other = RankingKey(key.key, Order.LOW if key.order is Order.HIGH else Order.HIGH)
        for changed in ((), (other,)):
            keys = (*ranking[:place], *changed, *ranking[place + 1 :])
            found = [ranks({line.person: each.standing(line) for line in each.lines}, keys) for each in tables]
            assert found != [each.expected for each in tables], (key, changed)


@pytest.mark.parametrize("name", names(overall=True))
def test_the_order_of_a_whole_contest(name):
    whole = table(name)
    rules = whole.document.rules
    standings = summed(whole)
    assert ranks(standings, rules.ranking) == whole.expected
    told = deciding((standings[line.person] for line in whole.lines), rules.ranking)
    assert told == [line.decided_by for line in whole.lines]
    for line in whole.lines:
        standing = standings[line.person]
        assert (standing.correct_count, standing.attempts) == (line.correct, line.attempts)
        assert standing.duration_ms == line.duration.total_seconds() * 1000
