"""A table played for real: people sign in, register and answer over HTTP, while the clock stands where the table says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient

from quizsvc.contests.loading import load_contest
from quizsvc.core.db import transaction
from tests.conftest import StandingClock
from tests.contests.examples.tables import LONG_AGO, Line, Table, example
from tests.organizers.people import give
from tests.world import Player, right_answers

MINUTE = timedelta(minutes=1)


class Person(Player):
    """A player whose sessions may lapse between one act and the next."""

    def __init__(self, client: FlaskClient, zalo_id: int, name: str) -> None:
        super().__init__(client, zalo_id, name)
        self._again = lambda: Player(client, zalo_id, name)

    def awake(self) -> Person:
        self.tokens = self._again().tokens
        return self


@dataclass(frozen=True)
class Play:
    """One attempt."""

    line: Line
    start: datetime
    end: datetime
    correct: int
    predicted: int | None


@dataclass
class Stage:
    """A contest as its document says it, and the people of its tables. ``play`` the tables in the order of their rounds."""

    client: FlaskClient
    clock: StandingClock
    slug: str
    people: dict[str, Person] = field(default_factory=dict)

    def load(self, now: datetime) -> None:
        """The contest is loaded while nothing has opened."""
        self.clock.now = now
        with transaction() as session:
            load_contest(session, example(self.slug), now=now)

    def play(self, table: Table) -> None:
        """Everything that the table tells, in the order of time; the clock stands at the end of the round."""
        for line in table.lines:
            if line.person not in self.people:
                self._sign_in(table, line)
        for moment, act in sorted(self._acts(table), key=lambda each: each[0]):
            self.clock.now = moment
            act()
        self.clock.now = table.round.closes_at + MINUTE

    def seal(self, subject: str, kind: str = "provisional") -> dict[str, Any]:
        """The organizers of the province seal a round or a contest; the snapshot of the board that everybody is on."""
        boss = Person(self.client, 999, "Trưởng ban tổ chức")
        give(boss, "owner")
        body = {"kind": kind, "reason": "Kết thúc, công bố kết quả"}
        answer = boss.call("POST", f"/manage/{subject}/seal", body)
        assert answer.status_code == 201, answer.text
        sealed: dict[str, Any] = answer.json["snapshots"][-1]
        return sealed

    def board(self, subject: str, track: str | None = None) -> dict[str, int]:
        """The public board, by the names on it."""
        only = "" if track is None else f"?track={track}"
        answer = self.client.get(f"/api/v1/{subject}/leaderboard{only}")
        assert answer.status_code == 200, answer.text
        assert answer.json["total"] in (None, len(answer.json["items"]))
        return {item["display_name"]: item["rank"] for item in answer.json["items"]}

    def own_ranks(self, subject: str) -> dict[str, int]:
        """What everybody is told of their own place."""
        told = {person: player.awake().get(f"/{subject}/leaderboard/me") for person, player in self.people.items()}
        return {person: answer.json["rank"] for person, answer in told.items() if answer.json["rank"] is not None}

    def _sign_in(self, table: Table, line: Line) -> None:
        player = Person(self.client, len(self.people) + 1, line.person)
        profile = {"nickname": line.person, "birth_date": table.notes.get("born", "1990-05-01")}
        answer = player.call("PATCH", "/me", profile | {"occupation": line.occupation or "other"})
        assert answer.status_code == 200, answer.text
        if "unit" in table.notes:
            player.in_unit(table.notes["unit"])
        self.people[line.person] = player

    def _acts(self, table: Table) -> Iterator[tuple[datetime, Callable[[], None]]]:
        for line in table.lines:
            if line.registered != LONG_AGO:
                yield line.registered, Registration(self.people[line.person], self.slug)
            for number, play in enumerate(plays(table, line)):
                sitting = Sitting(self.people[line.person], f"{self.slug}.{table.part}", play, number)
                yield play.start, sitting.begin
                yield play.end, sitting.end


def plays(table: Table, line: Line) -> Iterator[Play]:
    """The counted attempt and the others: failures before it, perfect but slower ones after it.

    All the others predict the right number, so that a prediction taken from a wrong attempt would show.
    """
    questions = table.round.rules.question_count
    slower = line.perfect_attempts(questions) - (line.correct == questions)
    for number in range(line.attempts - 1 - slower):
        start = line.started - 2 * MINUTE * (number + 1)
        yield Play(line, start, start + MINUTE, 0, table.actual)
    yield Play(line, line.started, line.submitted, line.correct, line.predicted)
    for number in range(slower):
        start = line.submitted + timedelta(hours=number + 1)
        yield Play(line, start, start + line.duration + MINUTE, questions, table.actual)


@dataclass(frozen=True)
class Registration:
    """Someone registers early."""

    player: Person
    slug: str

    def __call__(self) -> None:
        assert self.player.awake().call("POST", f"/contests/{self.slug}/registration").status_code == 201


@dataclass
class Sitting:
    """Someone's attempt between its start and its end."""

    player: Person
    round_id: str
    play: Play
    number: int
    paper: dict[str, Any] = field(default_factory=dict)

    def begin(self) -> None:
        answer = self.player.awake().start(self.round_id)
        assert answer.status_code == 201, answer.text
        self.paper = answer.json

    def end(self) -> None:
        answers = right_answers(self.paper, wrong=len(self.paper["questions"]) - self.play.correct)
        told = {} if self.play.predicted is None else {"predicted": self.play.predicted}
        request_id = f"{self.round_id[-20:]}-{self.number}"
        answer = self.player.awake().submit(self.paper, request_id, answers=answers, **told)
        assert answer.status_code == 200, answer.text
