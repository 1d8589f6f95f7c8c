"""The audit log in the database: appended to by many at once, changed by nobody."""

import hashlib
import json

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from quizsvc.core.db import db, reading, transaction
from quizsvc.organizers import audit
from quizsvc.organizers.acting import SYSTEM, Actor
from quizsvc.organizers.models import AuditRow
from tests.conftest import running
from tests.organizers.people import make_person, make_unit, note
from tests.pains.arena import at_once

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def own_app(own_database_url, clock, chance):
    """An application whose schema may be damaged."""
    yield from running(own_database_url, clock, chance)


def rows():
    with reading() as session:
        return session.scalars(select(AuditRow).order_by(AuditRow.number)).all()


def faults(known=None):
    with reading() as session:
        return audit.check_chain(session, known)


def append(count):
    for number in range(count):
        with transaction() as session:
            note(session, SYSTEM, subject=f"round:thi.r{number}")


def damage(*statements):
    """What somebody with the database's password can do: no trigger stands in the way."""
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_rows DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER append_only_audit_rows_update"))
            connection.execute(text("DROP TRIGGER append_only_audit_rows_delete"))
        for statement in statements:
            connection.execute(text(statement))


def test_a_row_holds_what_was_done_and_its_hash_can_be_recomputed():
    with transaction() as session:
        unit = make_unit(session)
        person = make_person(session)
        note(session, Actor(person, "organizer", unit.id))
        note(session, SYSTEM.on(unit.id), before=None, after={1: ("a", "b")})
    hash_before = "0" * 64
    for number, row in enumerate(rows(), start=1):
        content = {
            "number": number,
            "at": row.at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{row.at.microsecond // 1000:03}Z",
            "actor_id": str(person) if number == 1 else None,
            "actor_role": "organizer" if number == 1 else None,
            "unit_id": unit.id,
            "action": row.action,
            "subject": row.subject,
            "reason": row.reason,
            "before": row.before,
            "after": row.after,
            "prev_sha256": hash_before,
        }
        written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert row.sha256 == hashlib.sha256(written.encode("utf-8")).hexdigest()
        assert row.prev_sha256 == hash_before
        hash_before = row.sha256
    assert number == 2
    assert row.after == {"1": ["a", "b"]}
    assert faults() == []
    assert faults((2, hash_before)) == []


def test_an_empty_log_is_whole():
    assert (rows(), faults()) == ([], [])


def test_twenty_at_once_get_twenty_consecutive_numbers(app):
    def append_one(_):
        with app.app_context(), transaction() as session:
            return note(session, SYSTEM).number

    assert sorted(at_once(20, append_one)) == list(range(1, 21))
    assert faults() == []


def test_a_rollback_leaves_no_gap():
    append(2)
    with transaction() as session:
        note(session, SYSTEM)
        note(session, SYSTEM)
        session.rollback()
    append(1)
    assert [row.number for row in rows()] == [1, 2, 3]
    assert faults() == []


def test_several_rows_in_one_transaction():
    with transaction() as session:
        assert [note(session, SYSTEM).number for _ in range(3)] == [1, 2, 3]
    assert faults() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_rows SET reason = 'khác' WHERE number = 2",
        "UPDATE audit_rows SET reason = reason",
        "DELETE FROM audit_rows WHERE number = 3",
        "DELETE FROM audit_rows",
        "REPLACE INTO audit_rows SELECT * FROM audit_rows WHERE number = 1",
        "TRUNCATE audit_rows CASCADE",
    ],
)
def test_the_database_itself_refuses_to_change_rows(statement):
    only = {"REPLACE": "sqlite", "TRUNCATE": "postgresql"}.get(statement.split()[0])
    append(3)
    before = [vars(row) | {"_sa_instance_state": None} for row in rows()]
    if only in (None, db.engine.dialect.name):
        with (
            pytest.raises(IntegrityError, match="append-only: rows of audit_rows are never changed"),
            transaction() as session,
        ):
            session.execute(text(statement))
    assert [vars(row) | {"_sa_instance_state": None} for row in rows()] == before


@pytest.mark.usefixtures("own_app")
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_rows SET reason = 'khác' WHERE number = 2", ["dòng 2: nội dung không khớp"]),
        ("UPDATE audit_rows SET after = '{\"x\": 1}' WHERE number = 1", ["dòng 1: nội dung không khớp"]),
        ("UPDATE audit_rows SET sha256 = prev_sha256 WHERE number = 3", ["dòng 3: nội dung", "dòng 4: đứt chuỗi"]),
        ("DELETE FROM audit_rows WHERE number = 3", ["thiếu dòng 3"]),
        ("DELETE FROM audit_rows WHERE number IN (1, 2, 4)", ["thiếu các dòng từ 1 đến 2", "thiếu dòng 4"]),
        ("UPDATE audit_rows SET number = 9 WHERE number = 5", ["thiếu các dòng từ 5 đến 8", "dòng 9: nội dung"]),
    ],
)
def test_tampering_is_found_and_named(statement, said):
    append(5)
    assert faults() == []
    damage(statement)
    found = faults()
    assert len(found) == len(said), found
    for fault, beginning in zip(found, said, strict=True):
        assert fault.startswith(beginning)


@pytest.mark.usefixtures("own_app")
def test_rows_cut_off_at_the_end_are_missed_by_who_kept_the_last_hash():
    append(5)
    kept = (5, rows()[-1].sha256)
    damage("DELETE FROM audit_rows WHERE number > 3")
    assert faults() == []
    (fault,) = faults(kept)
    assert "không còn dòng 5" in fault
    append(2)  # the gap is filled with other rows
    (fault,) = faults(kept)
    assert fault.startswith("dòng 5: mã băm khác")


@pytest.mark.parametrize(
    "held",
    [
        {"phone": "0912345678"},
        {"people": [{"participant_id": "x", "name": "An"}]},
        {"who": {"zalo_user_id": "1"}},
        {"access_token": None},
    ],
)
def test_what_names_a_person_is_not_written(held):
    for given in ({"before": held, "after": None}, {"before": None, "after": held}):
        with pytest.raises(ValueError, match="ids and figures only"), transaction() as session:
            note(session, SYSTEM, **given)
    assert rows() == []


def test_moments_are_kept_to_the_millisecond(clock):
    with transaction() as session:
        note(session, SYSTEM, now=clock.now.replace(microsecond=123_999))
    assert rows()[0].at.microsecond == 123_000
    assert faults() == []


def test_a_long_log_is_checked_in_full():
    with transaction() as session:
        for _ in range(2 * audit.AT_ONCE + 1):
            note(session, SYSTEM)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditRow)) == 2 * audit.AT_ONCE + 1
    assert faults() == []
