"""Giving roles and taking them back over HTTP."""

import threading

import pytest
from sqlalchemy import select

from quizsvc.core.db import reading
from quizsvc.organizers.models import AuditRow
from tests.api.problems import assert_faults, assert_problem
from tests.organizers.people import PROVINCE, REASON, give
from tests.pains.arena import at_once
from tests.world import KIM_LIEN, THANH_VINH, Player

ROLES, REVOCATIONS = "/manage/roles", "/manage/roles/revocations"


@pytest.fixture
def owner(phone):
    """Owns the province."""
    person = Player(phone, 1)
    give(person, "owner")
    return person


@pytest.fixture
def binh(phone):
    return Player(phone, 2, "Trần Thị Bình")


def unit_of(player, code):
    items = player.client.get(f"/api/v1/units?q={code}").json["items"]
    return next(item for item in items if item["code"] == code)


def grant(by, person, role="organizer", code=PROVINCE, **changes):
    body = {"participant_id": person.id, "role": role, "unit": unit_of(by, code), "reason": REASON}
    return by.call("POST", ROLES, body | changes)


def revoke(by, role_id, **changes):
    return by.call("POST", REVOCATIONS, {"role_id": role_id, "reason": REASON} | changes)


def log():
    with reading() as session:
        return session.scalars(select(AuditRow).order_by(AuditRow.number)).all()


def held(player):
    return [(role["role"], role["unit"]["code"]) for role in player.get("/manage/me").json["roles"]]


def test_my_roles_with_their_units_and_powers(owner):
    give(owner, "viewer", THANH_VINH)
    me = owner.get("/manage/me").json
    assert me["participant_id"] == owner.id
    assert [(role["role"], role["unit"]["code"]) for role in me["roles"]] == [("owner", PROVINCE), ("viewer", THANH_VINH)]
    assert "grant" in me["roles"][0]["powers"]
    assert me["roles"][1]["powers"] == ["dashboard_read"]


def test_who_holds_no_role_gets_in_nowhere(owner, binh):
    assert_problem(binh.get("/manage/me"), 403, "forbidden")
    assert_problem(binh.get("/manage/audit"), 403, "forbidden")
    assert_problem(binh.get(ROLES), 403, "forbidden")
    assert_problem(grant(binh, binh, "owner"), 403, "forbidden")
    assert log() == []


def test_a_role_is_given_once_and_recorded_once(owner, binh, clock):
    given = grant(owner, binh, "organizer", THANH_VINH)
    assert given.status_code == 201
    unit = {name: unit_of(owner, THANH_VINH)[name] for name in ("id", "code", "name")}
    expected = {"participant_id": binh.id, "role": "organizer", "unit": unit, "display_name": "Trần T. B."}
    assert given.json == expected | {"id": given.json["id"], "granted_at": clock.now.isoformat(), "revoked_at": None}
    assert held(binh) == [("organizer", THANH_VINH)]
    again = grant(owner, binh, "organizer", THANH_VINH)
    assert (again.status_code, again.json) == (200, given.json)
    (row,) = log()
    assert (str(row.actor_id), row.actor_role, str(row.unit_id)) == (owner.id, "owner", unit["id"])
    assert (row.action, row.subject, row.reason) == ("role.grant", f"role:{given.json['id']}", REASON)
    facts = {"participant_id": binh.id, "role": "organizer", "unit_id": int(unit["id"])}
    assert (row.before, row.after) == (None, facts)


def test_a_role_taken_back_gives_nothing_at_once_and_its_row_stays(owner, binh, clock):
    given = grant(owner, binh, code=THANH_VINH).json
    clock.advance(minutes=1)
    taken = revoke(owner, given["id"])
    assert (taken.status_code, taken.json) == (200, given | {"revoked_at": clock.now.isoformat()})
    assert_problem(binh.get("/manage/me"), 403, "forbidden")
    assert revoke(owner, given["id"]).json == taken.json
    assert [row.action for row in log()] == ["role.grant", "role.revoke"]
    assert (log()[1].before, log()[1].after) == (log()[0].after, None)
    assert given["id"] not in [role["id"] for role in owner.get(ROLES).json["items"]]
    anew = grant(owner, binh, code=THANH_VINH)
    assert anew.status_code == 201
    assert anew.json["id"] != given["id"]
    assert held(binh) == [("organizer", THANH_VINH)]


