"""Drawing lots so that anyone can draw them again.

Somebody's lot is a number made of the recorded seed and their id: the first 8 bytes of HMAC-SHA256, read as a big-endian
number and halved (63 bits). The key is the seed as decimal digits, the message the 16 bytes of the id. The smaller lot
stands higher. A lot never depends on who else takes part, so a later correction draws nobody anew.
"""

from __future__ import annotations

import hmac


def lot(seed: int, participant_id: bytes) -> int:
    """The lot of the person with these 16 bytes as id."""
    return int.from_bytes(hmac.digest(str(seed).encode(), participant_id, "sha256")[:8], "big") >> 1
