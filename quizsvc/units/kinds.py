"""The kinds of units and how high each stands: administrative ones, and those that people take part for."""

from __future__ import annotations

from typing import Final

LEVELS: Final = {
    "province": 0,
    "district": 1,
    "commune": 2,
    "ward": 2,
    "township": 2,
    "special_zone": 2,
    "agency": 3,
    "party_committee": 3,
    "association": 3,
    "armed_force": 3,
    "school": 3,
    "enterprise": 3,
    "hamlet": 4,
}
"""Kind → level, the highest first. Lists show higher levels before lower ones; who is below whom, the tree says."""
