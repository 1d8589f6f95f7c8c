"""``quizsvc grant``."""

import pytest
from sqlalchemy import select

from quizsvc.auth.models import RoleGrant
from quizsvc.core.db import reading
from quizsvc.organizers.models import AuditRow
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit
from tests.world import Player


def roles_of(zalo_id: str) -> list[tuple[str, str]]:
    query = (
        select(RoleGrant.role, Unit.code)
        .join(Participant, Participant.id == RoleGrant.participant_id)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(Participant.zalo_user_id == zalo_id)
        .order_by(RoleGrant.role)
    )
    with reading() as session:
        return [(role, code) for role, code in session.execute(query)]


def test_a_role_for_someone_who_never_signed_in(command, playground, world_url):
    done = command(world_url, "grant", "organizer", "--zalo-id", "84001", "--unit", "40")
    assert (done.status, done.said) == (0, "Đã trao vai trò organizer tại Tỉnh Nghệ An (40).\n")
    done = command(world_url, "grant", "organizer", "--zalo-id", "84001", "--unit", "40")
    assert (done.status, done.said) == (0, "Đã có vai trò organizer tại Tỉnh Nghệ An (40).\n")
    command(world_url, "grant", "author", "--zalo-id", "84001", "--unit", "16681")
    assert roles_of("84001") == [("author", "16681"), ("organizer", "40")]


def test_what_was_granted_stands_in_the_audit_log(command, playground, world_url):
    command(world_url, "grant", "organizer", "--zalo-id", "84001", "--unit", "40")
    command(world_url, "grant", "organizer", "--zalo-id", "84001", "--unit", "40", "--reason", "không có gì mới")
    command(world_url, "grant", "viewer", "--zalo-id", "84001", "--unit", "16681", "--reason", "Công văn 12")
    query = (
        select(AuditRow, Unit.code, RoleGrant)
        .join(Unit, Unit.id == AuditRow.unit_id)
        .join(RoleGrant, RoleGrant.unit_id == Unit.id)
        .order_by(AuditRow.number)
    )
    with reading() as session:
        rows = session.execute(query).all()
    told = [(row.number, row.action, code, row.reason, row.actor_id, row.actor_role) for row, code, _ in rows]
    assert told == [
        (1, "role.grant", "40", "Trao vai trò bằng dòng lệnh", None, None),
        (2, "role.grant", "16681", "Công văn 12", None, None),
    ]
    for row, _, grant in rows:
        assert row.subject == f"role:{grant.id}"
        assert row.after == {"participant_id": str(grant.participant_id), "role": grant.role, "unit_id": grant.unit_id}
        assert "84001" not in f"{row.subject}{row.after}"


def test_the_role_is_theirs_when_they_sign_in(command, phone, world_url):
    command(world_url, "grant", "viewer", "--zalo-id", "84002", "--unit", "40")
    person = Player(phone, 84002)
    assert [(role["role"]) for role in person.get("/me/export").json["roles"]] == ["viewer"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("owner", "--zalo-id", "84001", "--unit", "99999"), "không có đơn vị mang mã 99999"),
        (("owner", "--zalo-id", "84001x", "--unit", "40"), "chỉ gồm các chữ số"),
        (("owner", "--zalo-id", "٣", "--unit", "40"), "chỉ gồm các chữ số"),
        (("king", "--zalo-id", "84001", "--unit", "40"), "'king' is not one of"),
        (("owner", "--unit", "40"), "--zalo-id"),
        (("owner", "--zalo-id", "84001", "--unit", "40", "--reason", " "), "hãy ghi lý do"),
    ],
)
def test_nothing_is_granted_by_mistake(command, playground, world_url, arguments, named):
    done = command(world_url, "grant", *arguments)
    assert done.status == 2
    assert named in done.complained.splitlines()[-1]
    with reading() as session:
        assert session.scalars(select(RoleGrant)).all() == []
        assert session.scalars(select(AuditRow)).all() == []
        assert session.scalars(select(Participant)).all() == []
