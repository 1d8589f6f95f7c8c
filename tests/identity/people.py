"""People who sign in with Zalo tokens, and everything a database holds as one text."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from quizsvc.core.db import Base, reading
from tests.world import Player

APP_ID = "1234567890123456789"
APP_SECRET = "the-secret-of-the-zalo-app"
AN, BINH = "zalo-access-token-of-an", "zalo-access-token-of-binh"
AN_ID, BINH_ID = "4047671499938107249", "4047671499938107250"
AN_PHONE = "zalo-phone-token-of-an"
AVATAR = "https://avatars.example.vn/an.jpg"

PEOPLE: dict[str, dict[str, Any]] = {
    AN: {"id": AN_ID, "name": "Nguyễn Văn An", "picture": {"data": {"url": AVATAR}}},
    BINH: {"id": BINH_ID},
}


def sign_in(client: FlaskClient, zalo_token: str) -> Any:
    return client.post("/api/v1/auth/zalo", json={"access_token": zalo_token})


def refresh(client: FlaskClient, refresh_token: str) -> Any:
    return client.post("/api/v1/auth/refresh", json={"refresh_token": refresh_token})


def log_out(client: FlaskClient, refresh_token: str) -> Any:
    return client.post("/api/v1/auth/logout", json={"refresh_token": refresh_token})


class Citizen(Player):
    """Someone whose phone got a token from the double of Zalo."""

    def __init__(self, client: FlaskClient, zalo_token: str = AN) -> None:
        self.client = client
        answer = sign_in(client, zalo_token)
        assert answer.status_code == 200, answer.text
        self.id = answer.json["participant"]["id"]
        self.tokens = answer.json


def everything_stored(*without: str) -> str:
    """Every value of every column of every table, but for the tables named."""
    with reading() as session:
        rows = [
            repr(tuple(row))
            for table in Base.metadata.sorted_tables
            if table.name not in without
            for row in session.execute(select(table))
        ]
    return "\n".join(rows)
