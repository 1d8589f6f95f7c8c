"""The export holds everything about me, and nothing about anybody else."""

import json

import pytest
from sqlalchemy import select

from quizsvc.attempts.models import Attempt
from quizsvc.auth.models import RefreshToken, SignInSession
from quizsvc.auth.roles import grant_role
from quizsvc.core.chance import SystemChance
from quizsvc.core.db import reading, transaction
from quizsvc.participants.models import Participant
from quizsvc.units.service import unit_by_code
from tests.identity.people import log_out
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers, round_document

PROMPT = {"prompt": "Bao nhiêu người trả lời đúng hết?"}


def lived(phone, clock, number, name, unit, role):
    """Someone of whom everything is held: a full profile, two sign-ins, a role, consents, an ended and an open attempt."""
    Player(phone, number, name)
    clock.advance(seconds=1)
    player = Player(phone, number, name).in_unit(unit)
    said = {"nickname": f"Biệt danh {number}", "birth_date": f"198{number}-05-19", "occupation": "worker"}
    assert player.call("PATCH", "/me", said).status_code == 200
    phone_call = {"phone_token": f"sandbox-phone:091111111{number}", "access_token": f"sandbox:{number}"}
    assert player.call("POST", "/me/phone", phone_call).status_code == 200
    for granted in (True, False):
        clock.advance(seconds=1)
        player.call("POST", "/me/consents", {"purpose": "contact", "policy_version": f"bản {number}", "granted": granted})
    with transaction() as session:
        found = unit_by_code(session, unit, on=clock.now.date())
        (person,) = session.scalars(select(Participant).where(Participant.zalo_user_id == str(number)))
        grant_role(session, participant_id=person.id, role=role, unit_id=found.id, now=clock.now, chance=SystemChance())
    return player


@pytest.fixture
def an(phone, clock):
    make_contest(clock.now, round_document(clock.now, prediction=PROMPT))
    return lived(phone, clock, 1, "Nguyễn Văn An", THANH_VINH, "author")


@pytest.fixture
def binh(an, phone, clock):
    return lived(phone, clock, 2, "Trần Thị Bình", KIM_LIEN, "reviewer")


def test_everything_about_me(an, clock):
    attempt = an.start().json
    answers = right_answers(attempt, wrong=1)
    ended = an.submit(attempt, answers=answers, predicted=17).json
    clock.advance(seconds=1)
    running = an.start().json
    me = an.get("/me").json
    export = an.get("/me/export").json
    assert set(export) == {"profile", "consents", "sessions", "roles", "attempts", "exported_at"}
    profile = export["profile"]
    with reading() as session:
        person = session.scalars(select(Participant)).one()
        sign_ins = session.scalars(select(SignInSession).order_by(SignInSession.started_at)).all()
    assert profile == me | {"phone": "…111", "zalo_user_id": "1", "created_at": person.created_at.isoformat()}
    assert [row["granted"] for row in export["consents"]] == [True, False]
    assert [row["started_at"] for row in export["sessions"]] == [row.started_at.isoformat() for row in sign_ins]
    assert [(row["role"], row["unit_id"]) for row in export["roles"]] == [("author", me["unit"]["id"])]
    first, second = export["attempts"]
    assert (first["id"], first["state"], first["answers"], first["predicted"]) == (attempt["id"], "submitted", answers, 17)
    assert first["result"] == ended
    assert first["profile"] == {"occupation": "worker", "age": 45}
    assert (second["id"], second["state"], second["result"], second["predicted"]) == (running["id"], "open", None, None)
    assert export["exported_at"] == clock.now.isoformat()


def test_a_sign_in_that_ended_says_when(phone, clock):
    first, second = Player(phone), Player(phone)
    clock.advance(seconds=5)
    log_out(phone, first.tokens["refresh_token"])
    ended = [row["ended_at"] for row in second.get("/me/export").json["sessions"]]
    assert sorted(ended, key=str) == [clock.now.isoformat(), None]


def test_nothing_about_others(an, binh):
    for player in (an, binh):
        player.submit(player.start().json, answers={})
        player.start()
    texts = {player: json.dumps(player.get("/me/export").json, ensure_ascii=False) for player in (an, binh)}
    with reading() as session:
        marks = {
            player: [
                str(row.id)
                for table in (Attempt, SignInSession)
                for row in session.query(table)
                if str(row.participant_id) == player.id
            ]
            for player in (an, binh)
        }
        hashes = session.scalars(select(RefreshToken.hash)).all()
    marks[an] += [an.id, "Nguyễn Văn An", "Biệt danh 1", "1981-05-19", THANH_VINH, "author", "bản 1"]
    marks[binh] += [binh.id, "Trần Thị Bình", "Biệt danh 2", "1982-05-19", KIM_LIEN, "reviewer", "bản 2"]
    for mine, other in ((an, binh), (binh, an)):
        assert len(marks[mine]) == 11
        assert [mark for mark in marks[other] if mark in texts[mine]] == []
        told = {mark for mark in marks[mine] if mark in texts[mine]}
        assert told >= set(marks[mine][:2]) | set(marks[mine][4:])
        secrets = ["9111111", mine.tokens["access_token"], mine.tokens["refresh_token"], *hashes]
        assert [secret for secret in secrets if secret in texts[mine]] == []


def test_nobody_new_has_an_empty_one(client):
    export = Player(client, 5).get("/me/export").json
    assert (export["consents"], export["roles"], export["attempts"], len(export["sessions"])) == ([], [], [], 1)
