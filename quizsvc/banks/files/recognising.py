"""Which format a file has, by what is in it; its name decides only between texts that look alike."""

from __future__ import annotations

import re
from typing import NoReturn

from quizsvc.banks.files import guards
from quizsvc.banks.files.exchange import exchange_format
from quizsvc.banks.files.formats import ACCEPTED, BY_ENDING, FORMATS
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.text import decoded

TEXTS = ("txt", "csv", "aiken", "gift", "yaml")
"""Any of these may be said of any text: the caller knows better."""
PLAINLY_OTHER = (
    (b"{\\rtf", "RTF", "hãy mở bằng Word và lưu thành .docx"),
    (b"Rar!", "nén RAR", "hãy giải nén và gửi từng tệp"),
    (b"7z\xbc\xaf", "nén 7z", "hãy giải nén và gửi từng tệp"),
    (b"\x1f\x8b", "nén gzip", "hãy giải nén và gửi từng tệp"),
    (b"\x89PNG", "ảnh PNG", "hãy gửi tệp có chữ: Word hoặc Excel"),
    (b"\xff\xd8\xff", "ảnh JPEG", "hãy gửi tệp có chữ: Word hoặc Excel"),
    (b"GIF8", "ảnh GIF", "hãy gửi tệp có chữ: Word hoặc Excel"),
    (b"SQLite format 3", "cơ sở dữ liệu SQLite", "hãy xuất ra Excel"),
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
YAML = re.compile(r"\A\ufeff?(?:\s*#.*\n|---\s*\n|\s*\n)*bank:.*^questions:", re.MULTILINE | re.DOTALL)


def recognise(data: bytes, name: str, said: str | None = None) -> str:
    """The name of the file's format (``FORMATS``).

    ``said``: the format that the caller names; between texts it is believed. Raises ``FileRefused`` for anything else than
    what is accepted, and where ``said`` is certainly wrong.
    """
    guards.check_size(data, name)
    found = _binary(data, name) or _text(data, name, said)
    if said is None or found == said:
        return found
    if said not in FORMATS:
        raise FileRefused("unknown-format", f"Không có định dạng «{said}». Hãy dùng: {', '.join(FORMATS)}.")
    if found in TEXTS and said in TEXTS:
        return said
    raise FileRefused("other-format", f"Tệp «{name}» là {FORMATS[found].title}, không phải {FORMATS[said].title}.")


def _binary(data: bytes, name: str) -> str | None:
    for sign, kind, advice in PLAINLY_OTHER:
        if data.startswith(sign):
            raise FileRefused("unknown-format", f"Tệp «{name}» là {kind}: {advice}. {ACCEPTED}")
    if data.lstrip(b"\xef\xbb\xbf\r\n\t ")[:5] == b"%PDF-" or data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK"):
        return _zip(data, name)
    content = guards.ole_content(data)
    if content == "encrypted":
        raise FileRefused("password", f"Tệp «{name}» có mật khẩu: hãy bỏ mật khẩu rồi gửi lại.")
    if content == "other":
        _unknown(name)
    return {"word": "doc", "excel": "xls"}.get(content or "")


def _zip(data: bytes, name: str) -> str:
    archive = guards.unpack(data, name)
    if "word/document.xml" in archive or "word/document2.xml" in archive:
        return "docx"
    if "xl/workbook.xml" in archive:
        return "xlsx"
    if "mimetype" in archive and archive.read("mimetype").startswith(OPEN_DOCUMENT):
        if archive.read("mimetype").startswith(OPEN_DOCUMENT + b"spreadsheet"):
            return "ods"
        raise FileRefused("unknown-format", f"Tệp «{name}» là tệp OpenDocument: hãy lưu thành .docx. {ACCEPTED}")
    if "xl/workbook.bin" in archive:
        raise FileRefused("unknown-format", f"Tệp «{name}» là .xlsb: hãy lưu thành .xlsx. {ACCEPTED}")
    return exchange_format(data, name) or _unknown(name)


def _text(data: bytes, name: str, said: str | None) -> str:
    text = decoded(data, name)
    if not text.strip("\ufeff \t\r\n"):
        raise FileRefused("empty-file", f"Tệp «{name}» không có chữ nào: hãy gửi lại tệp.")
    if said in TEXTS:
        return said
    ending = _ending(name)
    if ending == "csv" or ending == "yaml" or YAML.search(text):
        return "csv" if ending == "csv" else "yaml"
    exchanged = exchange_format(data, name)
    if exchanged is not None:
        return exchanged
    if re.match(r"\ufeff?\s*<(?:!doctype\s+)?html\b", text, re.IGNORECASE):
        sentence = f"Tệp «{name}» là trang web (HTML), dù tên có thể là .doc hoặc .xls: hãy mở ra và lưu thành .docx, .xlsx."
        raise FileRefused("unknown-format", sentence)
    if re.match(r"\ufeff?\s*(?:<[?!\w]|[\[{]\s*[\[{\"])", text):
        return _unknown(name)
    return ending if ending in TEXTS else "txt"


def _ending(name: str) -> str | None:
    return next((found for ending, found in BY_ENDING.items() if name.lower().endswith(ending)), None)


def _unknown(name: str) -> NoReturn:
    raise FileRefused("unknown-format", f"Tệp «{name}» không thuộc định dạng nào được nhận. {ACCEPTED}")
