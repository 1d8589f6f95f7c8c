"""Writes banks as Excel workbooks. Every text is a string of the format «Text»: no program makes anything else of it."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from quizsvc.banks.files.found import LETTERS
from quizsvc.banks.files.layout import understand
from quizsvc.banks.files.sheets import read_workbook
from quizsvc.banks.files.writing.columns import ANSWER, DIFFICULTIES, DIFFICULTY, Column, columns_of
from quizsvc.banks.files.writing.reading_back import fitted_bank, losses_of
from quizsvc.banks.files.writing.written import Exported, WrittenBank

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "Câu hỏi"
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FONT = {"font_name": "Times New Roman", "font_size": 13, "valign": "top"}
TEXT = FONT | {"num_format": "@", "text_wrap": True, "border": 1, "quote_prefix": True}
HEADER = FONT | {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#D9E2F3", "border": 1}


def write_xlsx(bank: WrittenBank) -> Exported:
    """The bank as a workbook of one sheet. The losses are found by reading it again."""
    ready = fitted_bank(bank)
    data, name = _written(ready), f"{bank.code}.xlsx"
    return Exported(data, name, MEDIA_TYPE, losses_of(bank, lambda: understand(read_workbook(data, name))))


def _written(bank: WrittenBank) -> bytes:
    buffer = io.BytesIO()
    columns = columns_of(bank)
    with xlsxwriter.Workbook(buffer, SAFE) as book:
        book.set_properties({"title": bank.title[:255]})
        sheet = book.add_worksheet(SHEET)
        header, text = book.add_format(HEADER), book.add_format(TEXT)
        number = book.add_format(FONT | {"border": 1, "align": "center"})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.title, header)
        for row, item in enumerate(bank.items, start=1):
            for place, column in enumerate(columns):
                value = column.value(item)
                if isinstance(value, int):
                    sheet.write_number(row, place, value, number)
                elif value:
                    sheet.write_string(row, place, value, text)
                else:
                    sheet.write_blank(row, place, None, text)
        _help(sheet, bank, columns)
    return buffer.getvalue()


def _help(sheet: Any, bank: WrittenBank, columns: list[Column]) -> None:
    """Header that stays, filters, printing, and lists to choose from where only some values make sense."""
    last = max(len(bank.items), 1)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&CTrang &P/&N")
    titles = [column.title for column in columns]
    answer = titles.index(ANSWER)
    for row, item in enumerate(bank.items, start=1):
        if item.kind != "multiple":
            letters = list(LETTERS[: len(item.choices)])
            sheet.data_validation(row, answer, row, answer, _list(letters, "Đáp án phải là chữ cái của một phương án."))
    if DIFFICULTY in titles:
        place = titles.index(DIFFICULTY)
        words = list(DIFFICULTIES.values())
        sheet.data_validation(1, place, last, place, _list(words, f"Mức độ là một trong: {', '.join(words)}."))


def _list(values: list[str], sentence: str) -> dict[str, Any]:
    return {"validate": "list", "source": values, "error_title": "Giá trị không hợp lệ", "error_message": sentence}
