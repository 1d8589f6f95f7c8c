"""A database of its own for each measurement, made and dropped here, with the service on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask

from quizsvc import create_app
from quizsvc.core.db import db
from tests.conftest import NOW, StandingClock, settings_for
from tests.databases import make_template
from tests.world import round_document, seed


@dataclass(frozen=True)
class Stage:
    """The service on a database of this kind. ``folder`` is thrown away with it."""

    kind: str
    url: str
    app: Flask
    clock: StandingClock
    folder: Path


@contextmanager
def stage(kind: str, opens_at: datetime = NOW) -> Iterator[Stage]:
    """Units and banks are loaded; contests are made by who measures. Inside the block there is an application context, in
    which it is ``opens_at`` until the clock is moved."""
    with TemporaryDirectory() as folder:
        template = make_template(kind, Path(folder))
        try:
            clock = StandingClock(opens_at)
            app = create_app(settings_for(template.url), clock=clock)
            seed(app, opens_at)
            with app.app_context():
                try:
                    yield Stage(kind, template.url, app, clock, Path(folder))
                finally:
                    db.engine.dispose()
        finally:
            template.drop()


def week(first: datetime, place: int = 0, **changes: Any) -> dict[str, Any]:
    """The round of a week, the first from ``first`` on: fifteen questions, a prediction, the board shown when all is
    confirmed."""
    opens_at = first + timedelta(weeks=place)
    document: dict[str, Any] = round_document(
        opens_at,
        round=f"t{place + 1}",
        title=f"Tuần {place + 1}",
        closes_at=(opens_at + timedelta(weeks=1)).isoformat(),
        time_limit_minutes=20,
        prediction={"prompt": "Bao nhiêu người trả lời đúng hết?"},
        show={"result": "at_once", "review": "after_round", "board": "after_final"},
        paper=[{"bank": "bau-cu", "count": 15}],
    )
    return document | changes


RANKING = [{"key": "score"}, {"key": "prediction_error"}, {"key": "duration"}, {"key": "submitted_at"}]
"""Points, then the nearest prediction, then time: the order of Nghệ An's contest in 2024."""
