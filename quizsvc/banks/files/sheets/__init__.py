"""Workbooks: .xlsx, .xls, .ods and .csv as documents of one table a sheet."""

from quizsvc.banks.files.sheets.reading import read_workbook

__all__ = ["read_workbook"]
