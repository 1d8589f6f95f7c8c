"""What Zalo's answers mean: its error codes, a profile, a phone number."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_NAME = 100
UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, direction overrides and halves of characters: no name needs them, some cannot be stored."""

USER_ID = re.compile(r"[0-9]{1,40}")
AVATAR_URL = re.compile(r"https://[\x21-\x7e]{1,900}")
VIETNAMESE_NUMBER = re.compile(r"[1-9][0-9]{8,9}")
FOREIGN_NUMBER = re.compile(r"[1-9][0-9]{7,14}")


class Outcome(StrEnum):
    """Why there is no answer; the value is the name of the log event."""

    TOKEN_REJECTED = "zalo-token-rejected"  # noqa: S105 - the name of an event
    USER_NOT_VISIBLE = "zalo-user-not-visible"
    CONSENT_NEEDED = "zalo-consent-needed"
    PHONE_CODE_INVALID = "zalo-phone-code-invalid"
    PHONE_CODE_USED = "zalo-phone-code-used"
    REGION_REFUSED = "zalo-region-refused"
    MISCONFIGURED = "zalo-misconfigured"
    APP_DISABLED = "zalo-app-disabled"
    OVER_QUOTA = "zalo-over-quota"
    UNEXPECTED = "zalo-unexpected"
    """A refusal nobody has described. A person may have caused it, so it says nothing about Zalo's health."""
    UNAVAILABLE = "zalo-unavailable"
    """Zalo, or the way to it, has failed."""


ERROR_CODES: dict[int, Outcome] = {
    # the person and the token
    452: Outcome.TOKEN_REJECTED,
    210: Outcome.USER_NOT_VISIBLE,
    -1401: Outcome.CONSENT_NEEDED,
    -501: Outcome.REGION_REFUSED,
    # the phone token
    114: Outcome.PHONE_CODE_INVALID,
    115: Outcome.PHONE_CODE_INVALID,
    119: Outcome.PHONE_CODE_USED,
    # our secret; 118 reads "code is invalid", but the code is from another Zalo App than the secret
    116: Outcome.MISCONFIGURED,
    117: Outcome.MISCONFIGURED,
    118: Outcome.MISCONFIGURED,
    -242: Outcome.MISCONFIGURED,
    -1241: Outcome.MISCONFIGURED,
    # our request
    100: Outcome.MISCONFIGURED,
    110: Outcome.MISCONFIGURED,
    111: Outcome.MISCONFIGURED,
    112: Outcome.MISCONFIGURED,
    2500: Outcome.MISCONFIGURED,
    10001: Outcome.MISCONFIGURED,
    11004: Outcome.APP_DISABLED,
    12000: Outcome.OVER_QUOTA,
    12002: Outcome.OVER_QUOTA,
    12003: Outcome.OVER_QUOTA,
    12004: Outcome.OVER_QUOTA,
    12010: Outcome.OVER_QUOTA,
    # Zalo itself
    10000: Outcome.UNAVAILABLE,
    10002: Outcome.UNAVAILABLE,
    10003: Outcome.UNAVAILABLE,
}


class Refused(Exception):
    """There is no answer. ``error`` is Zalo's code when it gave one, ``reason`` our own word when it did not."""

    def __init__(self, outcome: Outcome, *, error: int | None = None, reason: str | None = None) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome
        self.error = error
        self.reason = reason


@dataclass(frozen=True)
class ZaloProfile:
    """Who a token belongs to. ``id`` is decimal text too long for a float, the same for all Mini Apps of one Zalo App.

    Without the person's consent Zalo gives neither name nor picture.
    """

    id: str
    name: str | None = None
    avatar_url: str | None = None


def read_profile(status: int, body: bytes) -> ZaloProfile:
    """The profile in an answer of ``/v2.0/me``, or :class:`Refused`."""
    reply = _read(status, body)
    user_id = reply.get("id")
    # A number may already have lost its last digits on the way, and would then be another person.
    if not isinstance(user_id, str) or not USER_ID.fullmatch(user_id):
        raise Refused(Outcome.UNAVAILABLE, reason="no-id")
    return ZaloProfile(user_id, _name(reply.get("name")), _avatar_url(reply.get("picture")))


def read_phone_number(status: int, body: bytes) -> str:
    """The phone number in an answer of ``/v2.0/me/info``, as ``+84…``, or :class:`Refused`."""
    data = _read(status, body).get("data")
    number = international(data.get("number")) if isinstance(data, dict) else None
    if number is None:
        # The same endpoint decodes location tokens, whose answer has no number.
        raise Refused(Outcome.PHONE_CODE_INVALID, reason="no-number")
    return number


def international(number: Any) -> str | None:
    """``number`` as ``+`` and country code, or ``None``. Zalo leaves the plus out; without a country it is Vietnam's.

    ``international("84912345678")`` and ``international("0912345678")`` are both ``"+84912345678"``.
    """
    if not isinstance(number, str):
        return None
    digits = number.removeprefix("+")
    if not number.startswith(("0", "84", "+84")):
        return f"+{digits}" if FOREIGN_NUMBER.fullmatch(digits) else None
    national = digits.removeprefix("84").removeprefix("0")
    return f"+84{national}" if VIETNAMESE_NUMBER.fullmatch(national) else None


def _read(status: int, body: bytes) -> dict[str, Any]:
    """The answer when it is a success. Zalo's own refusals come with status 200, so the status alone proves nothing."""
    if status != 200:
        raise Refused(_outcome_of_status(status), reason=f"status-{status}")
    try:
        reply = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(Outcome.UNAVAILABLE, reason="not-json") from None
    error = reply.get("error", 0) if isinstance(reply, dict) else None
    if type(error) is not int:
        raise Refused(Outcome.UNAVAILABLE, reason="not-zalo")
    if error != 0:
        raise Refused(ERROR_CODES.get(error, Outcome.UNEXPECTED), error=error)
    return dict(reply)


def _outcome_of_status(status: int) -> Outcome:
    """A 4xx comes from a gateway that dislikes this one request, for instance an odd token."""
    if status == 429:
        return Outcome.OVER_QUOTA
    return Outcome.UNEXPECTED if 400 <= status < 500 else Outcome.UNAVAILABLE


def _name(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    shown = " ".join(UNSHOWABLE.sub(" ", unicodedata.normalize("NFC", value)).split())
    return shown[:LONGEST_NAME].rstrip() or None


def _avatar_url(picture: Any) -> str | None:
    data = picture.get("data") if isinstance(picture, dict) else None
    url = data.get("url") if isinstance(data, dict) else None
    return url if isinstance(url, str) and AVATAR_URL.fullmatch(url) else None
