"""Files that somebody damaged or built to harm: a document or a refusal, never anything else."""

from __future__ import annotations

import io
import re

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.layout import understand
from tests.banks.files.sheets.making import changed, ods, ods_row, part, read, xls

ROWS = [
    ["STT", "Câu hỏi", "A", "B", "Đáp án"],
    ["1", "Ai ban hành luật?", "Quốc hội", "Chính phủ", "A"],
]
SHEET = "xl/worksheets/sheet1.xml"
TOKEN = re.compile(rb"\"[^\"]*\"|>[^<]+<")
ODD = [b"", b"-1", b"0", b"99999999999999999999", b"A1:XFD1048576", b"1e308", b"nan", b"\xc2\xa0", b"&amp;", b"x" * 300]


def _xlsx() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for row, values in enumerate(ROWS):
            sheet.write_row(row, 0, values, book.add_format({"bold": True, "num_format": "dd/mm", "bg_color": "yellow"}))
        sheet.write(5, 1, 45000.5, book.add_format({"num_format": "#,##0.00"}))
        sheet.write_rich_string(6, 1, "a", book.add_format({"bold": True}), "b", "c")
        sheet.merge_range("A9:C10", "gộp")
        sheet.write_formula("A12", "=1+1", value="2")
    return buffer.getvalue()


FILES = {
    "b.xlsx": _xlsx(),
    "b.ods": ods("".join(ods_row(*row) for row in ROWS)),
    "b.xls": xls({"S": ROWS}),
    "b.csv": "\n".join(";".join(row) for row in ROWS).encode(),
}
PARTS = (SHEET, "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels")


def _survives(data: bytes, name: str) -> None:
    refused: FileRefused | None = None
    try:
        found = understand(read(data, name))
    except FileRefused as error:
        refused = error
    assert refused.sentence if refused is not None else found.questions or found.remarks


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_bytes_changed_anywhere(name, data):
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    _survives(bytes(content[:cut] if data.draw(st.booleans()) else content), name)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PARTS), st.data())
def test_values_changed_inside_the_parts_of_a_workbook(name, data):
    xml = part(FILES["b.xlsx"], name)
    tokens = list(TOKEN.finditer(xml))
    token = data.draw(st.sampled_from(tokens))
    odd = data.draw(st.sampled_from(ODD))
    changed_xml = xml[: token.start() + 1] + odd + xml[token.end() - 1 :]
    _survives(changed(FILES["b.xlsx"], {name: changed_xml}), "b.xlsx")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PARTS), st.data())
def test_elements_taken_out_of_the_parts_of_a_workbook(name, data):
    xml = part(FILES["b.xlsx"], name)
    elements = list(re.finditer(rb"<(\w+)[^<>]*/>|<(\w+)[^<>]*>[^<]*</\2>", xml))
    element = data.draw(st.sampled_from(elements))
    _survives(changed(FILES["b.xlsx"], {name: xml[: element.start()] + xml[element.end() :]}), "b.xlsx")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='abÂ1;,\t"\n\r =-', max_size=80))
def test_any_text_as_csv(text):
    _survives(text.encode(), "b.csv")
