"""Asking Zalo: who a token belongs to and which phone number it carries.

A call takes up to seconds: make it before a transaction begins, never inside one. Answers are never kept here.
"""

from __future__ import annotations

import math
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

import structlog

from quizsvc.core.problems import Problem
from quizsvc.core.settings import ZaloSettings
from quizsvc.zalo.breaker import Breaker
from quizsvc.zalo.errors import (
    ZaloConsentNeeded,
    ZaloMisconfigured,
    ZaloPhoneCodeInvalid,
    ZaloPhoneCodeUsed,
    ZaloRegionRefused,
    ZaloTokenRejected,
    ZaloUnavailable,
    ZaloUserNotVisible,
)
from quizsvc.zalo.proof import app_secret_proof
from quizsvc.zalo.replies import Outcome, Refused, read_phone_number, read_profile
from quizsvc.zalo.replies import ZaloProfile as ZaloProfile  # part of what this module offers
from quizsvc.zalo.sandbox import SandboxZalo
from quizsvc.zalo.transport import Transport, Unreachable

TOTAL_SECONDS = 5.0
CONNECT_SECONDS = 1.5
AT_ONCE = 6
"""Calls under way in one process. The others wait a moment and are then told that Zalo is away, so that a slow Zalo can
never hold every thread of a server in which people are playing."""
PLACE_SECONDS = 0.5
QUOTA_SECONDS = 60

# Narrower than what HTTP allows in a header: a blank at the end is cut off on the way and another alphabet is sent in
# other bytes than those we sign. Zalo would then report a wrong proof, and a person could raise our alarms.
HEADER_VALUE = re.compile(r"[\x21-\x7e]{1,4096}")

PROBLEMS: dict[Outcome, Callable[[], Problem]] = {
    Outcome.TOKEN_REJECTED: ZaloTokenRejected,
    Outcome.USER_NOT_VISIBLE: ZaloUserNotVisible,
    Outcome.CONSENT_NEEDED: ZaloConsentNeeded,
    Outcome.PHONE_CODE_INVALID: ZaloPhoneCodeInvalid,
    Outcome.PHONE_CODE_USED: ZaloPhoneCodeUsed,
    Outcome.REGION_REFUSED: ZaloRegionRefused,
    Outcome.MISCONFIGURED: ZaloMisconfigured,
    Outcome.APP_DISABLED: ZaloUnavailable,
    Outcome.OVER_QUOTA: lambda: ZaloUnavailable(retry_after=QUOTA_SECONDS),
    Outcome.UNEXPECTED: ZaloUnavailable,
    Outcome.UNAVAILABLE: ZaloUnavailable,
}
ALARMS = frozenset({Outcome.REGION_REFUSED, Outcome.MISCONFIGURED, Outcome.APP_DISABLED})
TROUBLES = frozenset({Outcome.OVER_QUOTA, Outcome.UNEXPECTED, Outcome.UNAVAILABLE})

log = structlog.get_logger(__name__)
Answer = TypeVar("Answer")


class ZaloClient(Protocol):
    """Who someone is, as Zalo says."""

    def profile(self, access_token: str) -> ZaloProfile:
        """The owner of the token the Mini App got from ``getAccessToken()``; raises one of ``SIGN_IN_PROBLEMS``."""

    def phone_number(self, access_token: str, phone_token: str) -> str:
        """The owner's number as ``+84…``. ``phone_token`` is from ``getPhoneNumber()`` and works once, within two
        minutes; raises one of ``PHONE_PROBLEMS``, after which a new one is needed."""


def make_zalo(settings: ZaloSettings) -> ZaloClient:
    """The client for these settings."""
    return SandboxZalo() if settings.mode == "sandbox" else LiveZalo(settings)


@dataclass(frozen=True)
class _Question(Generic[Answer]):
    """One call, how its answer is read, and how often it may be made."""

    path: str
    params: dict[str, str]
    headers: dict[str, str] = field(repr=False)
    read: Callable[[int, bytes], Answer]
    tries: int


