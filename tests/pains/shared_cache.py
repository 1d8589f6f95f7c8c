"""A cache between phones and the service that keeps whatever RFC 9111 lets a shared cache keep, as long as it lets it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient

KEEPABLE = {200, 203, 204, 300, 301, 404, 405, 410, 414, 501}
"""Answers that may be kept although nothing says for how long (RFC 9110, 15.1)."""


def directives(headers: Any) -> dict[str, str]:
    said = (part.strip().partition("=") for part in headers.get("Cache-Control", "").lower().split(",") if part.strip())
    return {name: value.strip('"') for name, _, value in said}


@dataclass
class SharedCache:
    """Stands in the place of a client. It guesses freshness wherever a cache may guess, the worst that can happen.

    ``kept`` holds answers by address with the request headers that ``Vary`` names; ``hits`` the addresses answered from it.
    """

    client: FlaskClient
    kept: dict[str, list[tuple[dict[str, str | None], Any]]] = field(default_factory=dict)
    hits: list[str] = field(default_factory=list)

    def open(self, path: str, method: str = "GET", headers: Any = None, **more: Any) -> Any:
        asked = dict(headers or {})
        if method != "GET":
            self.kept.pop(path, None)
            return self.client.open(path, method=method, headers=asked, **more)
        for names, answer in self.kept.get(path, []):
            if all(asked.get(name) == value for name, value in names.items()):
                self.hits.append(path)
                return answer
        answer = self.client.open(path, method=method, headers=asked, **more)
        if may_keep(answer, signed_in="Authorization" in asked):
            names = {name.strip(): asked.get(name.strip()) for name in answer.headers.get("Vary", "").split(",") if name}
            self.kept.setdefault(path, []).append((names, answer))
        return answer

    def get(self, path: str, **more: Any) -> Any:
        return self.open(path, **more)

    def post(self, path: str, **more: Any) -> Any:
        return self.open(path, method="POST", **more)


def may_keep(answer: Any, *, signed_in: bool) -> bool:
    """RFC 9111, section 3, for a shared cache."""
    said = directives(answer.headers)
    if "no-store" in said or "private" in said or "*" in answer.headers.get("Vary", ""):
        return False
    if signed_in and not said.keys() & {"public", "s-maxage", "must-revalidate"}:
        return False
    return answer.status_code in KEEPABLE or bool(said.keys() & {"public", "max-age", "s-maxage"})
