"""A contest with an open prediction, always the same people calling, and a crowd whose size nobody may find out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from quizsvc import create_app
from quizsvc.attempts import answering, queries, views
from quizsvc.attempts.schemas import AttemptOut
from quizsvc.attempts.settling import graded
from quizsvc.attempts.starting import start_attempt
from quizsvc.auth.roles import ROLES, grant_role
from quizsvc.core.db import db, transaction
from quizsvc.core.text import fold
from quizsvc.participants.models import Participant
from quizsvc.participants.service import participant_of_zalo_id
from quizsvc.units.service import unit_by_code
from tests.api.stage import Unlimited
from tests.conftest import NOW, RepeatableChance, StandingClock, settings_for
from tests.databases import Template
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers, round_document

HOUR = timedelta(hours=1)
LISTED = [f"Trần Văn {name}" for name in ("Anh", "Bảo", "Cường", "Dũng", "Em", "Giang")]
BORN = date(1984, 11, 23)
MANDATORY = [{"class": "mandatory", "when": {"lists": ["mandatory"]}, "reason": "Cán bộ, công chức."}]
ALL_UNITS = {"group": "xa", "title": "Xã, phường", "keys": [{"metric": "participants"}], "kinds": ["commune", "ward"]}
NOBODY, PERSON = "nobody", "participant"


@dataclass(frozen=True)
class Crowd:
    """How many were perfect, how many took part and were not, and how many have not handed in yet."""

    perfect: int
    others: int
    playing: int = 0

    def answers(self) -> Iterator[int | None]:
        """For each person how many answers are wrong; ``None``: still playing."""
        yield from [0] * self.perfect + [2] * self.others
        yield from [None] * self.playing


class World:
    """Rounds of contest ``thi``: ``r0`` is over, ``r1`` asks for a prediction and is open, ``r2`` runs beside it.

    Callers by role; each has played ``r0`` and ``r1`` and is at ``r2``. The crowd plays ``r1`` and ``r2`` only, with chance
    of its own, so that ids and papers of the callers are the same whatever the crowd does.
    """

    def __init__(self, url: str, crowd: Crowd) -> None:
        self.clock = StandingClock(NOW)
        self.chance = RepeatableChance()
        self.app = create_app(settings_for(url), clock=self.clock, chance=self.chance)
        self.app.extensions["quizsvc.rates"] = Unlimited()
        self.phone = self.app.test_client()
        self.callers: dict[str, Player | None] = {NOBODY: None}
        self.own: dict[str, dict[str, Any]] = {}
        with self.app.app_context():
            self._make()
            self._callers()
            self._crowd(crowd)
        self.clock.advance(minutes=1)

    def _make(self) -> None:
        prompt = {"prompt": "Có bao nhiêu người trả lời đúng hết?"}
        shows = {"show": {"result": "at_once", "review": "after_round", "board": "at_once"}}
        rounds = (
            round_document(NOW, round="r0"),
            round_document(NOW + 2 * HOUR, prediction=prompt),
            round_document(NOW + HOUR, round="r2", closes_at=(NOW + 4 * HOUR).isoformat(), **shows),
        )
        open_to_all = {"opens_at": NOW.isoformat(), "closes_at": (NOW + 3 * HOUR).isoformat(), "required": False}
        make_contest(NOW, *rounds, participation=MANDATORY, groups=[ALL_UNITS], registration=open_to_all)

    def _callers(self) -> None:
        for number, role in enumerate((PERSON, *ROLES), start=1):
            player = Player(self.phone, number, "Lê Thị Hoa").in_unit(THANH_VINH)
            self.callers[role] = player
            if role != PERSON:
                self._give(player, role)
            player.submit(player.start("thi.r0").json)
        self.clock.advance(hours=2)
        for role in (PERSON, *ROLES):
            player = self.caller(role).refresh()
            ended = player.start("thi.r1").json
            player.submit(ended, answers=right_answers(ended, wrong=1), predicted="12.345")
            self.own[role] = {"ended": ended, "open": player.start("thi.r2").json}
        self.unit = player.get("/me").json["unit"]["id"]

    def _give(self, player: Player, role: str) -> None:
        with transaction() as session:
            unit = unit_by_code(session, "40", on=NOW.date())
            assert unit is not None
            chance = RepeatableChance(1000 + ROLES.index(role))
            grant_role(
                session, participant_id=UUID(player.id), role=role, unit_id=unit.id, now=self.clock.now, chance=chance
            )

    def _crowd(self, crowd: Crowd) -> None:
        chance = RepeatableChance(99)
        for number, wrong in enumerate(crowd.answers()):
            with transaction() as session:
                person = participant_of_zalo_id(
                    session, zalo_app_id="sandbox", zalo_user_id=f"9{number}", now=self.clock.now, chance=chance
                )
                self._enlist(session, person, number)
                person_id = person.id
            for round_id in ("thi.r1", "thi.r2"):
                self._play(person_id, round_id, wrong, chance)

    def _enlist(self, session: Any, person: Participant, number: int) -> None:
        """The first of the crowd stand on the mandatory list; half of it lives elsewhere."""
        name = LISTED[number] if number < len(LISTED) else f"Hồ Thị {number}"
        unit = unit_by_code(session, (THANH_VINH, KIM_LIEN)[number % 2], on=NOW.date())
        assert unit is not None
        person.name, person.name_key = name, fold(name)
        person.birth_date, person.unit_id = BORN, unit.id

    def _play(self, person_id: UUID, round_id: str, wrong: int | None, chance: RepeatableChance) -> None:
        now = self.clock.now
        with transaction() as session:
            attempt = start_attempt(
                session, participant_id=person_id, round_public_id=round_id, now=now, chance=chance
            ).attempt
            shown = AttemptOut().dump(views.attempt_out(session, attempt, queries.round_of(session, attempt), None, now))
            if wrong is None:
                return
            given = answering.Given(version=1, answers=right_answers(shown, wrong=wrong))
            name = {"participant_id": person_id, "attempt_id": shown["id"], "request_id": "request-1"}
            answering.submit(session, given=given, now=now, **name)
        graded(UUID(shown["id"]))

    def caller(self, role: str) -> Player:
        player = self.callers[role]
        assert player is not None
        return player

    def later(self, gap: timedelta) -> None:
        """Let time pass; everybody gets new tokens."""
        self.clock.now += gap
        for player in self.callers.values():
            if player is not None:
                player.refresh()


@contextmanager
def world(template: Template, folder: Path, crowd: Crowd) -> Iterator[World]:
    with template.lend(folder) as url:
        made = World(url, crowd)
        with made.app.app_context():
            yield made
            db.engine.dispose()