class LiveZalo:
    """Zalo's Graph API. One for the process, shared by its threads; each process has its own breaker."""

    def __init__(
        self,
        settings: ZaloSettings,
        *,
        total_seconds: float = TOTAL_SECONDS,
        connect_seconds: float = CONNECT_SECONDS,
        at_once: int = AT_ONCE,
        breaker: Breaker | None = None,
    ) -> None:
        self._secret = settings.app_secret
        self._total_seconds = total_seconds
        self._connect_seconds = connect_seconds
        self._breaker = breaker or Breaker()
        self._transport = Transport(settings.graph_url, proxy_url=settings.proxy_url, pool_size=at_once)
        self._places = threading.BoundedSemaphore(at_once)

    def profile(self, access_token: str) -> ZaloProfile:
        if not HEADER_VALUE.fullmatch(access_token):
            raise ZaloTokenRejected
        headers = {"access_token": access_token, "appsecret_proof": app_secret_proof(self._secret, access_token)}
        return self._answer_to(_Question("/v2.0/me", {"fields": "id,name,picture"}, headers, read_profile, tries=2))

    def phone_number(self, access_token: str, phone_token: str) -> str:
        if not HEADER_VALUE.fullmatch(access_token):
            raise ZaloTokenRejected
        if not HEADER_VALUE.fullmatch(phone_token):
            raise ZaloPhoneCodeInvalid
        headers = {"access_token": access_token, "code": phone_token, "secret_key": self._secret}
        # Never tried again: Zalo may have used the code up although its answer was lost.
        return self._answer_to(_Question("/v2.0/me/info", {}, headers, read_phone_number, tries=1))

    def close(self) -> None:
        """Close the pooled connections."""
        self._transport.close()

    def _answer_to(self, question: _Question[Answer]) -> Answer:
        wait = self._breaker.wait()
        if wait is not None:
            log.info("zalo-not-asked", path=question.path)
            raise ZaloUnavailable(retry_after=max(1, math.ceil(wait)))
        if not self._places.acquire(timeout=PLACE_SECONDS):
            log.warning("zalo-crowded", path=question.path)
            raise ZaloUnavailable
        try:
            answer = self._ask(question, time.monotonic() + self._total_seconds)
        except Refused as refused:
            self._note(question.path, refused)
            raise PROBLEMS[refused.outcome]() from None
        finally:
            self._places.release()
        self._breaker.succeeded()
        return answer

    def _ask(self, question: _Question[Answer], deadline: float) -> Answer:
        for tries_left in reversed(range(question.tries)):
            try:
                return self._ask_once(question, deadline)
            except Refused as refused:
                if not tries_left or refused.outcome is not Outcome.UNAVAILABLE or time.monotonic() >= deadline:
                    raise
                log.info("zalo-asked-again", path=question.path, error=refused.error, reason=refused.reason)
        raise AssertionError("the last try has returned or raised")

    def _ask_once(self, question: _Question[Answer], deadline: float) -> Answer:
        try:
            status, body = self._transport.get(
                question.path,
                params=question.params,
                headers=question.headers,
                connect_seconds=self._connect_seconds,
                deadline=deadline,
            )
        except Unreachable as unreachable:
            raise Refused(Outcome.UNAVAILABLE, reason=unreachable.reason) from None
        return question.read(status, body)

    def _note(self, path: str, refused: Refused) -> None:
        """Log a refusal and tell the breaker. Only Zalo's own failures count against it, never a person's token."""
        say = log.error if refused.outcome in ALARMS else log.warning if refused.outcome in TROUBLES else log.info
        say(refused.outcome.value, path=path, error=refused.error, reason=refused.reason)
        if refused.outcome is not Outcome.UNAVAILABLE:
            self._breaker.succeeded()
        elif self._breaker.failed():
            log.error("zalo-breaker-opened", path=path)
