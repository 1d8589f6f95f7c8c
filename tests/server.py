"""The real service for tests: gunicorn in its own processes, the command line, an HTTP client that looks like Flask's."""

from __future__ import annotations

import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).parents[1]
SECRET_KEY = "a-key-for-tests-only-0123456789-abcdefghij"
STARTS_WITHIN = 60.0
PORTS = itertools.count(20_000 + os.getpid() * 37 % 10_000)  # below the range from which systems number outgoing connections


def environment(database_url: str, **more: str) -> dict[str, str]:
    """What a process of the service is given, and nothing of what this one has."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {"DATABASE_URL": database_url, "ZALO_MODE": "sandbox", "SECRET_KEY": SECRET_KEY} | more


def start_command(database_url: str, *arguments: str) -> subprocess.Popen[str]:
    """``quizsvc …`` as a process of its own, not waited for."""
    return subprocess.Popen(
        [sys.executable, "-m", "quizsvc", *arguments],
        cwd=ROOT,
        env=environment(database_url),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run_command(database_url: str, *arguments: str) -> str:
    """``quizsvc …`` to its end: what it printed. A failure is an assertion."""
    with start_command(database_url, *arguments) as process:
        printed, _ = process.communicate(timeout=120)
    assert process.returncode == 0, printed
    return printed


class Server:
    """Gunicorn as it is in production, on a free port; all its processes form one group."""

    def __init__(self, database_url: str, folder: Path, **more: str) -> None:
        """``folder`` takes the log; ``more`` are further settings."""
        self.database_url = database_url
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = environment(database_url, **more)
        self._log = folder / f"server-{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The master process, which is also the number of the group."""
        assert self._process is not None, "not started"
        return self._process.pid

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def start(self) -> Server:
        """Start it and wait until it is ready."""
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "-b", f"127.0.0.1:{self.port}"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._is_ready():
            assert self._process.poll() is None, f"the server ended:\n{self.log[-3000:]}"
            assert time.monotonic() < deadline, f"the server does not get ready:\n{self.log[-3000:]}"
            time.sleep(0.05)
        return self

    def _is_ready(self) -> bool:
        try:
            return requests.get(f"{self.url}/readyz", timeout=10).status_code == 200
        except requests.ConnectionError:
            return False

    def kill(self) -> None:
        """SIGKILL to every process at once: nobody gets to finish anything. Harmless when it does not run."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask politely, as a deployment does; harmless when it does not run."""
        self._end(signal.SIGTERM)

    def restart(self) -> Server:
        """Start again at the same address, whatever became of it."""
        self.stop()
        return self.start()

    def _end(self, how: signal.Signals) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        group = self._process.pid
        if how is signal.SIGKILL:
            os.killpg(group, how)
        else:
            self._process.send_signal(how)
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(group, signal.SIGKILL)
            self._process.wait(timeout=10)
        self._process = None
        while self._is_heard():  # the workers of a killed master die a moment after it
            time.sleep(0.01)

    def _is_heard(self) -> bool:
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", self.port)) == 0

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def _free_port() -> int:
    for port in PORTS:
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("no free port")


@dataclass(frozen=True)
class Answer:
    """An HTTP answer with the names of Flask's test client."""

    status_code: int
    data: bytes
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.data)


class Remote:
    """A phone's connection to a server, with the calls of Flask's test client, so that ``world.Player`` can use it.

    One thread at a time. ``requests.RequestException`` means that the phone does not know what became of its call.
    """

    def __init__(self, url: str, **headers: str) -> None:
        self.url = url
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update(headers)

    def open(self, path: str, method: str = "GET", json: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        given = self._session.request(method, self.url + path, json=json, headers=headers, timeout=60)
        return Answer(given.status_code, given.content, given.headers)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.open(path, headers=headers)

    def post(self, path: str, json: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        return self.open(path, method="POST", json=json, headers=headers)

    def close(self) -> None:
        self._session.close()
