"""The kinds of administrative units and how high each stands."""

from __future__ import annotations

from typing import Final

LEVELS: Final = {"province": 0, "district": 1, "commune": 2, "ward": 2, "township": 2, "special_zone": 2}
"""Kind → level, the highest first. Lists show higher levels before lower ones."""
