"""Fixtures: a Redis that answers."""

from __future__ import annotations

import pytest
import redis

from tests.databases import ON_CI, REDIS


@pytest.fixture
def redis_url() -> str:
    """The URL of a Redis that answers; on CI it must."""
    try:
        with redis.Redis.from_url(REDIS, socket_connect_timeout=1) as client:
            client.ping()
    except redis.RedisError:
        if ON_CI:
            pytest.fail("Redis does not answer, and CI must have it (TEST_REDIS_URL)")
        pytest.skip("Redis does not answer here (TEST_REDIS_URL); on CI this is a failure")
    return REDIS
