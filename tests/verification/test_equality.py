"""Live and sealed ranks of a crowd are those of a plain window function, whatever happens in between."""

from __future__ import annotations

import pytest

from quizsvc import create_app
from quizsvc.core.db import db, reading
from quizsvc.verification.service import verify
from tests.bench.equality import OWN_REDIS, Equality
from tests.conftest import settings_for
from tests.effort import times

ENTRIES = times(5_000, long=20_000)


@pytest.mark.timeout(600)
def test_ranks_equal_a_window_function_at_any_moment(world_url, clock):
    app = create_app(settings_for(world_url, REDIS_URL=OWN_REDIS), clock=clock)
    with app.app_context():
        equality = Equality(app, clock, entries=ENTRIES, samples=10)
        equality.run(steps=4)
        assert equality.compared > 300
        with reading() as session:
            assert verify(session).differences == []
        db.engine.dispose()
