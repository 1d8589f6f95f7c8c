"""A refresh token is used once; the honest second use is forgiven for ten seconds, any later one ends the sign-in."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from quizsvc.auth.models import RefreshToken, SignInSession
from quizsvc.core.db import reading
from tests.api.problems import assert_problem
from tests.identity.people import everything_stored, refresh
from tests.world import Player

THREADS = 12


def refused_everywhere(client, *refresh_tokens, slug="refresh-reused"):
    for token in refresh_tokens:
        assert_problem(refresh(client, token), 401, slug)


def test_each_use_gives_a_new_pair(client, clock):
    an = Player(client)
    pairs = [an.tokens]
    for _ in range(3):
        clock.advance(minutes=5)
        pairs.append(an.refresh().tokens)
        assert set(an.tokens) == {"access_token", "refresh_token", "token_type", "expires_in"}
        assert an.get("/me").json["id"] == an.id
    assert len({pair["refresh_token"] for pair in pairs}) == 4
    assert len({pair["access_token"] for pair in pairs}) == 4
    stored = everything_stored()
    assert not [value for pair in pairs for value in (pair["refresh_token"], pair["access_token"]) if value in stored]


def test_a_lost_answer_is_repeated_within_the_grace(client, clock):
    an = Player(client)
    old = an.tokens["refresh_token"]
    first = refresh(client, old)
    clock.advance(seconds=10)
    again = refresh(client, old)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json["refresh_token"] == again.json["refresh_token"]
    clock.advance(minutes=1)
    assert refresh(client, again.json["refresh_token"]).status_code == 200


def test_reuse_after_the_grace_ends_the_sign_in_and_no_other(client, clock):
    an, other_phone = Player(client), Player(client)
    old = an.tokens["refresh_token"]
    an.refresh()
    clock.advance(seconds=10, milliseconds=1)
    assert an.get("/me").status_code == 200
    assert_problem(refresh(client, old), 401, "refresh-reused")
    refused_everywhere(client, an.tokens["refresh_token"], old)
    assert_problem(an.get("/me"), 401, "token-invalid")
    assert other_phone.refresh().get("/me").status_code == 200
    with reading() as session:
        ended = session.scalars(select(SignInSession.revoked_because).order_by(SignInSession.revoked_because.desc()))
        assert sorted(map(str, ended)) == ["None", "reused"]


def test_any_old_token_of_the_family_betrays_it(client, clock):
    an = Player(client)
    grandmother = an.tokens["refresh_token"]
    for _ in range(3):
        clock.advance(minutes=1)
        an.refresh()
    assert_problem(refresh(client, grandmother), 401, "refresh-reused")
    refused_everywhere(client, an.tokens["refresh_token"])


def test_a_month_without_a_visit(client, clock):
    an, binh = Player(client, 1), Player(client, 2)
    clock.advance(days=30, milliseconds=-1)
    an.refresh()
    clock.advance(milliseconds=1)
    assert_problem(refresh(client, binh.tokens["refresh_token"]), 401, "token-expired")
    clock.advance(days=29)
    assert an.refresh().get("/me").status_code == 200


@pytest.mark.parametrize("token", ["x", "a" * 43, "ế" * 43])
def test_a_token_of_nobody(client, token):
    assert_problem(refresh(client, token), 401, "token-invalid")


def test_an_access_token_refreshes_nothing(client):
    an = Player(client)
    answer = refresh(client, an.tokens["access_token"])
    assert (answer.status_code, answer.json["type"]) in [(401, "/problems/token-invalid"), (422, "/problems/validation")]
    assert_problem(
        client.get("/api/v1/me", headers={"Authorization": f"Bearer {an.tokens['refresh_token']}"}), 401, "token-invalid"
    )


def at_once(app, token):
    """The same refresh from many threads, let go at the same moment."""
    barrier = threading.Barrier(THREADS)

    def call(_):
        client = app.test_client()
        barrier.wait(timeout=30)
        return refresh(client, token)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(call, range(THREADS)))


def test_threads_that_refresh_at_once_get_one_successor(app, client, clock):
    an = Player(client)
    for generation in range(2, 5):
        answers = at_once(app, an.tokens["refresh_token"])
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.json["refresh_token"] for answer in answers}) == 1
        an.tokens = answers[-1].json
        assert an.get("/me").status_code == 200
        with reading() as session:
            assert session.scalar(select(func.count()).select_from(RefreshToken)) == generation
        clock.advance(minutes=1)
    assert an.refresh().get("/me").status_code == 200


def test_threads_that_reuse_at_once_end_the_sign_in_together(app, client, clock):
    an = Player(client)
    old = an.tokens["refresh_token"]
    an.refresh()
    clock.advance(minutes=1)
    for answer in at_once(app, old):
        assert_problem(answer, 401, "refresh-reused")
    refused_everywhere(client, an.tokens["refresh_token"])
