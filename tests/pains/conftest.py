"""Fixtures: the real service on both databases, shared by tests that leave it running and fresh for those that kill it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Template
from tests.pains.arena import Arena


@pytest.fixture(scope="session")
def sqlite_arena(sqlite_world: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    yield from shared(sqlite_world, tmp_path_factory.mktemp("arena"))


@pytest.fixture(scope="session")
def postgresql_arena(postgresql_world: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    yield from shared(postgresql_world, tmp_path_factory.mktemp("arena"))


def shared(template: Template, folder: Path) -> Iterator[Arena]:
    with template.copy(folder) as url, Arena(url, folder) as made:
        made.server.start()
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def arena(request: pytest.FixtureRequest) -> Iterator[Arena]:
    """A running service that other tests use too: make your own round and players, and leave the service alone."""
    found: Arena = request.getfixturevalue(f"{request.param}_arena")
    yield found
    found.hang_up()


@pytest.fixture
def own_arena(world_url: str, tmp_path: Path) -> Iterator[Arena]:
    """A service for one test alone, not started yet."""
    with Arena(world_url, tmp_path) as made:
        yield made
