"""``SECRET_KEY=new,old``: what was made under the old key stays good, what is made now carries the new one."""

from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from sqlalchemy import select

from quizsvc import create_app
from quizsvc.core.db import db, reading
from quizsvc.core.keys import Keys
from quizsvc.participants.models import Participant
from tests.api.problems import assert_problem
from tests.conftest import settings_for
from tests.world import Player

OLD, NEW = "old-key-of-forty-characters-0123456789ab", "new-key-of-forty-characters-0123456789ab"
PHONE_CALL = {"phone_token": "sandbox-phone:0912345678", "access_token": "sandbox:1"}


@pytest.fixture
def client_under(database_url, clock, chance) -> Iterator[Callable[[str], Any]]:
    """A client of the service started with these keys, on one and the same database."""
    contexts = []

    def start(secret_key: str) -> Any:
        app = create_app(settings_for(database_url, SECRET_KEY=secret_key), clock=clock, chance=chance)
        contexts.append(app.app_context())
        contexts[-1].push()
        return app.test_client()

    yield start
    for context in reversed(contexts):
        db.engine.dispose()
        context.pop()


def kid(player):
    return jwt.get_unverified_header(player.tokens["access_token"])["kid"]


def key_id(secret):
    return next(iter(Keys.from_secrets([secret]).signing))


def moved(player, client):
    player.client = client
    return player


def stored_phone():
    with reading() as session:
        return session.scalars(select(Participant.phone_encrypted)).one()


def test_what_was_made_under_the_old_key_still_works(client_under):
    an = Player(client_under(OLD))
    assert an.call("POST", "/me/phone", PHONE_CALL).status_code == 200
    assert kid(an) == key_id(OLD)
    moved(an, client_under(f"{NEW},{OLD}"))
    me = an.get("/me")
    assert (me.status_code, me.json["phone_verified"]) == (200, True)
    assert an.get("/me/export").json["profile"]["phone"] == "…678"
    an.refresh()
    assert kid(an) == key_id(NEW)
    assert an.get("/me").json["id"] == an.id
    assert kid(Player(an.client)) == key_id(NEW)
    # and the pair made in between needs the old key no more
    moved(an, client_under(NEW))
    assert an.get("/me").status_code == 200
    assert an.refresh().get("/me").status_code == 200


def test_a_phone_number_is_encrypted_under_the_new_key(client_under):
    an = Player(client_under(OLD))
    an.call("POST", "/me/phone", PHONE_CALL)
    assert Keys.from_secrets([NEW]).decrypt(stored_phone()) is None
    moved(an, client_under(f"{NEW},{OLD}")).call("POST", "/me/phone", PHONE_CALL)
    assert Keys.from_secrets([NEW]).decrypt(stored_phone()) == "+84912345678"


def test_a_dropped_key_is_worth_nothing(client_under):
    an = Player(client_under(OLD))
    moved(an, client_under(NEW))
    assert_problem(an.get("/me"), 401, "token-invalid")
    assert an.refresh().get("/me").status_code == 200  # the sign-in does not hang on the key


def test_reuse_is_noticed_across_a_rotation(client_under, clock):
    an = Player(client_under(OLD))
    stolen = an.tokens["refresh_token"]
    an.refresh()
    clock.advance(minutes=1)
    client = client_under(f"{NEW},{OLD}")
    assert_problem(client.post("/api/v1/auth/refresh", json={"refresh_token": stolen}), 401, "refresh-reused")
    assert_problem(moved(an, client).get("/me"), 401, "token-invalid")


def test_an_answer_lost_across_a_rotation_is_repeated(client_under, clock):
    old_client = client_under(OLD)
    token = {"refresh_token": Player(old_client).tokens["refresh_token"]}
    first = old_client.post("/api/v1/auth/refresh", json=token)
    clock.advance(seconds=9)
    assert_problem(client_under(NEW).post("/api/v1/auth/refresh", json=token), 401, "token-invalid")  # cannot know it
    again = client_under(f"{NEW},{OLD}").post("/api/v1/auth/refresh", json=token)
    assert again.json["refresh_token"] == first.json["refresh_token"]
    following = {"refresh_token": again.json["refresh_token"]}
    assert client_under(NEW).post("/api/v1/auth/refresh", json=following).status_code == 200
