"""The process's settings, read once from the environment; nothing else reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

MINIMUM_KEY_LENGTH = 32
MINIMUM_DISTINCT_CHARACTERS = 10
DEVELOPMENT_KEY = "development-only-key-that-production-refuses-to-start-with"
EXACT_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[A-Za-z0-9.-]+(:[0-9]{1,5})?")
ZALO_ORIGINS = ("https://h5.zdn.vn", "zbrowser://h5.zdn.vn")


class SettingsError(Exception):
    """Names every missing or malformed setting at once. ``faults`` holds one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("quizsvc cannot start, fix these settings:\n" + "\n".join(f"  - {fault}" for fault in faults))


@dataclass(frozen=True)
class ZaloSettings:
    """How to reach Zalo. Ids and secrets are kept as text: ids are longer than a float can hold."""

    mode: Literal["live", "sandbox"]
    app_id: str
    app_secret: str
    graph_url: str
    oauth_url: str
    openapi_url: str
    proxy_url: str | None
    mini_app_id: str | None
    mini_api_key: str | None
    oa_secret_key: str | None


@dataclass(frozen=True)
class Settings:
    """``secret_keys``: the first signs and encrypts, the others only verify and decrypt (rotation)."""

    env: Literal["development", "production"]
    secret_keys: tuple[str, ...]
    database_url: str
    redis_url: str | None
    zalo: ZaloSettings
    cors_origins: tuple[str, ...]
    trusted_proxies: int

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Build the settings or raise :class:`SettingsError` naming every fault."""
        return _Reader(env).settings()


class _Reader:
    """Reads values and collects what is wrong with them, so that one start shows all faults."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.faults: list[str] = []

    def text(self, name: str, default: str | None = None, *, required: bool = False) -> str | None:
        value = self.env.get(name, "").strip() or default
        if value is None and required:
            self.faults.append(f"{name} is missing")
        return value

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> Any:
        value = self.text(name, default)
        if value not in allowed:
            self.faults.append(f"{name} must be one of: {', '.join(allowed)}")
            return default
        return value

    def url(self, name: str, default: str | None, schemes: tuple[str, ...] = ("https", "http")) -> str | None:
        value = self.text(name, default)
        if value is not None and not _is_url(value, schemes):
            self.faults.append(f"{name} must be a URL starting with {' or '.join(s + '://' for s in schemes)}")
        return value

    def digits(self, name: str, *, required: bool = False) -> str | None:
        value = self.text(name, required=required)
        if value is not None and not (value.isascii() and value.isdigit()):
            self.faults.append(f"{name} must be digits only")
        return value

    def settings(self) -> Settings:
        mode = self.one_of("QUIZSVC_ENV", ("development", "production"), "development")
        production = mode == "production"
        result = Settings(
            env=mode,
            secret_keys=self._secret_keys(production),
            database_url=self._database_url(production),
            redis_url=self.url("REDIS_URL", None, ("redis", "rediss")),
            zalo=self._zalo(production),
            cors_origins=ZALO_ORIGINS + self._extra_origins(),
            trusted_proxies=self._trusted_proxies(),
        )
        if self.faults:
            raise SettingsError(self.faults)
        return result

    def _secret_keys(self, production: bool) -> tuple[str, ...]:
        value = self.text("SECRET_KEY", None if production else DEVELOPMENT_KEY, required=True) or ""
        keys = tuple(key.strip() for key in value.split(",") if key.strip())
        if value and (not keys or any(_is_weak(key) for key in keys)):
            self.faults.append(
                f"SECRET_KEY is weak: each key needs {MINIMUM_KEY_LENGTH} characters or more, not one repeated; "
                "make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        if production and DEVELOPMENT_KEY in keys:
            self.faults.append("SECRET_KEY is the development key: production needs its own")
        return keys

    def _database_url(self, production: bool) -> str:
        value = self.text("DATABASE_URL", None if production else "sqlite:///var/quizsvc.db", required=True) or ""
        if value.startswith(("postgres://", "postgresql://")):
            value = "postgresql+psycopg://" + value.split("://", 1)[1]
        if value and not _names_database(value):
            self.faults.append("DATABASE_URL must start with sqlite:/// or postgresql:// and name a file or a database")
        allowed = self.one_of("QUIZSVC_ALLOW_SQLITE", ("true", "false"), "false") == "true"
        if production and value.startswith("sqlite") and not allowed:
            self.faults.append(
                "DATABASE_URL names SQLite in production: use PostgreSQL, or say QUIZSVC_ALLOW_SQLITE=true "
                "when one machine and its backups are enough"
            )
        return value

    def _zalo(self, production: bool) -> ZaloSettings:
        mode = self.one_of("ZALO_MODE", ("live", "sandbox"), "live" if production else "sandbox")
        if production and mode == "sandbox":
            self.faults.append("ZALO_MODE=sandbox lets anyone sign in as anyone: production refuses it")
        live = mode == "live"
        return ZaloSettings(
            mode=mode,
            app_id=self.digits("ZALO_APP_ID", required=live) or "sandbox",
            app_secret=self._header_value("ZALO_APP_SECRET", required=live) or "",
            graph_url=self._zalo_url("ZALO_GRAPH_URL", "https://graph.zalo.me", production),
            oauth_url=self._zalo_url("ZALO_OAUTH_URL", "https://oauth.zaloapp.com", production),
            openapi_url=self._zalo_url("ZALO_OPENAPI_URL", "https://openapi.zalo.me", production),
            proxy_url=self.url("ZALO_PROXY_URL", None),
            mini_app_id=self.digits("ZALO_MINI_APP_ID"),
            mini_api_key=self.text("ZALO_MINI_API_KEY"),
            oa_secret_key=self.text("ZALO_OA_SECRET_KEY"),
        )

    def _header_value(self, name: str, *, required: bool) -> str | None:
        value = self.text(name, required=required)
        if value is not None and not (value.isascii() and value.isprintable() and " " not in value):
            self.faults.append(f"{name} must consist of visible ASCII characters, since it is sent in a header")
        return value

    def _zalo_url(self, name: str, default: str, production: bool) -> str:
        """Zalo is told secrets: in production only over TLS."""
        return (self.url(name, default, ("https",) if production else ("https", "http")) or "").rstrip("/")

    def _extra_origins(self) -> tuple[str, ...]:
        origins = tuple(o.strip() for o in (self.text("QUIZSVC_CORS_ORIGINS", "") or "").split(",") if o.strip())
        for origin in origins:
            if not EXACT_ORIGIN.fullmatch(origin):
                self.faults.append(f"QUIZSVC_CORS_ORIGINS: {origin!r} is not an exact origin such as https://example.vn")
        return origins

    def _trusted_proxies(self) -> int:
        value = self.text("QUIZSVC_TRUSTED_PROXIES", "0") or "0"
        if not (value.isascii() and value.isdigit() and len(value) < 3):
            self.faults.append("QUIZSVC_TRUSTED_PROXIES must be a whole number from 0 to 99")
            return 0
        return int(value)


def _is_weak(key: str) -> bool:
    return len(key) < MINIMUM_KEY_LENGTH or len(set(key)) < MINIMUM_DISTINCT_CHARACTERS


def _is_url(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.netloc) and parts.port != 0
    except ValueError:  # brackets or a port that make no sense
        return False


def _names_database(value: str) -> bool:
    """A file or a server's database: one in memory would be another one for each connection."""
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        return False
    return url.drivername in ("sqlite", "postgresql+psycopg") and url.database not in (None, "", ":memory:")
