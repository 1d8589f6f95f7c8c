"""The boards of units of the example contests, computed from small hand-made tables."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizsvc.contests.rules import Group
from quizsvc.leaderboards.group_ranking import Facts, GroupRow, UnitFacts, ranked
from tests.contests.examples.tables import TABLES, example, rows_of

FOLDER = TABLES.with_name("groups")
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))


def group_of(name: str) -> Group:
    slug, code = name.split(".")
    return next(group for group in example(slug).rules.groups if group.group == code)


def number(row: dict[str, str], column: str) -> int:
    return int(row.get(column) or 0)


def winners(row: dict[str, str]) -> dict[str, int]:
    each = [part.split() for part in row.get("winners", "").split(" + ") if part]
    return {prize: int(count) for prize, count in each}


def facts(row: dict[str, str], group: Group) -> UnitFacts:
    """A unit of the table; what it did counts for the contest, and so for each of its rounds."""
    counted = Facts(
        participants=number(row, "participants"),
        attempts=number(row, "attempts"),
        points=number(row, "points"),
        mandatory_took_part=number(row, "mandatory_took_part"),
        winners=winners(row),
    )
    return UnitFacts(
        unit_id=sum(row["unit"].encode()),
        code=row["unit"],
        kind=row["kind"],
        contest=counted,
        rounds=dict.fromkeys(group.rounds, counted),
        headcount=int(row["headcount"]) if row.get("headcount") else None,
        mandatory_total=number(row, "mandatory"),
    )


def board(name: str) -> tuple[list[dict[str, str]], dict[str, GroupRow]]:
    """The rows that must be on the board, and the rows that are, by unit."""
    group = group_of(name)
    _, rows = rows_of(FOLDER / f"{name}.csv")
    found = {row.unit.code: row for row in ranked(group, [facts(row, group) for row in reversed(rows)])}
    assert set(found) == {row["unit"] for row in rows if row["kind"] in group.kinds}
    return [row for row in rows if row["kind"] in group.kinds], found


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_units(name):
    rows, found = board(name)
    expected = {row["unit"]: int(row["rank"]) if row["rank"] else None for row in rows}
    assert {unit: row.rank for unit, row in found.items()} == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_value_or_the_reason_of_each_unit(name):
    rows, found = board(name)
    metric = group_of(name).keys[0].metric
    for row in rows:
        made = found[row["unit"]]
        if row["rank"]:
            value, times = made.metrics[metric], 100 if metric == "rate" else 1
            assert (None if value is None else value * times) == (Fraction(row["value"]) if row["value"] else None)
            assert made.reasons == ()
        else:
            assert [row["value"] in reason for reason in made.reasons] == [True]


def test_the_three_contests_with_boards_of_units_of_their_own_kind_are_here():
    assert {name.split(".")[0] for name in NAMES} == {
        "dong-nai-tim-hieu-phap-luat",
        "dak-lak-cai-cach-hanh-chinh-2022",
        "quang-nam-thcs-2022",
    }