@pytest.mark.parametrize("role", ["organizer", "author", "reviewer", "viewer"])
def test_only_owners_give_and_take_roles(owner, binh, role):
    mine = give(binh, role)
    assert_problem(binh.get(ROLES), 403, "forbidden")
    assert_problem(grant(binh, binh, "viewer", THANH_VINH), 403, "forbidden")
    assert_problem(revoke(binh, mine), 403, "forbidden")
    assert log() == []


def test_an_owner_of_a_commune_gives_nothing_outside_it(owner, binh, phone):
    give(binh, "owner", THANH_VINH)
    chi = Player(phone, 3, "Chi")
    for code in (PROVINCE, KIM_LIEN):
        assert_problem(grant(binh, chi, "viewer", code), 403, "forbidden")
    elsewhere = give(chi, "viewer", KIM_LIEN)
    assert_problem(revoke(binh, elsewhere), 404, "not-found")
    assert [(item["role"], item["unit"]["code"]) for item in binh.get(ROLES).json["items"]] == [("owner", THANH_VINH)]
    assert grant(binh, chi, "owner", THANH_VINH).status_code == 201
    assert len(log()) == 1


def test_the_last_owner_stays(owner, binh):
    mine = owner.get(ROLES).json["items"][0]["id"]
    assert_problem(revoke(owner, mine), 409, "last-owner")
    assert log() == []
    grant(owner, binh, "owner", THANH_VINH)  # below, not at the province
    assert_problem(revoke(owner, mine), 409, "last-owner")
    grant(owner, binh, "owner")
    assert revoke(owner, mine).status_code == 200
    assert_problem(owner.get("/manage/me"), 403, "forbidden")


def test_a_unit_keeps_the_owner_above_it(owner, binh):
    given = grant(owner, binh, "owner", THANH_VINH).json
    assert revoke(owner, given["id"]).status_code == 200


def test_an_owner_who_was_forgotten_is_none(owner, binh):
    mine = owner.get(ROLES).json["items"][0]["id"]
    grant(owner, binh, "owner")
    assert binh.call("DELETE", "/me").status_code == 204
    assert_problem(revoke(owner, mine), 409, "last-owner")


def test_two_owners_who_leave_at_once_are_not_both_let_go(owner, binh, playground):
    mine, theirs = owner.get(ROLES).json["items"][0]["id"], grant(owner, binh, "owner").json["id"]
    leaving = [(owner, mine), (binh, theirs)]
    local = threading.local()

    def leave(number):
        player, role_id = leaving[number]
        local.client = playground.test_client()
        body = {"role_id": role_id, "reason": REASON}
        return local.client.post(f"/api/v1{REVOCATIONS}", json=body, headers=player.headers)

    answers = at_once(2, leave)
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert [row.action for row in log()] == ["role.grant", "role.revoke"]


def test_what_does_not_exist(owner, binh):
    nobody = "1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b"
    for participant_id in (nobody, "an"):
        assert_problem(grant(owner, binh, participant_id=participant_id), 404, "not-found")
    for role_id in (nobody, "an"):
        assert_problem(revoke(owner, role_id), 404, "not-found")
    assert_problem(grant(owner, binh, unit={"id": "999999999"}), 404, "not-found")
    assert log() == []


def test_what_is_wrong_with_a_body(owner, binh):
    assert_faults(grant(owner, binh, role="king"), "/role")
    assert_faults(grant(owner, binh, reason="  "), "/reason")
    assert_faults(revoke(owner, "x", reason="a" * 1001), "/reason")
    assert_faults(owner.call("POST", ROLES, {}), "/participant_id", "/reason", "/role", "/unit")
    assert_faults(owner.call("POST", REVOCATIONS, {}), "/reason", "/role_id")


def test_the_list_in_pages(owner, phone):
    people = [Player(phone, number) for number in range(10, 15)]
    given = {give(person, "viewer", THANH_VINH) for person in people}
    seen, cursor = [], ""
    while cursor is not None:
        answer = owner.get(f"{ROLES}?limit=2{cursor and f'&cursor={cursor}'}").json
        assert len(answer["items"]) <= 2
        seen += [item["id"] for item in answer["items"]]
        cursor = answer["next"]
    assert len(seen) == len(set(seen)) == 6
    assert given < set(seen)
