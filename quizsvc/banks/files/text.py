"""Plain text: which encoding it has, and its lines as a document."""

from __future__ import annotations

import codecs
import unicodedata

from quizsvc.banks.files.documents import Document, Line, Repair, RepairKind, Run, Where
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.guards import check_size
from quizsvc.banks.files.repair import repair_run, suspected_encoding
from quizsvc.banks.files.repair.syllables import count_syllables, words

MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16 does, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FONTS = {RepairKind.TCVN3: ".VnTime", RepairKind.VNI: "VNI-Times"}
"""Text without a font that was typed for one: a whole file says which, a single line does not."""
READABLE = 0.7
"""The share of words that must be Vietnamese syllables before an encoding that nothing names is believed."""
LOOKED_AT = 20_000
MOST_LINES = 200_000


def decoded(data: bytes, name: str) -> str:
    """The text of a file: by its byte order mark, as UTF-8 or UTF-16, or as Windows-1258 where that reads as Vietnamese.

    Text for TCVN3 and VNI fonts comes as its Western letters; ``read_text`` repairs it. Raises ``FileRefused``.
    """
    text = _decoded(data, name)
    if "\0" in text:
        raise _no_text(name)
    return text


def read_text(data: bytes, name: str) -> Document:
    """The lines of a plain text, empty ones too. Raises ``FileRefused``."""
    check_size(data, name)
    text = decoded(data, name).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "").replace("\v", " ")
    kind = suspected_encoding(text[:LOOKED_AT]) if _is_western(text) else None
    font = None if kind is None else FONTS[kind]
    written = text.split("\n")
    if len(written) > MOST_LINES:
        raise FileRefused("too-many-lines", f"Tệp «{name}» có hơn {MOST_LINES:_} dòng: hãy chia thành nhiều tệp.")
    lines: list[Line] = []
    repairs: list[Repair] = []
    for number, each in enumerate(written, start=1):
        where = Where(name, line=number)
        repaired, done = repair_run(each, font, where)
        repairs += done
        lines.append(Line((Run(repaired),) if repaired else (), where))
    return Document(name, "txt", tuple(lines), tuple(repairs))


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in MARKED:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding, name)
    sample = data[:4096]
    if sample.count(0) > len(sample) // 4:
        return _decode(data, "utf-16-le" if sum(sample[1::2]) < sum(sample[0::2]) else "utf-16-be", name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data, name)


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(name) from error


def _western(data: bytes, name: str) -> str:
    as_latin = data.decode("latin-1")
    as_vietnamese = data.decode("cp1258", "replace")
    if _reads_well(as_vietnamese):
        return as_vietnamese
    if suspected_encoding(as_latin[:LOOKED_AT]) is not None:
        return as_latin  # TCVN3 uses places that Windows leaves empty
    raise _no_text(name)


def _reads_well(text: str) -> bool:
    found = words(unicodedata.normalize("NFC", text[:LOOKED_AT]))
    return "\ufffd" not in text and bool(found) and count_syllables(" ".join(found)) >= READABLE * len(found)


def _is_western(text: str) -> bool:
    """Whether every sign fits into one byte: legacy bytes, perhaps saved as UTF-8."""
    return all(ord(sign) < 0x100 for sign in text)


def _no_text(name: str) -> FileRefused:
    sentence = f"Tệp «{name}» không phải văn bản đọc được: hãy mở bằng Notepad, chọn Save As, Encoding: UTF-8, rồi gửi lại."
    return FileRefused("not-text", sentence, Where(name))
