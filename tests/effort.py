"""How much a run of the tests repeats: enough for each commit, or ``TEST_LONG=1`` (``make test-long``) before a release.

The promises are the same in both; only the number of races, entries and generated examples differs.
"""

from __future__ import annotations

import os

LONG = os.environ.get("TEST_LONG") == "1"


def times(usual: int, long: int) -> int:
    """How often to repeat something."""
    return long if LONG else usual
