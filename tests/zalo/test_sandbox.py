"""Zalo for development."""

from __future__ import annotations

import unicodedata

import pytest
from flask import Flask

from quizsvc.zalo import install, zalo
from quizsvc.zalo.client import LiveZalo, ZaloClient, make_zalo
from quizsvc.zalo.errors import ZaloPhoneCodeInvalid, ZaloTokenRejected
from quizsvc.zalo.replies import ZaloProfile
from quizsvc.zalo.sandbox import SandboxZalo
from tests.conftest import settings_for
from tests.zalo.conftest import settings_at


@pytest.mark.parametrize(
    ("token", "profile"),
    [
        ("sandbox:1", ZaloProfile("1")),
        ("sandbox:00000000000000000001", ZaloProfile("00000000000000000001")),
        ("sandbox:42:Nguyễn Văn An", ZaloProfile("42", "Nguyễn Văn An")),
        ("sandbox:42:a:b", ZaloProfile("42", "a:b")),
        (unicodedata.normalize("NFD", "sandbox:42:Nguyễn"), ZaloProfile("42", "Nguyễn")),
        ("sandbox:42:" + "ễ" * 100, ZaloProfile("42", "ễ" * 100)),
    ],
)
def test_who_someone_says_they_are(token, profile):
    assert SandboxZalo().profile(token) == profile


@pytest.mark.parametrize(
    "token",
    [
        "",
        "sandbox",
        "sandbox:",
        "sandbox:a",
        "sandbox:1a",
        "sandbox: 1",
        "sandbox:1\n",
        "sandbox:-1",
        "sandbox:١",
        "sandbox:" + "1" * 21,
        "sandbox:1:",
        "sandbox:1:  ",
        "sandbox:1:a\nb",
        "sandbox:1:a\x00",
        "sandbox:1:a\x7f",
        "sandbox:1:\ud800",
        "sandbox:1:" + "a" * 101,
        "SANDBOX:1",
        "live-token",
    ],
)
def test_other_tokens_are_rejected(token):
    with pytest.raises(ZaloTokenRejected):
        SandboxZalo().profile(token)
    with pytest.raises(ZaloTokenRejected):
        SandboxZalo().phone_number(token, "sandbox-phone:84912345678")


def test_phone_numbers():
    assert SandboxZalo().phone_number("sandbox:1", "sandbox-phone:84912345678") == "+84912345678"
    assert SandboxZalo().phone_number("sandbox:1", "sandbox-phone:0912345678") == "+84912345678"


@pytest.mark.parametrize("token", ["", "sandbox-phone:", "sandbox-phone:12", "sandbox-phone:+84912345678", "84912345678"])
def test_other_phone_tokens_are_rejected(token):
    with pytest.raises(ZaloPhoneCodeInvalid):
        SandboxZalo().phone_number("sandbox:1", token)


def test_the_setting_decides():
    sandbox: ZaloClient = make_zalo(settings_for("sqlite:///x.db").zalo)
    assert isinstance(sandbox, SandboxZalo)
    live: ZaloClient = make_zalo(settings_at("https://graph.example.vn"))
    assert isinstance(live, LiveZalo)


def test_a_request_finds_the_client_of_its_application():
    app = Flask("any")
    install(app, SandboxZalo())
    with app.app_context():
        assert zalo().profile("sandbox:7").id == "7"
