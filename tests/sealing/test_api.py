"""Organizers seal: who may, when, and what it leaves."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from quizsvc.core.db import reading
from quizsvc.leaderboards.snapshot_models import SnapshotEntry
from quizsvc.organizers.models import AuditRow
from tests.conftest import NOW
from tests.organizers.people import give
from tests.sealing.filling import BY_PREDICTION, LATER, PROMPT, Result, disqualify, put
from tests.world import THANH_VINH, Player, make_contest, right_answers, round_document

ROUND, CONTEST = "/manage/rounds/thi.r1/seal", "/manage/contests/thi/seal"


@pytest.fixture
def owner(phone):
    player = Player(phone, 90, "Chủ")
    give(player, "owner")
    return player


def seal(player, path=ROUND, kind="provisional", **more):
    return player.refresh().call("POST", path, {"reason": "Kết thúc vòng thi", "kind": kind} | more)


def problem(answer):
    return answer.status_code, answer.json["type"].removeprefix("/problems/")


def test_only_who_has_the_power_over_the_organizer(owner, phone, clock):
    make_contest(NOW)
    clock.now = LATER
    viewer, elsewhere = Player(phone, 91), Player(phone, 92)
    give(viewer, "viewer")
    give(elsewhere, "owner", THANH_VINH)
    for path in (ROUND, CONTEST):
        for player in (viewer, elsewhere, Player(phone, 93)):
            assert problem(seal(player, path)) == (403, "forbidden")
    assert seal(owner, "/manage/rounds/khong.co/seal").status_code == 404
    assert phone.get("/api/v1/rounds/thi.r1/snapshots").json["items"] == []
    assert seal(owner).status_code == 201


def test_a_trial_is_wiped_so_it_is_not_sealed(owner, phone, clock):
    make_contest(NOW, round_document(NOW, round="thu", phase="trial"), round_document(LATER, round="r1"))
    Player(phone).start("thi.thu")
    clock.now = LATER
    assert problem(seal(owner, "/manage/rounds/thi.thu/seal")) == (404, "not-found")
    assert phone.get("/api/v1/rounds/thi.thu/snapshots").json["items"] == []


def test_not_before_it_closed_nor_while_something_is_open_or_ungraded(owner, phone, clock):
    make_contest(NOW, round_document(NOW), round_document(LATER, round="r2"))
    clock.advance(minutes=55)
    an = Player(phone)
    attempt = an.start().json
    refused = seal(owner)
    assert problem(refused) == (409, "not-closed-yet")
    assert refused.json["closes_at"] == "2026-11-23T02:00:00+00:00"
    assert "09:00 ngày 23/11/2026" in refused.json["detail"]
    clock.advance(minutes=5)
    refused = seal(owner)
    assert (refused.json["open_attempts"], refused.json["ungraded_attempts"]) == (1, 0)
    an.submit(attempt)
    assert problem(seal(owner, CONTEST)) == (409, "not-closed-yet")  # the second round is still to come
    assert seal(owner).json["snapshots"][0]["entries"] == 1


def test_provisional_complaints_final_and_once_more(owner, phone, clock):
    make_contest(NOW, complaints={"hours": 48})
    put("thi.r1", [Result()])
    clock.now = LATER
    assert problem(seal(owner, kind="final")) == (409, "complaints-open")
    assert seal(owner).status_code == 201
    clock.advance(hours=47)
    refused = seal(owner, kind="final")
    assert (problem(refused), refused.json["until"]) == ((409, "complaints-open"), "2026-11-25T03:00:00+00:00")
    clock.advance(hours=1)
    assert seal(owner, kind="final").json["snapshots"][0]["number"] == 2
    for kind in ("provisional", "final"):
        assert problem(seal(owner, kind=kind)) == (409, "already-final")
    assert seal(owner, reopen=True).json["snapshots"][0]["number"] == 3
    kinds = [made["kind"] for made in phone.get("/api/v1/rounds/thi.r1/snapshots").json["items"]]
    assert kinds == ["provisional", "final", "provisional"]
    assert phone.get("/api/v1/rounds/thi.r1/leaderboard").json["state"] == "provisional"


def test_what_is_recorded(owner, phone, clock):
    make_contest(NOW)
    put("thi.r1", [Result(), Result()])
    clock.now = LATER
    made = seal(owner).json["snapshots"][0]
    assert seal(owner, CONTEST).status_code == 201
    with reading() as session:
        first, second = session.scalars(
            select(AuditRow).where(AuditRow.action.like("%.seal")).order_by(AuditRow.number)
        ).all()
    assert (first.action, first.subject, first.reason, str(first.actor_id), first.actor_role) == (
        "round.seal",
        "round:thi.r1",
        "Kết thúc vòng thi",
        owner.id,
        "owner",
    )
    assert first.before == {"snapshots": [{"board": "round:thi.r1", "number": 0}]}
    assert first.after["snapshots"] == [{"board": "round:thi.r1", "number": 1, "entries": 2, "sha256": made["sha256"]}]
    assert (second.action, second.subject) == ("contest.seal", "contest:thi")


def test_a_prediction_about_the_whole_contest_waits_for_all_rounds(owner, phone, clock):
    asked = PROMPT | {"scope": "contest", "target": "participants"}
    rounds = [
        round_document(NOW, prediction=asked, ranking=BY_PREDICTION),
        round_document(LATER, round="r2", prediction=asked),
    ]
    make_contest(NOW, *rounds)
    put("thi.r1", [Result(predicted=3), Result(predicted=2)])
    clock.now = LATER
    put("thi.r2", [Result()], first=5000)
    assert problem(seal(owner)) == (409, "not-closed-yet")
    clock.advance(hours=2)
    assert seal(owner).json["snapshots"][0]["actual"] == {
        "target": "participants",
        "scope": "contest",
        "counts_voided": False,
        "values": [{"round": None, "track": None, "value": 3}],
    }
    shown = phone.get("/api/v1/rounds/thi.r1/leaderboard").json["items"]
    assert [row["display_name"] for row in shown] == ["Số 1000", "Số 1001"]


SEALS = select(AuditRow).where(AuditRow.action.like("%.seal")).order_by(AuditRow.number)


def play(player, clock, wrong, predicted, seconds=10):
    attempt = player.refresh().start().json
    clock.advance(seconds=seconds)
    answered = player.submit(
        attempt, request_id=attempt["id"], answers=right_answers(attempt, wrong=wrong), predicted=predicted
    )
    assert answered.status_code == 200, answered.text


@pytest.mark.parametrize(
    ("whose", "errors"), [("counted", [3, 0]), ("first", [-2, 0]), ("last", [7, 0]), ("nearest", [-1, 0])]
)
def test_whose_prediction_counts(owner, phone, clock, whose, errors):
    """Two people; An predicts 0, then 1, then (in the best attempt) 5, then 9."""
    ranking = [{"key": "score"}, {"key": "attempts", "order": "high"}, {"key": "prediction_error"}]
    asked = PROMPT | {"target": "participants", "whose": whose}
    make_contest(NOW, round_document(NOW, prediction=asked, ranking=ranking))
    an, binh = Player(phone), Player(phone, 2, "Bình")
    for wrong, predicted in ((1, 0), (2, 1), (0, 5), (2, 9)):
        play(an, clock, wrong, predicted)
    play(binh, clock, 0, 2)
    clock.now = LATER
    made = seal(owner).json["snapshots"][0]
    assert made["actual"]["values"] == [{"round": None, "track": None, "value": 2}]
    with reading() as session:
        assert session.scalars(select(SnapshotEntry.prediction_error).order_by(SnapshotEntry.place)).all() == errors


TRACKS = [
    {"track": "can-bo", "title": "Cán bộ", "when": {"occupations": ["official"]}},
    {"track": "nguoi-dan", "title": "Người dân", "when": {}},
]


def test_tracks_have_boards_and_numbers_of_their_own(owner, phone, clock):
    asked = PROMPT | {"target": "participants", "scope": "track"}
    make_contest(NOW, round_document(NOW, prediction=asked, ranking=BY_PREDICTION), tracks=TRACKS)
    people = [Player(phone, number, f"Người{number}") for number in range(1, 6)]
    for player in people[:3]:
        assert player.call("PATCH", "/me", {"occupation": "official"}).status_code == 200
    for place, player in enumerate(people):
        play(player, clock, 0, (1, 3, 9, 2, 3)[place])
    clock.now = LATER
    answer = seal(owner).json
    values = [
        (made["track"], [(each["track"], each["value"]) for each in made["actual"]["values"]])
        for made in answer["snapshots"]
    ]
    assert values == [
        ("can-bo", [("can-bo", 3)]),
        ("nguoi-dan", [("nguoi-dan", 2)]),
        (None, [("can-bo", 3), ("nguoi-dan", 2)]),
    ]

    def order(query):
        return [row["display_name"] for row in phone.get(f"/api/v1/rounds/thi.r1/leaderboard{query}").json["items"]]

    assert order("?track=can-bo") == ["Người2", "Người1", "Người3"]
    assert order("?track=nguoi-dan") == ["Người4", "Người5"]
    assert order("") == ["Người2", "Người4", "Người5", "Người1", "Người3"]


@pytest.mark.parametrize(
    ("target", "voided", "value"),
    [
        ("participants", False, 2),
        ("participants", True, 3),
        ("attempts", False, 2),
        ("attempts", True, 4),
        ("perfect_participants", False, 1),
        ("perfect_participants", True, 2),
    ],
)
def test_whether_voided_entries_count(owner, phone, clock, target, voided, value):
    make_contest(NOW, round_document(NOW, prediction=PROMPT | {"target": target, "counts_voided": voided}))
    an, binh, chi = (Player(phone, number) for number in (1, 2, 3))
    play(an, clock, 0, 1)
    play(an, clock, 1, 1)
    play(binh, clock, 0, 1)
    play(chi, clock, 1, 1)
    disqualify(UUID(an.id))
    clock.now = LATER
    assert seal(owner).json["snapshots"][0]["actual"]["values"][0]["value"] == value
