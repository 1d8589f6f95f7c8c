"""The province's units, loaded, and the endpoints that show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizsvc import create_app
from quizsvc.core.db import db, transaction
from quizsvc.units.api import api
from quizsvc.units.csv_file import read_units
from quizsvc.units.service import NGHE_AN, load_units
from quizsvc.units.tree_faults import Row
from tests.conftest import RepeatableChance, StandingClock, settings_for
from tests.databases import Template


def with_units(app: Flask) -> Flask:
    """The application with the endpoints of this package."""
    if api.name not in app.blueprints:
        app.register_blueprint(api)
    return app


@pytest.fixture(scope="session")
def rows() -> list[Row]:
    return read_units(NGHE_AN.read_bytes())


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A transaction that the test sees as one caller does."""
    with transaction() as made:
        yield made


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def phone(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, rows: list[Row]) -> Iterator[Any]:
    """A client of a service that knows the province. One for a whole module, since nobody changes units over the API."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with template.copy(tmp_path_factory.mktemp("units")) as url:
        made = with_units(create_app(settings_for(url), clock=StandingClock(), chance=RepeatableChance()))
        with made.app_context():
            with transaction() as session:
                load_units(session, rows)
            yield made.test_client()
            db.engine.dispose()
