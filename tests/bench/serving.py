"""The same over HTTP: gunicorn as in production, phones that keep their connections, next to a bare Flask view."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

import requests

from quizsvc.auth.sessions import start_session
from quizsvc.core.chance import SystemChance
from quizsvc.core.db import db, transaction
from quizsvc.core.keys import Keys
from tests.bench.measuring import ROUNDS, cpu_seconds, megabytes, megabytes_shared_once
from tests.bench.plain import commits_a_second, make_plain_table
from tests.bench.playing import Seat, seats
from tests.bench.stage import Stage, stage, week
from tests.bench.targets import Report
from tests.server import ROOT, SECRET_KEY, Server
from tests.world import make_contest

PHONES = 16


@dataclass(frozen=True)
class Call:
    """One request."""

    method: str
    path: str
    body: str | None = None
    token: str | None = None


@dataclass(frozen=True)
class Rate:
    """Calls a second, and what each cost the server's processes."""

    per_second: float
    cpu_us: float


def bench(kind: str, plays: int, report: Report) -> None:
    """``plays``: how many people do each thing in one round of measuring."""
    opens_at = datetime.now(UTC).replace(microsecond=0)
    with stage(kind, opens_at) as here:
        make_contest(
            opens_at, week(opens_at, show={"result": "at_once", "review": "never", "board": "at_once"}, prediction=None)
        )
        server = Server(here.url, here.folder)
        workers = "1" if kind == "sqlite" else "2"
        with db.engine.connect() as connection:
            make_plain_table(connection)
        with server, _bare(server.port + 7, workers, here) as bare:
            found = {name: list[Rate]() for name in ("bare", "start", "save", "submit", "top 100", "own rank")}
            commits: list[float] = []
            for turn in range(ROUNDS + 1):
                people = seats(plays, "thi.t1", here) if turn == 0 else _more(plays, turn, here)
                for name, rate in _turn(here, server, bare, people).items():
                    found[name] += [rate] if turn else []
                commits += [rate for rate in [commits_a_second(here, clients=PHONES)] if rate is not None]
            memory = megabytes(server.pid), megabytes_shared_once(server.pid)
        _add(report, found, memory)
        if commits:
            submits = median(rate.per_second for rate in found["submit"])
            report.add(
                "submit / one-statement commit", submits / median(commits), said=f"(pgbench {median(commits):,.0f} a second)"
            )


def _more(plays: int, turn: int, here: Stage) -> list[Seat]:
    others = seats(plays, f"turn {turn}", here)
    return [Seat(seat.person, "thi.t1") for seat in others]


def _turn(here: Stage, server: Server, bare: tuple[int, int], people: Sequence[Seat]) -> dict[str, Rate]:
    tokens = [_token(seat, here) for seat in people]
    nothing = [Call("POST", "/bare", "{}") for _ in people]
    rates = {"bare": _rate(*bare, nothing)[0]}
    address = (server.port, server.pid)
    starts = [Call("POST", "/api/v1/rounds/thi.t1/attempts", "{}", token) for token in tokens]
    rates["start"], given = _rate(*address, starts)
    attempts = [json.loads(text) for text in given]
    answers = [{each["id"]: [each["choices"][0]["id"]] for each in attempt["questions"]} for attempt in attempts]
    paths = [f"/api/v1/attempts/{attempt['id']}" for attempt in attempts]
    made = list(zip(paths, answers, tokens, strict=True))
    saves = [Call("PATCH", f"{path}/answers", json.dumps({"version": 1, "answers": a}), t) for path, a, t in made]
    rates["save"], _ = _rate(*address, saves)
    body = {"request_id": "bench-request", "version": 2}
    ends = [Call("POST", f"{path}/submission", json.dumps(body | {"answers": a}), t) for path, a, t in made]
    rates["submit"], _ = _rate(*address, ends)
    board = "/api/v1/rounds/thi.t1/leaderboard"
    rates["top 100"], _ = _rate(*address, [Call("GET", f"{board}?limit=100", None, token) for token in tokens])
    rates["own rank"], _ = _rate(*address, [Call("GET", f"{board}/me", None, token) for token in tokens])
    return rates


def _token(seat: Seat, here: Stage) -> str:
    """As after signing in, which is not measured."""
    now = datetime.now(UTC)
    keys = Keys.from_secrets([SECRET_KEY])
    with transaction() as session:
        pair = start_session(session, participant_id=seat.person, keys=keys, chance=SystemChance(), now=now)
    return pair.access_token


def _rate(port: int, pid: int, calls: Sequence[Call]) -> tuple[Rate, list[str]]:
    """All calls by ``PHONES`` connections at once; raises when one is refused."""
    busy, began = cpu_seconds(pid), time.perf_counter()
    with ThreadPoolExecutor(PHONES) as phones:
        shares = [calls[place::PHONES] for place in range(PHONES)]
        answered = list(phones.map(lambda share: _phone(port, share), shares))
    taken = time.perf_counter() - began
    texts = [""] * len(calls)
    for place, share in enumerate(answered):
        texts[place::PHONES] = share
    return Rate(len(calls) / taken, (cpu_seconds(pid) - busy) / len(calls) * 1_000_000), texts


def _phone(port: int, calls: Sequence[Call]) -> list[str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    texts = []
    for call in calls:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {call.token}"} if call.token else {})
        connection.request(call.method, call.path, call.body, headers)
        answer = connection.getresponse()
        texts.append(answer.read().decode())
        if answer.status >= 300:
            raise RuntimeError(f"{call.method} {call.path}: {answer.status} {texts[-1][:300]}")
    connection.close()
    return texts


@contextmanager
def _bare(port: int, workers: str, here: Stage) -> Iterator[tuple[int, int]]:
    """The port and the process of a bare view on gunicorn with as many workers and threads as the service."""
    empty = here.folder / "nothing.py"  # or it would take the service's own settings, from the folder it is started in
    empty.touch()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        str(empty),
        "-k",
        "gthread",
        "-w",
        workers,
        "--threads",
        "16",
        "--keep-alive",
        "15",
    ]
    command += ["-b", f"127.0.0.1:{port}", "--log-level", "error", "tests.bench.bare:app"]
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as process:
        try:
            until = time.monotonic() + 30
            while not _answers(port):
                if time.monotonic() > until or process.poll() is not None:
                    raise RuntimeError("the bare server does not start")
                time.sleep(0.05)
            yield port, process.pid
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/bare", timeout=5).ok
    except requests.ConnectionError:
        return False


def _add(report: Report, found: dict[str, list[Rate]], memory: tuple[float, float]) -> None:
    bare = found["bare"]
    cost = median(rate.cpu_us for rate in bare)
    report.add(
        "bare Flask view, calls a second", median(rate.per_second for rate in bare), said=f"({cost:,.0f} µs of processor)"
    )
    names: dict[str, str] = {"top 100": "board page"}
    for name, rates in found.items():
        if name == "bare":
            continue
        ratios = [rate.per_second / base.per_second for rate, base in zip(rates, bare, strict=True)]
        said = (
            f"({median(rate.per_second for rate in rates):,.0f} a second, {median(rate.cpu_us for rate in rates):,.0f} µs)"
        )
        report.add(f"{names.get(name, name)} / bare Flask view", median(ratios), said=said)
    resident, shared_once = memory
    report.add("server processes, MB", resident, said=f"(resident, added up; {shared_once:,.0f} with shared pages once)")
