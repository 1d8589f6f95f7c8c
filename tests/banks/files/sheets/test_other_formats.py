"""CSV in any usual encoding, OpenDocument, Excel 97–2003."""

from __future__ import annotations

import io
import zipfile

import pytest

from quizsvc.banks.files.found import FileRefused
from tests.banks.files.ole import ole_file
from tests.banks.files.sheets.making import at, codes, ods, ods_row, only, read, texts, xls

VIETNAMESE = 'Câu hỏi;Đáp án\n"Cơ quan nào có quyền ban hành luật; pháp lệnh?\nHãy chọn.";A\n'
EXPECTED = [["Câu hỏi", "Đáp án"], ["Cơ quan nào có quyền ban hành luật; pháp lệnh?\nHãy chọn.", "A"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_unicode(encoding):
    document = read(VIETNAMESE.encode(encoding), "b.csv")
    assert (document.format, texts(document), document.remarks) == ("csv", EXPECTED, ())


def test_csv_in_windows_1258_is_told():
    # The code page writes tones as signs of their own behind the letter.
    marks = {"̣": "̣", "̀": "̀", "́": "́", "̉": "̉", "̃": "̃"}
    written = "".join(_as_1258(sign, marks) for sign in VIETNAMESE).encode("cp1258")
    document = read(written, "b.csv")
    assert texts(document) == EXPECTED
    assert codes(document) == {"encoding-guessed"}


def _as_1258(sign: str, marks: dict[str, str]) -> str:
    import unicodedata

    try:
        sign.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", sign)
        tone = next(mark for mark in parts if mark in marks)
        return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone
    return sign


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ("a\tb,c\nd\te", [["a", "b,c"], ["d", "e"]]),
        ("sep=|\r\na|b;c\r\nd|e\r\n", [["a", "b;c"], ["d", "e"]]),
        (
            "câu hỏi;đáp án\nMột, hai, ba, bốn?;A\nNăm, sáu?;B",
            [["câu hỏi", "đáp án"], ["Một, hai, ba, bốn?", "A"], ["Năm, sáu?", "B"]],
        ),
        ("chỉ một cột\nhai dòng", [["chỉ một cột"], ["hai dòng"]]),
    ],
)
def test_delimiters_by_content(written, rows):
    assert texts(read(written.encode(), "b.csv")) == rows


def test_records_are_numbered_as_excel_numbers_rows():
    document = read(b'sep=,\na,b\n\n"c\nd",e\nf,g\n', "b.csv")
    assert [row[0].where.cell for row in only(document).rows] == ["A2", "A4", "A5"]


def test_quotes_that_do_not_match_name_the_line():
    with pytest.raises(FileRefused) as caught:
        read(b'a,b\nc,"d" e\n', "b.csv")
    assert (caught.value.code, caught.value.where.line) == ("csv-broken", 2)


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\xff\xfe\x00\xd8", bytes(range(128, 256)) * 3])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(FileRefused):
        read(data, "b.csv")


def test_csv_in_a_legacy_font_is_repaired_and_told():
    written = "C©u hái;§¸p ¸n\nC¬ quan nµo cã thÈm quyÒn ban hµnh luËt?;A\n".encode("latin-1")
    document = read(written, "b.csv")
    assert texts(document)[1][0] == "Cơ quan nào có thẩm quyền ban hành luật?"
    assert codes(document) == {"encoding-guessed"}
    assert document.repairs


STYLES = (
    '<style:style style:name="co" style:family="table-cell"><style:text-properties fo:font-weight="bold"'
    ' fo:color="#ff0000"/><style:table-cell-properties fo:background-color="#ffff00"/></style:style>'
    '<style:style style:name="t" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
)


def test_ods_looks_lines_and_displayed_values():
    row = (
        '<table:table-row><table:table-cell table:style-name="co"><text:p>một <text:span text:style-name="t">hai</text:span>'
        '</text:p><text:p>ba<text:s text:c="2"/>bốn</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2026-02-01"><text:p>1/2</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="1.1"><text:p>1,1</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"><text:p>1</text:p>'
        "</table:table-cell></table:table-row>"
    )
    document = read(ods(row, STYLES), "b.ods")
    assert (document.format, texts(document)) == ("ods", [["một hai\nba  bốn", "1/2", "1,1", "1"]])
    first = at(document, "A1").lines[0]
    assert [(run.text, run.marks.italic, run.marks.bold, run.marks.colour, run.marks.highlight) for run in first.runs] == [
        ("một ", False, True, "FF0000", "FFFF00"),
        ("hai", True, True, "FF0000", "FFFF00"),
    ]
    assert [at(document, name).is_uncertain for name in ("B1", "C1", "D1")] == [True, True, False]
    assert codes(document) == {"date-cells", "number-cells", "formula-cells"}


def test_ods_merged_repeated_and_hidden():
    rows = (
        '<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2">'
        "<text:p>g</text:p></table:table-cell><table:covered-table-cell/></table:table-row>"
        '<table:table-row table:visibility="collapse"><table:covered-table-cell table:number-columns-repeated="2"/>'
        "<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>"
    )
    document = read(ods(rows), "b.ods")
    assert texts(document) == [["g", "g", ""], ["g", "g", "x"]]
    assert at(document, "B2").is_merged_copy
    assert codes(document) == {"hidden-rows"}


def test_ods_limits_and_refusals():
    huge = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384">'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
    )
    with pytest.raises(FileRefused) as caught:
        read(ods(huge), "b.ods")
    assert caught.value.code == "too-many-cells"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
        archive.writestr("content.xml", b"\x01\x02")
    with pytest.raises(FileRefused) as caught:
        read(buffer.getvalue(), "b.ods")
    assert caught.value.code == "password"


def test_ods_rows_in_groups_and_headers():
    rows = f"<table:table-header-rows>{ods_row('a')}</table:table-header-rows>"
    rows += f"<table:table-row-group>{ods_row('b')}</table:table-row-group>"
    assert texts(read(ods(rows), "b.ods")) == [["a"], ["b"]]


def test_xls_values_and_hidden_sheets():
    document = read(
        xls({"Một": [["Câu hỏi", 1.0, True], ["", "", ""], ["x\ny", 2.5, 18.0]], "Ẩn": [["z"]]}, hidden=["Ẩn"]), "b.xls"
    )
    assert (document.format, texts(document)) == ("xls", [["Câu hỏi", "1", "TRUE"], ["x\ny", "2,5", "18"]])
    assert at(document, "B3").is_uncertain
    assert codes(document) == {"looks-not-read", "number-cells", "hidden-sheet"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ole_file("EncryptionInfo", "EncryptedPackage"), "password"),
        (ole_file("Workbook"), "xls-broken"),
        (ole_file("Workbook", "_VBA_PROJECT_CUR"), "macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls-broken"),
    ],
)
def test_xls_refusals(data, code):
    with pytest.raises(FileRefused) as caught:
        read(data, "b.xls")
    assert caught.value.code == code
