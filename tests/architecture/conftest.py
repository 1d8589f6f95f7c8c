from collections.abc import Iterator

import pytest
from flask import Flask

from quizsvc import create_app
from quizsvc.core.db import db
from tests.conftest import settings_for


@pytest.fixture
def some_app(tmp_path) -> Iterator[Flask]:
    """An application without a schema: enough to look at."""
    app = create_app(settings_for(f"sqlite:///{tmp_path}/none.db"))
    with app.app_context():
        yield app
        db.engine.dispose()
