"""A role on a unit is valid for everything below it, and for nothing else."""

import random
from uuid import uuid4

import pytest

from quizsvc.auth.roles import ROLES, grant_role, revoke_role
from quizsvc.core.db import reading, transaction
from quizsvc.core.problems import Forbidden
from quizsvc.organizers import powers
from quizsvc.organizers.acting import SYSTEM, Actor, acting_for, units_of
from tests.conftest import NOW
from tests.organizers.people import make_person, make_unit

pytestmark = pytest.mark.usefixtures("app")


def may(session, person, unit, power):
    try:
        return acting_for(session, person, unit_id=unit.id, roles=power)
    except Forbidden:
        return None


@pytest.fixture
def family(chance):
    """A province, its district, the district's commune; another district. And somebody without roles."""
    with transaction() as session:
        province = make_unit(session)
        district = make_unit(session, province)
        return province, district, make_unit(session, district), make_unit(session, province), make_person(session)


def give(person, role, unit, chance):
    with transaction() as session:
        made = grant_role(session, participant_id=person, role=role, unit_id=unit.id, now=NOW, chance=chance)
        assert made is not None
        return made.id


def test_a_role_reaches_down_not_up_and_not_sideways(family, chance):
    province, district, commune, other, person = family
    give(person, "organizer", district, chance)
    with reading() as session:
        for unit in (district, commune):
            actor = acting_for(session, person, unit_id=unit.id, roles=powers.CORRECT)
            assert actor == Actor(person, "organizer", unit.id)
        for unit in (province, other):
            with pytest.raises(Forbidden):
                acting_for(session, person, unit_id=unit.id, roles=powers.CORRECT)


def test_a_path_that_merely_begins_with_the_same_digits_is_another_unit(chance):
    with transaction() as session:
        units = [make_unit(session) for _ in range(12)]
        person = make_person(session)
    first, eleventh = units[0], units[10]
    assert str(eleventh.id).startswith(str(first.id))
    give(person, "owner", first, chance)
    with reading() as session:
        assert may(session, person, first, powers.GRANT)
        assert may(session, person, eleventh, powers.GRANT) is None


def test_the_role_granted_nearest_is_the_one_that_acts(family, chance):
    province, district, commune, _, person = family
    give(person, "owner", province, chance)
    give(person, "viewer", commune, chance)
    give(person, "organizer", district, chance)
    give(person, "owner", district, chance)
    with reading() as session:
        assert acting_for(session, person, unit_id=commune.id, roles=powers.DASHBOARD_READ).role == "viewer"
        assert acting_for(session, person, unit_id=commune.id, roles={"organizer"}).role == "organizer"
        assert acting_for(session, person, unit_id=commune.id, roles=powers.CORRECT).role == "owner"
        assert [unit.id for unit in units_of(session, person, powers.CORRECT)] == [province.id]


def test_a_role_taken_back_gives_nothing_and_can_be_given_anew(family, chance):
    province, _, commune, _, person = family
    first = give(person, "organizer", province, chance)
    with transaction() as session:
        assert revoke_role(session, first, now=NOW)
        assert not revoke_role(session, first, now=NOW)
        assert may(session, person, commune, powers.SEAL) is None
        with pytest.raises(Forbidden):
            units_of(session, person, powers.SEAL)
    assert give(person, "organizer", province, chance) != first
    with reading() as session:
        assert may(session, person, commune, powers.SEAL)


def test_strangers_and_units_that_do_not_exist(family, chance):
    province, *_, person = family
    give(person, "owner", province, chance)
    with reading() as session:
        for somebody, unit_id in ((uuid4(), province.id), (person, 999_999)):
            with pytest.raises(Forbidden):
                acting_for(session, somebody, unit_id=unit_id, roles=powers.GRANT)


def test_the_command_line_acts_without_a_role():
    assert SYSTEM.on(7) == Actor(None, None, 7)
    assert Actor(None, None, None) == SYSTEM


def test_the_same_as_walking_up_the_tree_by_hand(chance):
    """Random trees and grants against the plain rule: some ancestor-or-self carries a role of the power."""
    rolled = random.Random(24)
    with transaction() as session:
        units = [make_unit(session)]
        for _ in range(24):
            units.append(make_unit(session, rolled.choice(units) if rolled.random() < 0.9 else None))
        people = [make_person(session) for _ in range(12)]
        held = set()
        for _ in range(30):
            grant = (rolled.choice(people), rolled.choice(ROLES), rolled.choice(units).id)
            if grant not in held:
                held.add(grant)
                person, role, unit_id = grant
                grant_role(session, participant_id=person, role=role, unit_id=unit_id, now=NOW, chance=chance)
    parents = {unit.id: unit.parent_id for unit in units}

    def above(unit_id):
        while unit_id is not None:
            yield unit_id
            unit_id = parents[unit_id]

    allowed = 0
    with reading() as session:
        for person in people:
            for unit in units:
                for power in (powers.GRANT, powers.CORRECT, powers.DASHBOARD_READ):
                    by_hand = any((person, role, at) in held for at in above(unit.id) for role in power)
                    assert (may(session, person, unit, power) is not None) == by_hand
                    allowed += by_hand
    assert 0 < allowed < len(people) * len(units) * 3
