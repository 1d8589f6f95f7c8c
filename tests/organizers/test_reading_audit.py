"""Who sees which rows of the audit log over HTTP."""

import hashlib
import json

import pytest

from quizsvc.core.clock import local_day
from quizsvc.core.db import transaction
from quizsvc.organizers.acting import SYSTEM
from quizsvc.units.service import unit_by_code
from tests.api.problems import assert_faults, assert_problem
from tests.organizers.people import PROVINCE, REASON, give, note
from tests.world import KIM_LIEN, THANH_VINH, Player

AUDIT = "/manage/audit"


@pytest.fixture
def written(phone, clock):
    """Four rows: of the province, of two communes, and of no unit."""
    with transaction() as session:
        for code in (PROVINCE, THANH_VINH, KIM_LIEN):
            unit = unit_by_code(session, code, on=local_day(clock.now))
            note(session, SYSTEM.on(unit.id), subject=f"unit:{code}", action="round.extend")
        note(session, SYSTEM)


def numbers(player, query=""):
    answer = player.get(f"{AUDIT}{query}")
    assert answer.status_code == 200, answer.text
    return [item["number"] for item in answer.json["items"]]


@pytest.mark.usefixtures("written")
def test_rows_of_the_own_units_and_those_below(phone):
    province, commune = Player(phone, 1), Player(phone, 2)
    give(province, "owner")
    give(commune, "organizer", THANH_VINH)
    assert numbers(province) == [3, 2, 1]
    assert numbers(commune) == [2]


@pytest.mark.usefixtures("written")
def test_two_units_that_are_not_above_each_other(phone):
    player = Player(phone, 1)
    give(player, "organizer", THANH_VINH)
    give(player, "organizer", KIM_LIEN)
    give(player, "viewer", PROVINCE)  # has no power to read the log, so it adds nothing
    assert numbers(player) == [3, 2]


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("role", ["viewer", "author", "reviewer"])
def test_other_roles_do_not_read_the_log(phone, role):
    player = Player(phone, 1)
    give(player, role)
    assert_problem(player.get(AUDIT), 403, "forbidden")


@pytest.mark.usefixtures("written")
def test_by_subject_and_action_and_in_pages(phone):
    player = Player(phone, 1)
    give(player, "owner")
    assert numbers(player, f"?subject=unit:{KIM_LIEN}") == [3]
    assert numbers(player, "?subject=unit") == []
    assert numbers(player, "?action=round.extend&limit=2") == [3, 2]
    assert numbers(player, "?action=round.seal") == []
    first = player.get(f"{AUDIT}?limit=2").json
    rest = player.get(f"{AUDIT}?limit=2&cursor={first['next']}").json
    assert [item["number"] for item in rest["items"]] == [1]
    assert rest["next"] is None
    assert_faults(player.get(f"{AUDIT}?action=X"), "/action")
    assert_faults(player.get(f"{AUDIT}?cursor=x"), "/cursor")


@pytest.mark.usefixtures("written")
def test_a_reader_can_recompute_the_hash_of_what_is_shown(phone):
    player = Player(phone, 1)
    give(player, "organizer", THANH_VINH)
    (item,) = player.get(AUDIT).json["items"]
    assert (item["reason"], item["unit"]["code"], item["actor_id"]) == (REASON, THANH_VINH, None)
    hashed = {name: value for name, value in item.items() if name not in ("unit", "sha256")}
    hashed |= {"unit_id": int(item["unit"]["id"]), "at": item["at"].replace("000+00:00", "Z")}
    assert hashed["at"] == "2026-11-23T01:00:00.123Z"
    written = json.dumps(hashed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(written.encode()).hexdigest() == item["sha256"]
