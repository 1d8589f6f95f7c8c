"""Tokens of Zalo and phone numbers are nowhere: not in the database, not in the log."""

from quizsvc.core.keys import derive
from tests.conftest import TEST_KEY
from tests.identity.people import AN, AN_ID, AN_PHONE, APP_SECRET, Citizen, everything_stored, log_out, refresh, sign_in

PHONE_CALL = {"phone_token": AN_PHONE, "access_token": AN}


def everything_done(live, double):
    """Every call that carries a secret, going well and going wrong; the tokens of ours that were given out."""
    an = Citizen(live, AN)
    first = an.tokens
    answer = an.call("POST", "/me/phone", PHONE_CALL)
    assert answer.json["phone_verified"] is True
    assert an.call("POST", "/me/phone", PHONE_CALL).status_code == 409
    an.refresh()
    for mode in ("down", "html", "foreign_ip", "not_json"):
        double.mode = mode
        assert sign_in(live, AN).status_code == 503
        assert an.call("POST", "/me/phone", PHONE_CALL).status_code == 503
    double.mode, double.error = "ok", -1241
    assert sign_in(live, AN).status_code == 500
    double.error = None
    assert sign_in(live, AN + "-of-long-ago").status_code in (401, 503)
    assert live.get("/api/v1/me", headers={"Authorization": f"Bearer {first['access_token']}x"}).status_code == 401
    assert refresh(live, first["refresh_token"] + "x").status_code == 401
    assert log_out(live, an.tokens["refresh_token"]).status_code == 204
    given = [tokens[name] for tokens in (first, an.tokens) for name in ("access_token", "refresh_token")]
    assert len(set(given)) == 4
    return given


def test_in_the_database(live, double):
    given = everything_done(live, double)
    stored = everything_stored()
    assert AN_ID in stored  # the search does find what is there
    for secret in (AN, AN_PHONE, APP_SECRET, "912345678", TEST_KEY, *given):
        assert secret not in stored


def test_in_the_log(live, double, log_text):
    given = everything_done(live, double)
    written = log_text()
    assert '"route": "/api/v1/auth/zalo"' in written
    assert '"event": "zalo-misconfigured"' in written
    assert "GET /v2.0/me" in written  # the libraries were heard too
    refresh_key = derive(TEST_KEY, "refresh-token").hex()
    secrets = [AN, AN_PHONE, APP_SECRET, "912345678", AN_ID, "Văn An", "203.0.113.9", TEST_KEY, refresh_key]
    for secret in (*secrets, *given):
        assert secret not in written
