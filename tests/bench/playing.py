"""What starting and handing in cost, next to a Flask view that does nothing."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient

from tests.bench.measuring import ROUNDS, Calls
from tests.world import Player

PER_ROUND = 8


def bare_client() -> FlaskClient:
    app = Flask("bare")

    @app.post("/bare")
    def bare() -> dict[str, str]:
        return {"status": "ok"}

    return app.test_client()


def playing_calls(client: FlaskClient) -> Calls:
    """Everyone plays once: a start, a save and a submission each."""
    players = [Player(client, 1_000 + number) for number in range((ROUNDS + 1) * PER_ROUND)]
    starting, saving, submitting = iter(players), iter(players), iter(players)
    attempts = {}
    bare = bare_client()

    def start() -> None:
        player = next(starting)
        answer = player.start("thi.play")
        assert answer.status_code == 201, answer.text
        attempts[player.id] = answer.json

    def save(turns: Iterator[Player]) -> None:
        player = next(turns)
        answer = player.save(attempts[player.id], 1, {})
        assert answer.status_code == 200, answer.text

    def submit(turns: Iterator[Player]) -> None:
        player = next(turns)
        attempt = attempts[player.id]
        answers = {question["id"]: [question["choices"][0]["id"]] for question in attempt["questions"]}
        answer = player.submit(attempt, answers=answers)
        assert answer.status_code == 200, answer.text

    return {
        "bare view": (lambda: bare.post("/bare", json={"a": 1}), 40),
        "start": (start, PER_ROUND),
        "save": (lambda: save(saving), PER_ROUND),
        "submit": (lambda: submit(submitting), PER_ROUND),
    }
