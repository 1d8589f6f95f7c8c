"""Workbooks with other cells: numbers, several sheets, the templates of Kahoot and Quizizz; .csv files."""

from __future__ import annotations

import csv
import io

import xlsxwriter

from tests.banks.files.corpus.case import LETTERS, Asked, asked, case
from tests.banks.files.corpus.facts import LONG
from tests.banks.files.corpus.workbooks import FACTS, Row, book, place

SHORT = asked("""
? Hiến pháp nước ta có mấy bản từ năm 1946 đến nay?
- 3
- 4
+ 5
- 6
? Bao nhiêu phần trăm cử tri bầu là quá nửa?
- 25%
- 40%
- 50%
+ 51%
? Nam đủ bao nhiêu tuổi được kết hôn?
- 18
+ 20
- 21
- 22
""")


@case(SHORT, "so.xlsx")
def book_numbers_as_choices() -> bytes:
    """Choices are numbers and percentages, the key is a letter."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = workbook.add_worksheet("Câu hỏi")
    percent = workbook.add_format({"num_format": "0%"})
    for column, text in enumerate(("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án")):
        sheet.write(0, column, text)
    for row, fact in enumerate(SHORT, 1):
        sheet.write(row, 0, row)
        sheet.write(row, 1, fact.texts[0])
        for column, choice in enumerate(fact.choices, 2):
            number = float(choice.rstrip("%")) / (100 if choice.endswith("%") else 1)
            sheet.write_number(row, column, number, percent if choice.endswith("%") else None)
        sheet.write(row, 6, fact.correct)
    workbook.close()
    return file.getvalue()


@case(FACTS, "hai-trang.xlsx")
def book_two_sheets() -> bytes:
    header = ("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án")
    rows = [(n, f.texts[0], *f.choices, f.correct) for n, f in enumerate(FACTS, 1)]
    return book(
        ("Hộ tịch", [header, *rows[:3]]), ("Lao động", [header, *((n, *row[1:]) for n, row in enumerate(rows[3:], 1))])
    )


@case(FACTS, "trang-an.xlsx", ordinary=False, told=True)
def book_with_hidden_sheet() -> bytes:
    header = ("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án")
    rows = [header, *((n, f.texts[0], *f.choices, f.correct) for n, f in enumerate(FACTS, 1))]
    return book(("Câu hỏi", rows), ("Cũ", [header, (1, "Câu hỏi cũ đã bỏ?", "a", "b", "c", "d", "A")]), hidden=("Cũ",))


@case(FACTS, "huong-dan.xlsx")
def book_with_a_sheet_of_instructions() -> bytes:
    header = ("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án")
    rows = [header, *((n, f.texts[0], *f.choices, f.correct) for n, f in enumerate(FACTS, 1))]
    return book(("Hướng dẫn", [("Nhập mỗi câu một hàng.",), ("Cột Đáp án ghi A, B, C hoặc D.",)]), ("Câu hỏi", rows))


FEWER = asked("""
? Chọn các quyền của trẻ em:
+ Quyền được sống
+ Quyền được học tập
- Quyền lái xe
? Việt Nam có mấy cấp chính quyền địa phương từ 01/7/2025?
+ 2 cấp
- 3 cấp
? Ai không được kết hôn với nhau?
- Người khác xã
- Người khác dân tộc
- Người khác tôn giáo
+ Người cùng dòng máu trực hệ
""")


@case(FEWER, "so-phuong-an-khac.xlsx")
def book_fewer_choices_and_several_keys() -> bytes:
    rows: list[Row] = [("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án")]
    rows.append((1, FEWER[0].texts[0], *FEWER[0].choices, None, "A,B"))
    rows.append((2, FEWER[1].texts[0], *FEWER[1].choices, None, None, "A"))
    rows.append((3, FEWER[2].texts[0], *FEWER[2].choices, "D"))
    return book(("Sheet1", rows))


@case(
    tuple(Asked(f.texts, f.choices, "" if n in (1, 2) else f.correct, stops=n in (1, 2)) for n, f in enumerate(FACTS)),
    "thieu-dap-an.xlsx",
    ordinary=False,
)
def book_key_missing_and_key_beyond() -> bytes:
    keys = [f.correct for f in FACTS]
    keys[1], keys[2] = "", "E"
    rows = [("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án")]
    rows += [(n, f.texts[0], *f.choices, k) for n, (f, k) in enumerate(zip(FACTS, keys, strict=True), 1)]
    return book(("Sheet1", rows))


ADVICE = (
    "Add questions, at least two answer alternatives, time limit and choose correct answers (at least one). "
    "Have fun creating your awesome quiz!"
)


@case(FACTS, "kahoot.xlsx")
def book_kahoot_template() -> bytes:
    rows: list[Row] = [
        (),
        ("Quiz template",),
        (ADVICE,),
    ]
    rows += [("Remember: questions have a limit of 120 characters and answers can have 75 characters max.",), (), ()]
    rows += [
        (),
        (
            None,
            "Question - max 120 characters",
            "Answer 1 - max 75 characters",
            "Answer 2 - max 75 characters",
            "Answer 3 - max 75 characters",
            "Answer 4 - max 75 characters",
            "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
            "Correct answer(s) - choose at least one",
        ),
    ]
    rows += [(n, f.texts[0], *f.choices, 20, place(f) + 1) for n, f in enumerate(FACTS, 1)]
    return book(("Sheet1", rows))


@case(FACTS, "quizizz.xlsx")
def book_quizizz_template() -> bytes:
    rows: list[Row] = [
        (
            "Question Text",
            "Question Type",
            "Option 1",
            "Option 2",
            "Option 3",
            "Option 4",
            "Option 5",
            "Correct Answer",
            "Time in seconds",
            "Image Link",
            "Answer explanation",
        )
    ]
    rows += [(f.texts[0], "Multiple Choice", *f.choices, None, place(f) + 1, 30, None, f.basis) for f in FACTS]
    return book(("Sheet1", rows))


@case(LONG, "dap-an-cot.xlsx")
def book_long_texts_with_breaks() -> bytes:
    rows = [
        (
            "STT",
            "Lĩnh vực",
            "Câu hỏi",
            "Phương án A",
            "Phương án B",
            "Phương án C",
            "Phương án D",
            "Đáp án",
            "Văn bản, điều khoản",
        )
    ]
    rows += [(n, "Chung", f.texts[0].replace(". ", ".\n"), *f.choices, f.correct, f.basis) for n, f in enumerate(LONG, 1)]
    return book(("NHCH", rows))


@case(
    FACTS,
    "key.xlsx",
    key=(lambda: book(("DA", [("Câu", "Đáp án"), *((n, f.correct) for n, f in enumerate(FACTS, 1))])), "dap-an.xlsx"),
)
def book_key_in_a_second_book() -> bytes:
    return book(
        ("Đề", [("STT", "Câu hỏi", "A", "B", "C", "D"), *((n, f.texts[0], *f.choices) for n, f in enumerate(FACTS, 1))])
    )


@case(FACTS, "dung-cot.xlsx", ordinary=False)
def book_key_by_red_cell() -> bytes:
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = workbook.add_worksheet()
    red = workbook.add_format({"font_color": "#FF0000"})
    for column, text in enumerate(("STT", "Câu hỏi", "A", "B", "C", "D")):
        sheet.write(0, column, text)
    for row, fact in enumerate(FACTS, 1):
        sheet.write(row, 0, row)
        sheet.write(row, 1, fact.texts[0])
        for column, choice in enumerate(fact.choices):
            sheet.write(row, column + 2, choice, red if LETTERS[column] == fact.correct else None)
    workbook.close()
    return file.getvalue()


@case(FACTS, "doc.xlsx", ordinary=False)
def book_written_as_lines_down_one_column() -> bytes:
    rows: list[Row] = [("CÂU HỎI",)]
    for n, fact in enumerate(FACTS, 1):
        rows += [(f"Câu {n}: {fact.texts[0]}",), *((f"{a}. {t}",) for a, t in fact.lettered), (f"Đáp án: {fact.correct}",)]
    return book(("Sheet1", rows))


def _csv(delimiter: str, encoding: str) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"))
    for n, fact in enumerate(FACTS, 1):
        writer.writerow((n, fact.texts[0], *fact.choices, fact.correct))
    return file.getvalue().encode(encoding)


@case(FACTS, "bang.csv")
def csv_commas() -> bytes:
    return _csv(",", "utf-8-sig")


@case(FACTS, "bang-cham-phay.csv")
def csv_semicolons() -> bytes:
    return _csv(";", "utf-8-sig")


@case(FACTS, "bang-tab.tsv")
def csv_tabs_utf16() -> bytes:
    return _csv("\t", "utf-16")
