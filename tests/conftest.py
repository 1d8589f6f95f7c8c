"""Fixtures: databases of both kinds, a clock that stands still, and an application on them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from quizsvc import create_app
from quizsvc.core import logging
from quizsvc.core.db import db
from quizsvc.core.settings import Settings
from tests.databases import ON_CI, Template, make_template, postgresql_answers

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 in Vietnam
logging.configure(pretty=False, level="error")

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
    """Chance from a seed."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)

    def new_id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

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


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database; each test runs once on SQLite and once on PostgreSQL."""
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
    made = create_app(settings_for(database_url), clock=clock, chance=chance)
    with made.app_context():
        yield made
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> Any:
    return app.test_client()
