"""Word files with what only Word itself writes: automatic numbers, tracked changes, text boxes, links, old fonts."""

from __future__ import annotations

import unicodedata
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.banks.files.corpus.case import LETTERS, case
from tests.banks.files.corpus.facts import CIVIC
from tests.banks.files.corpus.word import Word

FACTS = CIVIC[14:20]
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def _numbered(outer: tuple[str, str], inner: tuple[str, str], key: str) -> bytes:
    """One list of two levels for the whole file. ``key``: a line after the question, or «bold»."""
    doc = Word()
    number = doc.numbering(outer, inner)
    for fact in FACTS:
        doc.item(f"<b>{fact.texts[0]}</b>" if key != "bold" else fact.texts[0], number)
        for letter, choice in fact.lettered:
            doc.item(f"<b>{choice}</b>" if key == "bold" and letter == fact.correct else choice, number, 1)
        if key != "bold":
            doc.line(key.format(fact.correct, LETTERS.index(fact.correct) + 1))
    return doc.bytes()


@case(FACTS, "tu-dong.docx")
def automatic_question_and_letter() -> bytes:
    return _numbered(("decimal", "Câu %1."), ("upperLetter", "%2."), "Đáp án: {0}")


@case(FACTS, "tu-dong-thuong.docx")
def automatic_bare_number_and_small_letter_bold_key() -> bytes:
    return _numbered(("decimal", "%1."), ("lowerLetter", "%2)"), "bold")


@case(FACTS, "tu-dong-so.docx", ordinary=False)
def automatic_numbers_for_choices() -> bytes:
    return _numbered(("decimal", "Câu %1:"), ("decimal", "%2."), "Đáp án: {1}")


@case(FACTS, "tu-dong-gach.docx", ordinary=False)
def automatic_bullets_for_choices_bold_key() -> bytes:
    return _numbered(("decimal", "Câu %1:"), ("bullet", "-"), "bold")


@case(FACTS, "tu-dong-moi-danh-sach.docx")
def new_automatic_list_for_each_questions_choices() -> bytes:
    doc = Word()
    heads = doc.numbering(("decimal", "Câu %1:"))
    for fact in FACTS:
        doc.item(fact.texts[0], heads)
        letters = doc.numbering(("upperLetter", "%1."))
        for letter, choice in fact.lettered:
            doc.item(f"<red>{choice}</red>" if letter == fact.correct else choice, letters)
    return doc.bytes()


@case(FACTS, "go-tay-va-tu-dong.docx")
def typed_numbers_automatic_letters() -> bytes:
    doc = Word()
    for n, fact in enumerate(FACTS, 1):
        doc.line(f"<b>Câu {n}: {fact.texts[0]}</b>")
        letters = doc.numbering(("upperLetter", "%1."))
        for choice in fact.choices:
            doc.item(choice, letters)
        doc.line(f"Đáp án {fact.correct}")
    return doc.bytes()


@case(FACTS, "tu-dong-bang.docx")
def automatic_numbers_key_table() -> bytes:
    doc = Word()
    number = doc.numbering(("decimal", "Câu %1."), ("upperLetter", "%2."))
    for fact in FACTS:
        doc.item(fact.texts[0], number)
        for choice in fact.choices:
            doc.item(choice, number, 1)
    doc.line("<b>ĐÁP ÁN</b>")
    doc.table([["Câu", *(str(n) for n in range(1, 7))], ["Đáp án", *(f.correct for f in FACTS)]])
    return doc.bytes()


@case(FACTS, "sua-doi.docx", ordinary=False)
def tracked_changes_deleted_and_inserted() -> bytes:
    """Every first choice had another word before; the deletion still stands in the file."""
    doc = Word()
    for n, fact in enumerate(FACTS, 1):
        doc.line(f"Câu {n}. {fact.texts[0]}")
        for letter, choice in fact.lettered:
            paragraph = doc.line(f"{letter}. ")
            if letter == "A":
                _tracked(paragraph, "del", "delText", "một nghìn lẻ một ")
            _tracked(paragraph, "ins", "t", choice)
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


