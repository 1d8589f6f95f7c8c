"""Amendments as they are loaded: what is written, what stays, what everybody can read."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from quizsvc.banks.models import Bank, Question
from quizsvc.contests import queries
from quizsvc.contests.loading import Loaded, load_contest
from quizsvc.contests.models import Contest, ContestAmendment, Round, RoundQuestion
from quizsvc.core.db import reading, transaction
from tests.contests.test_loading import document, stored
from tests.contests.test_loading import load as load_plain
from tests.contests.test_loading import refused as refused_plain
from tests.world import Player, round_document

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WHY = "Theo công văn số 12"
PRIZE = {"prize": "nhat", "title": "Giải nhất", "quantity": 1, "amount": 1_000_000}


@pytest.fixture
def opens_at(playground, clock):
    return clock.now + HOUR


@pytest.fixture
def rounds(opens_at):
    """One that opens in an hour and one a day later."""
    return [round_document(opens_at), round_document(opens_at + DAY, round="r2", title="Vòng 2")]


def load(made: Any, now: Any, reason: str | None = WHY) -> Loaded:
    with transaction() as session:
        return load_contest(session, made, now=now, reason=reason)


def round_row(code: str) -> Round:
    with reading() as session:
        return queries.round_by_public_id(session, f"thi.{code}")


def amendments(phone) -> list[dict[str, Any]]:
    return phone.get("/api/v1/contests/thi/amendments").json["items"]


def test_a_change_after_the_opening_needs_a_reason(clock, opens_at, rounds):
    load_plain(document(*rounds), clock.now)
    before = stored()
    changed = document(*rounds, title="Tên mới")
    for reason in (None, "", "  "):
        with pytest.raises(Exception, match="Cuộc thi đã mở: thay đổi thể lệ phải có lý do") as raised:
            load(changed, opens_at, reason)
        assert "an amendment needs a reason" in str(raised.value)
    with pytest.raises(Exception, match="dài nhất 1000 ký tự"):
        load(changed, opens_at, "x" * 1001)
    assert stored() == before
    assert load(changed, opens_at - timedelta(milliseconds=1), None) is Loaded.CHANGED


def test_an_amendment_is_written_down_and_shown(phone, clock, opens_at, rounds):
    load_plain(document(*rounds, prizes=[PRIZE]), clock.now)
    clock.now = opens_at
    assert amendments(phone) == []
    richer = document(*rounds, prizes=[PRIZE | {"amount": 2_000_000}])
    assert load(richer, clock.now, f"  {WHY}\n") is Loaded.AMENDED
    assert load(richer, clock.now) is Loaded.UNCHANGED
    clock.advance(minutes=5)
    longer = document(
        rounds[0] | {"closes_at": (opens_at + 2 * HOUR).isoformat()}, rounds[1], prizes=[PRIZE | {"amount": 2_000_000}]
    )
    assert load(longer, clock.now, "Mất điện ở ba xã") is Loaded.AMENDED
    first, second = amendments(phone)
    assert (first["number"], first["reason"], first["amended_at"]) == (1, WHY, opens_at.isoformat())
    assert first["changes"] == [{"path": "/prizes/nhat/amount", "before": 1_000_000, "after": 2_000_000}]
    assert first["document_sha256"] == richer.sha256
    assert (second["number"], second["reason"]) == (2, "Mất điện ở ba xã")
    assert second["changes"] == [
        {
            "path": "/rounds/r1/closes_at",
            "before": (opens_at + HOUR).isoformat(),
            "after": (opens_at + 2 * HOUR).isoformat(),
        }
    ]
    assert set(first) == {"number", "reason", "amended_at", "document_sha256", "changes"}
    assert round_row("r1").closes_at == opens_at + 2 * HOUR
    rules = phone.get("/api/v1/contests/thi/rules").json
    assert rules["version"] == 3
    for said in ("Phiên bản 3", f"Lý do: {WHY}", "trước đây: 1.000.000; nay: 2.000.000", "Lý do: Mất điện ở ba xã"):
        assert said in rules["text"]


def test_amendments_page_by_page(phone, clock, opens_at, rounds):
    load_plain(document(*rounds), clock.now)
    for place in range(3):
        load(document(*rounds, title=f"Tên {place}"), opens_at)
    found, cursor = [], ""
    while cursor is not None:
        page = phone.get(f"/api/v1/contests/thi/amendments?limit=2{cursor and '&cursor=' + cursor}").json
        assert len(page["items"]) <= 2
        found += [item["number"] for item in page["items"]]
        cursor = page["next"]
    assert found == [1, 2, 3]
    assert phone.get("/api/v1/contests/khac/amendments").status_code == 404
    assert phone.get("/api/v1/contests/thi/amendments?limit=0").status_code == 422


def test_what_is_refused_is_all_named_and_nothing_is_written(clock, opens_at, rounds):
    load_plain(document(*rounds), clock.now)
    before = stored()
    shorter = rounds[0] | {"time_limit_minutes": 5, "attempts": 1}
    faults = refused_plain(document(shorter, rounds[1], eligibility={"min_age": 16}), opens_at)
    assert [fault.rpartition(" ")[2] for fault in faults[:3]] == [
        "[/eligibility]",
        "[/rounds/0/time_limit_minutes]",
        "[/rounds/0/attempts]",
    ]
    assert "phải có lý do" in faults[3]
    assert stored() == before


def test_a_round_to_come_may_change_and_the_one_that_is_played_keeps_its_paper(phone, clock, opens_at, rounds):
    load_plain(document(*rounds), clock.now)
    clock.now = opens_at
    an = Player(phone)
    paper = an.start("thi.r1").json
    kept = round_row("r1")
    new = rounds[1] | {"time_limit_minutes": 20, "paper": [{"bank": "dat-dai", "count": 4}]}
    third = round_document(opens_at + 3 * DAY, round="r3", title="Vòng 3")
    assert load(document(rounds[0], new, third), clock.now) is Loaded.AMENDED
    assert an.start("thi.r1").json["questions"] == paper["questions"]
    assert (round_row("r1").rules, round_row("r1").seed) == (kept.rules, kept.seed)
    assert an.get("/rounds/thi.r2").json["question_count"] == 4
    assert phone.get("/api/v1/contests/thi").json["closes_at"] == (opens_at + 3 * DAY + HOUR).isoformat()
    assert load(document(rounds[0], third), clock.now) is Loaded.AMENDED
    assert an.get("/rounds/thi.r2").status_code == 404
    assert [change["path"] for made in amendments(phone) for change in made["changes"]] == [
        "/rounds/r2/time_limit_minutes",
        "/rounds/r2/paper",
        "/rounds/r3",
        "/rounds/r2",
    ]


def test_a_trial_keeps_what_it_was_opened_with_while_the_contest_still_changes(clock, opens_at):
    trial = round_document(opens_at, round="thu", phase="trial")
    official = round_document(opens_at + DAY)
    load_plain(document(trial, official), clock.now)
    kept = round_row("thu").rules
    tracks = [{"track": "a", "title": "Bảng A", "when": {"max_age": 17}}, {"track": "b", "title": "Bảng B"}]
    made = document(trial, official, tracks=tracks, limits={"per_day": 2}, overall={"counts": "none"})
    assert load(made, opens_at) is Loaded.AMENDED
    assert round_row("thu").rules == kept
    assert round_row("r1").rules["limits"]["per_day"] == 2
    assert [row[1] for row in stored()[3]] == ["round:thi.thu", "round:thi.r1", "round:thi.r1#a", "round:thi.r1#b"]
    assert load(document(trial, official), opens_at) is Loaded.AMENDED
    assert [row[1] for row in stored()[3]] == ["round:thi.thu", "round:thi.r1", "contest:thi"]


def test_what_a_correction_has_extended_stays_extended(clock, opens_at, rounds):
    load_plain(document(*rounds), clock.now)
    with transaction() as session:
        later = opens_at + 3 * HOUR
        session.execute(update(Round).where(Round.public_id == "thi.r1").values(closes_at=later))
    assert load(document(*rounds, title="Tên mới"), opens_at) is Loaded.AMENDED
    assert round_row("r1").closes_at == later


def test_the_banks_still_reach_the_rounds_to_come(phone, clock, opens_at, rounds):
    made = document(*rounds)
    load_plain(made, clock.now)

    def drawn() -> dict[int, set[int]]:
        with reading() as session:
            found: dict[int, set[int]] = {}
            for row in session.scalars(select(RoundQuestion)):
                found.setdefault(row.round_id, set()).add(row.question_version_id)
            return found

    before = drawn()
    with transaction() as session:
        one = session.scalar(select(Question.id).join(Bank).where(Bank.code == "bau-cu"))
        session.execute(update(Question).values(withdrawn=True).where(Question.id == one))
    assert load(made, opens_at, None) is Loaded.CHANGED
    assert load(made, opens_at, None) is Loaded.UNCHANGED
    first, second = sorted(before)
    assert drawn()[first] == before[first]
    assert len(before[second] - drawn()[second]) == 1
    assert phone.get("/api/v1/contests/thi/rules").json["version"] == 1
    assert amendments(phone) == []


def test_the_same_in_other_words_is_no_amendment(phone, clock, opens_at, rounds):
    load_plain(document(*rounds), clock.now)
    assert load(document(*rounds, complaints={"hours": 72}), opens_at, None) is Loaded.UNCHANGED
    assert amendments(phone) == []


def test_what_has_been_published_cannot_be_changed(clock, opens_at, rounds):
    load_plain(document(*rounds), clock.now)
    load(document(*rounds, title="Tên mới"), opens_at)
    for statement in (update(ContestAmendment).values(reason="Khác"), delete(ContestAmendment)):
        with pytest.raises(DatabaseError), transaction() as session:
            session.execute(statement)
    with reading() as session:
        (row,) = session.scalars(select(ContestAmendment))
        assert (row.reason, row.actor_id, row.document["title"]) == (WHY, None, "Tên mới")
        assert row.contest_id == session.scalar(select(Contest.id))


def test_the_organizer_who_amends_is_kept(phone, clock, opens_at, rounds):
    load_plain(document(*rounds), clock.now)
    an = Player(phone)
    with transaction() as session:
        made = document(*rounds, title="Tên mới")
        load_contest(session, made, now=opens_at, reason=WHY, actor_id=UUID(an.id))
        assert session.scalar(select(ContestAmendment.actor_id)) == UUID(an.id)
    assert an.id not in json.dumps(amendments(phone))
