"""The file back with what a person must look at: coloured where it can be, else a list of the places as a workbook."""

from __future__ import annotations

from quizsvc.banks.files.found import FoundFile
from quizsvc.banks.files.writing.list_xlsx import list_xlsx
from quizsvc.banks.files.writing.mark_docx import mark_docx
from quizsvc.banks.files.writing.mark_xlsx import mark_xlsx


def mark_file(data: bytes, found: FoundFile) -> tuple[bytes, str]:
    """The marked copy of ``data``, of which ``found`` was understood, and its kind: ``docx`` or ``xlsx``.

    Other formats have no place for a colour: theirs is a list. Raises ``FileRefused``.
    """
    if found.format == "docx":
        return mark_docx(data, found), "docx"
    return (mark_xlsx(data, found) if found.format == "xlsx" else list_xlsx(found)), "xlsx"
