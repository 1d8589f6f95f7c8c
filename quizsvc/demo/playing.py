"""One citizen in the round: what they do by phone, and what the service acknowledged of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any

from quizsvc.demo.citizens import Citizen
from quizsvc.demo.phone import Phone, Reply, Surprise, Tally
from quizsvc.demo.studying import Studied

CLICKS = 4


class Interrupted(Exception):
    """The demo is being stopped."""


@dataclass(frozen=True)
class Pace:
    """How long the round and an attempt last."""

    round_seconds: float
    limit_seconds: float


@dataclass(frozen=True)
class Game:
    """The round that everybody plays. ``opened`` is ``time.monotonic()`` at its opening."""

    base: str
    round_id: str
    pace: Pace
    studied: Studied
    tally: Tally
    opened: float
    stopped: threading.Event

    def wait(self, seconds: float) -> None:
        """Let time pass; ``Interrupted`` when the demo is stopped meanwhile."""
        if self.stopped.wait(max(0.0, seconds)):
            raise Interrupted

    def wait_until(self, seconds: float) -> None:
        """Wait until so many seconds after the opening."""
        self.wait(self.opened + seconds - time.monotonic())


@dataclass
class Sitting:
    """One attempt as its player knows it. ``answers`` are those that the service acknowledged."""

    paper: dict[str, Any]
    answers: dict[str, list[str]] = field(default_factory=dict)
    version: int = 0
    submission: dict[str, Any] | None = None
    too_late: bool = False

    @property
    def id(self) -> str:
        found: str = self.paper["id"]
        return found

    @property
    def questions(self) -> Sequence[dict[str, Any]]:
        found: Sequence[dict[str, Any]] = self.paper["questions"]
        return found

    def acknowledge(self, answers: dict[str, list[str]], version: int) -> None:
        """The service took these answers; as it shows them, questions without an answer are left out."""
        merged = self.answers | answers
        self.answers = {question: chosen for question, chosen in merged.items() if chosen}
        self.version = version


class Player:
    """A citizen playing. ``faults`` names what the service must not have done, ``sittings`` what it acknowledged."""

    def __init__(self, citizen: Citizen, game: Game) -> None:
        self.citizen = citizen
        self.game = game
        self.chance = Random(citizen.seed)  # noqa: S311  synthetic people, repeatable on purpose
        self.phone = Phone(game.base, game.tally)
        self.sittings: list[Sitting] = []
        self.faults: list[str] = []

    def play(self, manner: Callable[[Player], None]) -> None:
        """Behave in this manner; a surprise ends the story and is kept."""
        try:
            manner(self)
        except Surprise as surprise:
            self.fault(str(surprise))
        finally:
            self.phone.put_down()

    def fault(self, sentence: str) -> None:
        self.faults.append(f"{self.citizen.name} ({self.citizen.manner}): {sentence}")

    def arrive(self, *, latest: float) -> None:
        """Some time until ``latest`` (seconds after the opening), sign in with Zalo and say where one lives."""
        self.game.wait_until(max(0.0, latest) * self.citizen.arrives)
        token = f"sandbox:{self.citizen.zalo_id}:{self.citizen.name}"
        self.phone.token = self.phone.ask("Đăng nhập", "POST", "/auth/zalo", {"access_token": token})["access_token"]
        self.phone.ask("Chọn đơn vị", "PATCH", "/me", {"unit": dict(self.citizen.unit)})

    def ask_to_start(self, phone: Phone) -> Reply:
        return phone.call("Vào thi", "POST", f"/rounds/{self.game.round_id}/attempts")

    def start(self) -> Sitting | None:
        """A new attempt, or ``None`` when the round has closed meanwhile."""
        reply = self.ask_to_start(self.phone)
        if reply.kind == "409 round-not-open":
            return None
        if reply.status != 201:
            raise Surprise(f"vào thi lần đầu mà máy chủ trả lời {reply.kind}")
        return self.begun(reply)

    def begun(self, reply: Reply) -> Sitting:
        """Keep the attempt that a start gave."""
        sitting = Sitting(reply.body)
        self.sittings.append(sitting)
        return sitting

    def last_chance(self, part: float) -> float:
        """Seconds after the opening until which this part of an attempt's time still fits into the round."""
        return self.game.pace.round_seconds - self.game.pace.limit_seconds * part

    def think(self, part: float) -> None:
        """Spend about this part of an attempt's time."""
        self.game.wait(self.game.pace.limit_seconds * part * self.chance.uniform(0.6, 1.4))

    def answers_to(self, questions: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
        studied, skill = self.game.studied, self.citizen.skill
        return {question["id"]: studied.answer(question, skill=skill, chance=self.chance) for question in questions}

    def save(
        self, sitting: Sitting, answers: dict[str, list[str]], *, version: int | None = None, phone: Phone | None = None
    ) -> Reply:
        """Autosave. The reply is 200, ``409 attempt-expired`` or ``409 stale-version``."""
        version = version or sitting.version + 1
        body = {"version": version, "answers": answers}
        reply = (phone or self.phone).call("Lưu bài", "PATCH", f"/attempts/{sitting.id}/answers", body)
        if reply.status == 200:
            sitting.acknowledge(answers, version)
        elif reply.kind not in ("409 attempt-expired", "409 stale-version"):
            raise Surprise(f"lưu bài mà máy chủ trả lời {reply.kind}")
        return reply

    def submit(self, sitting: Sitting, answers: dict[str, list[str]], *, version: int | None = None) -> Reply:
        """Hand in. The reply is 200, ``409 attempt-expired`` or ``409 stale-version``."""
        version = version or sitting.version + 1
        body = {"request_id": self.new_request_id(), "version": version, "answers": answers}
        reply = self.ask_to_submit(self.phone, sitting, body)
        if reply.status == 200:
            sitting.acknowledge(answers, version)
        self.handed_in(sitting, reply)
        return reply

    def ask_to_submit(self, phone: Phone, sitting: Sitting, body: dict[str, Any]) -> Reply:
        return phone.call("Nộp bài", "POST", f"/attempts/{sitting.id}/submission", body)

    def handed_in(self, sitting: Sitting, reply: Reply) -> None:
        """Keep what the service said to a submission."""
        if reply.status == 200:
            sitting.submission = reply.body
        elif reply.kind == "409 attempt-expired":
            sitting.too_late = True
        elif reply.kind != "409 stale-version":
            raise Surprise(f"nộp bài mà máy chủ trả lời {reply.kind}")

    def new_request_id(self) -> str:
        return f"{self.chance.getrandbits(64):016x}"

    def click(self, ask: Callable[[Phone], Reply]) -> list[Reply]:
        """The same call several times at once, as from an impatient finger."""
        phones = [self.phone.another() for _ in range(CLICKS)]
        with ThreadPoolExecutor(CLICKS) as fingers:
            replies = list(fingers.map(ask, phones))
        for phone in phones:
            phone.put_down()
        return replies
