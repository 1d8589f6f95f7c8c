from __future__ import annotations

from datetime import date

import pytest

from quizsvc.banks.citations import Citation, citation_text, exists, missing_part, parse_outline
from tests.banks.making import LAW, instrument


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", {}),
        ("1 2 3", {"1": (), "2": (), "3": ()}),
        ("1 2(a b) 3", {"1": (), "2": ("a", "b"), "3": ()}),
        ("(a b đ)", {None: ("a", "b", "đ")}),
        ("(a b) 1 2(a)", {None: ("a", "b"), "1": (), "2": ("a",)}),
        ("1 1a(a e1) 2", {"1": (), "1a": ("a", "e1"), "2": ()}),
    ],
)
def test_outlines(text, clauses):
    assert parse_outline(text).clauses == clauses


@pytest.mark.parametrize("text", ["x", "1(", "1()", "1(a", "1(a,b)", "1,2", "1(a)2", "1 1", " 1", "1  2", "1 (a)"])
def test_outlines_that_cannot_be_read(text):
    with pytest.raises(ValueError, match="dàn ý"):
        parse_outline(text)


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        (("8",), None),
        (("8", "1"), None),
        (("8", "1", "d"), None),
        (("7",), None),
        (("250", None, "b"), None),
        (("250", "1"), None),
        (("9",), "repealed-article"),
        (("10",), "unknown-article"),
        (("8", "3"), "unknown-clause"),
        (("7", "1"), "unknown-clause"),
        (("8", "1", "đ"), "unknown-point"),
        (("8", None, "a"), "unknown-point"),
        (("250", "1", "a"), "unknown-point"),
    ],
)
def test_what_an_instrument_has(parts, missing):
    citation = Citation(LAW, *parts)
    assert missing_part(instrument(), citation) == missing
    assert exists(instrument(), citation) == (missing is None)


def test_reads_in_vietnamese():
    title = "Luật Mặt trận Tổ quốc Việt Nam"
    assert (
        citation_text(Citation("75/2015/QH13", "15", "2", "a"), title)
        == "điểm a khoản 2 Điều 15 Luật Mặt trận Tổ quốc Việt Nam (số 75/2015/QH13)"
    )
    assert citation_text(Citation("75/2015/QH13", "15"), title) == f"Điều 15 {title} (số 75/2015/QH13)"


def test_stored_and_back():
    for citation in (Citation(LAW, "8", "1", "a"), Citation(LAW, "8")):
        assert Citation.from_json(citation.to_json()) == citation


def test_force_begins_and_ends_with_a_day():
    law = instrument(in_force_to="2026-07-01")
    assert [law.is_in_force(date(*day)) for day in ((2014, 12, 31), (2015, 1, 1), (2026, 6, 30), (2026, 7, 1))] == [
        False,
        True,
        True,
        False,
    ]
