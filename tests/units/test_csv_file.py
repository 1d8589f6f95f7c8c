"""Any province's CSV is read whole or refused with every fault."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.units import csv_file
from quizsvc.units.csv_file import FaultyUnits, read_units

HEADER = "code,name,kind,parent_code,valid_from,valid_to,succeeded_by,aliases\n"
TOP = "42,Tỉnh Hà Tĩnh,province,,1991-08-12,,,\n"


def faults_of(text):
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(FaultyUnits) as caught:
        read_units(raw)
    return [(fault.line, fault.column) for fault in caught.value.faults]


def test_reads_another_province():
    text = (
        HEADER
        + TOP
        + "436,Thành phố Hà Tĩnh,district,42,1991-08-12,2025-07-01,18073 | 18100,TP  Hà Tĩnh| Thị xã Hà Tĩnh\n"
        + "\n"
        + "18073,Phường Thành Sen,ward,42,2025-07-01,,,\n"
        + '18100,"Phường ""Trần  Phú""",ward,42,2025-07-01,,,\n'
    )
    top, city, sen, phu = read_units(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert (top.parent_code, top.valid_from, top.valid_to) == (None, date(1991, 8, 12), None)
    assert city.succeeded_by == ("18073", "18100")
    assert city.aliases == ("TP Hà Tĩnh", "Thị xã Hà Tĩnh")
    assert (sen.line, phu.line, phu.name) == (5, 6, 'Phường "Trần Phú"')


def test_composes_accents():
    assert read_units((HEADER + "1,Ti\u0309nh A,province,,2020-01-01,,,\n").encode())[0].name == "Tỉnh A"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", [(1, "code"), *[(1, name) for name in csv_file.COLUMNS[1:]]]),
        (HEADER, [(1, None)]),
        (HEADER.replace(",kind", ""), [(1, "kind")]),
        (HEADER.replace(",kind", ",kind,kind"), [(1, "kind")]),
        (HEADER.replace(",kind", ",kind,area"), [(1, "area")]),
        (HEADER.encode() + b"1,T\xe9nh,province,,2020-01-01,,,\n", [(2, None)]),
        (HEADER + '1,"Tỉnh A,province,,2020-01-01,,,\n', [(2, None)]),
        (HEADER + TOP + "1,Xã A\n", [(3, None)]),
        (HEADER + "4 2,Tỉnh A,province,,2020-01-01,,,\n", [(2, "code")]),
        (HEADER + "42, ,province,,2020-01-01,,,\n", [(2, "name")]),
        (HEADER + "42,Tỉnh\x00 A,province,,2020-01-01,,,\n", [(2, "name")]),
        (HEADER + f"42,{'a' * 201},province,,2020-01-01,,,\n", [(2, "name")]),
        (HEADER + f"42,Tỉnh A,province,,2020-01-01,,,{'a' * 301}\n", [(2, "aliases")]),
        (HEADER + "42,Tỉnh A,tỉnh,,2020-01-01,,,\n", [(2, "kind")]),
        (HEADER + "42,Tỉnh A,province,,2020-02-30,,,\n", [(2, "valid_from")]),
        (HEADER + "42,Tỉnh A,province,,,,,\n", [(2, "valid_from")]),
        (HEADER + "42,Tỉnh A,province,,20200101,,,\n", [(2, "valid_from")]),
        (HEADER + "42,Tỉnh A,province,,2020-01-01,01/07/2025,,\n", [(2, "valid_to")]),
        (HEADER + "42,Tỉnh A,province,,2020-01-01,2020-01-01,,\n", [(2, "valid_to")]),
        (HEADER + "42,Tỉnh A,province,,2020-01-01,,42,\n", [(2, "succeeded_by")]),
        (HEADER + TOP + "42,Tỉnh B,province,,1991-08-12,,,\n", [(3, "code")]),
        (HEADER + TOP + "42,Tỉnh B,province,,2020-01-01,,,\n", [(3, "valid_from")]),
        (HEADER + TOP + "1,Xã A,commune,43,2020-01-01,,,\n", [(3, "parent_code")]),
        (HEADER + TOP + "1,Xã A,commune,42,1990-01-01,,,\n", [(3, "parent_code")]),
        (
            HEADER + "42,Tỉnh A,province,,2020-01-01,2025-07-01,,\n1,Xã A,commune,42,2020-01-01,,,\n",
            [(3, "parent_code")],
        ),
        (HEADER + "1,Xã A,commune,1,2020-01-01,,,\n", [(2, "parent_code")]),
        (
            HEADER + "1,Xã A,commune,2,2020-01-01,,,\n2,Xã B,commune,1,2020-01-01,,,\n3,Xã C,commune,1,2020-01-01,,,\n",
            [(2, "parent_code"), (3, "parent_code"), (4, "parent_code")],
        ),
        (HEADER + TOP + "1,Xã A,commune,42,2020-01-01,2025-07-01,9|42,\n", [(3, "succeeded_by")]),
        (
            HEADER + TOP + "1,Xã A,commune,42,2020-01-01,2025-07-01,2,\n2,Xã B,commune,42,2025-07-02,,,\n",
            [(3, "succeeded_by")],
        ),
        (
            HEADER + "x y,,xã,40,hôm nay,,,\n2,Xã B,commune,,2025-07-02,2025-07-01,,\n",
            [(2, "valid_from"), (2, "code"), (2, "name"), (2, "kind"), (3, "valid_to")],
        ),
        (  # its name is missing, but those below are not called orphans for that
            HEADER + TOP.replace("Tỉnh Hà Tĩnh", "") + "1,Xã A,commune,42,2020-01-01,2025-07-01,42|9,\n",
            [(2, "name"), (3, "succeeded_by")],
        ),
        (HEADER + "42,Tỉnh A\n" + "1,Xã A,commune,42,2020-01-01,,,\n", [(2, None)]),
    ],
)
def test_names_every_fault(text, expected):
    assert faults_of(text) == expected


def test_says_it_in_vietnamese():
    with pytest.raises(FaultyUnits, match="dòng 3, cột parent_code: Đơn vị cấp trên 43 không có trong tệp"):
        read_units((HEADER + TOP + "1,Xã A,commune,43,2020-01-01,,,\n").encode())


def test_deep_chains_end():
    lines = [f"{n},Khu {n},commune,{n - 1 or ''},2020-01-01,,,\n" for n in range(1, 12)]
    assert len(read_units((HEADER + "".join(lines[:10])).encode())) == 10
    assert faults_of(HEADER + "".join(lines)) == [(12, "parent_code")]


def test_refuses_too_many_rows():
    lines = "".join(f"{n},Xã {n},commune,,2020-01-01,,,\n" for n in range(csv_file.MOST_ROWS + 1))
    assert faults_of(HEADER + lines) == [(csv_file.MOST_ROWS + 2, None)]


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: (HEADER + text).encode("utf-8", "ignore"))))
def test_takes_or_refuses_anything(raw):
    with suppress(FaultyUnits):
        assert read_units(raw)
