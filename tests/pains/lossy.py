"""A bad line to the service: requests arrive, but every third reply is lost, wholly or from the middle on."""

from __future__ import annotations

import itertools
import socket
import socketserver
import threading
from types import TracebackType
from typing import Any

ONE_IN = 3


class LossyLine:
    """Passes requests on to ``port``; phones that use it must say ``Connection: close``."""

    def __init__(self, port: int) -> None:
        self.lost = 0
        numbers = itertools.count(1)
        line = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                reply = exchange(port, request_from(self.request))
                number = next(numbers)
                if number % ONE_IN == 0:
                    line.lost += 1
                    reply = reply[: len(reply) // 2] if number % (2 * ONE_IN) == 0 else b""
                self.request.sendall(reply)

        self._server = Listener(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> LossyLine:
        self._thread.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 50


def exchange(port: int, request: bytes) -> bytes:
    """Send a whole request and read the reply until the service hangs up."""
    with socket.create_connection(("127.0.0.1", port)) as upstream:
        upstream.sendall(request)
        return b"".join(iter(lambda: upstream.recv(65536), b""))


def request_from(phone: socket.socket) -> bytes:
    """One whole request: its head, and as much body as the head announces."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += phone.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    lengths = [line.partition(b":")[2] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    missing = int(lengths[0]) - len(body) if lengths else 0
    while missing > 0:
        part = phone.recv(missing)
        received, missing = received + part, missing - len(part)
    return received


def send_and_leave(port: int, method: str, path: str, body: bytes, headers: dict[str, Any]) -> None:
    """Send a whole request and hang up at once, before any reply."""
    head = {"Host": "127.0.0.1", "Content-Type": "application/json", "Content-Length": len(body)} | headers
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    with socket.create_connection(("127.0.0.1", port)) as phone:
        phone.sendall("\r\n".join(lines).encode() + body)
