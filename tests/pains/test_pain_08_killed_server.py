"""Pain 8: SIGKILL to the whole service in a storm of calls loses nothing that was acknowledged and doubles nothing."""

import threading
from dataclasses import dataclass, field
from typing import Any

import requests
from sqlalchemy import func, select

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.core.db import reading
from quizsvc.leaderboards.models import Entry
from tests.pains.arena import at_once

PEOPLE = 48
THREADS = 8
SAVES = 3
KILLS = (PEOPLE, 3 * PEOPLE)  # after so many acknowledgements in all


@dataclass
class Person:
    """Someone who starts, saves each answer as a version of its own, and hands in; repeats what was not answered."""

    player: Any
    attempt: dict[str, Any] = field(default_factory=dict)
    sent: int = 0
    known: int = 0
    told: bytes = b""

    def next_step(self, round_id):
        """Do the first step that is not acknowledged; raises ``requests.RequestException`` when nobody answers."""
        self.sent = self.known + 1
        if self.known == 0:
            answer = self.player.start(round_id)
            self.attempt = answer.json
        elif self.known <= SAVES:
            answer = self.player.save(self.attempt, self.known, self.answer(self.known))
        else:
            answer = self.player.submit(self.attempt)
            self.told = answer.data
        assert answer.status_code in (200, 201), answer.text
        self.known = self.sent

    def answer(self, version):
        question = self.attempt["questions"][version - 1]
        return {question["id"]: [question["choices"][version % len(question["choices"])]["id"]]}

    @property
    def is_through(self):
        return self.known == SAVES + 2

    def check_nothing_is_lost(self):
        """What is stored is what was acknowledged, or that and the one call that was under way."""
        if self.known == 0:
            return
        shown = self.player.get(f"/attempts/{self.attempt['id']}").json
        versions = {min(SAVES, step - 1) for step in (self.known, self.sent)}
        assert shown["version"] in versions
        expected = {}
        for version in range(1, shown["version"] + 1):
            expected |= self.answer(version)
        assert shown["answers"] == expected
        if self.is_through:
            assert shown["state"] == "submitted"
            assert self.player.submit(self.attempt).data == self.told
        elif self.sent < SAVES + 2:
            assert shown["state"] == "open"


def test_sigkill_in_a_storm_loses_nothing_and_doubles_nothing(own_arena):
    server = own_arena.server.start()
    round_id = own_arena.round(attempts=1)
    phones = [own_arena.phone() for _ in range(THREADS)]
    people = [Person(own_arena.player(phones[number % THREADS])) for number in range(PEOPLE)]

    for kill_at in KILLS:
        storm(people, round_id, kill_at, server.kill)
        assert not all(person.is_through for person in people)
        server.start()
        if kill_at == KILLS[-1]:
            own_arena.command("sweep")
            assert "không sai khác" in own_arena.command("verify")
        for person in people:
            person.check_nothing_is_lost()
    storm(people, round_id)

    for person in people:
        person.check_nothing_is_lost()
    with own_arena.inside(), reading() as session:
        count = [session.scalar(select(func.count()).select_from(table)) for table in (Attempt, Receipt)]
        entries = session.scalar(select(func.count()).select_from(Entry))
    assert count == [PEOPLE, PEOPLE]
    assert entries == 2 * PEOPLE  # on the round's board and on the contest's
    assert own_arena.verified() == PEOPLE


def storm(people, round_id, kill_at=None, kill=None):
    """Everybody goes on as fast as possible; after ``kill_at`` acknowledgements in all ``kill`` is called in the midst."""
    far_enough = threading.Event()

    def keep_calling(number):
        while waiting := [person for person in people[number::THREADS] if not person.is_through]:
            for person in waiting:
                try:
                    person.next_step(round_id)
                except requests.RequestException:
                    return
                if kill_at is not None and sum(each.known for each in people) >= kill_at:
                    far_enough.set()

    killer = threading.Thread(target=lambda: far_enough.wait(60) and kill())
    if kill_at is not None:
        killer.start()
    at_once(THREADS, keep_calling)
    if kill_at is not None:
        killer.join()
    else:
        assert all(person.is_through for person in people)
