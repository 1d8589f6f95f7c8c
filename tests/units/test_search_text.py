"""Words are found with and without accents, from their beginning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.units.search_text import LONGEST, query_words, search_text


@pytest.mark.parametrize(
    ("name", "aliases", "expected"),
    [
        ("Phường Vinh Phú", [], "vinh phu 1 =phuong=p="),
        ("Thị xã Thái Hoà", [], "thai hoa 1 =thi=xa=tx="),
        ("Thành phố Vinh", ["TP. Vinh", "Thành phố Đỏ"], "vinh tp vinh do 1 =thanh=pho=tp="),
        ("Đặc khu Vân Đồn", [], "van don 1 =dac=khu=dk="),
        ("Xã", [], "xa 1"),
        ("Xá Lượng", [], "luong 1 =xa=x="),  # without accents a name may look like a title; it is still found
        ("Nghệ An", [], "nghe an 1"),
    ],
)
def test_what_is_stored(name, aliases, expected):
    assert search_text(name, aliases, "1") == expected


def test_query_words():
    assert query_words("  Thái  Hoà, thái 100%_ ") == ["thai", "hoa", "100"]
    assert query_words("%_") == []


@given(st.text(max_size=200), st.lists(st.text(max_size=150), max_size=2))
def test_always_fits_the_column(name, aliases):
    assert len(search_text(name, aliases, "16702")) <= LONGEST
