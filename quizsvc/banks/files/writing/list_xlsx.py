"""A workbook that lists what is doubtful in a file that cannot be coloured (.csv, .txt, .gift, .pdf, …)."""

from __future__ import annotations

import io

import xlsxwriter

from quizsvc.banks.files.exchange.losses import NO_TEXT
from quizsvc.banks.files.found import FoundFile
from quizsvc.banks.files.writing.complaints import LEVELS, Complaint, complaints_of, cut
from quizsvc.banks.files.writing.workbook import HEADER as HEADER_LOOK
from quizsvc.banks.files.writing.workbook import SAFE, TEXT

HEADER = (("Mức", 14), ("Câu", 8), ("Nơi", 44), ("Mã", 26), ("Lý do", 90))
"""Titles of columns, and their widths in characters."""


def list_xlsx(found: FoundFile) -> bytes:
    """One row an error or warning, in the order of the file."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as book:
        sheet = book.add_worksheet("Lỗi")
        header, text = book.add_format(HEADER_LOOK), book.add_format(TEXT)
        for place, (title, width) in enumerate(HEADER):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title, header)
        complaints = complaints_of(found)
        for row, complaint in enumerate(complaints, start=1):
            for place, value in enumerate(row_of(complaint)):
                sheet.write_string(row, place, value, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(complaints), 1), len(HEADER) - 1)
    return buffer.getvalue()


def row_of(complaint: Complaint) -> list[str]:
    """The cells of a complaint under ``HEADER``."""
    remark = complaint.remark
    number = "" if complaint.question is None else str(complaint.question)
    return [LEVELS[remark.level], number, NO_TEXT.sub("\ufffd", str(remark.where)), remark.code, cut(complaint.sentence)]
