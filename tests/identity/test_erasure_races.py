"""What happens in the very moment of an erasure: nothing personal is written to someone who is gone."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import select

from quizsvc.core.db import reading, transaction
from quizsvc.core.runtime import runtime
from quizsvc.participants.models import Erasure, Participant
from quizsvc.participants.service import erase
from tests.world import Player

MOMENT = 0.15  # long enough for the other call to reach the locked row; too short only makes the test easier

CALLS = {
    "a phone number": ("POST", "/me/phone", {"phone_token": "sandbox-phone:0912345678", "access_token": "sandbox:1"}),
    "a nickname": ("PATCH", "/me", {"nickname": "An vui"}),
    "a second erasure": ("DELETE", "/me", None),
}


def while_erasing(app, player, call):
    """The answer to ``call``, made before the erasure is committed and answered after."""
    run = runtime()
    with ThreadPoolExecutor(1) as pool:
        with transaction() as session:
            erase(session, participant_id=UUID(player.id), keys=run.keys, now=run.clock(), chance=run.chance)
            session.flush()
            answer = pool.submit(call, app.test_client())
            threading.Event().wait(MOMENT)
        return answer.result(timeout=30)


def person(participant_id):
    with reading() as session:
        return session.get(Participant, UUID(participant_id))


@pytest.mark.parametrize("what", CALLS)
def test_what_comes_too_late_is_refused(app, client, what):
    an = Player(client)
    method, path, body = CALLS[what]
    answer = while_erasing(app, an, lambda phone: phone.open(f"/api/v1{path}", method=method, json=body, headers=an.headers))
    assert answer.status_code in (401, 404)
    row = person(an.id)
    assert (row.phone_encrypted, row.nickname, row.name, row.zalo_user_id) == (None, None, None, None)
    with reading() as session:
        assert len(session.scalars(select(Erasure)).all()) == 1


def test_who_signs_in_meanwhile_is_somebody_new(app, client):
    an = Player(client)
    again = while_erasing(app, an, lambda phone: Player(phone, 1, "Nguyễn Văn An"))
    assert again.id != an.id
    assert again.get("/me").json["name"] == "Nguyễn Văn An"
    assert person(an.id).name is None
