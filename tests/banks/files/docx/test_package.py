"""Which files are taken for Word documents, and with which sentence the others are refused."""

from __future__ import annotations

import pytest

from quizsvc.banks.files.docx import read_docx, read_with_elements
from quizsvc.banks.files.docx.context import MOST_LINES
from quizsvc.banks.files.docx.names import STRICT
from quizsvc.banks.files.found import FileRefused
from tests.banks.files.docx.making import MAIN, RELATIONS, make_docx, paragraph, run, table, unzipped, zipped
from tests.banks.files.ole import ole_file

BODY = paragraph("Câu 1", run("B", "<w:b/>"))


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read_docx(data, "de.docx")
    assert "«de.docx»" in refused.value.sentence or "de.docx (" in refused.value.sentence
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"not a file of Word", "not-docx"),
        (b"{\\rtf1 x}", "not-docx"),
        (b"\xef\xbb\xbf<html></html>", "not-docx"),
        (b"PK\x03\x04 broken", "zip-broken"),
        (make_docx(BODY)[:-40], "zip-broken"),
        (zipped({"a.txt": b"x"}), "not-docx"),
        (zipped({"[Content_Types].xml": b"<Types/>"}), "not-docx"),
        (ole_file("EncryptedPackage"), "password"),
        (ole_file("WordDocument"), "old-office"),
        (make_docx(BODY, main="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (make_docx(BODY, extra={"word/vbaProject.bin": b"x"}), "macros"),
        (make_docx(BODY, main="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "not-docx"),
        (make_docx("<w:p>"), "xml-broken"),
    ],
)
def test_refused_with_a_sentence(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_depth_is_bounded() -> None:
    deep = "<w:sdt><w:sdtContent>" * 200 + BODY + "</w:sdtContent></w:sdt>" * 200
    assert refusal(make_docx(deep)) == "xml-too-deep"


def test_tables_in_tables_up_to_the_depth_of_xml_end_in_text_or_a_sentence() -> None:
    nested = BODY
    for _ in range(60):
        nested = table(f"<w:tr><w:tc>{nested}</w:tc></w:tr>")
    (found,) = read_docx(make_docx(nested), "de.docx").tables
    assert found.rows[0][0].text == "Câu 1B"


@pytest.mark.parametrize("body", ["<w:p/>" * (MOST_LINES + 1), f"<w:p><w:r>{'<w:br/>' * MOST_LINES}</w:r></w:p>"])
def test_more_lines_than_the_limit_are_refused(body: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_docx(make_docx(body), "de.docx")
    assert refused.value.code == "docx-lines"
    assert str(MOST_LINES) in refused.value.sentence


def test_a_template_is_read_as_a_document() -> None:
    assert [
        line.text for line in read_docx(make_docx(BODY, main=MAIN.replace("document.main", "template.main")), "x").lines
    ] == ["Câu 1B"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_strict_namespaces_and_other_encodings(encoding: str) -> None:
    parts = unzipped(make_docx(BODY))
    text = parts["word/document.xml"].decode().replace("UTF-8", "UTF-16" if encoding == "utf-16" else "UTF-8")
    for strict, usual in STRICT.items():
        text = text.replace(usual, strict)
    document = read_docx(zipped(parts | {"word/document.xml": text.encode(encoding)}), "x")
    assert [(each.text, each.marks.bold) for line in document.lines for each in line.runs] == [("Câu 1", False), ("B", True)]


def test_parts_with_other_names() -> None:
    parts = unzipped(
        make_docx(BODY, styles='<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:i/></w:rPr></w:style>')
    )
    parts["word\\Document2.xml"] = parts.pop("word/document.xml")
    parts["word/_rels/document2.xml.rels"] = parts.pop("word/_rels/document.xml.rels").replace(
        b"styles.xml", b"/word/STYLES.xml"
    )
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    (line,) = read_docx(zipped(parts), "x").lines
    assert (line.text, line.runs[0].marks.italic) == ("Câu 1B", True)


def test_what_lies_elsewhere_is_never_fetched() -> None:
    relation = f'<Relationship Id="p" Type="{RELATIONS}/image" Target="http://127.0.0.1:9/a.png" TargetMode="External"/>'
    linked = '<w:r><w:drawing><a:blip r:link="p"/></w:drawing></w:r>'
    document = read_docx(make_docx(paragraph("x", linked), relations=relation), "x")
    assert [remark.code for remark in document.remarks] == ["picture-missing"]


def test_every_paragraph_comes_with_its_element_for_those_who_mark_a_copy() -> None:
    body = BODY + table(f"<w:tr><w:tc>{paragraph('ô')}</w:tc></w:tr>") + paragraph("cuối")
    reading = read_with_elements(make_docx(body), "x")
    assert [("".join(each.element.itertext()), str(each.where)) for each in reading.paragraphs] == [
        ("Câu 1B", "x, đoạn 1"),
        ("ô", "x, bảng 1, đoạn 1, ô A1"),
        ("cuối", "x, đoạn 2"),
    ]
