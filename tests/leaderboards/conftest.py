"""A database to put results into, of both kinds, made once for the folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine

from quizsvc.core.db import engine_options, prepare_sqlite
from tests.databases import Template
from tests.leaderboards.arena import Arena, furnish


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def arena(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with template.copy(tmp_path_factory.mktemp("arena")) as url:
        engine = create_engine(url, **engine_options(url))
        if engine.dialect.name == "sqlite":
            prepare_sqlite(engine)
        furnish(engine)
        yield Arena(engine)
        engine.dispose()
