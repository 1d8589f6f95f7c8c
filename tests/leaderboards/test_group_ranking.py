"""Boards of units: every formula that real contests have used, as a table made by hand, and what holds for all of them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.contests.group_rules import Gate, GroupKey, Metric, RankPoints, RateStep, TotalPart
from quizsvc.contests.rules import Group
from quizsvc.leaderboards.group_ranking import (
    NO_HEADCOUNT,
    NO_LIST,
    USUAL_GROUP,
    Facts,
    UnitFacts,
    in_block,
    ranked,
    step_for,
)

STEPS = (RateStep(30, below=50), RateStep(25, below=100), RateStep(20))


def unit(number, kind="commune", **facts):
    about = {name: facts.pop(name) for name in ("headcount", "mandatory_total", "ancestors", "rounds") if name in facts}
    if "former_districts" in facts:
        about["former_districts"] = frozenset(facts.pop("former_districts"))
    return UnitFacts(number, f"u{number}", kind, contest=Facts(**facts), **about)


def group(*keys, **more):
    return Group("g", "Tập thể", tuple(GroupKey(*key) if isinstance(key, tuple) else GroupKey(key) for key in keys), **more)


def table(rows):
    return [(row.unit.unit_id, row.rank) for row in rows]


def test_where_no_group_is_named_people_count_and_then_points():
    units = [
        unit(1),
        unit(2, participants=3, attempts=9, points=40),
        unit(3, participants=4, attempts=4, points=10),
        unit(4, participants=3, attempts=3, points=50),
        unit(5, participants=3, attempts=5, points=40),
        unit(6),
    ]
    assert table(ranked(USUAL_GROUP, units[::-1])) == [(3, 1), (4, 2), (2, 3), (5, 3), (1, 5), (6, 5)]


def test_formula_01_distinct_participants():
    rows = ranked(group(Metric.PARTICIPANTS), [unit(1, participants=5, attempts=50), unit(2, participants=7), unit(3)])
    assert table(rows) == [(2, 1), (1, 2), (3, 3)]
    assert [(row.participants, row.attempts) for row in rows] == [(7, 0), (5, 50), (0, 0)]


def test_formula_02_attempts():
    units = [unit(1, participants=9, attempts=9), unit(2, participants=2, attempts=12), unit(3, participants=3, attempts=12)]
    assert table(ranked(group(Metric.ATTEMPTS), units)) == [(2, 1), (3, 1), (1, 3)]


def test_formula_03_participants_over_headcount():
    units = [
        unit(1, participants=1, headcount=3),
        unit(2, participants=33_333_333, headcount=100_000_000),  # a hair less than a third
        unit(3, participants=5, headcount=4),
        unit(4, participants=99),
    ]
    rows = ranked(group(Metric.RATE), units)
    assert table(rows) == [(3, 1), (1, 2), (2, 3), (4, 4)]
    assert [row.metrics[Metric.RATE] for row in rows] == [Fraction(5, 4), Fraction(1, 3), Fraction(33_333_333, 10**8), None]


def test_formula_04_rate_with_a_threshold_by_size_of_staff():
    units = [
        unit(1, participants=14, headcount=49),  # 28.57 % < 30 %
        unit(2, participants=13, headcount=50),  # 26 % ≥ 25 %
        unit(3, participants=20, headcount=100),  # exactly 20 %
        unit(4, participants=1999, headcount=10_000),  # 19.99 %
        unit(5, participants=500),
    ]
    rows = ranked(group(Metric.RATE, gate=Gate(min_rate=STEPS)), units)
    assert table(rows) == [(2, 1), (3, 2), (1, None), (4, None), (5, None)]
    assert rows[2].reasons == ("Tỷ lệ tham gia 28,57 % chưa đạt mức tối thiểu 30 % (đơn vị có 49 người).",)
    assert rows[3].reasons == ("Tỷ lệ tham gia 19,99 % chưa đạt mức tối thiểu 20 % (đơn vị có 10000 người).",)
    assert rows[4].reasons == (NO_HEADCOUNT,)


def test_formula_05_everybody_on_the_mandatory_list():
    """The highest rate wins among units where everyone obliged took part and somebody won."""
    gate = Gate(all_mandatory=True, min_winners=1)
    units = [
        unit(1, participants=90, headcount=100, mandatory_total=10, mandatory_took_part=9, winners={"nhat": 1}),
        unit(2, participants=40, headcount=100, mandatory_total=10, mandatory_took_part=10, winners={"ba": 2}),
        unit(3, participants=50, headcount=100, mandatory_total=5, mandatory_took_part=5),
        unit(4, participants=60, headcount=100, winners={"ba": 1}),
        unit(5, participants=45, headcount=100, mandatory_total=1, mandatory_took_part=1, winners={"nhi": 1}),
    ]
    rows = ranked(group(Metric.RATE, gate=gate), units)
    assert table(rows) == [(5, 1), (2, 2), (1, None), (4, None), (3, None)]
    assert rows[2].reasons == ("Còn 1 trong 10 người bắt buộc dự thi chưa tham gia.",)
    assert rows[3].reasons == (NO_LIST,)
    assert rows[4].reasons == ("Có 0 người đoạt giải, cần ít nhất 1.",)


def test_formula_06_points_of_all_members():
    units = [unit(1, participants=2, points=40), unit(2, participants=9, points=39), unit(3, participants=1, points=40)]
    rows = ranked(group(Metric.POINTS, (Metric.PARTICIPANTS, "low")), units)
    assert table(rows) == [(3, 1), (1, 2), (2, 3)]
    assert [row.metrics[Metric.AVERAGE] for row in rows] == [40, 20, Fraction(13, 3)]


def test_formula_07_winners():
    units = [unit(1, winners={"nhat": 1}), unit(2, winners={"ba": 2, "kk": 1}), unit(3)]
    assert table(ranked(group(Metric.WINNERS), units)) == [(2, 1), (1, 2), (3, 3)]


def test_formula_08_rate_and_weighted_prizes():
    """A first prize is worth 10, a second 8, a third 6; a prize without a weight nothing."""
    weights = {"nhat": 10, "nhi": 8, "ba": 6}
    units = [
        unit(1, participants=50, headcount=100, winners={"nhat": 1, "kk": 9}),
        unit(2, participants=50, headcount=100, winners={"nhi": 1, "ba": 1}),
        unit(3, participants=51, headcount=100),
    ]
    rows = ranked(group(Metric.RATE, Metric.WEIGHTED_WINNERS, prize_weights=weights), units)
    assert table(rows) == [(3, 1), (2, 2), (1, 3)]
    assert [row.metrics[Metric.WEIGHTED_WINNERS] for row in rows] == [0, 14, 10]
    rows = ranked(group(Metric.WEIGHTED_WINNERS, Metric.RATE, prize_weights=weights), units)
    assert table(rows) == [(2, 1), (1, 2), (3, 3)]


def test_formula_08_percentage_and_prizes_added_up():
    wanted = group(
        Metric.TOTAL,
        total=(TotalPart(Metric.RATE, 100), TotalPart(Metric.WEIGHTED_WINNERS)),
        prize_weights={"nhat": 10, "nhi": 8},
    )
    units = [
        unit(1, participants=41, headcount=100),  # 41
        unit(2, participants=40, headcount=100, winners={"nhat": 3}),  # 40 + 30
        unit(3, participants=31, headcount=50, winners={"nhi": 1}),  # 62 + 8
        unit(4, participants=99, winners={"nhat": 9}),  # nobody knows how many it has
    ]
    rows = ranked(wanted, units)
    assert table(rows) == [(2, 1), (3, 1), (1, 3), (4, 4)]
    assert [row.metrics[Metric.TOTAL] for row in rows] == [70, 70, 41, None]


def test_formula_09_rank_points_over_three_criteria():
    """10 to 1 points for the ten best in each of three criteria; ties share the better place's points, zero earns none."""
    rule = RankPoints((Metric.PARTICIPANTS, Metric.POINTS, Metric.ATTEMPTS), tuple(range(10, 0, -1)))
    units = [
        unit(1, participants=100, points=500, attempts=300),  # 10 + 8 + 9
        unit(2, participants=100, points=900, attempts=200),  # 10 + 10 + 8
        unit(3, participants=50, points=800, attempts=400),  # 8 + 9 + 10
        *(unit(number, participants=20 - number, points=20 - number) for number in range(4, 13)),
    ]
    rows = ranked(group(Metric.RANK_POINTS, rank_points=rule), units)
    assert table(rows)[:4] == [(2, 1), (1, 2), (3, 2), (4, 4)]
    assert [row.metrics[Metric.RANK_POINTS] for row in rows] == [28, 27, 27, 14, 12, 10, 8, 6, 4, 2, 0, 0]
    assert rows[0].rank_points == {Metric.PARTICIPANTS: 10, Metric.POINTS: 10, Metric.ATTEMPTS: 8}
    assert table(rows)[-2:] == [(11, 11), (12, 11)]


