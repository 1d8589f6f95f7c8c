"""Workbooks that people lay out their own way: choices going down, wrong answers named, columns in another order."""

from __future__ import annotations

from tests.banks.files.corpus.case import LETTERS, asked, case
from tests.banks.files.corpus.facts import CIVIC
from tests.banks.files.corpus.workbooks import Row, book, place

FACTS = CIVIC[:5]


@case(FACTS, "dung-sai.xlsx", ordinary=False)
def book_right_answer_then_wrong_ones() -> bytes:
    """The column of right answers comes first; each choice stands at its own place in the expected order only by chance."""
    rows: list[Row] = [("Câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Phương án D", "Đáp án đúng", "Đáp án sai")]
    rows += [(f.texts[0], *f.choices, f.correct, ", ".join(a for a in LETTERS[:4] if a != f.correct)) for f in FACTS]
    return book(("Sheet1", rows))


FIRST = asked("""
? Thủ đô của nước Việt Nam là thành phố nào?
+ Hà Nội
- Huế
- Đà Nẵng
? Tiếng nói chính thức của nước ta là tiếng gì?
+ Tiếng Việt
- Tiếng Anh
- Tiếng Pháp
""")


@case(FIRST, "dung-truoc.xlsx", ordinary=False)
def book_correct_and_distractors() -> bytes:
    rows: list[Row] = [
        ("Câu hỏi", "Đáp án đúng", "Đáp án sai 1", "Đáp án sai 2"),
        *((f.texts[0], *f.choices) for f in FIRST),
    ]
    return book(("Sheet1", rows))


@case(FACTS, "doc-x.xlsx", ordinary=False)
def book_choices_going_down_with_x() -> bytes:
    rows: list[Row] = [("STT", "Câu hỏi", "Phương án", "Đúng")]
    for n, fact in enumerate(FACTS, 1):
        rows += [
            (n if a == "A" else None, fact.texts[0] if a == "A" else None, t, "x" if a == fact.correct else None)
            for a, t in fact.lettered
        ]
    return book(("Sheet1", rows))


@case(FACTS, "doc-o-ghep.xlsx", ordinary=False)
def book_choices_going_down_merged_question() -> bytes:
    rows: list[Row] = [("STT", "Câu hỏi", "Phương án trả lời", "Đáp án")]
    merged = []
    for n, fact in enumerate(FACTS, 1):
        top = len(rows) + 1
        rows += [
            (n if a == "A" else None, fact.texts[0] if a == "A" else None, f"{a}. {t}", fact.correct if a == "A" else None)
            for a, t in fact.lettered
        ]
        merged += [f"{column}{top}:{column}{top + 3}" for column in "ABD"]
    return book(("Sheet1", rows), merged=merged)


@case(FACTS, "cot-nguoc.xlsx", ordinary=False)
def book_columns_in_another_order() -> bytes:
    rows: list[Row] = [("Đáp án", "D", "C", "B", "A", "Câu hỏi", "STT")]
    rows += [(f.correct, *reversed(f.choices), f.texts[0], n) for n, f in enumerate(FACTS, 1)]
    return book(("Sheet1", rows))


@case(FACTS, "khong-tieu-de.xlsx", ordinary=False)
def book_without_a_header() -> bytes:
    return book(("Sheet1", [(n, f.texts[0], *f.choices, f.correct) for n, f in enumerate(FACTS, 1)]))


@case(FACTS, "x-tren-cot.xlsx", ordinary=False)
def book_key_typed_with_star_in_choice() -> bytes:
    rows: list[Row] = [("STT", "Câu hỏi", "A", "B", "C", "D")]
    rows += [(n, f.texts[0], *(f"*{t}" if a == f.correct else t for a, t in f.lettered)) for n, f in enumerate(FACTS, 1)]
    return book(("Sheet1", rows))


@case(FACTS, "lap-tieu-de.xlsx", ordinary=False)
def book_header_repeated_and_totals() -> bytes:
    header = ("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án")
    body = [(n, f.texts[0], *f.choices, f.correct) for n, f in enumerate(FACTS, 1)]
    return book(("Sheet1", [header, *body[:3], header, *body[3:], ("Tổng cộng: 5 câu",)]))


@case(FACTS, "dap-an-la-0.xlsx", ordinary=False)
def book_zero_based_named_index() -> bytes:
    rows: list[Row] = [
        ("question", "A", "B", "C", "D", "correctIndex"),
        *((f.texts[0], *f.choices, place(f)) for f in FACTS),
    ]
    return book(("Sheet1", rows))


@case(
    asked("""
    ? Luật nào quy định về căn cước?
    + Luật Căn cước
    - Luật Cư trú
    ? Luật nào quy định về khai sinh?
    - Luật Căn cước
    + Luật Hộ tịch
"""),
    "dap-an-chu.xlsx",
    ordinary=False,
)
def book_answer_text_with_case_and_points() -> bytes:
    rows: list[Row] = [("Câu hỏi", "A", "B", "Đáp án đúng")]
    rows.append(("Luật nào quy định về căn cước?", "Luật Căn cước", "Luật Cư trú", "luật căn cước."))
    rows.append(("Luật nào quy định về khai sinh?", "Luật Căn cước", "Luật Hộ tịch", "Luật Hộ tịch "))
    return book(("Sheet1", rows))
