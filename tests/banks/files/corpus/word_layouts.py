"""Word files laid out to save paper: choices side by side, in tables, in columns; tables as banks."""

from __future__ import annotations

from tests.banks.files.corpus.case import LETTERS, Asked, asked, case
from tests.banks.files.corpus.facts import CIVIC, LONG
from tests.banks.files.corpus.word import Word

FACTS = CIVIC[:6]
SHORT = asked("""
? Số điện thoại khẩn cấp gọi cứu hỏa là số nào?
- 113
+ 114
- 115
- 111
? Độ tuổi được lái xe mô tô dung tích trên 50 cm3 là từ đủ:
- 16 tuổi
- 17 tuổi
+ 18 tuổi
- 20 tuổi
? Hiến pháp hiện hành được Quốc hội khóa XIII thông qua vào ngày nào?
- 18/12/1980
- 15/4/1992
+ 28/11/2013
- 01/01/2014
? Quốc hội thông qua nghị quyết phê chuẩn theo tỷ lệ nào?
- 50 %
- 1/3
+ Quá nửa (trên 50%)
- 2/3
""")


def _lines_of(show: str, key: str = "Đáp án: {0}") -> bytes:
    """``show`` says where four choices stand: «{0}» … «{3}» with tabs or spaces; «|» starts a new paragraph."""
    doc = Word()
    for number, fact in enumerate(SHORT, 1):
        doc.line(f"<b>Câu {number}.</b> {fact.texts[0]}")
        choices = [f"{letter}. {choice}" for letter, choice in fact.lettered]
        for line in show.format(*choices).split("|"):
            doc.line(line)
        doc.line(key.format(fact.correct))
    return doc.bytes()


@case(SHORT, "mot-dong.docx")
def four_on_one_line_by_spaces() -> bytes:
    return _lines_of("{0}     {1}     {2}     {3}")


@case(SHORT, "mot-dong-sat.docx")
def four_on_one_line_single_space() -> bytes:
    return _lines_of("{0} {1} {2} {3}")


@case(SHORT, "tab.docx")
def four_by_tabs() -> bytes:
    return _lines_of("\t{0}\t{1}\t{2}\t{3}")


@case(SHORT, "hai-tab.docx")
def two_by_two_by_tab() -> bytes:
    return _lines_of("{0}\t\t{1}|{2}\t\t{3}")


@case(SHORT, "hai-tab-2.docx")
def two_by_two_going_down() -> bytes:
    return _lines_of("{0}\t\t{2}|{1}\t\t{3}")


KEPT = tuple(Asked(f.texts, (*(f"{t};" for t in f.choices[:3]), f.choices[3]), f.correct) for f in SHORT)


@case(KEPT, "cham-phay.docx")
def four_on_one_line_semicolons() -> bytes:
    return _lines_of("{0}; {1}; {2}; {3}")


@case(SHORT, "xuong-dong-mem.docx")
def choices_by_soft_breaks() -> bytes:
    return _lines_of("{0}\n{1}\n{2}\n{3}")


@case(SHORT, "gach-duoi-mot-dong.docx")
def one_line_key_underlined() -> bytes:
    doc = Word()
    for number, fact in enumerate(SHORT, 1):
        doc.line(f"<b>Câu {number}.</b> {fact.texts[0]}")
        parts = [f"<u>{a}</u>. {t}" if a == fact.correct else f"{a}. {t}" for a, t in fact.lettered]
        doc.line("\t".join(parts))
    return doc.bytes()


@case(SHORT, "mot-dong-dam.docx")
def one_line_key_bold() -> bytes:
    doc = Word()
    for number, fact in enumerate(SHORT, 1):
        doc.line(f"<b>Câu {number}.</b> {fact.texts[0]}")
        parts = [f"<b>{a}. {t}</b>" if a == fact.correct else f"{a}. {t}" for a, t in fact.lettered]
        doc.line("    ".join(parts))
    return doc.bytes()


@case(SHORT, "ca-cau-mot-doan.docx")
def whole_question_one_paragraph() -> bytes:
    doc = Word()
    for number, fact in enumerate(SHORT, 1):
        lines = [f"Câu {number}: {fact.texts[0]}"]
        lines += [f"{a}. {t}" for a, t in fact.lettered] + [f"Đáp án: {fact.correct}"]
        doc.line("\n".join(lines))
    return doc.bytes()


@case(SHORT, "lien-mot-dong.docx")
def question_and_choices_on_one_line() -> bytes:
    doc = Word()
    for number, fact in enumerate(SHORT, 1):
        doc.line(f"Câu {number}. {fact.texts[0]} " + " ".join(f"{a}. {t}" for a, t in fact.lettered))
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


@case(SHORT, "bang-2x2.docx")
def table_two_by_two() -> bytes:
    doc = Word()
    for number, fact in enumerate(SHORT, 1):
        doc.line(f"<b>Câu {number}.</b> {fact.texts[0]}")
        a, b, c, d = (f"{letter}. {choice}" for letter, choice in fact.lettered)
        doc.table([[a, b], [c, d]], style=None)
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


