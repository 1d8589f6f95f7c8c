"""A world to play in: real units and banks in a template database, contests made for each test, and players over HTTP."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from quizsvc.banks.citations import InstrumentFile
from quizsvc.banks.questions import BankFile
from quizsvc.banks.service import load_banks, read_folder
from quizsvc.contests.document import ContestDocument, understand
from quizsvc.contests.loading import load_contest
from quizsvc.core.db import transaction
from quizsvc.units.csv_file import read_units
from quizsvc.units.service import NGHE_AN, load_units

QUIZZES = Path(__file__).parents[1] / "quizzes"
THANH_VINH = "16681"
KIM_LIEN = "17971"


@functools.cache
def written() -> tuple[list[BankFile], list[InstrumentFile]]:
    """Our banks and registry as they are written; reading them takes a second or two, so once for all tests."""
    banks, instruments, faults = read_folder(QUIZZES)
    assert not [fault for fault in faults if fault.level == "error"]
    return banks, instruments


def seed(app: Flask, now: datetime) -> None:
    """Load Nghệ An's units and our banks."""
    banks, instruments = written()
    with app.app_context(), transaction() as session:
        load_units(session, read_units(NGHE_AN.read_bytes()))
        load_banks(session, banks, instruments, now=now)


def round_document(opens_at: datetime, **changes: Any) -> dict[str, Any]:
    """A round of three questions for an hour, ten minutes each attempt."""
    return {
        "round": "r1",
        "title": "Vòng 1",
        "opens_at": opens_at.isoformat(),
        "closes_at": (opens_at + timedelta(hours=1)).isoformat(),
        "time_limit_minutes": 10,
        "attempts": "unlimited",
        "counts": "best",
        "show": {"result": "at_once", "review": "after_round", "board": "at_once"},
        "paper": [{"bank": "bau-cu", "count": 2}, {"bank": "tre-em", "difficulty": 1, "count": 1}],
    } | changes


def make_contest(now: datetime, *rounds: dict[str, Any], slug: str = "thi", **changes: Any) -> ContestDocument:
    """Load a contest with these rounds (one, opening now, when none is given)."""
    document = {
        "contest": slug,
        "title": "Cuộc thi thử",
        "organizer": "40",
        "rounds": list(rounds) or [round_document(now)],
    } | changes
    understood = understand(document)
    assert isinstance(understood, ContestDocument), understood
    with transaction() as session:
        load_contest(session, understood, now=now - timedelta(days=1))
    return understood


class Player:
    """Someone with a phone."""

    def __init__(self, client: FlaskClient, zalo_id: int = 1, name: str = "Nguyễn Văn An") -> None:
        self.client = client
        answer = client.post("/api/v1/auth/zalo", json={"access_token": f"sandbox:{zalo_id}:{name}"})
        assert answer.status_code == 200, answer.text
        self.id: str = answer.json["participant"]["id"]
        self.tokens: dict[str, Any] = answer.json

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens['access_token']}"}

    def call(self, method: str, path: str, body: Any = None) -> Any:
        return self.client.open(f"/api/v1{path}", method=method, json=body, headers=self.headers)

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def refresh(self) -> Player:
        """A new pair of tokens; the access token lives for a quarter of an hour."""
        answer = self.client.post("/api/v1/auth/refresh", json={"refresh_token": self.tokens["refresh_token"]})
        assert answer.status_code == 200, answer.text
        self.tokens = answer.json
        return self

    def in_unit(self, code: str) -> Player:
        """Choose a unit by its official code."""
        found = self.client.get(f"/api/v1/units?q={code}").json["items"]
        unit = next(item for item in found if item["code"] == code)
        assert self.call("PATCH", "/me", {"unit": unit}).status_code == 200
        return self

    def start(self, round_id: str = "thi.r1") -> Any:
        return self.call("POST", f"/rounds/{round_id}/attempts")

    def save(self, attempt: Mapping[str, Any], version: int, answers: Any, **more: Any) -> Any:
        body = {"version": version, "answers": answers} | more
        return self.call("PATCH", f"/attempts/{attempt['id']}/answers", body)

    def submit(self, attempt: Mapping[str, Any], request_id: str = "request-1", **more: Any) -> Any:
        return self.call("POST", f"/attempts/{attempt['id']}/submission", {"request_id": request_id} | more)


def right_answers(attempt: Mapping[str, Any], wrong: int = 0) -> dict[str, list[str]]:
    """The right answers to an attempt's paper, the first ``wrong`` of them left out; read from the banks by text."""
    keys = {question.text: question for bank in written()[0] for question in bank.questions}
    answers = {}
    for place, question in enumerate(attempt["questions"]):
        if place < wrong:
            continue
        right = right_texts(keys[question["text"]])
        answers[question["id"]] = [choice["id"] for choice in question["choices"] if choice["text"] in right]
    return answers


def right_texts(question: Any) -> set[str]:
    """The texts of a written question's right choices."""
    from quizsvc.banks.versions import content_of

    content = content_of(question)
    return {content.choices[place] for place in content.key}
