"""``quizsvc grant``."""

from __future__ import annotations

import click

from quizsvc.auth.roles import ROLES
from quizsvc.core.clock import local_day
from quizsvc.core.db import transaction
from quizsvc.core.runtime import runtime
from quizsvc.organizers.acting import SYSTEM
from quizsvc.organizers.service import give_role
from quizsvc.participants.service import participant_of_zalo_id
from quizsvc.units.service import unit_by_code


@click.command()
@click.argument("role", type=click.Choice(ROLES))
@click.option("--zalo-id", required=True, help="The person's Zalo id in our Zalo App (digits).")
@click.option("--unit", "unit_code", required=True, help="Official code of the unit; the role is valid for all below it.")
@click.option("--reason", default="Trao vai trò bằng dòng lệnh", show_default=True, help="Kept in the audit log.")
def grant(role: str, zalo_id: str, unit_code: str, reason: str) -> None:
    """Give a person a role over a unit; they need not have signed in yet."""
    if not (zalo_id.isascii() and zalo_id.isdigit() and len(zalo_id) <= 40):
        raise click.BadParameter("chỉ gồm các chữ số", param_hint="--zalo-id")
    if not reason.strip():
        raise click.BadParameter("hãy ghi lý do", param_hint="--reason")
    run = runtime()
    now = run.clock()
    with transaction() as session:
        unit = unit_by_code(session, unit_code, on=local_day(now))
        if unit is None:
            raise click.BadParameter(f"không có đơn vị mang mã {unit_code}", param_hint="--unit")
        person = participant_of_zalo_id(
            session, zalo_app_id=run.settings.zalo.app_id, zalo_user_id=zalo_id, now=now, chance=run.chance
        )
        _, is_new = give_role(
            session,
            actor=SYSTEM,
            participant_id=person.id,
            role=role,
            unit_id=unit.id,
            reason=reason,
            now=now,
            chance=run.chance,
        )
    click.echo(f"{'Đã trao' if is_new else 'Đã có'} vai trò {role} tại {unit.name} ({unit.code}).")
