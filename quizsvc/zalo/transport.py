"""HTTP to one upstream, with a limit on the whole time and on the size of an answer.

``requests`` limits each single read, so a peer that sends a byte now and then holds a thread for as long as it likes.
Here every read of the socket, headers included, gets only the time that is left. Looking up the host's name is the one
step that keeps the system's own limit.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from http.cookiejar import DefaultCookiePolicy
from typing import Any, ClassVar

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

LARGEST_ANSWER = 64 * 1024
CONNECTING_STEPS = 3  # reach, tunnel through a proxy, TLS: each may take ``connect_seconds``


class Unreachable(Exception):
    """No complete answer came. ``reason`` is a name for the log, free of contents."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Transport:
    """A pool of connections to ``base_url``; safe to share between threads. Nothing is read from the environment."""

    def __init__(self, base_url: str, *, proxy_url: str | None, pool_size: int) -> None:
        self._base_url = base_url
        self._session = _Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # answers are about many people
        self._session.headers.update({"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "quizsvc"})
        if proxy_url is not None:
            self._session.proxies = {"http": proxy_url, "https": proxy_url}
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _Adapter(pool_connections=2, pool_maxsize=pool_size, max_retries=0))

    def get(
        self, path: str, *, params: dict[str, str], headers: dict[str, str], connect_seconds: float, deadline: float
    ) -> tuple[int, bytes]:
        """Status and body of the answer, or :class:`Unreachable`; ``deadline`` is a ``time.monotonic()``."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise Unreachable("time-limit")
        timeout: Any = urllib3.Timeout(connect=min(connect_seconds, left / CONNECTING_STEPS), total=left)
        try:
            with self._session.get(
                self._base_url + path,
                params=params,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
                stream=True,
            ) as answer:
                return answer.status_code, _bounded_body(answer)
        except (OSError, urllib3.exceptions.HTTPError) as error:
            raise Unreachable(type(error).__name__) from None

    def close(self) -> None:
        """Close the pooled connections."""
        self._session.close()


def _bounded_body(answer: requests.Response) -> bytes:
    body = bytearray()
    for chunk in answer.iter_content(8192):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise Unreachable("too-large")
    return bytes(body)


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: even when told not to follow, the library would read the whole body to prepare for it."""


class _TimedReader(io.RawIOBase):
    """Reads a socket until a deadline: the socket's time limit when this is made, over all reads together."""

    def __init__(self, sock: socket.socket, raw: io.RawIOBase) -> None:
        super().__init__()
        self._sock = sock
        self._raw = raw
        limit = sock.gettimeout()
        assert limit is not None, "every connection of this module has a time limit"
        self._deadline = time.monotonic() + limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *arguments: Any, **more: Any) -> None:
        super().__init__(sock, *arguments, **more)
        self.fp: Any = io.BufferedReader(_TimedReader(sock, self.fp.detach()))


class _TimedConnection(HTTPConnection):
    response_class = _TimedResponse

    def _new_conn(self) -> socket.socket:
        """Connect to one of the host's addresses; they share the time limit, which the library would give to each."""
        limit = self.timeout
        assert limit is not None, "every connection of this module has a time limit"
        try:
            found = socket.getaddrinfo(self._dns_host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NameResolutionError(self.host, self, socket.gaierror(str(error))) from None
        last: OSError = OSError("the name has no address")
        for address in found:
            try:
                return self._reach(address, limit / len(found))
            except OSError as error:
                last = error
        if isinstance(last, TimeoutError):
            raise ConnectTimeoutError(self, "no address answered in time")
        raise NewConnectionError(self, type(last).__name__)

    def _reach(self, address: Any, seconds: float) -> socket.socket:
        family, kind, protocol, _name, target = address
        sock = socket.socket(family, kind, protocol)
        try:
            for option in self.socket_options or []:
                sock.setsockopt(*option)
            sock.settimeout(seconds)
            sock.connect(target)
            sock.settimeout(self.timeout)
        except BaseException:
            sock.close()
            raise
        return sock


class _TimedTlsConnection(_TimedConnection, HTTPSConnection):
    pass


class _HttpPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _TimedConnection


class _HttpsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _TimedTlsConnection


class _Adapter(HTTPAdapter):
    """Makes the connections of this module, directly and through a proxy."""

    pools: ClassVar[dict[str, Any]] = {"http": _HttpPool, "https": _HttpsPool}

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        super().init_poolmanager(*arguments, **more)
        self.poolmanager.pool_classes_by_scheme = self.pools

    def proxy_manager_for(self, proxy: Any, **more: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **more)
        manager.pool_classes_by_scheme = self.pools
        return manager
