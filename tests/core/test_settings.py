"""Settings come from the environment, and one message names everything that is wrong with them."""

from __future__ import annotations

import pytest

from quizsvc.core.settings import DEVELOPMENT_KEY, Settings, SettingsError

GOOD_KEY = "k3y-of-forty-characters-and-not-repeated"
PRODUCTION = {
    "QUIZSVC_ENV": "production",
    "SECRET_KEY": GOOD_KEY,
    "DATABASE_URL": "postgresql://quizsvc@db/quizsvc",
    "ZALO_APP_ID": "4047671499938107249",
    "ZALO_APP_SECRET": "secret-of-the-app",
}


def faults_of(env: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(env)
    assert all(fault in str(caught.value) for fault in caught.value.faults)
    return caught.value.faults


def test_development_needs_nothing():
    settings = Settings.from_env({})
    assert settings.env == "development"
    assert settings.database_url == "sqlite:///var/quizsvc.db"
    assert settings.redis_url is None
    assert settings.zalo.mode == "sandbox"
    assert settings.zalo.graph_url == "https://graph.zalo.me"
    assert settings.cors_origins == ("https://h5.zdn.vn", "zbrowser://h5.zdn.vn")


def test_production_with_all_it_needs():
    settings = Settings.from_env(PRODUCTION)
    assert settings.zalo.mode == "live"
    assert settings.database_url == "postgresql+psycopg://quizsvc@db/quizsvc"
    assert settings.zalo.app_id == "4047671499938107249"


def test_an_empty_production_names_everything_at_once():
    faults = faults_of({"QUIZSVC_ENV": "production"})
    for name in ("SECRET_KEY", "DATABASE_URL", "ZALO_APP_ID", "ZALO_APP_SECRET"):
        assert f"{name} is missing" in faults


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"ZALO_MODE": "sandbox"}, "production refuses"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": f"{GOOD_KEY},short"}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": DEVELOPMENT_KEY}, "development key"),
        ({"SECRET_KEY": " "}, "SECRET_KEY is missing"),
        ({"DATABASE_URL": "sqlite:///var/x.db"}, "QUIZSVC_ALLOW_SQLITE=true"),
        ({"DATABASE_URL": "mysql://x/y"}, "must start with sqlite:/// or postgresql://"),
        ({"ZALO_APP_ID": "12a"}, "ZALO_APP_ID must be digits"),
        ({"ZALO_APP_SECRET": "hai từ"}, "visible ASCII"),
        ({"ZALO_GRAPH_URL": "http://graph.zalo.me"}, "ZALO_GRAPH_URL must be a URL starting with https://"),
        ({"ZALO_PROXY_URL": "proxy:3128"}, "ZALO_PROXY_URL"),
        ({"ZALO_MODE": "fake"}, "ZALO_MODE must be one of"),
        ({"QUIZSVC_ENV": "prod"}, "QUIZSVC_ENV must be one of"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL"),
        ({"QUIZSVC_CORS_ORIGINS": "*"}, "QUIZSVC_CORS_ORIGINS"),
        ({"QUIZSVC_CORS_ORIGINS": "https://a.vn/path"}, "QUIZSVC_CORS_ORIGINS"),
        ({"QUIZSVC_TRUSTED_PROXIES": "-1"}, "QUIZSVC_TRUSTED_PROXIES"),
    ],
)
def test_what_stops_production(change, word):
    faults = faults_of(PRODUCTION | change)
    assert len(faults) == 1
    assert word in faults[0]


def test_no_message_shows_a_secret():
    faults = faults_of(PRODUCTION | {"SECRET_KEY": "hunter2", "ZALO_APP_SECRET": "bí mật hunter3"})
    assert "hunter" not in "".join(faults)


def test_sqlite_in_production_when_told_so():
    env = PRODUCTION | {"DATABASE_URL": "sqlite:////srv/quizsvc.db", "QUIZSVC_ALLOW_SQLITE": "true"}
    assert Settings.from_env(env).is_sqlite


def test_keys_rotate_and_origins_add():
    settings = Settings.from_env(
        PRODUCTION
        | {"SECRET_KEY": f"{GOOD_KEY}, another-{GOOD_KEY}", "QUIZSVC_CORS_ORIGINS": "https://a.vn,http://localhost:3000"}
    )
    assert settings.secret_keys == (GOOD_KEY, f"another-{GOOD_KEY}")
    assert settings.cors_origins[2:] == ("https://a.vn", "http://localhost:3000")
