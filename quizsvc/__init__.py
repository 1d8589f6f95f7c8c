"""quizsvc: law-knowledge contests for the people of a province, inside a Zalo Mini App."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from flask_cors import CORS
from werkzeug.middleware.proxy_fix import ProxyFix

from quizsvc import service
from quizsvc.attempts import api as attempts
from quizsvc.attempts import export
from quizsvc.banks import api as banks
from quizsvc.banks import export_api as bank_export
from quizsvc.banks.life import api as question_life
from quizsvc.banks.life import freezing
from quizsvc.contests import api as contests
from quizsvc.contests import manage_api as manage_contests
from quizsvc.contests import readiness
from quizsvc.contests.pinned import open_rounds_with
from quizsvc.core import errors, logging
from quizsvc.core.chance import Chance, SystemChance
from quizsvc.core.clock import Clock, system_clock
from quizsvc.core.db import db, engine_options, make_database_folder, prepare_postgresql, prepare_sqlite
from quizsvc.core.http import IdConverter
from quizsvc.core.keys import Keys
from quizsvc.core.rate_limits import Rates
from quizsvc.core.runtime import Runtime, install
from quizsvc.core.security import add_security_headers
from quizsvc.core.settings import Settings
from quizsvc.corrections import api as corrections
from quizsvc.item_statistics import api as item_statistics
from quizsvc.leaderboards import api as leaderboards
from quizsvc.leaderboards import missing_api
from quizsvc.leaderboards.readiness import register_warnings
from quizsvc.organizers import api as organizers
from quizsvc.participants import api as participants
from quizsvc.registers import api as registers
from quizsvc.sealing import api as sealing
from quizsvc.units import api as units
from quizsvc.zalo import install as install_zalo
from quizsvc.zalo.client import make_zalo

LARGEST_BODY = 256 * 1024


def create_app(settings: Settings, *, clock: Clock = system_clock, chance: Chance | None = None) -> Flask:
    """The application for these settings. Wiring only: no rule lives here."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=_absolute(settings.database_url),
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        PROPAGATE_EXCEPTIONS=False,
    )
    install(app, Runtime(settings, clock, chance or SystemChance(), Keys.from_secrets(settings.secret_keys)))
    install_zalo(app, make_zalo(settings.zalo))
    app.extensions["quizsvc.rates"] = Rates(settings.redis_url)
    app.url_map.converters["id"] = IdConverter
    app.url_map.strict_slashes = False
    logging.register(app)
    errors.register(app)
    add_security_headers(app)
    readiness.install(app, register_warnings)
    freezing.install(app, open_rounds_with)
    _connect_database(app, settings)
    _allow_mini_app(app, settings)
    _register_endpoints(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def _absolute(database_url: str) -> str:
    """Flask-SQLAlchemy reads a relative SQLite path from its instance folder; ours is relative to where we start."""
    make_database_folder(database_url)
    prefix = "sqlite:///"
    path = database_url.removeprefix(prefix)
    if database_url.startswith(prefix) and path and not path.startswith(("/", ":")):
        return prefix + str(Path(path).absolute())
    return database_url


def _connect_database(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    with app.app_context():
        (prepare_sqlite if settings.is_sqlite else prepare_postgresql)(db.engine)


def _allow_mini_app(app: Flask, settings: Settings) -> None:
    rules: dict[str, Any] = {
        "origins": list(settings.cors_origins),
        "methods": ["GET", "POST", "PATCH", "DELETE"],
        "allow_headers": ["Authorization", "Content-Type", "Accept-Language", "X-Requested-With", "X-Request-Id"],
        "expose_headers": ["X-Request-Id", "Retry-After"],
        "max_age": 86_400,
        "supports_credentials": False,
        "always_send": False,
        "vary_header": False,  # add_security_headers says it, also where no origin asked
    }
    CORS(app, resources={r"/api/*": rules})


def _register_endpoints(app: Flask) -> None:
    service.register_pages(app)
    for area in (
        service,
        participants,
        organizers,
        units,
        contests,
        manage_contests,
        registers,
        attempts,
        export,
        leaderboards,
        sealing,
        corrections,
        missing_api,
        item_statistics,
        banks,
        question_life,
        bank_export,
    ):
        app.register_blueprint(area.api)
