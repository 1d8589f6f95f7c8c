"""Fixtures: the service asking a double of Zalo, on both databases, and what it writes to its log."""

from __future__ import annotations

import copy
import io
import logging as standard_logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from flask import Flask

from quizsvc import create_app
from quizsvc.core import logging
from quizsvc.core.db import db
from quizsvc.zalo import install, zalo
from quizsvc.zalo.client import LiveZalo
from tests.conftest import RepeatableChance, StandingClock, settings_for
from tests.identity.people import AN_PHONE, APP_ID, APP_SECRET, PEOPLE
from tests.zalo_double import ZaloDouble

MakeApp = Callable[..., Flask]


@pytest.fixture
def double() -> Iterator[ZaloDouble]:
    with ZaloDouble(app_secret=APP_SECRET) as made:
        made.people |= copy.deepcopy(PEOPLE)
        made.phones[AN_PHONE] = "84912345678"
        yield made


@pytest.fixture
def make_live(double: ZaloDouble, clock: StandingClock, chance: RepeatableChance) -> Iterator[MakeApp]:
    """Makes applications that ask the double, each in an application context of its own until the test ends."""
    made: list[tuple[Flask, Any]] = []

    def make(url: str, **settings: str) -> Flask:
        live = {"ZALO_MODE": "live", "ZALO_APP_ID": APP_ID, "ZALO_APP_SECRET": APP_SECRET, "ZALO_GRAPH_URL": double.url}
        app = create_app(settings_for(url, **(live | settings)), clock=clock, chance=chance)
        context = app.app_context()
        context.push()
        made.append((app, context))
        return app

    yield make
    for _, context in reversed(made):
        zalo().close()
        db.engine.dispose()
        context.pop()


@pytest.fixture
def live_app(database_url: str, make_live: MakeApp) -> Flask:
    """An application on an empty database."""
    return make_live(database_url)


@pytest.fixture
def live(live_app: Flask) -> Any:
    """Its HTTP client."""
    return live_app.test_client()


@pytest.fixture
def live_world(world_url: str, make_live: MakeApp) -> Flask:
    """An application on a database with units and banks."""
    return make_live(world_url)


@pytest.fixture
def hurry() -> Callable[[Flask], None]:
    """Gives an application a client of Zalo that waits a fifth of a second at most."""

    def install_limits(app: Flask) -> None:
        zalo().close()
        settings = app.extensions["quizsvc"].settings.zalo
        install(app, LiveZalo(settings, total_seconds=0.2, connect_seconds=0.1))

    return install_limits


@pytest.fixture
def log_text(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """Everything logged so far: by us, rendered as in production, and by every library."""
    before = structlog.get_config()
    logging.configure(pretty=False, level="debug")
    written = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    caplog.set_level(standard_logging.DEBUG)
    yield lambda: written.getvalue() + caplog.text
    structlog.configure(**before)
