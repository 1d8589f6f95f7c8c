"""A world in which every endpoint has something to answer: what has ended, what is open, what is somebody else's."""

from __future__ import annotations

import zlib
from typing import Any

from flask import Flask

from quizsvc import create_app
from quizsvc.core.db import db
from quizsvc.core.paging import encode_cursor
from tests.banks.imports.making import empty_batch
from tests.conftest import NOW, RepeatableChance, StandingClock, settings_for
from tests.organizers.people import give
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, round_document

PROMPT = {"prompt": "Bao nhiêu người trả lời đúng hết?"}
SHOW_ALL = {"result": "at_once", "review": "after_round", "board": "at_once"}
SHOW_NOTHING = {"result": "never", "review": "never", "board": "never"}


class Unlimited:
    """In the place of the rate limits, which are tested elsewhere."""

    def wait_for(self, _limit: str, _key: str) -> None:
        return None


class Stage:
    """Contest ``cu`` has ended, ``thi`` is open, ``sap`` is yet to come. ``an`` and ``binh`` have played both; ``an`` also
    owns the province as an organizer."""

    def __init__(self, url: str) -> None:
        self.clock = StandingClock(NOW)
        self.app: Flask = create_app(settings_for(url), clock=self.clock, chance=RepeatableChance())
        self.app.extensions["quizsvc.rates"] = Unlimited()
        self.phone = self.app.test_client()
        with self.app.app_context():
            self._play()

    def _play(self) -> None:
        make_contest(self.clock.now, slug="cu")
        an, binh = Player(self.phone, 1).in_unit(THANH_VINH), Player(self.phone, 2, "Bình").in_unit(KIM_LIEN)
        self.ended = an.start("cu.r1").json
        an.submit(self.ended, answers={asked["id"]: [asked["choices"][0]["id"]] for asked in self.ended["questions"]})
        binh.submit(binh.start("cu.r1").json)
        self.clock.advance(hours=2)
        make_contest(self.clock.now, round_document(self.clock.now, prediction=PROMPT, show=SHOW_ALL))
        later = self.clock.now.replace(year=2027)
        make_contest(self.clock.now, round_document(later, show=SHOW_NOTHING), slug="sap")
        self.an, self.binh = Player(self.phone, 1), Player(self.phone, 2, "Bình")
        self.unit = self.an.get("/me").json["unit"]["id"]
        give(self.an, "owner")
        self.others = self.binh.start().json["id"]
        self.batch = str(empty_batch("bau-cu"))
        self.spares = 100
        self.open_attempt()

    def close(self) -> None:
        with self.app.app_context():
            db.engine.dispose()

    def open_attempt(self) -> dict[str, Any]:
        """An attempt of ``an`` that is open now."""
        attempt: dict[str, Any] = self.an.start().json
        return attempt

    def paper(self, attempt_id: str) -> dict[str, Any]:
        """An attempt of ``an``, if it is one."""
        found = self.an.get(f"/attempts/{attempt_id}")
        paper: dict[str, Any] = found.json if found.status_code == 200 else {"version": 0, "questions": []}
        return paper

    def tokens(self, path: str) -> dict[str, str]:
        """Tokens that mean something in a body sent there."""
        if path.endswith(("/refresh", "/logout")):
            return {"refresh_token": self.spare().tokens["refresh_token"]}
        if path.endswith("/phone"):
            return {"access_token": "sandbox:1", "phone_token": "sandbox-phone:0912345678"}
        return {"access_token": "sandbox:3:Chi"}

    def spare(self) -> Player:
        """Somebody who may be erased or signed out."""
        self.spares += 1
        return Player(self.phone, self.spares)

    def known(self, name: str) -> list[str]:
        """Ids that mean something in a path; the first is the most alive."""
        if name == "attempt_id":
            return [self.open_attempt()["id"], self.ended["id"], self.others]
        return {
            "round_id": ["thi.r1", "cu.r1", "sap.r1"],
            "slug": ["thi", "cu", "sap"],
            "number": ["1", "2"],
            "question": ["bau-cu.bc-001", "bau-cu.nothing"],
            "list_code": ["mandatory", "khac"],
            "bank": ["bau-cu", "nothing"],
            "code": ["bc-001", "nothing"],
            "batch": [self.batch, "999"],
            "unit_id": [self.unit, "1"],
        }[name]

    def cursor(self, path: str) -> str:
        """A cursor of the list at this path."""
        keys: dict[str, list[Any]] = {
            "/api/v1/units": [int(self.unit)],
            "/api/v1/contests": [NOW, 1],
            "/manage/contests": [NOW, 1],
            "/manage/audit": [2],
            "/manage/roles": [self.binh.id],
            "/headcounts": [1],
            "/missing": [1],
            "/corrections": [1],
            "/questions": [1],
            "/manage/banks": [b"bau-cu"],
            "/imports": [1],
            "{batch}": [1],
            "/attempts": [2],
            "/amendments": [0],
            "/leaderboard": [bytes(15), self.binh.id],
            "/units": [0, 0, 0],
        }
        return encode_cursor(next(key for end, key in keys.items() if path.endswith(end)))


def pick(known: list[str], value: object) -> str:
    """One of ``known``, always the same for the same value."""
    return known[zlib.crc32(repr(value).encode()) % len(known)]
