"""The audit log: every row's hash, and that each row names the one before."""

from __future__ import annotations

import json

from sqlalchemy import select

from quizsvc.organizers.models import AuditRow
from quizsvc.verification.findings import Findings
from quizsvc.verification.plain import audit_sha256
from quizsvc.verification.rows import Reader

FIELDS = (
    "number",
    "at",
    "actor_id",
    "actor_role",
    "unit_id",
    "action",
    "subject",
    "reason",
    "before",
    "after",
    "prev_sha256",
)


def check_audit(reader: Reader, findings: Findings) -> None:
    """Numbers without a gap, and hashes over the stored content."""
    columns = [getattr(AuditRow, name) for name in FIELDS if name not in ("at", "actor_id")]
    query = select(*columns, AuditRow.actor_id, reader.moment_of(AuditRow.at).label("moment"), AuditRow.sha256).order_by(
        AuditRow.number
    )
    last, before = 0, "0" * 64
    for *values, actor_id, moment, stored in reader.rows(query):
        names = [name for name in FIELDS if name not in ("at", "actor_id")]
        fields = dict(zip(names, values, strict=True))
        fields["at"] = f"{moment[:10]}T{moment[11:23]}Z"
        fields["actor_id"] = None if actor_id is None else str(actor_id)
        what = f"nhật ký, dòng {fields['number']}"
        findings.compare(f"{what}, số thứ tự", fields["number"], last + 1)
        findings.compare(f"{what}, mã băm dòng trước", fields["prev_sha256"], before)
        findings.compare(f"{what}, mã băm", stored, audit_sha256(fields, json.dumps))
        last, before = fields["number"], stored
