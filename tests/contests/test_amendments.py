"""What may still change once a contest has opened, as a pure rule."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizsvc.contests.amendments import Comparison, Standing, compare
from quizsvc.contests.document import ContestDocument
from quizsvc.contests.document_schema import examine
from tests.contests.test_document_faults import GONE, put
from tests.contests.test_document_schema import pointers
from tests.contests.test_document_v2 import FULL

LATER = deepcopy(FULL["rounds"][1]) | {
    "round": "r2",
    "opens_at": "2026-12-10T08:00:00+07:00",
    "closes_at": "2026-12-20T08:00:00+07:00",
    "prizes": [],
}
WRITTEN: dict[str, Any] = deepcopy(FULL)
WRITTEN["rounds"].append(LATER)
IN_TRIAL = datetime.fromisoformat("2026-11-21T00:00:00+07:00")
IN_R1 = datetime.fromisoformat("2026-11-25T00:00:00+07:00")
AFTER_R1 = datetime.fromisoformat("2026-12-01T00:00:00+07:00")


def understood(document: Any) -> ContestDocument:
    found = examine(document)
    assert isinstance(found, ContestDocument), found
    return found


OLD = understood(deepcopy(WRITTEN))


def changed(*changes: tuple[str, Any]) -> ContestDocument:
    document = deepcopy(WRITTEN)
    for pointer, value in changes:
        put(document, pointer, value)
    return understood(document)


def compared(new: ContestDocument, now: datetime) -> Comparison:
    standings = {made.code: Standing(made.opens_at, made.closes_at) for made in OLD.rounds}
    frozen = any(made.opens_at <= now for made in OLD.official)
    return compare(OLD, new, standings, now, frozen=frozen)


def outcome(new: ContestDocument, now: datetime) -> tuple[list[str], list[str]]:
    found = compared(new, now)
    assert all(fault.detail and fault.detail_en for fault in found.refused)
    return [change.path for change in found.changes], [fault.pointer for fault in found.refused]


def test_the_same_document_and_the_same_in_other_words():
    assert outcome(OLD, IN_R1) == ([], [])
    other_words = [
        ("/complaints/hours", 48.0),
        ("/rounds/1/phase", "official"),
        ("/rounds/1/opens_at", "2026-11-23T01:01:00Z"),
        ("/registration/required", True),
        ("/registration/closes_at", "2026-11-23T00:00:00+07:00"),
        ("/ranking/0/order", "high"),
        ("/rounds/2/ranking", deepcopy(LATER["ranking"])),
        ("/tracks/1/when", {}),
    ]
    assert outcome(changed(*other_words), IN_R1) == ([], [])


@pytest.mark.parametrize(
    ("pointer", "value", "path"),
    [
        ("/title", "Tên khác", "/title"),
        ("/complaints/hours", 24, "/complaints"),
        ("/prizes/0/amount", 3_000_000, "/prizes/nhat/amount"),
        ("/prizes/0/quantity", 2, "/prizes/nhat/quantity"),
        ("/registration/closes_at", "2026-12-01T00:00:00+07:00", "/registration/closes_at"),
        ("/rounds/0/title", "Làm quen", "/rounds/thu/title"),
        ("/rounds/1/title", "Vòng một", "/rounds/r1/title"),
        ("/rounds/1/closes_at", "2026-12-01T08:00:00+07:00", "/rounds/r1/closes_at"),
        ("/rounds/2/title", "Vòng hai", "/rounds/r2/title"),
        ("/rounds/2/opens_at", "2026-12-05T00:00:00+07:00", "/rounds/r2/opens_at"),
        ("/rounds/2/closes_at", "2026-12-11T00:00:00+07:00", "/rounds/r2/closes_at"),
        ("/rounds/2/points_per_question", 5, "/rounds/r2/points_per_question"),
        ("/rounds/2/ranking", [{"key": "score"}], "/rounds/r2/ranking"),
        ("/rounds/2/paper/0/bank", "tre-em", "/rounds/r2/paper"),
        ("/rounds/2", GONE, "/rounds/r2"),
        ("/rounds/-", LATER | {"round": "r3"}, "/rounds/r3"),
    ],
)
def test_what_may_change_while_the_first_round_is_open(pointer, value, path):
    assert outcome(changed((pointer, value)), IN_R1) == ([path], [])


@pytest.mark.parametrize(
    ("pointer", "value", "refused"),
    [
        ("/organizer", "41", "/organizer"),
        ("/eligibility/min_age", 15, "/eligibility"),
        ("/eligibility/units/0", "41", "/eligibility"),
        ("/eligibility", GONE, "/eligibility"),
        ("/participation/0/reason", "Khác", "/participation"),
        ("/participation/0", GONE, "/participation"),
        ("/tracks/0/title", "Bảng 1", "/tracks"),
        ("/tracks/0/when/max_age", 18, "/tracks"),
        ("/limits/per_day", 3, "/limits"),
        ("/limits/abandoned", "consumed", "/limits"),
        ("/ranking/1/order", "high", "/ranking"),
        ("/overall/counts", "sum", "/overall"),
        ("/overall/ranking/0/key", "score", "/overall"),
        ("/registration", GONE, "/registration"),
        ("/registration/opens_at", "2026-11-02T00:00:00+07:00", "/registration/opens_at"),
        ("/registration/required", False, "/registration/required"),
        ("/prizes/0/title", "Giải vàng", "/prizes/0/title"),
        ("/prizes/0/track", "a", "/prizes/0/track"),
        ("/prizes/-", {"prize": "ba", "title": "Giải ba", "quantity": 3}, "/prizes"),
        ("/prizes/0/by_committee", False, "/prizes/0/by_committee"),
        ("/repeat_winners", "first", "/repeat_winners"),
        ("/groups/0/title", "Xã", "/groups"),
        ("/groups/0/gate/min_winners", 2, "/groups"),
        ("/rounds/1/opens_at", "2026-11-23T09:00:00+07:00", "/rounds/1/opens_at"),
        ("/rounds/1/closes_at", "2026-11-29T08:00:00+07:00", "/rounds/1/closes_at"),
        ("/rounds/0/closes_at", "2026-11-23T02:00:00+07:00", "/rounds/0/closes_at"),
        ("/rounds/1/seconds_per_question", 40, "/rounds/1/seconds_per_question"),
        ("/rounds/0/time_limit_minutes", 6, "/rounds/0/time_limit_minutes"),
        ("/rounds/0/attempts", 3, "/rounds/0/attempts"),
        ("/rounds/0/counts", "best", "/rounds/0/counts"),
        ("/rounds/1/ranking/0/key", "duration", "/rounds/1/ranking"),
        ("/rounds/1/points_per_question", 5, "/rounds/1/points_per_question"),
        ("/rounds/1/partial_credit", "none", "/rounds/1/partial_credit"),
        ("/rounds/1/show/board", "never", "/rounds/1/show"),
        ("/rounds/1/prediction/target", "participants", "/rounds/1/prediction"),
        ("/rounds/1/paper/0/bank", "tre-em", "/rounds/1/paper"),
        ("/rounds/1/track_papers", GONE, "/rounds/1/track_papers"),
        ("/rounds/1/same_questions", False, "/rounds/1/same_questions"),
        ("/rounds/1/prizes/0/quantity", 20, "/rounds/1/prizes"),
        ("/rounds/0", GONE, "/rounds"),
        ("/rounds/2/opens_at", "2026-11-24T00:00:00+07:00", "/rounds/2/opens_at"),
        ("/rounds/-", LATER | {"round": "r3", "opens_at": "2026-11-24T00:00:00+07:00"}, "/rounds/3/opens_at"),
    ],
)
def test_what_may_not_change_while_the_first_round_is_open(pointer, value, refused):
    found = compared(changed((pointer, value)), IN_R1)
    assert found.changes
    assert [fault.pointer for fault in found.refused] == [refused]


def test_a_round_that_has_closed_is_not_extended():
    later = changed(("/rounds/1/closes_at", "2026-12-02T08:00:00+07:00"))
    assert outcome(later, AFTER_R1)[1] == ["/rounds/1/closes_at"]
    assert outcome(changed(("/rounds/1/title", "Vòng một")), AFTER_R1)[1] == []


def test_what_a_correction_has_extended_is_not_cut_back():
    extended = {made.code: Standing(made.opens_at, made.closes_at + timedelta(days=2)) for made in OLD.rounds}
    day_more = changed(("/rounds/1/closes_at", "2026-12-01T08:00:00+07:00"))
    three_more = changed(("/rounds/1/closes_at", "2026-12-03T08:00:00+07:00"))
    assert [fault.pointer for fault in compare(OLD, day_more, extended, IN_R1, frozen=True).refused] == [
        "/rounds/1/closes_at"
    ]
    assert [change.path for change in compare(OLD, three_more, extended, IN_R1, frozen=True).changes] == [
        "/rounds/r1/closes_at"
    ]


def test_while_people_only_try_out_the_contest_may_still_change_but_not_what_they_try():
    new = changed(("/limits/per_day", 5), ("/tracks/0/when/max_age", 16), ("/rounds/1/seconds_per_question", 45))
    assert outcome(new, IN_TRIAL) == (["/tracks", "/limits", "/rounds/r1/seconds_per_question"], [])
    assert outcome(changed(("/rounds/0/counts", "first")), IN_TRIAL)[1] == ["/rounds/0/counts"]


def test_the_old_stands_beside_the_new():
    found = compared(changed(("/rounds/1/closes_at", "2026-12-01T08:00:00+07:00"), ("/prizes/0/amount", GONE)), IN_R1)
    assert [(change.path, change.before, change.after) for change in found.changes] == [
        ("/prizes/nhat/amount", 2_000_000, None),
        ("/rounds/r1/closes_at", "2026-11-30T08:00:00+07:00", "2026-12-01T08:00:00+07:00"),
    ]


def test_another_order_of_the_rounds_is_said_and_allowed():
    document = deepcopy(WRITTEN)
    document["rounds"][1:] = reversed(document["rounds"][1:])
    found = compared(understood(document), IN_R1)
    assert [(change.path, change.before, change.after) for change in found.changes] == [
        ("/rounds", ["thu", "r1", "r2"], ["thu", "r2", "r1"])
    ]
    assert found.refused == ()


VALUES = st.sampled_from([GONE, 1, 2, 30, 0.5, True, False, "a", "b", "best", "first", "low", "high", "none", "tre-em", []])


@settings(max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(pointers(WRITTEN)[1:]), VALUES), min_size=1, max_size=3))
def test_whatever_is_taken_leaves_what_is_played_as_it_was(changes):
    document = deepcopy(WRITTEN)
    try:
        for pointer, value in changes:
            put(document, pointer, value)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError):
        return  # the place is gone since the change before
    new = examine(document)
    if not isinstance(new, ContestDocument):
        return
    found = compared(new, IN_R1)
    if found.refused:
        return
    old, kept = ({made.code: made for made in each.rounds} for each in (OLD, new))
    for code in ("thu", "r1"):
        assert kept[code].rules == old[code].rules
        assert kept[code].opens_at == old[code].opens_at
        assert kept[code].closes_at >= old[code].closes_at
    for name in ("overall", "ranking", "groups", "repeat_winners"):
        assert getattr(new.rules, name) == getattr(OLD.rules, name)
    assert new.organizer_code == OLD.organizer_code
    if not found.changes:
        assert (new.rounds, new.rules, new.title) == (OLD.rounds, OLD.rules, OLD.title)
