"""Keys for each purpose, derived from ``SECRET_KEY`` so that no two purposes share one."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derive(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=b"quizsvc", info=purpose.encode()).derive(secret.encode())


@dataclass(frozen=True)
class Keys:
    """Newest first: the first of each signs and encrypts, the others are still accepted.

    ``signing``: key id → key for access tokens. ``refresh``: derive the next refresh token. ``lookup``: keyed hashes of
    personal identifiers. ``personal_data``: encrypts phone numbers.
    """

    signing: dict[str, bytes]
    refresh: tuple[bytes, ...]
    lookup: bytes
    personal_data: MultiFernet
    older_lookups: tuple[bytes, ...] = ()

    @classmethod
    def from_secrets(cls, secrets: Sequence[str]) -> Keys:
        signing = [derive(secret, "access-token") for secret in secrets]
        return cls(
            signing={hashlib.sha256(key).hexdigest()[:12]: key for key in signing},
            refresh=tuple(derive(secret, "refresh-token") for secret in secrets),
            lookup=derive(secrets[0], "lookup"),
            personal_data=MultiFernet(
                [Fernet(base64.urlsafe_b64encode(derive(secret, "personal-data"))) for secret in secrets]
            ),
            older_lookups=tuple(derive(secret, "lookup") for secret in secrets[1:]),
        )

    def encrypt(self, text: str) -> str:
        return self.personal_data.encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str | None:
        """The text, or ``None`` when none of the keys fits."""
        try:
            return self.personal_data.decrypt(token.encode()).decode()
        except InvalidToken:
            return None

    def keyed_hash(self, text: str) -> str:
        """A stable pseudonym of ``text`` that cannot be searched for without the key."""
        return hmac.new(self.lookup, text.encode(), hashlib.sha256).hexdigest()

    def keyed_hashes(self, text: str) -> tuple[str, ...]:
        """``keyed_hash`` under each key that is still accepted, newest first: what may have been stored earlier."""
        keys = (self.lookup, *self.older_lookups)
        return tuple(hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in keys)
