"""How the report of an import is told: as JSON for programs, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizsvc.banks.imports.rows import MOST_ROWS, repairs_by_kind, repairs_json, shown
from quizsvc.banks.imports.service import ImportReport

WITHOUT_KEY: dict[str, Any] = {
    "correct": [],
    "key_where": None,
    "explanation": "",
    "citation": "",
    "detail": "",
    "warnings": [],
}


def report_out(report: ImportReport, *, dry_run: bool, most_rows: int | None = MOST_ROWS) -> dict[str, Any]:
    """The JSON report (docs/import.md). Totals are of everything; ``rows`` are at most ``most_rows``, ``None`` for all."""
    most = len(report.rows) if most_rows is None else most_rows
    repairs = report.found.repairs
    return {
        "file_sha256": report.content_sha256,
        "format": report.found.format,
        "bank": report.bank,
        "title": report.found.title,
        "dry_run": dry_run,
        "refused": report.is_refused,
        "questions": report.questions,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "added": 0 if report.is_refused else report.count("added"),
        "unchanged": report.count("unchanged"),
        "import_id": None if dry_run or report.import_id is None else str(report.import_id),
        "rows": shown(report.rows, most),
        "rows_total": len(report.rows),
        "truncated": len(report.rows) > most,
        "repairs": repairs_json(repairs),
        "repairs_by_kind": repairs_by_kind(repairs),
    }


def without_key(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for somebody who may still have to answer the question blind: nothing in it tells the right choice."""
    return dict(row) | WITHOUT_KEY


def report_lines(report: ImportReport, *, dry_run: bool) -> Iterator[str]:
    """The summary, then every stopped or doubtful question and every remark on the file: place, reason, what to do."""
    verb = "sẽ thêm" if dry_run else "đã thêm"
    added = 0 if report.is_refused else report.count("added")
    yield (
        f"{report.found.name}: {report.questions} câu, nhận được {report.accepted}, bị giữ lại {report.rejected}; "
        f"{verb} {added} bản nháp vào ngân hàng «{report.bank}», đã có sẵn {report.count('unchanged')}."
    )
    kinds = repairs_by_kind(report.found.repairs)
    if kinds:
        yield f"Đã sửa chữ: {', '.join(f'{kind} {count} chỗ' for kind, count in kinds.items())} (xem repairs trong --json)."
    for status, heading in (("rejected", "Bị giữ lại:"), ("warning", "Được nhận, nhưng cần xem lại:")):
        rows = [row.report for row in report.rows if row.report["status"] == status]
        if rows:
            yield heading
        for row in rows:
            yield f"- {_name(row)}{row['where']} [{', '.join(row['codes'])}]"
            yield from (f"    {warning['detail']}" for warning in row["warnings"] if warning["level"] != "notice")


def _name(row: Mapping[str, Any]) -> str:
    return "" if row["number"] is None else f"Câu {row['number']}, "
