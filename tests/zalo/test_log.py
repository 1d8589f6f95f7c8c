"""What the log says about calls to Zalo, and what it never says."""

from __future__ import annotations

import logging

import pytest

from quizsvc.core.problems import Problem
from quizsvc.zalo.breaker import Breaker
from tests.zalo.conftest import APP_SECRET, PHONE_TOKEN, TOKEN, USER_ID, settings_at

MODES = ["ok", "foreign_ip", "down", "bad_gateway", "html", "not_json", "huge", "redirect", "number_id", "forbidden"]
ERRORS = [None, 452, 115, 119, 118, -1241, 11004, 12002, 777]


def problem_of(ask, *arguments):
    with pytest.raises(Problem) as caught:
        ask(*arguments)
    return caught.value


@pytest.mark.parametrize(
    ("error", "level"),
    [
        (-501, "error"),
        (-1241, "error"),
        (118, "error"),
        (11004, "error"),
        (10000, "warning"),
        (12002, "warning"),
        (777, "warning"),
        (452, "info"),
        (119, "info"),
    ],
)
def test_what_the_operator_must_mend_is_an_error(live, double, lines, error, level):
    double.error = error
    problem_of(live.phone_number, TOKEN, PHONE_TOKEN)
    (line,) = lines
    assert (line["log_level"], line["error"], line["path"]) == (level, error, "/v2.0/me/info")


def test_events_have_constant_names(live, double, lines):
    for error in (-501, -1241, 11004, 12002, 777, 452):
        double.error = error
        problem_of(live.profile, TOKEN)
    assert [line["event"] for line in lines] == [
        "zalo-region-refused",
        "zalo-misconfigured",
        "zalo-app-disabled",
        "zalo-over-quota",
        "zalo-unexpected",
        "zalo-token-rejected",
    ]


def test_opening_the_breaker_is_said_once(make_live, double, lines, seconds):
    live = make_live(breaker=Breaker(failures=2, monotonic=seconds))
    double.mode = "bad_gateway"
    for _ in range(4):
        problem_of(live.phone_number, TOKEN, PHONE_TOKEN)
    assert [(line["event"], line["log_level"]) for line in lines] == [
        ("zalo-unavailable", "warning"),
        ("zalo-unavailable", "warning"),
        ("zalo-breaker-opened", "error"),
        ("zalo-not-asked", "info"),
        ("zalo-not-asked", "info"),
    ]
    assert lines[0]["reason"] == "status-502"


def test_no_secret_anywhere(live, double, lines, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    said = []
    for mode in MODES:
        for error in ERRORS if mode == "ok" else [None]:
            double.mode, double.error = mode, error
            double.used_codes.clear()
            for ask, arguments in ((live.profile, (TOKEN,)), (live.phone_number, (TOKEN, PHONE_TOKEN))):
                try:
                    ask(*arguments)
                except Problem as problem:
                    said.append(f"{problem!r} {problem.detail} {problem.headers} {problem.extra} {problem.__cause__!r}")
    captured = capfd.readouterr()
    everything = "\n".join([repr(lines), caplog.text, captured.out, captured.err, *said])
    assert "zalo-unavailable" in everything
    for secret in (TOKEN, PHONE_TOKEN, APP_SECRET, "912345678", USER_ID, "Bình", "203.0.113.9"):
        assert secret not in everything


def test_an_unreachable_proxy_does_not_show_its_password(make_live, lines, caplog):
    caplog.set_level(logging.DEBUG)
    live = make_live(settings_at("https://graph.example.vn", proxy_url="http://user:proxy-password@127.0.0.1:9"))
    problem_of(live.profile, TOKEN)
    assert lines
    assert "proxy-password" not in repr(lines) + caplog.text
