"""The hash chain by itself: every change of what was written is found, and nothing else is."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.organizers.chain import GENESIS, Link, chain_faults, link_sha256

AT = datetime(2026, 11, 23, 1, 0, 0, 5_000, tzinfo=UTC)
FIRST = Link(1, AT, None, None, 7, "role.grant", "role:x", "Lý do “1”", None, {"b": [1, None], "a": "ấ"}, GENESIS)


def chain(length):
    rows, sha256 = [], GENESIS
    for number in range(1, length + 1):
        link = replace(FIRST, number=number, at=AT + timedelta(seconds=number), prev_sha256=sha256)
        sha256 = link_sha256(link)
        rows.append((link, sha256))
    return rows


def faults(rows, known=None):
    return list(chain_faults(rows, known))


def test_a_hash_made_by_hand():
    written = (
        '{"action":"role.grant","actor_id":null,"actor_role":null,"after":{"a":"ấ","b":[1,null]},'
        '"at":"2026-11-23T01:00:00.005Z","before":null,"number":1,"prev_sha256":"' + "0" * 64 + '",'
        '"reason":"Lý do “1”","subject":"role:x","unit_id":7}'
    )
    assert link_sha256(FIRST) == hashlib.sha256(written.encode()).hexdigest()
    in_vietnam = AT.astimezone(timezone(timedelta(hours=7)))
    assert link_sha256(replace(FIRST, at=in_vietnam)) == link_sha256(FIRST)


def test_what_json_cannot_say_is_not_hashed():
    for after in ({"x": float("nan")}, {"x": float("inf")}):
        with pytest.raises(ValueError):
            link_sha256(replace(FIRST, after=after))
    with pytest.raises(TypeError):
        link_sha256(replace(FIRST, after={"x": AT}))


@pytest.mark.parametrize("length", [0, 1, 2, 7])
def test_a_whole_chain_has_no_faults(length):
    assert faults(chain(length)) == []


@given(
    place=st.integers(0, 5),
    change=st.sampled_from(
        [
            {"at": AT + timedelta(days=1)},
            {"actor_id": "somebody"},
            {"actor_role": "owner"},
            {"unit_id": 8},
            {"unit_id": None},
            {"action": "role.revoke"},
            {"subject": "role:y"},
            {"reason": "khác"},
            {"before": {}},
            {"after": None},
            {"after": {"a": "ấ", "b": [None, 1]}},
        ]
    ),
)
def test_every_field_is_vouched_for(place, change):
    rows = chain(6)
    rows[place] = (replace(rows[place][0], **change), rows[place][1])
    assert faults(rows) == [f"dòng {place + 1}: nội dung không khớp mã băm, dòng đã bị sửa sau khi ghi"]


@given(place=st.integers(0, 4))
def test_a_row_changed_together_with_its_hash_breaks_the_next(place):
    rows = chain(6)
    changed = replace(rows[place][0], reason="khác")
    rows[place] = (changed, link_sha256(changed))
    (fault,) = faults(rows)
    assert fault.startswith(f"dòng {place + 2}: đứt chuỗi")


@given(gone=st.sets(st.integers(1, 7), min_size=1))
def test_rows_missing_from_the_middle_are_named(gone):
    found = faults([row for row in chain(8) if row[0].number not in gone])
    assert all("thiếu" in fault for fault in found)
    named = set()
    for fault in found:
        numbers = [int(word) for word in fault.split() if word.isdigit()]
        named |= set(range(numbers[0], numbers[-1] + 1))
    assert named == gone


def test_a_number_that_is_none():
    row = replace(FIRST, number=0)
    assert faults([(row, link_sha256(row))]) == ["dòng 0: số thứ tự không hợp lệ, phải là 1"]


def test_a_log_cut_off_is_found_by_who_kept_a_row():
    rows = chain(6)
    kept = (6, rows[5][1])
    assert faults(rows, kept) == []
    assert faults(rows[:4]) == []  # a chain alone cannot know
    (fault,) = faults(rows[:4], kept)
    assert "không còn dòng 6" in fault
    assert "sau dòng 4" in fault


def test_a_log_written_anew_is_found_by_who_kept_a_row():
    rows = chain(6)
    (fault,) = faults(rows, (3, "f" * 64))
    assert fault.startswith("dòng 3: mã băm khác mã đã giữ")
