"""Workbooks and .csv files of programs and of clerks: other headers, other cells, other ways to say which is right."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import xlsxwriter

from tests.banks.files.corpus.case import LETTERS, Asked, asked, case
from tests.banks.files.corpus.facts import CIVIC
from tests.banks.files.corpus.workbooks import Row, book, place

FACTS = CIVIC[:6]
Line = Callable[[int, Asked], Row]
KEYED = ("STT", "Câu hỏi", "A", "B", "C", "D")


ROWS: dict[str, tuple[Row, Line, bool]] = {
    "no_tones": (
        ("STT", "CAU HOI", "A", "B", "C", "D", "DAP AN"),
        lambda n, f: (n, f.texts[0], *f.choices, f.correct),
        True,
    ),
    "breaks": (
        ("STT", "Nội dung\ncâu hỏi", "Phương\nán A", "Phương\nán B", "Phương\nán C", "Phương\nán D", "Đáp\nán"),
        lambda n, f: (n, f.texts[0], *f.choices, f.correct),
        True,
    ),
    "hint": ((*KEYED, "Đáp án đúng (A/B/C/D)"), lambda n, f: (n, f.texts[0], *f.choices, f.correct), True),
    "ask_answers": (
        ("STT", "Câu hỏi", "Đáp án A", "Đáp án B", "Đáp án C", "Đáp án D", "Đáp án"),
        lambda n, f: (n, f.texts[0], *f.choices, f.correct),
        True,
    ),
    "choices": (
        ("Content", "Choice 1", "Choice 2", "Choice 3", "Choice 4", "Correct Choice"),
        lambda n, f: (f.texts[0], *f.choices, place(f) + 1),
        True,
    ),
    "letter_word": ((*KEYED, "Đáp án"), lambda n, f: (n, f.texts[0], *f.choices, f"Đáp án {f.correct}"), False),
    "option_word": ((*KEYED, "Đáp án"), lambda n, f: (n, f.texts[0], *f.choices, f"Phương án {f.correct}"), False),
    "with_point": ((*KEYED, "Đáp án"), lambda n, f: (n, f.texts[0], *f.choices, f"{f.correct}."), True),
    "answer_number_text": ((*KEYED, "Đáp án đúng"), lambda n, f: (n, f.texts[0], *f.choices, str(place(f) + 1)), True),
    "json_key": ((*KEYED, "answer"), lambda n, f: (n, f.texts[0], *f.choices, f'["{f.correct}"]'), False),
    "pipes": (("Câu hỏi", "Các phương án", "Đáp án"), lambda n, f: (f.texts[0], "|".join(f.choices), f.correct), False),
    "lines_no_letters": (
        ("Câu hỏi", "Các phương án", "Đáp án"),
        lambda n, f: (f.texts[0], "\n".join(f.choices), f.correct),
        False,
    ),
    "small_letters_cell": (
        ("TT", "Câu hỏi", "Các phương án trả lời", "Đáp án"),
        lambda n, f: (n, f.texts[0], "\n".join(f"{a.lower()}) {t}" for a, t in f.lettered), f.correct.lower()),
        True,
    ),
    "one_line_cell": (
        ("TT", "Câu hỏi", "Phương án", "Đáp án"),
        lambda n, f: (n, f.texts[0], " ".join(f"{a}. {t}" for a, t in f.lettered), f.correct),
        True,
    ),
    "many_columns": (
        (
            "STT",
            "Mã câu hỏi",
            "Lĩnh vực",
            "Mức độ",
            "Câu hỏi",
            "A",
            "B",
            "C",
            "D",
            "Đáp án",
            "Căn cứ pháp lý",
            "Giải thích",
            "Người soạn",
        ),
        lambda n, f: (
            n,
            f"PL{n:03}",
            "Hiến pháp",
            "Dễ",
            f.texts[0],
            *f.choices,
            f.correct,
            f.basis,
            "Theo luật",
            "Nguyễn Văn A",
        ),
        False,
    ),
    "key_before": (
        ("STT", "Câu hỏi", "Đáp án đúng", "Phương án A", "Phương án B", "Phương án C", "Phương án D"),
        lambda n, f: (n, f.texts[0], f.correct, *f.choices),
        True,
    ),
    "blank_columns": (
        ("STT", None, "Câu hỏi", "A", "B", "C", "D", None, "Đáp án"),
        lambda n, f: (n, None, f.texts[0], *f.choices, None, f.correct),
        True,
    ),
    "spaces": (
        (" STT ", " Câu hỏi", "A ", "B ", "C ", "D ", " Đáp án "),
        lambda n, f: (n, f"  {f.texts[0]} ", *(f" {t} " for t in f.choices), f" {f.correct} "),
        True,
    ),
}


def _row_cases() -> None:
    for name, (header, row, is_ordinary) in ROWS.items():

        def make(header: Row = header, row: Line = row) -> bytes:
            return book(("Sheet1", [header, *(row(n, fact) for n, fact in enumerate(FACTS, 1))]))

        make.__name__ = f"rows_{name}"
        case(FACTS, f"{name}.xlsx", ordinary=is_ordinary)(make)


_row_cases()


@case(FACTS, "cot-trang-thai.xlsx", ordinary=False)
def book_blank_rows_between_questions() -> bytes:
    rows: list[Row] = [(*KEYED, "Đáp án")]
    for n, fact in enumerate(FACTS, 1):
        rows += [(n, fact.texts[0], *fact.choices, fact.correct), ()]
    return book(("Sheet1", rows))


@case(FACTS, "muc.xlsx", ordinary=False)
def book_section_rows() -> bytes:
    rows: list[Row] = [(*KEYED, "Đáp án"), ("I", "HIẾN PHÁP")]
    rows += [(n, f.texts[0], *f.choices, f.correct) for n, f in enumerate(FACTS[:3], 1)]
    rows += [("II", "HÒA GIẢI Ở CƠ SỞ")]
    rows += [(n, f.texts[0], *f.choices, f.correct) for n, f in enumerate(FACTS[3:], 1)]
    return book(("Sheet1", rows))


DAYS = asked("""
? Ngày Cách mạng tháng Tám thành công là ngày nào?
- 02/09/1945
+ 19/08/1945
- 30/04/1975
? Ngày thành lập Đảng là ngày nào?
+ 03/02/1930
- 19/05/1890
- 22/12/1944
""")


@case(tuple(Asked(f.texts, f.choices, f.correct, stops=True) for f in DAYS), "ngay-that.xlsx", ordinary=False)
def book_true_dates_as_choices() -> bytes:
    rows: list[Row] = [("STT", "Câu hỏi", "A", "B", "C", "Đáp án")]
    for n, fact in enumerate(DAYS, 1):
        days = [date(int(text[6:]), int(text[3:5]), int(text[:2])) for text in fact.choices]
        rows.append((n, fact.texts[0], *days, fact.correct))
    return book(("Sheet1", rows))


@case(FACTS, "cong-thuc.xlsx", ordinary=False)
def book_rich_text_and_formulas() -> bytes:
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = workbook.add_worksheet()
    bold = workbook.add_format({"bold": True})
    sheet.write_row(0, 0, (*KEYED, "Đáp án"))
    for row, fact in enumerate(FACTS, 1):
        sheet.write_formula(row, 0, f"=ROW()-1", None, row)  # noqa: F541
        sheet.write_rich_string(row, 1, bold, fact.texts[0][:5], fact.texts[0][5:])
        sheet.write_row(row, 2, (*fact.choices, fact.correct))
    workbook.close()
    return file.getvalue()


TRUE_FALSE = asked("""
? Cử tri được nhờ người khác bầu thay.
- Đúng
+ Sai
? Trẻ em có quyền được khai sinh.
+ Đúng
- Sai
""")


@case(TRUE_FALSE, "dung-sai.xlsx", ordinary=False)
def book_true_false_without_choices() -> bytes:
    rows: list[Row] = [("STT", "Câu hỏi", "Đáp án")]
    rows += [(n, f.texts[0], "Đúng" if f.correct == "A" else "Sai") for n, f in enumerate(TRUE_FALSE, 1)]
    return book(("Sheet1", rows))


@case(TRUE_FALSE, "dung-sai-cot.xlsx", ordinary=False)
def book_true_false_typed_as_booleans() -> bytes:
    rows: list[Row] = [("STT", "Câu hỏi", "A", "B", "Đáp án")]
    rows += [(n, f.texts[0], "Đúng", "Sai", f.correct == "A") for n, f in enumerate(TRUE_FALSE, 1)]
    return book(("Sheet1", rows))


def _csv(write: Callable[[Any], None], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    file = io.StringIO()
    write(csv.writer(file, delimiter=delimiter))
    return file.getvalue().encode(encoding)


@case(FACTS, "o-nhieu-dong.csv")
def csv_with_breaks_and_quotes_in_cells() -> bytes:
    def write(rows: Any) -> None:
        rows.writerow(("Câu hỏi", "Phương án", "Đáp án"))
        for f in FACTS:
            rows.writerow((f.texts[0], "\n".join(f"{a}. {t}" for a, t in f.lettered), f.correct))

    return _csv(write)


@case(FACTS, "google.csv", ordinary=False)
def csv_of_a_form_export() -> bytes:
    def write(rows: Any) -> None:
        rows.writerow(
            ("question", "option_a", "option_b", "option_c", "option_d", "correct_answer", "explanation", "points")
        )
        for f in FACTS:
            rows.writerow((f.texts[0], *f.choices, f.right, f.basis, 1))

    return _csv(write)


@case(
    tuple(Asked(f.texts, f.choices, f.correct, stops=n == 1) for n, f in enumerate(FACTS)), "dap-an-2.xlsx", ordinary=False
)
def book_answer_text_fits_no_choice() -> bytes:
    rows: list[Row] = [(*KEYED, "Đáp án đúng")]
    rows += [(n, f.texts[0], *f.choices, "Một nội dung khác" if n == 2 else f.right) for n, f in enumerate(FACTS, 1)]
    return book(("Sheet1", rows))


@case(
    tuple(Asked(f.texts, f.choices, f.correct, stops=n == 0) for n, f in enumerate(FACTS)), "lech-cot.xlsx", ordinary=False
)
def book_row_shifted_by_one_cell() -> bytes:
    """The first row was pasted one column to the right."""
    rows: list[Row] = [(*KEYED, "Đáp án")]
    rows += [
        (None, n, f.texts[0], *f.choices, f.correct) if n == 1 else (n, f.texts[0], *f.choices, f.correct)
        for n, f in enumerate(FACTS, 1)
    ]
    return book(("Sheet1", rows))


@case(FACTS, "dap-an-cuoi.xlsx", ordinary=False)
def book_key_sheet_beside_the_questions() -> bytes:
    keys: list[Row] = [("Câu", "Đáp án"), *((n, f.correct) for n, f in enumerate(FACTS, 1))]
    return book(("Câu hỏi", [KEYED, *((n, f.texts[0], *f.choices) for n, f in enumerate(FACTS, 1))]), ("Đáp án", keys))


@case(FACTS, "chu-cot.xlsx", ordinary=False)
def book_columns_named_only_by_letters_of_answers() -> bytes:
    """«x» stands under the letter of the right choice in four narrow columns."""
    rows: list[Row] = [("STT", "Câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Phương án D", "A", "B", "C", "D")]
    rows += [
        (n, f.texts[0], *f.choices, *("x" if a == f.correct else None for a in LETTERS[:4])) for n, f in enumerate(FACTS, 1)
    ]
    return book(("Sheet1", rows))