@case(SHORT, "bang-1x4.docx")
def table_of_four_cells_key_red() -> bytes:
    doc = Word()
    for number, fact in enumerate(SHORT, 1):
        doc.line(f"<b>Câu {number}.</b> {fact.texts[0]}")
        texts = [f"<red>{a}. {t}</red>" if a == fact.correct else f"{a}. {t}" for a, t in fact.lettered]
        doc.table([texts], style=None)
    return doc.bytes()


@case(SHORT, "bang-2x4.docx")
def table_letters_in_own_cells() -> bytes:
    doc = Word()
    for number, fact in enumerate(SHORT, 1):
        doc.line(f"<b>Câu {number}.</b> {fact.texts[0]}")
        doc.table([[f"{a}.", t] for a, t in fact.lettered], style=None)
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


HEADERS = {
    "usual": ["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án", "Căn cứ pháp lý"],
    "options": [
        "TT",
        "Nội dung câu hỏi",
        "Phương án A",
        "Phương án B",
        "Phương án C",
        "Phương án D",
        "Đáp án đúng",
        "Ghi chú",
    ],
    "numbered": ["Số TT", "Câu hỏi", "Đáp án 1", "Đáp án 2", "Đáp án 3", "Đáp án 4", "Đáp án đúng", "Cơ sở pháp lý"],
}


def _bank(header: list[str]) -> bytes:
    doc = Word()
    doc.line("<b>NGÂN HÀNG CÂU HỎI</b>", alignment=1)
    rows = [header]
    rows += [
        [str(n), f.texts[0], *f.choices, f.correct if "1" not in header[2] else str(LETTERS.index(f.correct) + 1), f.basis]
        for n, f in enumerate(FACTS, 1)
    ]
    doc.table(rows)
    return doc.bytes()


def _bank_cases() -> None:
    for name, header in HEADERS.items():

        def make(header: list[str] = header) -> bytes:
            return _bank(header)

        make.__name__ = f"bank_table_{name}"
        case(FACTS, f"bang-{name}.docx")(make)


_bank_cases()


@case(FACTS, "bang-o-chung.docx")
def bank_table_choices_in_one_cell() -> bytes:
    doc = Word()
    rows = [["TT", "Câu hỏi", "Phương án trả lời", "Đáp án"]]
    rows += [[str(n), f.texts[0], "\r".join(f"{a}. {t}" for a, t in f.lettered), f.correct] for n, f in enumerate(FACTS, 1)]
    doc.table(rows)
    return doc.bytes()


@case(FACTS, "bang-ca-cau.docx")
def bank_table_question_and_choices_in_one_cell() -> bytes:
    doc = Word()
    rows = [["STT", "NỘI DUNG CÂU HỎI", "ĐÁP ÁN"]]
    rows += [
        [str(n), "\r".join([f.texts[0], *(f"{a}. {t}" for a, t in f.lettered)]), f.correct] for n, f in enumerate(FACTS, 1)
    ]
    doc.table(rows)
    return doc.bytes()


@case(FACTS, "bang-dam.docx")
def bank_table_key_bold_in_cell() -> bytes:
    doc = Word()
    rows = [["STT", "Câu hỏi", "Phương án trả lời"]]
    for n, f in enumerate(FACTS, 1):
        texts = [f"<b>{a}. {t}</b>" if a == f.correct else f"{a}. {t}" for a, t in f.lettered]
        rows.append([str(n), f.texts[0], "\r".join(texts)])
    doc.table(rows)
    return doc.bytes()


@case(FACTS, "bang-tung-cau.docx")
def one_table_for_each_question() -> bytes:
    doc = Word()
    for n, f in enumerate(FACTS, 1):
        doc.table([[f"Câu {n}", f.texts[0]], *([a, t] for a, t in f.lettered), ["Đáp án", f.correct]])
        doc.line()
    return doc.bytes()


@case(LONG, "bang-linh-vuc.docx")
def bank_table_with_subject_rows() -> bytes:
    """Merged rows name the subject of what follows; the law stands in a column of its own."""
    doc = Word()
    rows = [["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án", "Căn cứ"], ["I. LĨNH VỰC GIA ĐÌNH"] + [""] * 7]
    rows += [[str(n), f.texts[0], *f.choices, f.correct, f.basis] for n, f in enumerate(LONG[:3], 1)]
    rows += [["II. LĨNH VỰC KHÁC"] + [""] * 7]
    rows += [[str(n), f.texts[0], *f.choices, f.correct, f.basis] for n, f in enumerate(LONG[3:], 4)]
    table = doc.table(rows)
    for at in (1, 5):
        table.rows[at].cells[0].merge(table.rows[at].cells[7])
    return doc.bytes()
