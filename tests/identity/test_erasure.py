"""Erasure: the name goes at once and everywhere, the figures stay as they are."""

import pytest
from sqlalchemy import select

from quizsvc.attempts.models import Attempt
from quizsvc.attempts.sweeping import Swept, sweep
from quizsvc.core.db import reading
from quizsvc.participants.models import Erasure, Participant
from quizsvc.participants.privacy import ANONYMOUS
from quizsvc.verification.service import verify
from tests.api.problems import assert_problem
from tests.identity.people import everything_stored
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers

ZALO_ID, NAME, NICKNAME = 98765432109, "Hoàng Thị Duyên", "Duyên Nghi Lộc"
BOARDS = ["/rounds/thi.r1/leaderboard", "/contests/thi/leaderboard"]
UNIT_TABLES = ["/rounds/thi.r1/units", "/contests/thi/units"]
SEEDED = ("units", "unit_successions", "questions", "question_versions", "instruments", "banks")


@pytest.fixture
def binh(phone, clock):
    """Somebody else who has played."""
    make_contest(clock.now)
    binh = Player(phone, 2, "Trần Thị Bình").in_unit(KIM_LIEN)
    attempt = binh.start().json
    binh.submit(attempt, answers=right_answers(attempt, wrong=1))
    return binh


@pytest.fixture
def duyen(binh, phone, clock):
    """Someone with everything, who has played once and is playing again."""
    duyen = Player(phone, ZALO_ID, NAME).in_unit(THANH_VINH)
    said = {"nickname": NICKNAME, "birth_date": "1987-06-05", "occupation": "farmer"}
    assert duyen.call("PATCH", "/me", said).status_code == 200
    phone_call = {"phone_token": "sandbox-phone:0912345678", "access_token": f"sandbox:{ZALO_ID}"}
    assert duyen.call("POST", "/me/phone", phone_call).status_code == 200
    duyen.call("POST", "/me/consents", {"purpose": "publish_name", "policy_version": "1", "granted": True})
    attempt = duyen.start().json
    clock.advance(seconds=30)
    duyen.submit(attempt, answers=right_answers(attempt))
    clock.advance(seconds=1)
    duyen.open = duyen.start().json
    duyen.save(duyen.open, 1, right_answers(duyen.open, wrong=2))
    return duyen


def figures(client):
    """What the boards and the tables of units say; the names on the boards apart."""
    boards = [client.get(f"/api/v1{path}").json for path in BOARDS]
    names = [[row.pop("display_name") for row in board["items"]] for board in boards]
    units = [client.get(f"/api/v1{path}").json["items"] for path in UNIT_TABLES]
    for board in boards:
        board.pop("as_of")
    return [boards, units], names


def assert_verified():
    with reading() as session:
        findings = verify(session)
    assert findings.attempts
    assert findings.differences == []


def test_figures_stay_and_the_name_goes(duyen, phone):
    before, names = figures(phone)
    assert names == [[NICKNAME, "Trần T. B."]] * 2
    assert duyen.call("DELETE", "/me").status_code == 204
    after, names = figures(phone)
    assert names == [[ANONYMOUS, "Trần T. B."]] * 2
    assert after == before
    assert_verified()


def test_nothing_personal_is_left(duyen, clock):
    clock.advance(seconds=1)
    before = everything_stored(*SEEDED)
    personal = [NAME, NICKNAME, str(ZALO_ID), "date(1987, 6, 5)"]
    assert [text for text in personal if text not in before] == []
    duyen.call("DELETE", "/me")
    after = everything_stored(*SEEDED)
    assert [text for text in personal if text in after] == []
    with reading() as session:
        (row,) = session.scalars(select(Participant).where(Participant.erased_at.is_not(None)))
        (erasure,) = session.scalars(select(Erasure))
        kept = {column.key: getattr(row, column.key) for column in Participant.__table__.c}
        assert {name for name, value in kept.items() if value is not None} == {"id", "created_at", "erased_at"}
        assert (str(row.id), row.erased_at) == (duyen.id, clock.now)
        assert (erasure.participant_id, erasure.erased_at, len(erasure.zalo_user_hash)) == (row.id, clock.now, 64)


def test_coming_back_is_coming_new(duyen, phone):
    duyen.call("DELETE", "/me")
    again = Player(phone, ZALO_ID, NAME)
    assert again.id != duyen.id
    me = again.get("/me").json
    assert (me["nickname"], me["birth_date"], me["unit"], me["occupation"]) == (None, None, None, None)
    assert me["phone_verified"] is False
    assert again.get("/me/consents").json["items"] == []
    export = again.get("/me/export").json
    assert (export["consents"], export["roles"], export["attempts"], len(export["sessions"])) == ([], [], [], 1)
    assert_problem(again.get(f"/attempts/{duyen.open['id']}"), 404, "not-found")
    assert again.start().json["number"] == 1
    assert again.get("/rounds/thi.r1/leaderboard/me").json["rank"] is None
    assert again.call("DELETE", "/me").status_code == 204  # and may go again
    with reading() as session:
        hashes = session.scalars(select(Erasure.zalo_user_hash)).all()
    assert len(hashes) == 2
    assert len(set(hashes)) == 1


def test_what_was_open_is_closed_by_the_sweeper(duyen, phone, clock):
    before, _ = figures(phone)
    duyen.call("DELETE", "/me")
    assert_problem(duyen.submit(duyen.open), 401, "token-invalid")
    assert sweep(clock) == Swept(0, 0)
    clock.advance(minutes=11)
    assert sweep(clock) == Swept(1, 1)
    with reading() as session:
        (attempt,) = session.scalars(select(Attempt).where(Attempt.state == "expired"))
    assert (str(attempt.id), attempt.score) == (duyen.open["id"], 1)
    (boards, units), names = figures(phone)
    assert boards == before[0]  # the better attempt still counts
    assert names == [[ANONYMOUS, "Trần T. B."]] * 2
    (own,) = (row for row in units[0] if row["unit"]["code"] == THANH_VINH)
    assert (own["participants"], own["attempts"]) == (1, 2)
    assert_verified()


def test_others_are_not_touched(duyen, binh):
    before = [binh.get(path).json for path in ("/me", "/me/consents", "/rounds/thi.r1/attempts")]
    duyen.call("DELETE", "/me")
    assert [binh.get(path).json for path in ("/me", "/me/consents", "/rounds/thi.r1/attempts")] == before
    entry = binh.get("/rounds/thi.r1/leaderboard/me").json
    assert (entry["rank"], [row["display_name"] for row in entry["neighbours"]]) == (2, [ANONYMOUS, "Trần T. B."])
