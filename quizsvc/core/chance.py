"""The only source of randomness. Everything else is handed a ``Chance`` or a seed."""

from __future__ import annotations

import secrets
from typing import Protocol
from uuid import UUID

from uuid_utils.compat import uuid7

SEED_BITS = 62  # fits the signed 64-bit integers of both databases


class Chance(Protocol):
    """What services may ask of chance; tests pass a repeatable one."""

    def new_id(self) -> UUID:
        """A fresh primary key; ids sort by the time they were made, so indexes grow at one end."""

    def new_seed(self) -> int:
        """An unguessable whole number of ``SEED_BITS`` bits."""

    def new_token(self) -> str:
        """An unguessable URL-safe text with 256 bits of entropy."""


class SystemChance:
    """Chance from the operating system."""

    def new_id(self) -> UUID:
        return uuid7()

    def new_seed(self) -> int:
        return secrets.randbits(SEED_BITS)

    def new_token(self) -> str:
        return secrets.token_urlsafe(32)
