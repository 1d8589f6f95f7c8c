"""Citations in running text, as banks write them, against the registry."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.banks.citations import Citation, InstrumentFile, citation_text, place_text
from quizsvc.banks.law.parsing import Instrument, parse_citations
from quizsvc.banks.law.resolving import read_citations
from quizsvc.banks.service import read_registry


@pytest.fixture(scope="module")
def registry() -> list[InstrumentFile]:
    found, faults = read_registry(Path(__file__).parents[3] / "quizzes" / "instruments")
    assert not faults
    return found


def places(text: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(each.article, each.clause, each.point) for each in parse_citations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("điểm a khoản 2 Điều 15 Luật số 75/2015/QH13", [("15", "2", "a")]),
        ("Điều 15, khoản 2, điểm a Luật Đất đai 2024", [("15", "2", "a")]),
        ("Luật Đất đai 2024, Điều 3 (khoản 2, điểm đ)", [("3", "2", "đ")]),
        ("các điểm a, b và c khoản 1 Điều 12", [("12", "1", "a"), ("12", "1", "b"), ("12", "1", "c")]),
        ("điểm a khoản 1, điểm đ khoản 3 Điều 12", [("12", "1", "a"), ("12", "3", "đ")]),
        ("khoản 1 và khoản 3 Điều 7; Điều 9 Luật Tố cáo", [("7", "1", None), ("7", "3", None), ("9", None, None)]),
        ("khoản 1 đến 3 Điều 5", [("5", "1", None), ("5", "2", None), ("5", "3", None)]),
        ("Điều 4, 5 Luật Trẻ em", [("4", None, None), ("5", None, None)]),
        ("Khoản 2a Điều 36b của Luật này", [("36b", "2a", None)]),
        ("ĐIỂM A KHOẢN 2 ĐIỀU 15", [("15", "2", "a")]),
        ("Theo quy định của pháp luật, người dân có quyền", []),
        ("điểm số của bài thi, điều kiện dự thi", []),
        ("", []),
    ],
)
def test_places(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert places(text) == expected


def test_each_place_belongs_to_the_law_named_with_it() -> None:
    found = parse_citations("Điều 3 Bộ luật Dân sự năm 2015 và khoản 1 Điều 4 Luật Trẻ em")

    assert [(each.article, each.instrument) for each in found] == [
        ("3", Instrument(title="Bộ luật Dân sự", year=2015)),
        ("4", Instrument(title="Luật Trẻ em")),
    ]
    assert [each.text for each in found] == ["Điều 3 Bộ luật Dân sự năm 2015", "khoản 1 Điều 4 Luật Trẻ em"]


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("khoản 3 Điều 4 của Luật Hòa giải ở cơ sở năm 2013.", "35/2013/QH13"),
        ("Khoản 3 Điều 4 Luật Hoà giải ở cơ sở", "35/2013/QH13"),
        ("Điều 5 BLDS 2015", "91/2015/QH13"),
        ("Khoản 2, Điều 15, Luật MTTQ Việt Nam", "75/2015/QH13"),
        ("Điều 8 Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15", "10/2022/QH15"),
        ("Điều 7 Luật Tố cáo năm 2018 (số 25/2018/QH14)", "25/2018/QH14"),
        ("Điều 3 Luật Đất đai, người dân có quyền", "31/2024/QH15"),
        ("Khoản 1 Điều 2 Luật Phổ biến, giáo dục pháp luật năm 2012 quy định như sau", "14/2012/QH13"),
    ],
)
def test_the_law_is_found_by_number_or_by_title(text: str, law: str, registry: list[InstrumentFile]) -> None:
    [found] = read_citations(text, registry)

    assert found.citation is not None
    assert found.citation.law == law


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Điều 5", "no-instrument"),
        ("Khoản 2 Điều 8 của Luật này", "no-instrument"),
        ("Điều 20 Hiến pháp năm 2013", "unknown-instrument"),
        ("Điều 5 Nghị định số 100/2019/NĐ-CP", "unknown-instrument"),
        ("Điều 3 Luật Đất đai năm 2013", "unknown-instrument"),
        ("Luật Trẻ em năm 2016", "no-article"),
    ],
)
def test_what_cannot_be_resolved_is_told(text: str, code: str, registry: list[InstrumentFile]) -> None:
    [found] = read_citations(text, registry)

    assert (found.citation, found.code) == (None, code)


def test_words_that_look_like_a_law_are_left_out(registry: list[InstrumentFile]) -> None:
    assert read_citations("theo điều kiện hành nghề của luật sư", registry) == []


def test_what_the_text_leaves_out_may_be_given(registry: list[InstrumentFile]) -> None:
    [found] = read_citations("khoản 1 Điều 3", registry, Instrument(number="25/2018/QH14"))

    assert found.citation == Citation("25/2018/QH14", "3", "1")


@given(data=st.data())
def test_what_we_write_ourselves_reads_back(data: st.DataObject, registry: list[InstrumentFile]) -> None:
    instrument = data.draw(st.sampled_from(registry))
    article = data.draw(st.sampled_from(sorted(instrument.articles)))
    clauses = instrument.articles[article].clauses
    clause = data.draw(st.sampled_from([None, *clauses]))
    point = data.draw(st.sampled_from([None, *clauses.get(clause, ())]))
    citation = Citation(instrument.number, article, clause, point)

    written = citation_text(citation, instrument.title)
    assert [each.citation for each in read_citations(f"Căn cứ {written}.", registry)] == [citation]
    assert [each.citation for each in read_citations(f"{place_text(citation)} {instrument.title}", registry)] == [citation]


@given(st.text(alphabet="điểm khoản Điều Luật số 0123456789/QH,;().abcđ\n", max_size=200))
def test_any_text_is_read_without_fault(text: str) -> None:
    for each in parse_citations(text):
        assert each.text
