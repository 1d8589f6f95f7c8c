"""What of a Word file is text, what is not, and in which order it stands."""

from __future__ import annotations

import hashlib

import pytest

from quizsvc.banks.files.documents import RepairKind
from quizsvc.banks.files.found import FileRefused
from tests.banks.files.docx.making import RELATIONS, cell, lines, only_table, paragraph, read, row, run, table, texts


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


BOX = "<w:txbxContent>" + paragraph("trong khung") + "</w:txbxContent>"
DRAWN_TWICE = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
    f"{BOX}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (f'<w:hyperlink r:id="x">{run("Luật")}</w:hyperlink>', "Luật"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('ô nhập')}</w:sdtContent></w:sdt>", "ô nhập"),
        (f'<w:smartTag w:element="place">{run("Nghệ An")}</w:smartTag>', "Nghệ An"),
        (f'<w:ins w:id="1">{run("thêm")}</w:ins><w:del w:id="2"><w:r><w:delText>bớt</w:delText></w:r></w:del>', "thêm"),
        (f"<w:moveFrom>{run('chỗ cũ')}</w:moveFrom><w:moveTo>{run('chỗ mới')}</w:moveTo>", "chỗ mới"),
        (field("begin") + instruction("PAGE x") + field("separate") + run("7") + field("end") + run("!"), "7!"),
        (field("begin") + instruction("IF") + run("lệnh") + field("separate") + run("được") + field("end"), "được"),
        (f'<w:fldSimple w:instr="SEQ Câu">{run("12")}</w:fldSimple>', "12"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>", "a\tb-c"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "≥"),
        (run("\uf0fc", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "✓"),
        ('<w:r><w:t>x</w:t><w:footnoteReference w:id="1"/></w:r>', "x"),
        ("<w:r><w:ruby><w:rt>" + run("đọc") + "</w:rt><w:rubyBase>" + run("chữ") + "</w:rubyBase></w:ruby></w:r>", "chữ"),
        ("<w:r><w:t>\n      xuống dòng\n    của XML\n</w:t></w:r>", "xuống dòng của XML"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
            "</w:fldChar></w:r>" + instruction("FORMCHECKBOX") + field("end"),
            "☒",
        ),
    ],
)
def test_text_of_a_paragraph(inner: str, expected: str) -> None:
    assert texts(f"<w:p>{inner}</w:p>") == [expected]


def test_a_field_that_never_ends_does_not_swallow_the_next_paragraphs() -> None:
    broken = f"<w:p>{field('begin')}{instruction('PAGE')}</w:p>"
    assert texts(broken + paragraph("Câu 2")) == ["", "Câu 2"]


def test_blocks_stand_in_reading_order_whatever_holds_them() -> None:
    inside = paragraph("hai") + table(row(cell("ba")))
    body = paragraph("một") + f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>" + paragraph("bốn")
    document = read(body)
    shown = [block.text if hasattr(block, "text") else block.rows[0][0].text for block in document.blocks]
    assert shown == ["một", "hai", "ba", "bốn"]
    assert [line.where.paragraph for line in document.lines] == [1, 2, 3]


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    assert texts(paragraph("trước", DRAWN_TWICE, "sau") + paragraph("cuối")) == ["trướcsau", "trong khung", "cuối"]


def test_soft_breaks_make_lines_of_one_paragraph() -> None:
    found = lines(paragraph("a") + "<w:p><w:r><w:t>A. x</w:t><w:br/><w:t>B. y</w:t><w:cr/><w:t>C. z</w:t></w:r></w:p>")
    assert [(line.text, line.where.paragraph, line.where.line) for line in found] == [
        ("a", 1, None),
        ("A. x", 2, 1),
        ("B. y", 2, 2),
        ("C. z", 2, 3),
    ]


def test_pages_are_counted_where_word_broke_them() -> None:
    laid_out = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>hai</w:t><w:lastRenderedPageBreak/></w:r></w:p>"
    typed = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    pages = [(line.text, line.where.page) for line in lines(paragraph("một") + typed + laid_out + paragraph("ba"))]
    assert [page for page in pages if page[0]] == [("một", 1), ("hai", 2), ("ba", 3)]


def test_pages_are_counted_by_typed_breaks_when_word_left_no_other() -> None:
    found = lines(paragraph("một") + '<w:p><w:r><w:br w:type="page"/><w:t>hai</w:t></w:r></w:p>' + paragraph("hai"))
    assert [(line.text, line.where.page) for line in found if line.text] == [("một", 1), ("hai", 2), ("hai", 2)]
    assert {line.where.page for line in lines(paragraph("x"))} == {None}


