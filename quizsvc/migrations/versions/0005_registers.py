"""Headcounts, lists of people and early registrations; what a participant is found on a list by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quizsvc.core.text import fold

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _upgrade_participants()
    op.create_table(
        "headcounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("staff > 0", name=op.f("ck_headcounts_staff")),
        sa.CheckConstraint("approved = (approved_at IS NOT NULL)", name=op.f("ck_headcounts_approved")),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_headcounts_contest_id_contests")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_headcounts_unit_id_units")),
        sa.ForeignKeyConstraint(["entered_by"], ["participants.id"], name=op.f("fk_headcounts_entered_by_participants")),
        sa.ForeignKeyConstraint(["approved_by"], ["participants.id"], name=op.f("fk_headcounts_approved_by_participants")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_headcounts")),
        sa.UniqueConstraint("contest_id", "unit_id", "number", name=op.f("uq_headcounts_contest_id_unit_id_number")),
    )
    _create_listed_people()
    op.create_table(
        "registrations",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_registrations_contest_id_contests")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_registrations_participant_id_participants")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_registrations_unit_id_units")),
        sa.PrimaryKeyConstraint("contest_id", "participant_id", name=op.f("pk_registrations")),
    )
    op.create_index("ix_registrations_participant_id", "registrations", ["participant_id"])


def _upgrade_participants() -> None:
    """Phone hashes cannot be made without the service's key: they come with the next verified number."""
    op.add_column("participants", sa.Column("name_key", sa.String(length=200), nullable=True))
    op.add_column("participants", sa.Column("phone_hash", sa.String(length=64), nullable=True))
    people = sa.table("participants", sa.column("id", sa.Uuid()), sa.column("name"), sa.column("name_key"))
    connection = op.get_bind()
    named = connection.execute(sa.select(people.c.id, people.c.name).where(people.c.name.is_not(None))).all()
    keys = [{"who": who, "name_key": fold(name)[:200] or None} for who, name in named]
    if keys:
        connection.execute(people.update().where(people.c.id == sa.bindparam("who")), keys)
    for name, columns in (("name_key", ["name_key", "birth_date"]), ("phone_hash", ["phone_hash"])):
        known = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_participants_{name}", "participants", columns, sqlite_where=known, postgresql_where=known)


def _create_listed_people() -> None:
    op.create_table(
        "listed_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("list_code", sa.String(length=80), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("display_name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("phone_hash", sa.String(length=64), nullable=True),
        sa.Column("occupation", sa.String(length=100), nullable=True),
        sa.Column("batch", sa.Uuid(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("removed_by", sa.Uuid(), nullable=True),
        sa.Column("removed_because", sa.String(length=500), nullable=True),
        sa.CheckConstraint("birth_date IS NOT NULL OR phone_hash IS NOT NULL", name=op.f("ck_listed_people_found_by")),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_listed_people_contest_id_contests")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_listed_people_unit_id_units")),
        sa.ForeignKeyConstraint(["added_by"], ["participants.id"], name=op.f("fk_listed_people_added_by_participants")),
        sa.ForeignKeyConstraint(["removed_by"], ["participants.id"], name=op.f("fk_listed_people_removed_by_participants")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_people")),
    )
    op.create_index("ix_listed_people_phone_hash", "listed_people", ["contest_id", "phone_hash"])
    op.create_index("ix_listed_people_name_key", "listed_people", ["contest_id", "name_key", "birth_date"])
    op.create_index("ix_listed_people_list_code", "listed_people", ["contest_id", "list_code"])


def downgrade() -> None:
    for table in ("registrations", "listed_people", "headcounts"):
        op.drop_table(table)
    for name in ("name_key", "phone_hash"):
        op.drop_index(f"ix_participants_{name}", "participants")
        op.drop_column("participants", name)
