"""Tables whose columns say what they hold: questions in rows, and tables of answers. Pure: a ``Table`` in, findings out."""

from quizsvc.banks.files.columns.keys import key_of_table
from quizsvc.banks.files.columns.reading import ColumnsRead, questions_of_table

__all__ = ["ColumnsRead", "key_of_table", "questions_of_table"]