def test_hidden_text_is_left_out_and_told_with_its_place() -> None:
    document = read(paragraph("mở") + paragraph("A. có", run(" (đúng)", "<w:vanish/>")))
    assert [line.text for line in document.lines] == ["mở", "A. có"]
    (remark,) = document.remarks
    assert (remark.code, str(remark.where)) == ("hidden-text", "de.docx, đoạn 2")
    assert "«(đúng)»" in remark.sentence


def test_an_equation_is_written_on_one_line_and_told() -> None:
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>x+2</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    root = "<m:rad><m:deg/><m:e><m:r><m:t>y</m:t></m:r></m:e></m:rad>"
    document = read(f"<w:p>{run('A. ')}<m:oMath>{half}{power}{root}</m:oMath></w:p>")
    assert [line.text for line in document.lines] == ["A. 1/(x+2)x^2√(y)"]
    assert [remark.code for remark in document.remarks] == ["equation"]


def test_what_stands_beside_the_text_is_told_with_its_number() -> None:
    body = paragraph(
        "x",
        '<w:r><w:commentReference w:id="1"/></w:r>',
        '<w:r><w:footnoteReference w:id="1"/></w:r>',
        "<w:del><w:r><w:delText>y</w:delText></w:r></w:del>",
    )
    codes = [remark.code for remark in read(body).remarks]
    assert codes == ["tracked-changes", "notes-not-read", "comments-not-read"]


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        (field("begin") + instruction(" EQ \\f(1,2)") + field("end"), "field-not-read"),
        ('<w:r><w:sym w:font="Fancy" w:char="F041"/></w:r>', "unknown-symbol"),
        ('<w:r><w:drawing><a:blip r:embed="gone"/></w:drawing></w:r>', "picture-missing"),
        (
            '<w:r><w:drawing><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:drawing></w:r>',
            "drawing-not-read",
        ),
    ],
)
def test_what_cannot_be_read_is_told(inner: str, code: str) -> None:
    assert [remark.code for remark in read(f"<w:p>{inner}</w:p>").remarks] == [code]


def test_another_file_put_inside_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        read('<w:altChunk r:id="x"/>')
    assert refused.value.code == "embedded-document"


def test_pictures_have_their_bytes_type_and_alternative_text() -> None:
    inline = '<wp:inline><wp:docPr id="1" name="x" descr="Biển cấm"/><a:blip r:embed="p"/></wp:inline>'
    drawn = f"<w:r><w:drawing>{inline}</w:drawing></w:r>"
    old = '<w:r><w:pict><v:shape alt="Biển chỉ dẫn"><v:imagedata r:id="p"/></v:shape></w:pict></w:r>'
    relation = f'<Relationship Id="p" Type="{RELATIONS}/image" Target="media/a.png"/>'
    found = lines(paragraph("x", drawn) + paragraph(old), extra={"word/media/a.png": b"png"}, relations=relation)
    pictures = [picture for line in found for picture in line.pictures]
    assert {picture.sha256 for picture in pictures} == {hashlib.sha256(b"png").hexdigest()}
    assert [(picture.media_type, picture.alt) for picture in pictures] == [
        ("image/png", "Biển cấm"),
        ("image/png", "Biển chỉ dẫn"),
    ]


def test_an_accent_that_begins_a_run_goes_to_its_letter() -> None:
    document = read(paragraph(run("C. Đa"), run("\u0301p án", "<w:b/>")))
    (line,) = document.lines
    assert line.text == "C. Đáp án"
    assert [(each.text, each.marks.bold) for each in line.runs] == [("C. Đá", False), ("p án", True)]
    assert [repair.kind for repair in document.repairs] == [RepairKind.NFC]


def test_old_fonts_are_read_run_by_run_also_when_a_letter_is_cut_in_two() -> None:
    old = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    vni = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
    assert texts(paragraph(run("C©u 1: nh\u00ad", old), run(" Câu", ""))) == ["Câu 1: như Câu"]
    assert texts(paragraph(run("Ña", vni), run("ùp aùn", vni + "<w:b/>"))) == ["Đáp án"]
    assert texts(f"<w:p><w:r><w:rPr>{old}</w:rPr><w:t>nh</w:t><w:softHyphen/></w:r></w:p>") == ["như"]


def test_text_boxes_in_a_cell_stay_in_the_cell() -> None:
    found = only_table(table(row(cell(paragraph("ô", DRAWN_TWICE)))))
    assert found.rows[0][0].text == "ô\ntrong khung"
