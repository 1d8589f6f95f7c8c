"""The formats of question files: their names in reports and on the command line, and what people call them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """``name`` is stable. ``endings``: of file names, lower case; ``title`` is what a person reads."""

    name: str
    title: str
    endings: tuple[str, ...]


FORMATS = {
    each.name: each
    for each in (
        Format("docx", "Word (.docx)", (".docx",)),
        Format("doc", "Word 97–2003 (.doc, khi máy chủ có LibreOffice)", (".doc",)),
        Format("pdf", "PDF có lớp chữ đọc được", (".pdf",)),
        Format("xlsx", "Excel (.xlsx, kể cả bảng của Kahoot và Quizizz)", (".xlsx",)),
        Format("xls", "Excel 97–2003 (.xls)", (".xls",)),
        Format("ods", "bảng tính OpenDocument (.ods)", (".ods",)),
        Format("csv", "bảng .csv, .tsv", (".csv", ".tsv")),
        Format("txt", "văn bản thuần (.txt)", (".txt", ".text")),
        Format("aiken", "Aiken (.txt)", (".aiken",)),
        Format("gift", "GIFT (.gift, .txt)", (".gift",)),
        Format("moodle_xml", "Moodle XML (.xml)", ()),
        Format("qti", "QTI 1.2, 2.1, 2.2, 3.0 (.xml hoặc gói .zip)", ()),
        Format("opentdb", "Open Trivia (.json)", ()),
        Format("yaml", "YAML của hệ thống (.yaml, .yml)", (".yaml", ".yml")),
    )
}
NAMES = tuple(FORMATS)
BY_ENDING = {ending: each.name for each in FORMATS.values() for ending in each.endings}
ACCEPTED = f"Hệ thống nhận: {', '.join(each.title for each in FORMATS.values())}."
