"""Word files with marks and structures that Word has more than one way to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.banks.files.corpus.case import Asked, asked, case
from tests.banks.files.corpus.facts import CIVIC
from tests.banks.files.corpus.word import Word

FACTS = CIVIC[18:24]

RUN_MARKS = {
    "shading": ('<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>', ""),
    "theme_red": ('<w:color w:val="C00000"/>', '<w:color w:val="auto"/>'),
    "black_said": ('<w:color w:val="FF0000"/>', '<w:color w:val="000000"/>'),
    "bold_said_off": ("<w:b/><w:bCs/>", '<w:b w:val="0"/><w:bCs/>'),
    "underline_none": ('<w:u w:val="single"/>', '<w:u w:val="none"/>'),
    "double_underline": ('<w:u w:val="double"/>', ""),
    "blue": ('<w:color w:val="0000FF"/>', ""),
    "green_highlight": ('<w:highlight w:val="green"/>', '<w:highlight w:val="white"/>'),
    "complex_bold_only_noise": ('<w:b/><w:color w:val="FF0000"/>', "<w:bCs/>"),
}


def _run(paragraph: Any, text: str, properties: str) -> None:
    paragraph._p.append(
        parse_xml(f'<w:r {nsdecls("w")}><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>')
    )


def _run_mark_cases() -> None:
    for name, (right, wrong) in RUN_MARKS.items():

        def make(right: str = right, wrong: str = wrong) -> bytes:
            doc = Word()
            for n, fact in enumerate(FACTS, 1):
                doc.line(f"Câu {n}. {fact.texts[0]}")
                for letter, choice in fact.lettered:
                    _run(doc.line(), f"{letter}. {choice}", right if letter == fact.correct else wrong)
            return doc.bytes()

        make.__name__ = f"run_mark_{name}"
        case(FACTS, f"{name}.docx")(make)


_run_mark_cases()


@case(FACTS, "to-nen-doan.docx", ordinary=False)
def paragraph_shading_marks_the_key() -> bytes:
    doc = Word()
    for n, fact in enumerate(FACTS, 1):
        doc.line(f"Câu {n}. {fact.texts[0]}")
        for letter, choice in fact.lettered:
            paragraph = doc.line(f"{letter}. {choice}")
            if letter == fact.correct:
                shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="FFFF00"/>'
                paragraph._p.get_or_add_pPr().append(parse_xml(shade))
    return doc.bytes()


@case(tuple(Asked(f.texts, f.choices, f.correct, stops=n > 0) for n, f in enumerate(FACTS)), "chu-tiep.docx", ordinary=False)
def automatic_letters_run_on_into_the_next_question() -> bytes:
    """The list of choices was never restarted: question 2 has E, F, G, H on the page."""
    doc = Word()
    letters = doc.numbering(("upperLetter", "%1."))
    for n, fact in enumerate(FACTS, 1):
        doc.line(f"Câu {n}. {fact.texts[0]}")
        for choice in fact.choices:
            doc.item(choice, letters)
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


@case(FACTS, "tieu-de-3.docx")
def heading_style_holds_the_number_alone() -> bytes:
    doc = Word()
    doc.document.add_heading("Bộ câu hỏi", 1)
    for n, fact in enumerate(FACTS, 1):
        doc.document.add_heading(f"Câu {n}", 3)
        doc.line(fact.texts[0])
        for letter, choice in fact.lettered:
            doc.line(f"{letter}. {choice}")
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


@case(FACTS, "ngat-trang.docx")
def page_breaks_and_proofing_marks() -> bytes:
    doc = Word()
    for n, fact in enumerate(FACTS, 1):
        doc.line(f"Câu {n}. {fact.texts[0]}")
        for letter, choice in fact.lettered:
            paragraph = doc.line(f"{letter}. ")
            paragraph._p.append(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))
            if letter == "C":
                paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:lastRenderedPageBreak/><w:t>{choice}</w:t></w:r>"))
            else:
                _run(paragraph, choice, "")
        doc.line(f"Đáp án: {fact.correct}")
        doc.document.add_page_break()
    return doc.bytes()


@case(FACTS, "o-vuong.docx", ordinary=False)
def ticked_boxes_as_symbols() -> bytes:
    doc = Word()
    for n, fact in enumerate(FACTS, 1):
        doc.line(f"Câu {n}. {fact.texts[0]}")
        for letter, choice in fact.lettered:
            paragraph = doc.line()
            sign = "F0FE" if letter == fact.correct else "F0A8"
            paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:sym w:font="Wingdings" w:char="{sign}"/></w:r>'))
            _run(paragraph, f" {letter}. {choice}", "")
    return doc.bytes()


@case(FACTS, "bang-noi.docx", ordinary=False)
def bank_table_cut_in_two_without_second_header() -> bytes:
    doc = Word()
    rows = [[str(n), f.texts[0], *f.choices, f.correct] for n, f in enumerate(FACTS, 1)]
    doc.table([["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"], *rows[:3]])
    doc.line()
    doc.table(rows[3:])
    return doc.bytes()


@case(FACTS, "bang-lap-tieu-de.docx")
def bank_table_in_two_with_headers_and_headings() -> bytes:
    doc = Word()
    header = ["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"]
    rows = [[str(n), f.texts[0], *f.choices, f.correct] for n, f in enumerate(FACTS, 1)]
    doc.line("<b>I. HỘ TỊCH, HÌNH SỰ</b>")
    doc.table([header, *rows[:3]])
    doc.line("<b>II. LAO ĐỘNG, LÂM NGHIỆP</b>")
    doc.table([header, *rows[3:]])
    return doc.bytes()


@case(FACTS, "khung-bang.docx")
def whole_paper_in_a_one_cell_table() -> bytes:
    doc = Word()
    lines = []
    for n, fact in enumerate(FACTS, 1):
        lines += [f"Câu {n}. {fact.texts[0]}", *(f"{a}. {t}" for a, t in fact.lettered), f"Đáp án: {fact.correct}"]
    doc.table([["\r".join(lines)]])
    return doc.bytes()


@case(FACTS, "bang-hai-cot.docx", ordinary=False)
def two_questions_side_by_side_in_a_table() -> bytes:
    doc = Word()
    cells = []
    for n, fact in enumerate(FACTS, 1):
        lines = [
            f"<b>Câu {n}.</b> {fact.texts[0]}",
            *(f"<u>{a}</u>. {t}" if a == fact.correct else f"{a}. {t}" for a, t in fact.lettered),
        ]
        cells.append("\r".join(lines))
    doc.table([cells[at : at + 2] for at in range(0, 6, 2)])
    return doc.bytes()


def _answers_in_frame(place: Callable[[Word], Any]) -> bytes:
    doc = Word()
    for n, fact in enumerate(FACTS, 1):
        doc.lines("\n".join([f"Câu {n}. {fact.texts[0]}", *(f"{a}. {t}" for a, t in fact.lettered)]))
    place(doc)
    return doc.bytes()


@case(FACTS, "khoa-bang-doc.docx")
def key_table_of_one_column_of_words() -> bytes:
    def place(doc: Word) -> None:
        doc.line("PHẦN ĐÁP ÁN")
        doc.table([["Câu", "Phương án đúng"]] + [[f"Câu {n}", f"Phương án {f.correct}"] for n, f in enumerate(FACTS, 1)])

    return _answers_in_frame(place)


@case(FACTS, "khoa-bang-trong.docx")
def key_table_with_blank_cells_at_the_end() -> bytes:
    def place(doc: Word) -> None:
        doc.line("ĐÁP ÁN")
        head = ["Câu", *(str(n) for n in range(1, 7)), "", ""]
        doc.table([head, ["Đáp án", *(f.correct for f in FACTS), "", ""]])

    return _answers_in_frame(place)


@case(FACTS, "khoa-bang-thuong.docx")
def key_table_small_letters_and_basis_below() -> bytes:
    def place(doc: Word) -> None:
        doc.line("ĐÁP ÁN")
        head = ["Câu số", *(f"Câu {n}" for n in range(1, 7))]
        doc.table([head, ["Đáp án", *(f.correct.lower() for f in FACTS)], ["Căn cứ", *(f.basis for f in FACTS)]])

    return _answers_in_frame(place)


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
SIGNS = asked("""
? Biển báo dưới đây có ý nghĩa gì?
- Cấm đi ngược chiều
+ Đường cấm
- Dừng lại
? Biển nào là biển chỉ dẫn?
- Biển tròn viền đỏ
+ Biển hình vuông nền xanh
""")


@case(SIGNS, "bien-bao.docx", ordinary=False)
def picture_below_the_question() -> bytes:
    import io

    doc = Word()
    doc.line("Câu 1. Biển báo dưới đây có ý nghĩa gì?")
    doc.document.add_picture(io.BytesIO(PICTURE))
    doc.lines("A. Cấm đi ngược chiều\nB. Đường cấm\nC. Dừng lại\nĐáp án: B")
    doc.lines("Câu 2. Biển nào là biển chỉ dẫn?\nA. Biển tròn viền đỏ\nB. Biển hình vuông nền xanh\nĐáp án: B")
    return doc.bytes()


@case(FACTS[:3], "chu-thich-cuoi.docx", ordinary=False)
def wording_of_an_old_macro() -> bytes:
    """Level, subject and code in lines of their own before each question, as a question bank program prints them."""
    doc = Word()
    for n, fact in enumerate(FACTS[:3], 1):
        doc.line(f"[Mã câu: HT{n:03}]")
        doc.line("Mức độ: Nhận biết")
        doc.line(f"Câu {n}: {fact.texts[0]}")
        for letter, choice in fact.lettered:
            doc.line(f"{letter}. {choice}")
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()
