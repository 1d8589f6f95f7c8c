"""Tables on one grid: merged cells, gaps, nested tables, and limits."""

from __future__ import annotations

import pytest

from quizsvc.banks.files.documents import Table
from quizsvc.banks.files.docx.tables import MOST_COLUMNS
from quizsvc.banks.files.found import FileRefused
from tests.banks.files.docx.making import cell, only_table, paragraph, read, row, table

BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def shown(found: Table) -> list[list[str]]:
    return [[f"{each.text}{'*' if each.is_merged_copy else ''}" for each in cells] for cells in found.rows]


def test_merged_cells_are_repeated_and_said_to_be_copies() -> None:
    made = table(
        row(cell("Câu", BEGINS), cell("Phương án", '<w:gridSpan w:val="2"/>')),
        row(cell("", GOES_ON), cell("A"), cell("B")),
    )
    found = only_table(made)
    assert shown(found) == [["Câu", "Phương án", "Phương án*"], ["Câu*", "A", "B"]]
    assert [str(each.where) for each in found.rows[1]] == [f"de.docx, bảng 1, ô {name}2" for name in "ABC"]


def test_rows_of_other_lengths_are_filled() -> None:
    gap = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("x") + "</w:tr>"
    assert shown(only_table(table(gap, row(cell("a"), cell("b"), cell("c"))))) == [["", "x", ""], ["a", "b", "c"]]


def test_text_under_a_merged_cell_is_told() -> None:
    document = read(table(row(cell("trên", BEGINS)), row(cell("che", GOES_ON))))
    assert [(remark.code, remark.where.cell) for remark in document.remarks] == [("hidden-text", "A2")]


def test_nested_tables_come_as_lines_of_their_cell() -> None:
    inner = table(row(cell("A. một"), cell("B. hai")))
    found = only_table(table(row(cell(paragraph("Câu 1") + inner + paragraph("hết")))))
    assert [(line.text, line.where.paragraph, line.where.cell) for line in found.rows[0][0].lines] == [
        ("Câu 1", 1, "A1"),
        ("A. một", 2, "A1"),
        ("B. hai", 3, "A1"),
        ("hết", 4, "A1"),
    ]


def test_deleted_rows_are_gone_and_rows_in_content_controls_are_not() -> None:
    deleted = '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>' + cell("cũ") + "</w:tr>"
    held = f"<w:sdt><w:sdtContent>{row(cell('giữ'))}</w:sdtContent></w:sdt>"
    assert shown(only_table(table(deleted, held))) == [["giữ"]]


def test_a_row_over_two_pages_stays_one_row() -> None:
    long = cell("<w:p><w:r><w:t>đầu</w:t></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>cuối</w:t></w:r></w:p>")
    found = only_table(table(row(long)))
    assert [[(line.text, line.where.page) for line in each.lines] for each in found.rows[0]] == [[("đầu", 1), ("cuối", 2)]]


@pytest.mark.parametrize("span", [MOST_COLUMNS + 1, 999_999_999])
def test_too_many_columns_are_refused_with_the_limit(span: int) -> None:
    with pytest.raises(FileRefused) as refused:
        read(table(row(cell("x", f'<w:gridSpan w:val="{span}"/>'))))
    assert refused.value.code == "table-columns"
    assert str(MOST_COLUMNS) in refused.value.sentence


def test_too_many_cells_are_refused() -> None:
    wide = row(cell("x", f'<w:gridSpan w:val="{MOST_COLUMNS}"/>'))
    with pytest.raises(FileRefused) as refused:
        read(table(wide, *["<w:tr/>"] * 2000))
    assert refused.value.code == "table-cells"
