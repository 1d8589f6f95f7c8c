"""Fixtures: databases of both kinds, a clock that stands still, and an application on them."""

from __future__ import annotations

import io
import itertools
import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import structlog
from flask import Flask
from hypothesis import settings as hypothesis_settings

from quizsvc import create_app
from quizsvc.core import logging
from quizsvc.core.db import db
from quizsvc.core.settings import Settings
from tests import world
from tests.databases import ON_CI, Template, make_template, postgresql_answers, settle_file, watch_seed
from tests.effort import times

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 in Vietnam
logging.configure(pretty=False, level="error")
# No deadline: a busy machine is not a fault.
hypothesis_settings.register_profile("quizsvc", deadline=None, max_examples=times(50, long=200))
hypothesis_settings.load_profile("quizsvc")

TEST_KEY = "a-key-for-tests-only-0123456789-abcdefghij"


class StandingClock:
    """A clock that moves only when told."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **gap: float) -> None:
        self.now += timedelta(**gap)


class RepeatableChance:
    """Chance from a seed; ids sort by the time they were made, as real ones do."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self._made = itertools.count(1)

    def restart(self, seed: int) -> None:
        """From here on the same as after any other restart with this seed; of two, the one with the larger is later."""
        self.random.seed(seed)
        self._made = itertools.count(seed * 1000)

    def new_id(self) -> UUID:
        return UUID(int=next(self._made) << 96 | self.random.getrandbits(128) >> 32, version=4)

    def new_seed(self) -> int:
        return self.random.getrandbits(62)

    def new_token(self) -> str:
        return f"{self.random.getrandbits(256):064x}"


def settings_for(database_url: str, **more: str) -> Settings:
    return Settings.from_env({"SECRET_KEY": TEST_KEY, "DATABASE_URL": database_url, "ZALO_MODE": "sandbox"} | more)


def templates(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    template = make_template(kind, tmp_path_factory.mktemp("template"))
    yield template
    template.drop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    yield from templates("sqlite", tmp_path_factory)


@pytest.fixture(scope="session")
def postgresql_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    if not postgresql_answers():
        if ON_CI:
            pytest.fail("PostgreSQL does not answer, and CI must have it (TEST_DATABASE_URL)")
        pytest.skip("PostgreSQL does not answer here (TEST_DATABASE_URL); on CI this is a failure")
    yield from templates("postgresql", tmp_path_factory)


def worlds(template: Template, folder: Path) -> Iterator[Template]:
    """A template with units and banks in it."""
    with template.copy(folder) as url:
        app = create_app(settings_for(url))
        world.seed(app, NOW)
        with app.app_context():
            db.engine.dispose()
        seeded = Template(template.kind, url, watch_seed(url))
        settle_file(url)
        yield seeded
        seeded.drop()


@pytest.fixture(scope="session")
def sqlite_world(sqlite_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    yield from worlds(sqlite_template, tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def postgresql_world(postgresql_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    yield from worlds(postgresql_template, tmp_path_factory.mktemp("world"))


@pytest.fixture(params=["sqlite", "postgresql"])
def world_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with Nghệ An's units and our banks; each test runs on both kinds."""
    template: Template = request.getfixturevalue(f"{request.param}_world")
    with template.lend(tmp_path) as url:
        yield url


@pytest.fixture
def playground(world_url: str, clock: StandingClock, chance: RepeatableChance) -> Iterator[Flask]:
    """An application on such a database, in its context."""
    yield from running(world_url, clock, chance)


@pytest.fixture
def phone(playground: Flask) -> Any:
    """An HTTP client of the playground."""
    return playground.test_client()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database; each test runs once on SQLite and once on PostgreSQL."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with template.lend(tmp_path) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of one's own, for tests that change its schema."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with template.copy(tmp_path) as url:
        yield url


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def chance() -> RepeatableChance:
    return RepeatableChance()


@pytest.fixture
def app(database_url: str, clock: StandingClock, chance: RepeatableChance) -> Iterator[Flask]:
    yield from running(database_url, clock, chance)


def running(url: str, clock: StandingClock, chance: RepeatableChance) -> Iterator[Flask]:
    made = create_app(settings_for(url), clock=clock, chance=chance)
    with made.app_context():
        yield made
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> Any:
    return app.test_client()


@pytest.fixture
def log_lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What has been logged so far, of every level, exactly as it would be written."""
    before = structlog.get_config()
    written = io.StringIO()
    logging.configure(pretty=False, level="debug")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    structlog.configure(**before)
