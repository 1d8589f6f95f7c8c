from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from quizsvc.banks.queries import VersionCache, drawable, versions_by_id
from quizsvc.banks.service import load_banks
from quizsvc.core.db import db, reading, transaction
from tests.banks.making import bank, instrument, question


@pytest.fixture
def ids(app, clock) -> list[int]:
    questions = [question(f"hn-{number}") for number in range(6)]
    with transaction() as session:
        load_banks(session, [bank(*questions)], [instrument()], now=clock())
    with reading() as session:
        return drawable(session, bank_code="hon-nhan")


@pytest.fixture
def statements(app):
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
    return seen


def test_versions_outlive_the_session(ids):
    with reading() as session:
        found = versions_by_id(session, [*ids, ids[0], 999])
    assert sorted(found) == ids
    assert found[ids[0]].choices[0] == "Từ đủ 18 tuổi"


def test_an_unknown_bank_has_an_empty_pool(app):
    with reading() as session:
        assert drawable(session, bank_code="khac") == []
        assert versions_by_id(session, []) == {}


def test_the_cache_asks_once(ids, statements):
    cache = VersionCache()
    with reading() as session:
        first = cache.versions_by_id(session, ids[:3])
        asked = len(statements)
        assert cache.versions_by_id(session, ids[:3]) == first
        assert len(statements) == asked
        assert sorted(cache.versions_by_id(session, ids)) == ids
        assert len(statements) == asked + 1
    assert first[ids[0]].text == question("hn-0").text


def test_the_cache_stays_small_and_forgets_what_was_unused_longest(ids, statements):
    cache = VersionCache(most=3)
    with reading() as session:
        assert sorted(cache.versions_by_id(session, ids)) == ids
        for wanted in (ids[0], ids[1], ids[2], ids[0], ids[3]):
            cache.versions_by_id(session, [wanted])
        asked = len(statements)
        cache.versions_by_id(session, [ids[0], ids[2], ids[3]])
        assert len(statements) == asked
        cache.versions_by_id(session, [ids[1]])
        assert len(statements) == asked + 1


def test_threads_share_a_cache(app, ids):
    cache = VersionCache(most=2)

    def read(turn: int) -> list[int]:
        with app.app_context(), reading() as session:
            return sorted(cache.versions_by_id(session, ids[turn % 3 : turn % 3 + 3]))

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(read, range(40)))
    assert answers == [ids[turn % 3 : turn % 3 + 3] for turn in range(40)]
