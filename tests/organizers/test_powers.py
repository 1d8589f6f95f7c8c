"""Which role may do what, as one table."""

from quizsvc.auth.roles import ROLES
from quizsvc.organizers.powers import POWERS, powers_of

TABLE = {
    "owner": set(POWERS),
    "organizer": {"contest_write", "correct", "seal", "register_write", "dashboard_read", "audit_read"},
    "author": {"bank_write"},
    "reviewer": {"bank_review"},
    "viewer": {"dashboard_read"},
}


def test_the_whole_table():
    assert {role: set(powers_of(role)) for role in ROLES} == TABLE


def test_every_power_belongs_to_roles_that_exist():
    assert all(power and power <= set(ROLES) for power in POWERS.values())


def test_nobody_else_may_do_anything():
    assert powers_of("king") == []
