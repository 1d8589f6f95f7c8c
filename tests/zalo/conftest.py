"""Fixtures: the double of Zalo, clients that ask it, a clock of seconds, and every log line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from quizsvc.core import logging
from quizsvc.core.settings import Settings, ZaloSettings
from quizsvc.zalo.breaker import Breaker
from quizsvc.zalo.client import LiveZalo
from tests.zalo_double import ZaloDouble

APP_SECRET = "app-secret-of-the-double"
TOKEN = "zalo-access-token-of-binh"
PHONE_TOKEN = "zalo-phone-token-of-binh"
USER_ID = "4047671499938107249"
AVATAR = "https://avatars.example.vn/binh.jpg"

SETTINGS = Settings.from_env({"ZALO_MODE": "live", "ZALO_APP_ID": "12345", "ZALO_APP_SECRET": APP_SECRET}).zalo

MakeZalo = Callable[..., LiveZalo]


class Seconds:
    """A monotonic clock that moves only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def settings_at(url: str, **more: Any) -> ZaloSettings:
    return replace(SETTINGS, graph_url=url, **more)


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def double() -> Iterator[ZaloDouble]:
    with ZaloDouble(app_secret=APP_SECRET) as zalo:
        zalo.people[TOKEN] = {"id": USER_ID, "name": "Trần Thị Bình", "picture": {"data": {"url": AVATAR}}}
        zalo.phones[PHONE_TOKEN] = "84912345678"
        yield zalo


@pytest.fixture
def make_live(double: ZaloDouble) -> Iterator[MakeZalo]:
    """Makes clients of the double; ``settings`` and limits can be given. All are closed afterwards."""
    made: list[LiveZalo] = []

    def make(settings: ZaloSettings | None = None, **limits: Any) -> LiveZalo:
        chosen: dict[str, Any] = {"total_seconds": 2.0, "breaker": Breaker(failures=1000)} | limits
        made.append(LiveZalo(settings or settings_at(double.url), **chosen))
        return made[-1]

    yield make
    for zalo in made:
        zalo.close()


@pytest.fixture
def live(make_live: MakeZalo) -> LiveZalo:
    return make_live()


@pytest.fixture
def lines() -> Iterator[list[Any]]:
    """Every structlog line of the test, of every level, before anything is hidden from it."""
    before = structlog.get_config()
    logging.configure(pretty=False, level="debug")
    with capture_logs() as captured:
        yield captured
    structlog.configure(**before)
