"""Workbooks and .csv files: templates of well-known sites, and sheets that clerks fill in by hand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from tests.banks.files.corpus.case import LETTERS, Asked, asked, case
from tests.banks.files.corpus.facts import CIVIC

FACTS = CIVIC[15:21]
Row = Sequence[Any]


def book(*sheets: tuple[str, Sequence[Row]], merged: Sequence[str] = (), hidden: Sequence[str] = ()) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def place(fact: Asked) -> int:
    return LETTERS.index(fact.correct)


HEADERS: dict[str, tuple[Row, Any]] = {
    "usual": (("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"), lambda n, f: (n, f.texts[0], *f.choices, f.correct)),
    "answers_a_to_d": (
        ("TT", "Nội dung", "Đáp án A", "Đáp án B", "Đáp án C", "Đáp án D", "Đáp án đúng", "Căn cứ"),
        lambda n, f: (n, f.texts[0], *f.choices, f.correct, f.basis),
    ),
    "options_with_letters": (
        ("STT", "Nội dung câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Phương án D", "Đáp án", "Mức độ"),
        lambda n, f: (n, f.texts[0], *(f"{a}. {t}" for a, t in f.lettered), f.correct, "Dễ"),
    ),
    "english": (
        ("question", "option_a", "option_b", "option_c", "option_d", "answer"),
        lambda n, f: (f.texts[0], *f.choices, f.correct),
    ),
    "english_camel": (
        ("id", "questionText", "optionA", "optionB", "optionC", "optionD", "correctAnswer"),
        lambda n, f: (n, f.texts[0], *f.choices, f.correct.lower()),
    ),
    "one_based": (
        ("Câu hỏi", "Lựa chọn 1", "Lựa chọn 2", "Lựa chọn 3", "Lựa chọn 4", "Đáp án đúng"),
        lambda n, f: (f.texts[0], *f.choices, place(f) + 1),
    ),
    "answer_text": (
        ("STT", "Câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Phương án D", "Đáp án đúng"),
        lambda n, f: (n, f.texts[0], *f.choices, f.choices[place(f)]),
    ),
    "answer_letter_and_text": (
        ("STT", "Câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Phương án D", "Đáp án"),
        lambda n, f: (n, f.texts[0], *f.choices, f"{f.correct}. {f.choices[place(f)]}"),
    ),
    "one_cell": (
        ("STT", "Câu hỏi", "Phương án trả lời", "Đáp án"),
        lambda n, f: (n, f.texts[0], "\n".join(f"{a}. {t}" for a, t in f.lettered), f.correct),
    ),
    "question_with_choices": (
        ("STT", "Câu hỏi", "Đáp án"),
        lambda n, f: (n, "\n".join([f.texts[0], *(f"{a}. {t}" for a, t in f.lettered)]), f.correct),
    ),
    "numbered_question": (
        ("Câu", "Nội dung câu hỏi", "A", "B", "C", "D", "ĐA"),
        lambda n, f: (f"Câu {n}", f.texts[0], *f.choices, f.correct),
    ),
    "question_carries_number": (
        ("Câu hỏi", "A", "B", "C", "D", "Đáp án"),
        lambda n, f: (f"Câu {n}: {f.texts[0]}", *f.choices, f.correct),
    ),
    "points_and_time": (
        ("STT", "Câu hỏi", "Đáp án 1", "Đáp án 2", "Đáp án 3", "Đáp án 4", "Đáp án đúng", "Điểm", "Thời gian (giây)"),
        lambda n, f: (n, f.texts[0], *f.choices, place(f) + 1, 10, 30),
    ),
    "number_as_float": (
        ("question", "option1", "option2", "option3", "option4", "correct"),
        lambda n, f: (f.texts[0], *f.choices, place(f) + 1.0),
    ),
}


def _header_cases() -> None:
    for name, (header, row) in HEADERS.items():

        def make(header: Row = header, row: Any = row) -> bytes:
            return book(("Sheet1", [header, *(row(n, fact) for n, fact in enumerate(FACTS, 1))]))

        make.__name__ = f"book_{name}"
        case(FACTS, f"{name}.xlsx")(make)


_header_cases()


@case(FACTS, "tieu-de-hang-5.xlsx")
def book_header_in_row_five() -> bytes:
    rows: list[Row] = [("UBND TỈNH",), ("SỞ TƯ PHÁP",), ("NGÂN HÀNG CÂU HỎI CUỘC THI NĂM 2025",), ()]
    rows.append(("STT", "Câu hỏi", "Phương án", None, None, None, "Đáp án", "Căn cứ"))
    rows.append((None, None, "A", "B", "C", "D", None, None))
    rows += [(n, f.texts[0], *f.choices, f.correct, f.basis) for n, f in enumerate(FACTS, 1)]
    rows += [(), ("Người lập", None, None, None, None, None, "Lãnh đạo Sở")]
    return book(("Câu hỏi", rows), merged=("A3:H3", "C5:F5", "A5:A6", "B5:B6", "G5:G6", "H5:H6"))


@case(FACTS, "tieu-de-hang-4.xlsx")
def book_title_then_header() -> bytes:
    rows: list[Row] = [("BỘ CÂU HỎI TÌM HIỂU PHÁP LUẬT",), ("(Kèm theo Kế hoạch số 05/KH-BTC)",), ()]
    rows.append(("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án đúng"))
    rows += [(n, f.texts[0], *f.choices, f.correct) for n, f in enumerate(FACTS, 1)]
    rows += [()] * 5
    return book(("Bộ câu hỏi", rows), merged=("A1:G1", "A2:G2"))


@case(FACTS, "khong-dem-tu-0.xlsx", ordinary=False)
def book_zero_based_answers() -> bytes:
    rows = [
        ("question", "option1", "option2", "option3", "option4", "correct_index"),
        *((f.texts[0], *f.choices, place(f)) for f in FACTS),
    ]
    return book(("data", rows))


@case(
    tuple(Asked(f.texts, f.choices, f.correct, stops=True) for f in FACTS if f.correct != "A"),
    "mot-hay-khong.xlsx",
    ordinary=False,
)
def book_numbers_that_may_count_from_zero_or_one() -> bytes:
    """Answers 1, 2, 3 and none 0 or 4: counted from 0 or from 1? (They count from 0 here.)"""
    rows = [("question", "option1", "option2", "option3", "option4", "answer_index")]
    rows += [(f.texts[0], *f.choices, place(f)) for f in FACTS if f.correct != "A"]
    return book(("data", rows))


DATES = asked("""
? Tỷ lệ phiếu nào là quá bán?
- 1/3
- 1/4
+ 2/3
- 1/2
! x
? Ngày nào là ngày Quốc khánh?
+ 2/9
- 3/2
- 30/4
- 1/5
! x
""")


@case(DATES, "ngay-thang.xlsx", ordinary=False)
def book_fractions_turned_into_dates() -> bytes:
    rows: list[Row] = [("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án")]
    rows.append(
        (1, DATES[0].texts[0], datetime(2025, 3, 1), datetime(2025, 4, 1), datetime(2025, 3, 2), datetime(2025, 2, 1), "C")
    )
    rows.append((2, DATES[1].texts[0], datetime(2025, 9, 2), datetime(2025, 2, 3), "30/4", datetime(2025, 5, 1), "A"))
    return book(("Sheet1", rows))
