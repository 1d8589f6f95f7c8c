"""Fixtures: the stage on both databases, and what its database holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from quizsvc.core.db import Base, db
from tests.api.stage import Stage

GIVEN_BEFORE = {"units", "unit_successions", "banks", "questions", "question_versions", "instruments", "round_questions"}


def staged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage on a database of its own, of the kind that the fixture's parameter names."""
    world = request.getfixturevalue(f"{request.param}_world")
    with world.copy(tmp_path_factory.mktemp("stage")) as url:
        made = Stage(url)
        yield made
        made.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One for all tests that leave it as it is."""
    yield from staged(request, tmp_path_factory)


@pytest.fixture(scope="module", params=["sqlite"])
def lively_stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One that its tests may change."""
    yield from staged(request, tmp_path_factory)


@pytest.fixture
def untouched(stage: Stage) -> Iterator[None]:
    """Fails the test when it has changed anything in the database."""
    before = contents(stage)
    yield
    assert contents(stage) == before


def contents(stage: Stage) -> dict[str, Any]:
    """Every row that a person's calls could change."""
    with stage.app.app_context(), db.engine.connect() as connection:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in GIVEN_BEFORE]
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in tables}
