"""What an import did or would do, as lines for a person or as one JSON document for a program."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from quizsvc.banks.faults import Fault, Level, in_reading_order
from quizsvc.banks.questions import BankFile
from quizsvc.banks.service import Report

FORMAT = "quizsvc-yaml"
Where = tuple[str, int]


def report_json(
    banks: Sequence[BankFile], faults: Sequence[Fault], report: Report | None, *, files_sha256: str, dry_run: bool
) -> dict[str, Any]:
    """Every question and every other fault as one row; ``report`` is ``None`` when the banks were refused."""
    rows = _rows(banks, faults)
    questions = [row for row in rows if row.pop("is_question")]
    rejected = sum(row["status"] == "rejected" for row in questions)
    return {
        "file_sha256": files_sha256,
        "format": FORMAT,
        "dry_run": dry_run,
        "loaded": report is not None and not dry_run,
        "questions": len(questions),
        "accepted": len(questions) - rejected,
        "rejected": rejected,
        "rows": rows,
        "banks": [] if report is None else [vars(bank) for bank in report.banks],
    }


def report_lines(report: Report) -> list[str]:
    """One line about each bank and one about the registry."""
    lines = [
        f"Ngân hàng «{bank.code}»: thêm {bank.added}, phiên bản mới {bank.changed}, giữ nguyên {bank.unchanged}, "
        f"rút {bank.withdrawn}, dùng lại {bank.returned}."
        for bank in report.banks
    ]
    return [f"Văn bản pháp luật: thêm hoặc sửa {report.instruments}.", *lines]


def files_sha256(files: Iterable[Path]) -> str:
    """One hash over the contents of these files, by name; for a single file it is the file's own."""
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)]
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _rows(banks: Sequence[BankFile], faults: Sequence[Fault]) -> list[dict[str, Any]]:
    found: dict[tuple[Where, bool], list[Fault]] = defaultdict(list)
    sources = {bank.source.file: bank.source for bank in banks}
    for bank in banks:
        for question in bank.questions:
            start = question.source.at()
            found[(start.file, start.line), True] = []
    for fault in in_reading_order(faults):
        place = fault.place
        in_question = place.file in sources and place.path[:1] == ("questions",) and len(place.path) > 1
        line = sources[place.file].at(*place.path[:2]).line if in_question else place.line
        found[(place.file, line), in_question].append(fault)
    return [_row(where, is_question, found[where, is_question]) for where, is_question in sorted(found)]


def _row(where: Where, is_question: bool, faults: Sequence[Fault]) -> dict[str, Any]:
    status = "accepted"
    if faults:
        status = "rejected" if any(fault.level is Level.ERROR for fault in faults) else "warning"
    return {
        "where": f"{where[0]}:{where[1]}",
        "status": status,
        "codes": list(dict.fromkeys(fault.code for fault in faults)),
        "detail": "; ".join(fault.sentence for fault in faults),
        "is_question": is_question,
    }