def test_formula_10_share_of_perfect_results():
    units = [unit(1, participants=3, perfect=2), unit(2, participants=1, perfect=1), unit(3), unit(4, participants=9)]
    rows = ranked(group(Metric.PERFECT_RATE), units)
    assert table(rows) == [(2, 1), (1, 2), (4, 3), (3, 4)]


def test_rank_points_are_shared_out_among_those_who_pass_the_gate():
    rule = RankPoints((Metric.PARTICIPANTS,), (5, 3))
    units = [unit(1, participants=90, headcount=1000), unit(2, participants=50, headcount=50)]
    rows = ranked(group(Metric.RANK_POINTS, rank_points=rule, gate=Gate(min_rate=(RateStep(10),))), units)
    assert table(rows) == [(2, 1), (1, None)]
    assert [row.metrics[Metric.RANK_POINTS] for row in rows] == [5, 0]


def test_several_rounds_are_averaged():
    """People count once in each chosen round, and once for all when no round is chosen."""
    rounds = {"r1": Facts(participants=10, attempts=20, winners={"nhat": 1}), "r2": Facts(participants=30, attempts=30)}
    one = unit(1, participants=35, attempts=50, headcount=40, rounds=rounds)
    two = unit(2, participants=36, headcount=40, rounds={"r1": Facts(participants=36)})
    wanted = group(Metric.RATE)
    assert [row.metrics[Metric.RATE] for row in ranked(wanted, [one, two])] == [Fraction(36, 40), Fraction(35, 40)]
    (first, second) = ranked(replace(wanted, rounds=("r1", "r2")), [one, two])
    assert (first.unit.unit_id, first.metrics[Metric.RATE], first.participants) == (1, Fraction(40, 80), 40)
    assert (second.metrics[Metric.RATE], first.metrics[Metric.WINNERS]) == (Fraction(36, 80), 1)
    assert table(ranked(replace(wanted, rounds=("r2",)), [one, two])) == [(1, 1), (2, 2)]


