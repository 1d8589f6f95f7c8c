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
        ({"SECRET_KEY": ","}, "SECRET_KEY is weak"),
        ({"DATABASE_URL": "mysql://x/y"}, "must start with sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "postgresql://db"}, "name a file or a database"),
        ({"DATABASE_URL": "postgresql://db:port/quizsvc"}, "name a file or a database"),
        ({"DATABASE_URL": "postgresql+asyncpg://db/quizsvc"}, "must start with sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "sqlite:///:memory:", "QUIZSVC_ALLOW_SQLITE": "true"}, "name a file or a database"),
        ({"DATABASE_URL": "sqlite:///", "QUIZSVC_ALLOW_SQLITE": "true"}, "name a file or a database"),
        ({"DATABASE_URL": "quizsvc.db"}, "must start with sqlite:/// or postgresql://"),
        ({"QUIZSVC_ALLOW_SQLITE": "yes"}, "QUIZSVC_ALLOW_SQLITE must be one of"),
        ({"ZALO_APP_ID": "12a"}, "ZALO_APP_ID must be digits"),
        ({"ZALO_APP_SECRET": "hai từ"}, "visible ASCII"),
        ({"ZALO_GRAPH_URL": "http://graph.zalo.me"}, "ZALO_GRAPH_URL must be a URL starting with https://"),
        ({"ZALO_GRAPH_URL": "https://[graph"}, "ZALO_GRAPH_URL"),
        ({"ZALO_OAUTH_URL": "https://"}, "ZALO_OAUTH_URL"),
        ({"ZALO_OPENAPI_URL": "ftp://openapi.zalo.me"}, "ZALO_OPENAPI_URL"),
        ({"ZALO_PROXY_URL": "proxy:3128"}, "ZALO_PROXY_URL"),
        ({"ZALO_PROXY_URL": "http://proxy:99999"}, "ZALO_PROXY_URL"),
        ({"ZALO_MINI_APP_ID": "１２"}, "ZALO_MINI_APP_ID must be digits"),
        ({"ZALO_MODE": "fake"}, "ZALO_MODE must be one of"),
        ({"QUIZSVC_ENV": "prod"}, "QUIZSVC_ENV must be one of"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL"),
        ({"REDIS_URL": "redis://[::1"}, "REDIS_URL"),
        ({"QUIZSVC_CORS_ORIGINS": "*"}, "QUIZSVC_CORS_ORIGINS"),
        ({"QUIZSVC_CORS_ORIGINS": "null"}, "QUIZSVC_CORS_ORIGINS"),
        ({"QUIZSVC_CORS_ORIGINS": "thi.vn"}, "QUIZSVC_CORS_ORIGINS"),
        ({"QUIZSVC_CORS_ORIGINS": "https://.*"}, "QUIZSVC_CORS_ORIGINS"),
        ({"QUIZSVC_CORS_ORIGINS": "https://a?.vn"}, "QUIZSVC_CORS_ORIGINS"),
        ({"QUIZSVC_CORS_ORIGINS": "https://[a].vn"}, "QUIZSVC_CORS_ORIGINS"),
        ({"QUIZSVC_CORS_ORIGINS": "https://a.vn/"}, "QUIZSVC_CORS_ORIGINS"),
        ({"QUIZSVC_CORS_ORIGINS": "https://a.vn/path"}, "QUIZSVC_CORS_ORIGINS"),
        ({"QUIZSVC_TRUSTED_PROXIES": "-1"}, "QUIZSVC_TRUSTED_PROXIES"),
        ({"QUIZSVC_TRUSTED_PROXIES": "one"}, "QUIZSVC_TRUSTED_PROXIES"),
    ],
)
def test_what_stops_production(change, word):
    faults = faults_of(PRODUCTION | change)
    assert len(faults) == 1
    assert word in faults[0]


def test_all_faults_come_in_one_message():
    wrong = {
        "QUIZSVC_ENV": "production",
        "SECRET_KEY": "short",
        "DATABASE_URL": "oracle://x",
        "REDIS_URL": "x",
        "ZALO_MODE": "live",
        "ZALO_GRAPH_URL": "x",
        "QUIZSVC_CORS_ORIGINS": "x",
        "QUIZSVC_TRUSTED_PROXIES": "x",
    }
    faults = faults_of(wrong)
    named = {"ZALO_APP_ID", "ZALO_APP_SECRET", *wrong} - {"QUIZSVC_ENV", "ZALO_MODE"}
    assert {fault.split(" ")[0].rstrip(":") for fault in faults} == named
    assert len(faults) == len(named)


def test_live_development_needs_zalos_secrets_too():
    assert faults_of({"ZALO_MODE": "live"}) == ["ZALO_APP_ID is missing", "ZALO_APP_SECRET is missing"]


def test_every_default_of_zalo():
    zalo = Settings.from_env(PRODUCTION).zalo
    assert (zalo.graph_url, zalo.oauth_url) == ("https://graph.zalo.me", "https://oauth.zaloapp.com")
    assert zalo.openapi_url == "https://openapi.zalo.me"
    assert (zalo.proxy_url, zalo.mini_app_id, zalo.mini_api_key, zalo.oa_secret_key) == (None, None, None, None)


def test_values_are_taken_without_their_blanks_and_last_slash():
    blanks = {"ZALO_GRAPH_URL": " https://zalo.example.vn/ ", "REDIS_URL": " redis://r:6379/1 ", "ZALO_MINI_APP_ID": ""}
    settings = Settings.from_env(PRODUCTION | blanks)
    assert settings.zalo.graph_url == "https://zalo.example.vn"
    assert settings.redis_url == "redis://r:6379/1"
    assert settings.zalo.mini_app_id is None


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_both_names_of_postgresql_mean_our_driver(scheme):
    url = f"{scheme}://u:p%40ss@db:5433/quizsvc?sslmode=require"
    expected = "postgresql+psycopg://u:p%40ss@db:5433/quizsvc?sslmode=require"
    assert Settings.from_env(PRODUCTION | {"DATABASE_URL": url}).database_url == expected


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
