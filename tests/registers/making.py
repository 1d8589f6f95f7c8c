"""Files as organizers send them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook


def xlsx(
    *rows: Sequence[Any], merge: Sequence[str] = (), title: str = "Sheet1", more: Mapping[str, Any] | None = None
) -> bytes:
    """A workbook with one sheet of these rows; ``more``: further sheets with their rows (hidden ones begin with ``_``)."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merge:
        sheet.merge_cells(area)
    for name, others in (more or {}).items():
        other = book.create_sheet(name)
        other.sheet_state = "hidden" if name.startswith("_") else "visible"
        for row in others:
            other.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def rewritten(raw: bytes, changes: Mapping[str, Any]) -> bytes:
    """The zip with these entries replaced (bytes, or a function of what was there) or added."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            change = changes.get(name)
            content = old.read(name) if name in old.namelist() else b""
            new.writestr(name, change(content) if callable(change) else content if change is None else change)
    return written.getvalue()


def csv_file(*lines: str, bom: bool = False) -> bytes:
    return (b"\xef\xbb\xbf" if bom else b"") + "\r\n".join(lines).encode()