def test_mandatory_people_must_take_part_in_every_chosen_round():
    rounds = {"r1": Facts(mandatory_took_part=2), "r2": Facts(mandatory_took_part=1)}
    one = unit(1, mandatory_total=2, mandatory_took_part=2, rounds=rounds)
    wanted = group(Metric.PARTICIPANTS, gate=Gate(all_mandatory=True))
    assert [row.rank for row in ranked(wanted, [one])] == [1]
    assert [row.rank for row in ranked(replace(wanted, rounds=("r1", "r2")), [one])] == [None]


def test_more_than_everybody_may_take_part():
    (row,) = ranked(group(Metric.RATE, gate=Gate(min_rate=(RateStep(100),))), [unit(1, participants=9, headcount=6)])
    assert (row.rank, row.metrics[Metric.RATE]) == (1, Fraction(3, 2))


@pytest.mark.parametrize(("percent", "rank"), [(33.3, 1), (33.4, None), (33.33333333333333, 1), (33.33333333333334, None)])
def test_a_percentage_means_what_is_written(percent, rank):
    (row,) = ranked(group(Metric.RATE, gate=Gate(min_rate=(RateStep(percent),))), [unit(1, participants=1, headcount=3)])
    assert row.rank == rank


def test_what_is_not_reached_does_not_look_reached():
    gate = Gate(min_rate=(RateStep(30),), min_participants=5)
    (row,) = ranked(group(Metric.RATE, gate=gate), [unit(1, participants=299_999, headcount=1_000_000), unit(2)])[:1]
    assert "29,99 %" in row.reasons[0]
    assert ranked(group(Metric.RATE, gate=gate), [unit(2)])[0].reasons == (
        NO_HEADCOUNT,
        "Có 0 người dự thi, cần ít nhất 5.",
    )


