"""One door for every file of questions: finds the format, calls its reader, and understands what the reader found."""

from __future__ import annotations

from collections.abc import Callable

from quizsvc.banks.files.doc import read_doc
from quizsvc.banks.files.documents import Document
from quizsvc.banks.files.docx import read_docx
from quizsvc.banks.files.exchange import read_aiken, read_gift, read_moodle_xml, read_opentdb, read_qti
from quizsvc.banks.files.found import FileRefused, FoundFile
from quizsvc.banks.files.layout import understand
from quizsvc.banks.files.own_yaml import read_yaml
from quizsvc.banks.files.pdf import read_pdf
from quizsvc.banks.files.recognising import recognise
from quizsvc.banks.files.sheets import read_workbook
from quizsvc.banks.files.text import read_text

DOCUMENTS: dict[str, Callable[[bytes, str], Document]] = {
    "docx": read_docx,
    "doc": read_doc,
    "pdf": read_pdf,
    **dict.fromkeys(("xlsx", "xls", "ods", "csv"), read_workbook),
    "txt": read_text,
}
"""Formats typed by hand: a reader gives lines and tables, which then have to be understood."""
EXCHANGED: dict[str, Callable[[bytes, str], FoundFile]] = {
    "aiken": read_aiken,
    "gift": read_gift,
    "moodle_xml": read_moodle_xml,
    "qti": read_qti,
    "opentdb": read_opentdb,
    "yaml": read_yaml,
}
"""Formats that say by themselves what is a question, a choice and a key."""


def read_file(
    data: bytes,
    name: str,
    *,
    key: tuple[bytes, str] | None = None,
    format: str | None = None,  # noqa: A002  the word of the command line and the API
    first_is_right: bool = False,
) -> FoundFile:
    """Everything that can be understood of a file.

    ``name`` is what its sender calls it. ``key``: bytes and name of a second file with the answers. ``format``: a name of
    ``formats.FORMATS``, for texts whose kind cannot be seen. ``first_is_right``: the importer says that the first choice is
    always the right one. Raises ``FileRefused`` for what cannot be read at all.
    """
    found = recognise(data, name, format)
    if found in EXCHANGED:
        _refuse_what_is_not_asked(name, found, has_key=key is not None, first_is_right=first_is_right)
        return EXCHANGED[found](data, name)
    second = None if key is None else _key_document(*key)
    return understand(DOCUMENTS[found](data, name), second, first_is_right=first_is_right)


def _key_document(data: bytes, name: str) -> Document:
    found = recognise(data, name)
    # A list of answers alone looks like many things; whatever text it is, it is read as lines.
    reader = DOCUMENTS.get(found, read_text)
    if found in ("moodle_xml", "qti"):
        raise FileRefused("key-format", f"Tệp đáp án «{name}» phải là Word, Excel, PDF hoặc văn bản thuần.")
    return reader(data, name)


def _refuse_what_is_not_asked(name: str, found: str, *, has_key: bool, first_is_right: bool) -> None:
    """Options that would silently do nothing."""
    if has_key:
        sentence = f"Tệp «{name}» ({found}) đã chứa đáp án theo định dạng của nó: không dùng kèm tệp đáp án."
        raise FileRefused("key-not-used", sentence)
    if first_is_right:
        sentence = f"Tệp «{name}» ({found}) đã chứa đáp án theo định dạng của nó: không dùng cách «phương án đầu là đúng»."
        raise FileRefused("first-not-used", sentence)
