"""Word files that come back with frames and comments, and are otherwise what they were."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.docx import read_docx
from quizsvc.banks.files.docx.names import STRICT, W
from quizsvc.banks.files.found import FoundFile, Remark
from quizsvc.banks.files.layout import understand
from quizsvc.banks.files.marking import mark_file
from tests.banks.files.docx.making import cell, make_docx, paragraph, row, run, table, unzipped, zipped

NAME = "de.docx"
TYPED = paragraph("Câu 1. Ai ban hành luật?") + paragraph("A. Quốc hội") + paragraph(run("B. Chính phủ", "<w:b/>"))
BOX = (
    "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></v:shape></w:pict></w:r></w:p>"
)


def found(*wheres: Where, level: Level = Level.ERROR, name: str = NAME) -> FoundFile:
    told = tuple(Remark("thu", level, f"Lời nhắc {number}.", where) for number, where in enumerate(wheres, start=1))
    return FoundFile(name, "docx", (), told)


def marked(body: str, *wheres: Where, **more: object) -> bytes:
    data, kind = mark_file(make_docx(body), found(*wheres, **more))  # type: ignore[arg-type]
    assert kind == "docx"
    return data


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(unzipped(data)[f"word/{name}.xml"])


def texts(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(W + "t"))


def comments(data: bytes) -> list[tuple[str, str]]:
    """What each comment is on, and what it says."""
    said = {
        comment.get(W + "id"): "\n".join(texts(line) for line in comment.iter(W + "p")) for comment in part(data, "comments")
    }
    references = part(data, "document").iter(W + "commentReference")
    return [(texts(next(each.iterancestors(W + "p"))), said[each.get(W + "id")]) for each in references]


def framed(data: bytes) -> list[str]:
    paragraphs = part(data, "document").iter(W + "p")
    return [texts(each) for each in paragraphs if each.find(f"{W}pPr/{W}pBdr") is not None]


def test_the_reason_stands_beside_the_paragraph():
    data = marked(TYPED, Where(NAME, paragraph=2), Where(NAME, paragraph=2), Where(NAME, paragraph=3))
    assert framed(data) == ["A. Quốc hội", "B. Chính phủ"]
    assert comments(data) == [
        ("A. Quốc hội", "[thu] Lời nhắc 1.\n[thu] Lời nhắc 2."),
        ("B. Chính phủ", "[thu] Lời nhắc 3."),
    ]


def test_an_error_is_red_and_a_warning_is_not():
    red, amber = (marked(TYPED, Where(NAME, paragraph=1), level=level) for level in (Level.ERROR, Level.WARNING))
    assert b'w:color="C00000"' in unzipped(red)["word/document.xml"]
    assert b'w:color="E07000"' in unzipped(amber)["word/document.xml"]


def test_a_copy_is_understood_as_the_file_was():
    body = TYPED + TYPED.replace("Câu 1", "Câu 2").replace("<w:b/>", '<w:highlight w:val="yellow"/><w:b/>')
    plain = understand(read_docx(make_docx(body), NAME))
    places = [Where(NAME, paragraph=number) for number in range(1, 7)]
    again = understand(read_docx(marked(body, *places), NAME))
    assert [(each.text, each.choices, each.correct, each.found_by) for each in again.questions] == [
        (each.text, each.choices, each.correct, each.found_by) for each in plain.questions
    ]
    assert [each.correct for each in again.questions] == [("B",), ("B",)]


def test_a_ground_that_may_mark_the_answer_stays():
    shaded = '<w:pPr><w:shd w:val="clear" w:fill="FFFF00"/></w:pPr>'
    body = paragraph("Câu 1. Ai?") + paragraph("A. Tôi") + paragraph("B. Anh").replace("<w:pPr></w:pPr>", shaded)
    assert b'w:fill="FFFF00"' in unzipped(marked(body, Where(NAME, paragraph=3)))["word/document.xml"]
    assert b"FFEFEF" not in unzipped(marked(body, Where(NAME, paragraph=3)))["word/document.xml"]


def test_cells_rows_and_tables():
    body = TYPED + table(row(cell("Một"), cell("Hai")), row(cell("Ba"), cell(paragraph("Bốn") + paragraph("Năm"))))
    exact = Where(NAME, table=1, row=2, cell="B2", paragraph=2)
    data = marked(body, exact, Where(NAME, table=1, row=2), Where(NAME, table=1, cell="B1", row=1), Where(NAME, table=1))
    assert [on for on, _ in comments(data)] == ["Một", "Hai", "Ba", "Năm"]


def test_places_that_are_not_in_the_file_go_to_its_first_paragraph():
    data = marked(TYPED, Where("dap-an.docx", paragraph=9), Where(NAME), Where(NAME, paragraph=99))
    assert [on for on, _ in comments(data)] == ["Câu 1. Ai ban hành luật?"]


def test_a_comment_on_a_text_box_hangs_on_the_paragraph_around_it():
    data = marked(BOX, Where(NAME, paragraph=2))
    assert framed(data)[-1] == "Trong khung"
    [reference] = part(data, "document").iter(W + "commentReference")
    assert not any(each.tag == W + "txbxContent" for each in reference.iterancestors())


def test_an_empty_document_gets_a_paragraph_for_the_comment():
    assert len(comments(marked("", Where(NAME)))) == 1


def test_a_file_with_comments_keeps_them():
    once = marked(TYPED, Where(NAME, paragraph=1))
    twice = mark_file(once, found(Where(NAME, paragraph=2)))[0]
    assert [on for on, _ in comments(twice)] == ["Câu 1. Ai ban hành luật?", "A. Quốc hội"]


def test_nothing_else_changes():
    data = make_docx(TYPED, styles='<w:style w:type="paragraph" w:styleId="A"/>', extra={"word/media/a.png": b"PNG"})
    before, after = unzipped(data), unzipped(mark_file(data, found(Where(NAME, paragraph=1)))[0])
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert mark_file(data, FoundFile(NAME, "docx", ()))[0] == data


def test_a_workbook_inside_the_document_is_carried_over_unread():
    inner = zipped({"xl/workbook.xml": b"<workbook/>"})
    data = make_docx(TYPED, extra={"word/embeddings/chart.xlsx": inner})
    assert unzipped(mark_file(data, found(Where(NAME, paragraph=1)))[0])["word/embeddings/chart.xlsx"] == inner


def test_a_strict_file_stays_strict():
    parts = unzipped(make_docx(TYPED))
    for strict, usual in STRICT.items():
        parts = {name: content.replace(usual.encode(), strict.encode()) for name, content in parts.items()}
    after = unzipped(mark_file(zipped(parts), found(Where(NAME, paragraph=1)))[0])
    for name in ("word/document.xml", "word/comments.xml"):
        assert etree.fromstring(after[name]).tag.startswith("{http://purl.oclc.org/ooxml/wordprocessingml/main}")


@pytest.mark.parametrize("format_name", ["txt", "csv", "gift", "pdf"])
def test_what_cannot_be_coloured_becomes_a_list(format_name):
    told = (
        Remark("no-key", Level.ERROR, "=Không thấy đáp án\x07", Where("a.txt", line=3)),
        Remark("x", Level.NOTICE, "", Where("a")),
    )
    data, kind = mark_file(b"", FoundFile("a.txt", format_name, (), told))
    assert kind == "xlsx"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert "=Không thấy đáp án\ufffd" in strings
    assert strings.count("no-key") == 1
