"""A contest under way: two rounds, people of two units who have played, and an organizer who may correct."""

from __future__ import annotations

import pytest

from tests.corrections.hall import Hall


@pytest.fixture
def hall(playground, phone, clock):
    """``thi`` has opened; nobody has played yet."""
    return Hall(phone, clock)
