"""The receipt of an attempt: a code that a citizen keeps, and the hash that it stands for.

The hash is SHA-256 over the canonical JSON (keys sorted, no spaces, UTF-8) of what was handed in: attempt, round, number,
paper, answers, prediction, start and end. Anyone who has these can compute it again; changing any of them changes it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: read aloud and typed without mistakes


@dataclass(frozen=True)
class HandedIn:
    """What a receipt vouches for. ``paper`` and ``answers`` in the stored forms of ``paper.py``."""

    attempt_id: str
    round_id: str
    number: int
    paper: str
    answers: str
    predicted: int | None
    started_at: datetime
    ended_at: datetime


def receipt_sha256(handed_in: HandedIn) -> str:
    """The hash, in lower-case hexadecimal."""
    content = vars(handed_in) | {
        "started_at": handed_in.started_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "ended_at": handed_in.ended_at.astimezone(UTC).isoformat(timespec="milliseconds"),
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def receipt_code(sha256: str) -> str:
    """The first 80 bits of the hash as ``XXXX-XXXX-XXXX-XXXX`` in Crockford's base 32."""
    number = int(sha256[:20], 16)
    digits = "".join(CROCKFORD[(number >> shift) & 31] for shift in range(75, -1, -5))
    return "-".join(digits[place : place + 4] for place in range(0, 16, 4))
