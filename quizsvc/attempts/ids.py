"""Ids of attempts carry the number of their round, so that PostgreSQL looks into one partition only.

The last 24 bits of a fresh UUID are replaced by the round's number; what is left is time-ordered and unguessable enough,
and nobody reaches an attempt by knowing its id.
"""

from __future__ import annotations

from uuid import UUID

ROUND_BITS = 24


def attempt_id(fresh: UUID, round_id: int) -> UUID:
    """``fresh`` with the round's number in it. Raises ``ValueError`` from 2**24 rounds on."""
    if not 0 <= round_id < 1 << ROUND_BITS:
        raise ValueError("the round's number does not fit into an attempt's id")
    return UUID(int=fresh.int >> ROUND_BITS << ROUND_BITS | round_id)


def round_number(attempt: UUID) -> int:
    """The round's number in an attempt's id; of any other UUID just some number."""
    return attempt.int & ((1 << ROUND_BITS) - 1)