@pytest.mark.parametrize(("headcount", "percent"), [(1, 30), (49, 30), (50, 25), (99, 25), (100, 20), (10**6, 20)])
@pytest.mark.parametrize("steps", [STEPS, STEPS[::-1]])
def test_steps_by_size(headcount, percent, steps):
    assert step_for(steps, headcount).percent == percent
    assert step_for(STEPS[:2], 100) is None


def test_blocks():
    commune = unit(1, ancestors=("40",), former_districts={"412"})
    school = unit(2, kind="school", ancestors=("40", "16681"))
    assert in_block(group(), commune)
    assert not in_block(group(kinds=("school",)), commune)
    assert in_block(group(under=("16681", "x")), school)
    assert not in_block(group(under=("u1",)), commune)  # a unit does not stand below itself
    assert in_block(group(under=("x",), former_district=("412",)), commune)
    assert not in_block(group(former_district=("413",)), commune)
    assert not in_block(group(kinds=("school",), former_district=("412",)), commune)
    assert table(ranked(group(Metric.PARTICIPANTS, kinds=("school",)), [commune, school])) == [(2, 1)]


counts = st.integers(0, 6)
facts = st.builds(
    Facts, counts, counts, counts, counts, counts, winners=st.dictionaries(st.sampled_from(["nhat", "nhi"]), counts)
)
sizes = st.none() | st.integers(1, 8)
fields = st.fixed_dictionaries({"contest": facts, "headcount": sizes, "mandatory_total": st.integers(0, 3)})
crowds = st.lists(fields, min_size=1, max_size=8).map(
    lambda rows: [UnitFacts(number, f"u{number}", "commune", **row) for number, row in enumerate(rows)]
)
keys = st.lists(st.builds(GroupKey, st.sampled_from(Metric), st.sampled_from(["high", "low"])), min_size=1, max_size=3)
gates = st.builds(Gate, st.sampled_from([(), STEPS]), st.booleans(), st.integers(0, 1), st.integers(0, 2))
rules = st.builds(RankPoints, st.just((Metric.PARTICIPANTS, Metric.RATE)), st.just((3, 2, 1)))
groups = st.builds(Group, st.just("g"), st.just("G"), keys.map(tuple), gate=gates, rank_points=st.none() | rules)


def outcome(rows):
    return {row.unit.unit_id: (row.rank, row.metrics, row.reasons) for row in rows}


@given(groups, crowds, st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(wanted, units, chance):
    mixed = chance.sample(units, len(units))
    assert ranked(wanted, mixed) == ranked(wanted, units)


@given(groups, crowds)
def test_ranks_count_those_above(wanted, units):
    rows = ranked(wanted, units)
    places = [row.rank for row in rows if row.rank is not None]
    assert places == [1 + sum(other < rank for other in places) for rank in places]
    assert [row.rank for row in rows] == places + [None] * (len(rows) - len(places))
    assert all((row.rank is None) == bool(row.reasons) for row in rows)


@given(groups, crowds)
def test_equal_facts_equal_rank(wanted, units):
    twins = [*units, replace(units[0], unit_id=99, code="u99")]
    found = outcome(ranked(wanted, twins))
    assert found[99] == found[units[0].unit_id]


@given(crowds, st.data(), gates)
def test_more_participants_never_rank_lower(units, data, gate):
    wanted = Group("g", "G", (GroupKey(Metric.PARTICIPANTS),), gate=replace(gate, all_mandatory=False))
    lucky = data.draw(st.sampled_from(units))
    more = replace(lucky, contest=replace(lucky.contest, participants=lucky.contest.participants + data.draw(counts)))
    before = outcome(ranked(wanted, units))[lucky.unit_id][0]
    after = outcome(ranked(wanted, [more if one is lucky else one for one in units]))[lucky.unit_id][0]
    assert before is None or (after is not None and after <= before)


@given(groups, crowds)
def test_a_gate_looks_at_one_unit_alone(wanted, units):
    found = outcome(ranked(wanted, units))
    for one in units:
        (alone,) = ranked(wanted, [one])
        assert alone.reasons == found[one.unit_id][2]
