"""Whether citations hold while a round runs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quizsvc.banks.citations import Citation, InstrumentFile
from quizsvc.banks.law.standing import Compared, Period, doubts
from quizsvc.banks.yaml_file import instrument_of

ROUND = Period(date(2026, 10, 1), date(2026, 10, 31))
WRITTEN = Compared(made_on=date(2026, 1, 1))
LAW = "31/2020/QH14"


def law(**more: Any) -> InstrumentFile:
    document = {
        "number": LAW,
        "kind": "luật",
        "title": "Luật Thử",
        "issued_on": "2020-01-01",
        "in_force_from": "2020-07-01",
        "amendments": [],
        "outline": {"1": "", "2": "1 2(a b) 3", "3": "1 2"},
    }
    return instrument_of(document | more)


def amended(in_force_from: str, *, in_outline: bool = False, **places: dict[str, str]) -> InstrumentFile:
    return law(
        amendments=[{"number": "9/2026/QH16", "in_force_from": in_force_from, "in_outline": in_outline} | dict(places)]
    )


def codes(found: InstrumentFile | None, compared: Compared = WRITTEN, citation: Citation | None = None) -> list[str]:
    cited = citation or Citation(LAW, "2", "2", "a")
    return [("!" if doubt.is_stale else "?") + doubt.code for doubt in doubts(cited, found, ROUND, compared)]


def test_a_law_in_force_without_amendments_holds() -> None:
    assert codes(law()) == []


def test_a_law_that_nobody_registered_is_a_doubt() -> None:
    assert codes(None) == ["?unknown-instrument"]


def test_a_law_must_bind_on_every_day_of_the_round() -> None:
    assert codes(law(in_force_from="2026-10-01")) == []
    assert codes(law(in_force_from="2026-10-02")) == ["!not-yet-in-force"]
    assert codes(law(in_force_to="2026-11-01")) == []
    assert codes(law(in_force_to="2026-10-31")) == ["!no-longer-in-force"]


@pytest.mark.parametrize(
    ("places", "stale"),
    [
        ({"2": "2(a)"}, True),
        ({"2": "2"}, True),
        ({"2": ""}, True),
        ({"2": "2(b)"}, False),
        ({"2": "1 3"}, False),
        ({"3": "2(a)"}, False),
    ],
)
def test_an_amendment_concerns_the_places_that_it_names(places: dict[str, str], stale: bool) -> None:
    assert codes(amended("2026-07-01", amends=places)) == (["!amended-place"] if stale else [])
    assert codes(amended("2026-07-01", repeals=places)) == (["!repealed-place"] if stale else [])


def test_a_whole_clause_is_cited_with_all_its_points() -> None:
    assert codes(amended("2026-07-01", amends={"2": "2(b)"}), citation=Citation(LAW, "2", "2")) == ["!amended-place"]
    assert codes(amended("2026-07-01", amends={"2": "2(b)"}), citation=Citation(LAW, "2")) == ["!amended-place"]


def test_the_day_of_the_amendment_decides() -> None:
    assert codes(amended("2026-10-31", amends={"2": ""})) == ["!amended-place"]
    assert codes(amended("2026-11-01", amends={"2": ""})) == []


def test_who_compared_afterwards_has_seen_the_amendment() -> None:
    found = amended("2026-07-01", amends={"2": ""})

    assert codes(found, Compared(date(2026, 1, 1), checked_on=date(2026, 7, 1))) == []
    assert codes(found, Compared(date(2026, 1, 1), checked_on=date(2026, 6, 30))) == ["!amended-place"]


def test_who_wrote_afterwards_had_what_the_outline_shows() -> None:
    later = Compared(date(2026, 8, 1))

    assert codes(amended("2026-07-01", in_outline=True, amends={"2": ""}), later) == []
    assert codes(amended("2026-07-01", in_outline=False, amends={"2": ""}), later) == ["!amended-place"]
    assert codes(amended("2026-07-01", in_outline=True, amends={"2": ""})) == ["!amended-place"]


def test_nobody_can_have_compared_with_what_was_repealed() -> None:
    checked = Compared(date(2026, 1, 1), checked_on=date(2026, 9, 1))

    assert codes(amended("2026-07-01", repeals={"2": "2"}), checked) == ["!repealed-place"]
    assert codes(law(repealed=["2"])) == ["!repealed-place"]


def test_an_amendment_whose_places_are_not_listed_is_a_doubt_only() -> None:
    assert codes(amended("2026-07-01")) == ["?amendment-not-listed"]
    assert codes(amended("2026-07-01"), Compared(date(2026, 1, 1), checked_on=date(2026, 8, 1))) == []


def test_a_place_that_the_law_does_not_have_is_a_doubt() -> None:
    assert codes(law(), citation=Citation(LAW, "2", "9")) == ["?unknown-place"]


def test_every_doubt_says_where_and_why() -> None:
    [doubt] = doubts(Citation(LAW, "2", "2", "a"), amended("2026-07-01", amends={"2": ""}), ROUND, WRITTEN)

    assert doubt.sentence == (
        "điểm a khoản 2 Điều 2 Luật Thử (số 31/2020/QH14) đã được văn bản số 9/2026/QH16 từ ngày 01/07/2026 sửa đổi, "
        "sau khi câu hỏi được đối chiếu"
    )
