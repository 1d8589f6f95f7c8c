"""A citizen's phone: real HTTP, every answer counted by its kind."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import requests

TIMEOUT_SECONDS = 30


class Surprise(Exception):
    """The service did something that it must not do."""


@dataclass(frozen=True)
class Reply:
    """An answer of the service."""

    status: int
    body: Any

    @property
    def kind(self) -> str:
        """``200``, or ``409 attempt-expired``."""
        if self.status < 400 or not isinstance(self.body, dict):
            return str(self.status)
        return f"{self.status} {str(self.body.get('type')).rpartition('/')[2]}"


class Tally:
    """How often which call was answered in which way, over all phones."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.counts: Counter[tuple[str, str]] = Counter()

    def count(self, call: str, kind: str) -> None:
        with self._lock:
            self.counts[call, kind] += 1


class Phone:
    """One connection to the service at ``base``. Threads do not share a phone, people may have several."""

    def __init__(self, base: str, tally: Tally, token: str | None = None) -> None:
        self._base = base
        self._tally = tally
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the surroundings is not for 127.0.0.1
        self.token = token

    def another(self) -> Phone:
        """A second phone, or tab, of the same person."""
        return Phone(self._base, self._tally, self.token)

    def put_down(self) -> None:
        """Close the connection; the next call opens another."""
        self._session.close()

    def call(self, name: str, method: str, path: str, body: Any = None, **parameters: Any) -> Reply:
        """Call the service; ``name`` is what the person does, for the table of answers."""
        headers = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        url = f"{self._base}/api/v1{path}"
        try:
            answer = self._session.request(
                method, url, params=parameters, json=body, headers=headers, timeout=TIMEOUT_SECONDS
            )
            reply = Reply(answer.status_code, answer.json() if answer.content else None)
        except requests.RequestException as error:
            self._tally.count(name, "không trả lời")
            raise Surprise(f"{name}: máy chủ không trả lời đúng cách ({type(error).__name__})") from error
        self._tally.count(name, reply.kind)
        return reply

    def ask(self, name: str, method: str, path: str, body: Any = None, **parameters: Any) -> Any:
        """Call the service for something that must be given; what it gives."""
        reply = self.call(name, method, path, body, **parameters)
        if reply.status not in (200, 201):
            raise Surprise(f"{name}: máy chủ trả lời {reply.kind}")
        return reply.body

    def pages(self, name: str, path: str, **parameters: Any) -> Iterator[dict[str, Any]]:
        """The items of a list, page after page."""
        while True:
            page = self.ask(name, "GET", path, **parameters, limit=100)
            yield from page["items"]
            if page["next"] is None:
                return
            parameters["cursor"] = page["next"]
