"""What is asked of Zalo, and what its answers become."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from quizsvc.zalo.breaker import Breaker
from quizsvc.zalo.errors import (
    ZaloConsentNeeded,
    ZaloMisconfigured,
    ZaloPhoneCodeInvalid,
    ZaloPhoneCodeUsed,
    ZaloRegionRefused,
    ZaloTokenRejected,
    ZaloUnavailable,
)
from quizsvc.zalo.proof import app_secret_proof
from quizsvc.zalo.replies import ZaloProfile
from tests.zalo.conftest import APP_SECRET, AVATAR, PHONE_TOKEN, TOKEN, USER_ID, settings_at

UNUSABLE = ["", " ", "a b", " a", "a ", "a\n", "a\r\nX-Other: 1", "a\x00", "a\x7f", "é", "ế", "\ud800", "a" * 4097]


def test_a_profile(live, double):
    assert live.profile(TOKEN) == ZaloProfile(USER_ID, "Trần Thị Bình", AVATAR)
    (call,) = double.calls
    assert (call.path, call.query) == ("/v2.0/me", {"fields": "id,name,picture"})
    assert call.headers["access_token"] == TOKEN
    assert call.headers["appsecret_proof"] == app_secret_proof(APP_SECRET, TOKEN)
    assert not {"authorization", "secret_key", "cookie"} & set(call.headers)
    assert APP_SECRET not in str(call)


def test_a_profile_without_consent(live, double):
    double.people[TOKEN] = {"id": USER_ID}
    assert live.profile(TOKEN) == ZaloProfile(USER_ID, None, None)


def test_a_phone_number(live, double):
    assert live.phone_number(TOKEN, PHONE_TOKEN) == "+84912345678"
    (call,) = double.calls
    assert call.target == "/v2.0/me/info"
    assert (call.headers["access_token"], call.headers["code"]) == (TOKEN, PHONE_TOKEN)
    assert call.headers["secret_key"] == APP_SECRET
    with pytest.raises(ZaloPhoneCodeUsed):
        live.phone_number(TOKEN, PHONE_TOKEN)


@pytest.mark.parametrize("token", UNUSABLE)
def test_a_token_that_no_header_can_carry_is_rejected_unasked(live, double, token):
    with pytest.raises(ZaloTokenRejected):
        live.profile(token)
    with pytest.raises(ZaloTokenRejected):
        live.phone_number(token, PHONE_TOKEN)
    with pytest.raises(ZaloPhoneCodeInvalid):
        live.phone_number(TOKEN, token)
    assert double.calls == []


def test_the_longest_token(live, double):
    double.people["t" * 4096] = {"id": USER_ID}
    assert live.profile("t" * 4096).id == USER_ID


def test_an_unknown_token(live, double):
    with pytest.raises(ZaloTokenRejected):
        live.profile("unknown")
    with pytest.raises(ZaloTokenRejected):
        live.phone_number("unknown", PHONE_TOKEN)
    assert len(double.calls) == 2


def test_a_wrong_secret_is_our_fault_not_the_persons(make_live, double):
    live = make_live(settings_at(double.url, app_secret="of-another-app"))
    with pytest.raises(ZaloMisconfigured):
        live.profile(TOKEN)
    with pytest.raises(ZaloMisconfigured):
        live.phone_number(TOKEN, PHONE_TOKEN)


def test_from_abroad_everyone_is_refused(live, double):
    double.mode = "foreign_ip"
    with pytest.raises(ZaloRegionRefused):
        live.profile(TOKEN)
    with pytest.raises(ZaloRegionRefused):
        live.phone_number(TOKEN, PHONE_TOKEN)
    with pytest.raises(ZaloTokenRejected):
        live.profile("unknown")


def test_phone_tokens_that_decode_to_nothing(live, double):
    double.foreign_codes.add("of-another-app")
    double.phones["location"] = {"provider": "gps", "latitude": "10.758341", "longitude": "106.745863"}
    for phone_token, problem in {
        "damaged": ZaloPhoneCodeInvalid,
        "location": ZaloPhoneCodeInvalid,
        "of-another-app": ZaloMisconfigured,
    }.items():
        with pytest.raises(problem):
            live.phone_number(TOKEN, phone_token)


def test_consent_taken_back(live, double):
    double.error = -1401
    with pytest.raises(ZaloConsentNeeded):
        live.profile(TOKEN)
    assert len(double.calls) == 1


FAILING = ["down", "bad_gateway", "html", "not_json", "huge", "redirect", "number_id"]


@pytest.mark.parametrize("mode", FAILING)
def test_a_failing_zalo_is_asked_twice_for_a_profile(live, double, mode):
    double.mode = mode
    with pytest.raises(ZaloUnavailable) as caught:
        live.profile(TOKEN)
    assert caught.value.headers == {"Retry-After": "5"}
    assert [call.path for call in double.calls] == ["/v2.0/me"] * 2


@pytest.mark.parametrize("mode", FAILING)
def test_the_second_try_may_succeed(live, double, mode):
    double.modes.append(mode)
    assert live.profile(TOKEN).id == USER_ID
    assert len(double.calls) == 2


@pytest.mark.parametrize("mode", ["down", "bad_gateway", "html", "not_json", "huge", "redirect"])
def test_a_phone_token_is_never_sent_twice(live, double, mode):
    double.mode = mode
    with pytest.raises(ZaloUnavailable):
        live.phone_number(TOKEN, PHONE_TOKEN)
    assert len(double.calls) == 1


@pytest.mark.parametrize(("error", "calls", "wait"), [(10000, 2, "5"), (12002, 1, "60"), (11004, 1, "5"), (777, 1, "5")])
def test_only_zalos_own_failures_are_worth_a_second_try(live, double, error, calls, wait):
    double.error = error
    with pytest.raises(ZaloUnavailable) as caught:
        live.profile(TOKEN)
    assert caught.value.headers == {"Retry-After": wait}
    assert len(double.calls) == calls


def test_nobody_listens(make_live, double):
    live = make_live(settings_at("http://127.0.0.1:9"))
    with pytest.raises(ZaloUnavailable):
        live.profile(TOKEN)
    live = make_live(settings_at(f"http://{'a' * 64}.invalid"))  # no name server is asked about such a label
    with pytest.raises(ZaloUnavailable):
        live.phone_number(TOKEN, PHONE_TOKEN)


def test_connections_are_kept(live, double):
    for _ in range(5):
        live.profile(TOKEN)
        with pytest.raises(ZaloTokenRejected):
            live.profile("unknown")
    assert double.connections == 1


def test_nothing_of_one_person_is_sent_for_another(live, double):
    double.mode = "cookie"
    live.profile(TOKEN)
    live.profile(TOKEN)
    assert "cookie" not in double.calls[-1].headers


def test_threads_share_a_client(live, double):
    for number in range(40):
        double.people[f"token-{number}"] = {"id": str(number + 1)}
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda number: live.profile(f"token-{number}").id, range(40)))
    assert found == [str(number + 1) for number in range(40)]
    assert double.connections <= 8


def test_the_proxy_is_the_one_of_the_settings(make_live, double, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert make_live().profile(TOKEN).id == USER_ID
    live = make_live(settings_at("http://graph.example.vn", proxy_url=double.url))
    assert live.profile(TOKEN).id == USER_ID
    assert double.calls[-1].target == "http://graph.example.vn/v2.0/me?fields=id%2Cname%2Cpicture"


def test_a_proxy_sees_no_secret_of_a_tunnel(make_live, double):
    live = make_live(settings_at("https://graph.example.vn", proxy_url=double.url))
    with pytest.raises(ZaloUnavailable):
        live.phone_number(TOKEN, PHONE_TOKEN)
    (call,) = double.calls
    assert (call.method, call.target) == ("CONNECT", "graph.example.vn:443")
    assert not {"access_token", "code", "secret_key", "appsecret_proof"} & set(call.headers)


def test_the_breaker_opens_and_closes(make_live, double, seconds):
    live = make_live(breaker=Breaker(failures=3, rest_seconds=9.5, monotonic=seconds))
    double.mode = "bad_gateway"
    for _ in range(2):
        with pytest.raises(ZaloUnavailable):
            live.profile(TOKEN)
    with pytest.raises(ZaloUnavailable):
        live.phone_number(TOKEN, PHONE_TOKEN)
    assert len(double.calls) == 5

    with pytest.raises(ZaloUnavailable) as caught:
        live.profile(TOKEN)
    assert caught.value.headers == {"Retry-After": "10"}
    with pytest.raises(ZaloTokenRejected):
        live.profile("no token")
    assert len(double.calls) == 5  # nobody was asked

    seconds.now += 9.5
    double.mode = "ok"
    assert live.profile(TOKEN).id == USER_ID
    assert live.profile(TOKEN).id == USER_ID


@pytest.mark.parametrize("error", [452, 119, -501, -1241, 12002, 777])
def test_refusals_do_not_open_the_breaker(make_live, double, seconds, error):
    live = make_live(breaker=Breaker(failures=1, monotonic=seconds))
    double.error = error
    for _ in range(3):
        with pytest.raises((ZaloTokenRejected, ZaloPhoneCodeUsed, ZaloRegionRefused, ZaloMisconfigured, ZaloUnavailable)):
            live.profile(TOKEN)
    double.error = None
    assert live.profile(TOKEN).id == USER_ID


def test_a_gateway_that_dislikes_one_token_does_not_open_the_breaker(make_live, double, seconds):
    live = make_live(breaker=Breaker(failures=1, monotonic=seconds))
    double.modes.append("forbidden")
    with pytest.raises(ZaloUnavailable):
        live.profile("<script>")
    assert live.profile(TOKEN).id == USER_ID
