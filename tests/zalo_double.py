"""A stand-in for Zalo's Graph API on this machine, speaking its real wire format; it shares no code with quizsvc.

    with ZaloDouble(app_secret="…") as zalo:
        zalo.people["token"] = {"id": "4047671499938107249", "name": "Nguyễn Văn A"}
        zalo.phones["phone token"] = "84912345678"
        ... ask at zalo.url (the setting ZALO_GRAPH_URL) ...
        assert zalo.calls[-1].headers["access_token"] == "token"

``mode`` says how all answers go wrong; ``modes`` is a queue of modes used up first, one a call:

    ok          as documented                      down        closes the connection without a word
    foreign_ip  known tokens get -501              bad_gateway status 502 with an HTML page
    slow        waits ``slow_seconds`` first       html        status 200 with an HTML page
    drip        one byte every ``drip_seconds``    not_json    status 200 with half of a JSON text
    drip_body   the same after the headers         huge        10 MB of JSON
    redirect    302 to another path                number_id   the id as a JSON number
    forbidden   status 403 with an HTML page       cookie      ok, and sets a cookie

``error`` set to a number makes every answer that Zalo error.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

MESSAGES = {
    114: "code is empty",
    115: "code is invalid",
    116: "secret_key is empty",
    117: "secret_key is invalid",
    118: "code is invalid",
    119: "code has already been used",
    452: "Session key invalid. This could be because the session key has an incorrect format, or expired",
    2500: "Syntax error",
    -501: "Personal information is limited due to IP address not inside Vietnam: 203.0.113.9",
    -1241: "Invalid appsecret_proof provided in the API argument",
}


@dataclass(frozen=True)
class Call:
    """One request as it came: header names in lower case; ``target`` is the raw request target."""

    method: str
    target: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]


class ZaloDouble:
    """Zalo on 127.0.0.1. All attributes may be changed at any time, from any thread.

    ``people``: access token → profile as Zalo sends it (``id``, and ``name``, ``picture`` when there was consent).
    ``phones``: phone token → number as Zalo sends it; a dict is sent as the whole ``data`` (a decoded location).
    ``used_codes``: phone tokens that have been used or are too old; decoding adds to it.
    ``foreign_codes``: phone tokens made for another Zalo App.
    ``calls``: every request so far. ``connections``: how many connections were opened.
    """

    def __init__(self, *, app_secret: str, port: int = 0) -> None:
        self.app_secret = app_secret
        self.people: dict[str, dict[str, Any]] = {}
        self.phones: dict[str, str | dict[str, str]] = {}
        self.used_codes: set[str] = set()
        self.foreign_codes: set[str] = set()
        self.mode = "ok"
        self.modes: deque[str] = deque()
        self.error: int | None = None
        self.slow_seconds = 2.0
        self.drip_seconds = 0.02
        self.calls: list[Call] = []
        self.connections = 0
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(self, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.005,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server.drop_connections()

    def begin(self, call: Call) -> str:
        """Note a call; the mode it is answered in."""
        with self._lock:
            self.calls.append(call)
            return self.modes.popleft() if self.modes else self.mode

    def answer(self, call: Call, mode: str) -> dict[str, Any]:
        """What Zalo would say, as JSON."""
        if self.error is not None:
            return _refusal(self.error)
        person = self.people.get(call.headers.get("access_token", ""))
        if person is None:
            return _refusal(452)
        if mode == "foreign_ip":  # the token is looked at first
            return _refusal(-501)
        if call.path == "/v2.0/me":
            return self._profile(call, person, mode)
        if call.path == "/v2.0/me/info":
            return self._info(call)
        return _refusal(2500)

    def _profile(self, call: Call, person: dict[str, Any], mode: str) -> dict[str, Any]:
        secret, token = self.app_secret.encode(), call.headers["access_token"].encode()
        if call.headers.get("appsecret_proof") != hmac.new(secret, token, hashlib.sha256).hexdigest():
            return _refusal(-1241)
        asked = call.query.get("fields", "id").split(",")
        profile = {name: value for name, value in person.items() if name in asked}
        if mode == "number_id":
            profile["id"] = int(person["id"])
        return {"error": 0, "message": "Success"} | profile

    def _info(self, call: Call) -> dict[str, Any]:
        secret, code = call.headers.get("secret_key", ""), call.headers.get("code", "")
        if secret != self.app_secret:
            return _refusal(117 if secret else 116)
        with self._lock:
            error = self._code_error(code)
            if error is not None:
                return _refusal(error)
            self.used_codes.add(code)
        found = self.phones[code]
        data = found if isinstance(found, dict) else {"number": found}
        return {"data": data, "error": 0, "message": "Success"}

    def _code_error(self, code: str) -> int | None:
        if not code:
            return 114
        if code in self.used_codes:
            return 119
        if code in self.foreign_codes:
            return 118
        return None if code in self.phones else 115


def _refusal(error: int) -> dict[str, Any]:
    return {"error": error, "message": MESSAGES.get(error, "Failed")}


class _Server(ThreadingHTTPServer):
    request_queue_size = 256

    def __init__(self, double: ZaloDouble, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.double = double
        self.open: set[socket.socket] = set()

    def handle_error(self, *_: Any) -> None:
        """A caller that hangs up is part of what is tested."""

    def drop_connections(self) -> None:
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.double.connections += 1
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        super().finish()

    def log_message(self, *_: Any) -> None:
        """Nothing: tests read ``calls``."""

    def do_CONNECT(self) -> None:
        self.server.double.begin(self._call())
        self._send(403, b"no tunnels here", "text/plain")
        self.close_connection = True

    def do_GET(self) -> None:
        double, call = self.server.double, self._call()
        mode = double.begin(call)
        if mode == "down":
            self.close_connection = True
        elif mode in ("bad_gateway", "html", "forbidden"):
            status = {"bad_gateway": 502, "html": 200, "forbidden": 403}[mode]
            self._send(status, b"<!doctype html><title>zalo</title>", "text/html")
        elif mode == "huge":
            self._send(200, b'{"error":0,"id":"1","name":"' + b"a" * 10_000_000 + b'"}')
        elif mode == "not_json":
            self._send(200, b'{"error":0,"id":')
        elif mode == "redirect":
            self._send(302, b"{}", more="Location: /v2.0/elsewhere\r\n")
        else:
            if mode == "slow":
                double.closing.wait(double.slow_seconds)
            more = "Set-Cookie: zalo=1; Path=/\r\n" if mode == "cookie" else ""
            self._send(200, json.dumps(double.answer(call, mode), ensure_ascii=False).encode(), more=more, mode=mode)

    def _call(self) -> Call:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Call(self.command, self.path, parts.path, dict(parse_qsl(parts.query)), headers)

    def _send(
        self, status: int, body: bytes, kind: str = "text/json; charset=utf-8", *, more: str = "", mode: str = ""
    ) -> None:
        head = (
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\n{more}\r\n"
        ).encode()
        at_once = {"drip": b"", "drip_body": head}.get(mode, head + body)
        self.wfile.write(at_once)
        for byte in (head + body)[len(at_once) :]:
            if self.server.double.closing.wait(self.server.double.drip_seconds):
                self.close_connection = True
                return
            self.wfile.write(bytes([byte]))