def _tracked(paragraph: Any, kind: str, leaf: str, text: str) -> None:
    attributes = 'w:id="7" w:author="Tổ biên tập" w:date="2025-03-01T08:00:00Z"'
    paragraph._p.append(
        parse_xml(
            f'<w:{kind} {nsdecls("w")} {attributes}><w:r><w:{leaf} xml:space="preserve">{text}</w:{leaf}></w:r></w:{kind}>'
        )
    )


@case(FACTS, "lien-ket.docx")
def hyperlinks_and_bookmarks_inside_text() -> bytes:
    doc = Word()
    for n, fact in enumerate(FACTS, 1):
        paragraph = doc.line(f"Câu {n}. ")
        head, tail = fact.texts[0][:9], fact.texts[0][9:]
        identifier = doc.document.part.relate_to("https://vbpl.vn/van-ban", _LINK, is_external=True)
        paragraph._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{n}" w:name="dieu_{n}"/>'))
        paragraph._p.append(
            parse_xml(
                f'<w:hyperlink {SPACES} r:id="{identifier}"><w:r><w:t xml:space="preserve">{head}</w:t></w:r></w:hyperlink>'
            )
        )
        paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{n}"/>'))
        paragraph.add_run(tail)
        for letter, choice in fact.lettered:
            doc.line(f"{letter}. {choice}")
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def _box(inner: str) -> str:
    inner = f"<w:txbxContent>{inner}</w:txbxContent>"
    choice = (
        f'<mc:Choice Requires="wps">'
        f"<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp>"
        f"<wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    )
    fallback = f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
    return f"<w:p {SPACES}><w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r></w:p>"


@case(FACTS, "khung-chu.docx", ordinary=False)
def third_question_in_a_text_box() -> bytes:
    doc = Word()
    for n, fact in enumerate(FACTS, 1):
        lines = [f"Câu {n}. {fact.texts[0]}", *(f"{a}. {t}" for a, t in fact.lettered), f"Đáp án: {fact.correct}"]
        if n == 3:
            doc.raw(_box("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)))
        else:
            doc.lines("\n".join(lines))
    return doc.bytes()


@case(FACTS, "hai-cot.docx")
def page_in_two_columns() -> bytes:
    doc = Word()
    section = doc.document.sections[0]._sectPr
    columns = section.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        section.append(columns)
    columns.set(qn("w:num"), "2")
    for n, fact in enumerate(FACTS, 1):
        doc.line(f"<b>Câu {n}.</b> {fact.texts[0]}")
        for letter, choice in fact.lettered:
            doc.line(f"<u>{letter}</u>. {choice}" if letter == fact.correct else f"{letter}. {choice}")
    return doc.bytes()


@case(FACTS, "nfd.docx")
def decomposed_letters() -> bytes:
    doc = Word()
    for n, fact in enumerate(FACTS, 1):
        lines = [f"Câu {n}: {fact.texts[0]}", *(f"{a}. {t}" for a, t in fact.lettered), f"Đáp án: {fact.correct}"]
        doc.lines(unicodedata.normalize("NFD", "\n".join(lines)))
    return doc.bytes()


@case(FACTS, "run-vun.docx")
def runs_cut_in_the_middle_of_words() -> bytes:
    """Spell checking cuts a paragraph into runs of two or three letters, all looking the same."""
    doc = Word()
    for n, fact in enumerate(FACTS, 1):
        lines = [f"Câu {n}: {fact.texts[0]}", *(f"{a}. {t}" for a, t in fact.lettered), f"Đáp án: {fact.correct}"]
        for line in lines:
            paragraph = doc.line()
            for at in range(0, len(line), 3):
                paragraph.add_run(line[at : at + 3])
    return doc.bytes()
