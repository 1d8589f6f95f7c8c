"""A text of an exchange file as it goes into a question: plain, repaired, with its pictures and what is to be told of it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Picture, Repair, Where
from quizsvc.banks.files.exchange.html_text import LONGEST_HTML, text_of_html
from quizsvc.banks.files.found import Remark
from quizsvc.banks.files.repair import looks_broken, repair_run, stray_spaces

Resolve = Callable[[str], bytes | None]
"""The bytes of a picture by its source as written, ``None`` if the file does not hold it."""

NOTES = {
    "struck": ("html-struck", "Có chữ bị gạch ngang; chữ đó được giữ lại như chữ thường: hãy xem lại."),
    "table": ("html-table", "Có bảng bên trong; các ô được nối bằng dấu «|»: hãy xem lại."),
    "unknown-tag": ("html-unknown-tag", "Có thẻ HTML lạ, được để nguyên trong chữ: hãy xem lại."),
    "media": ("attachment", "Có tệp âm thanh, phim hoặc tệp kèm theo, không nhập được: hãy xem lại."),
}
KINDS = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)
DATA_URI = re.compile(r"data:(?P<type>[\w.+/-]*)(?P<rest>[^,]*),(?P<data>.*)", re.DOTALL)


@dataclass(frozen=True)
class Content:
    """``text`` has no outer spaces; ``remarks`` and ``repairs`` are of this text alone."""

    text: str
    where: Where
    pictures: tuple[Picture, ...] = ()
    remarks: tuple[Remark, ...] = ()
    repairs: tuple[Repair, ...] = ()

    def with_remark(self, code: str, level: Level, sentence: str) -> Content:
        return Content(
            self.text, self.where, self.pictures, (*self.remarks, Remark(code, level, sentence, self.where)), self.repairs
        )


def no_picture(source: str) -> None:
    """The ``Resolve`` of formats without pictures."""


def plain_content(text: str, where: Where, font: str | None = None) -> Content:
    """A text in which no sign is markup. ``font``: the legacy font that the whole file was typed for."""
    repaired, repairs = repair_run(text.replace("\r\n", "\n").replace("\r", "\n"), font, where)
    return Content(repaired.strip(), where, (), tuple(_doubts(repaired, where)), tuple(repairs))


def _doubts(text: str, where: Where) -> Iterator[Remark]:
    """What makes a text look damaged; nothing of it is repaired by guessing."""
    if looks_broken(text):
        sentence = "Chữ ở đây là ký tự vô nghĩa: hãy xuất lại tệp bằng Unicode (UTF-8)."
        yield Remark("broken-text", Level.ERROR, sentence, where)
    spaced = stray_spaces(text)
    if spaced:
        shown = "; ".join(f"«{each.pieces}»" for each in spaced[:3])
        yield Remark("stray-space", Level.WARNING, f"Có khoảng trắng lạ trong chữ: {shown}. Hãy sửa trong tệp gốc.", where)


def html_content(
    written: str, where: Where, resolve: Resolve = no_picture, *, keep_newlines: bool = False, font: str | None = None
) -> Content:
    """A text with HTML in it, as text."""
    found = text_of_html(written, keep_newlines=keep_newlines)
    content = plain_content(found.text, where, font)
    remarks = list(content.remarks)
    pictures = []
    for source, alt in found.images:
        picture, code = _picture(source, alt, resolve)
        if picture is not None:
            pictures.append(picture)
        else:
            remarks.append(Remark(code, Level.ERROR, f"{PICTURE_FAULTS[code]} ({source[:80]}).", where))
    if "too-long" in found.notes:
        sentence = f"Đoạn HTML dài hơn {LONGEST_HTML:_} ký tự, không đọc: hãy rút gọn định dạng."
        remarks.append(Remark("html-too-long", Level.ERROR, sentence, where))
    remarks += [Remark(NOTES[note][0], Level.WARNING, NOTES[note][1], where) for note in found.notes if note in NOTES]
    # Spaces that the repair made of no-break ones count no more than others in HTML.
    text = re.sub(r" +", " ", content.text)
    return Content(text, where, tuple(pictures), tuple(remarks), content.repairs)


def joined(contents: Sequence[Content], where: Where) -> Content:
    """Contents one below the other, as one."""
    return Content(
        "\n".join(content.text for content in contents if content.text),
        where,
        tuple(picture for content in contents for picture in content.pictures),
        tuple(dict.fromkeys(remark for content in contents for remark in content.remarks)),
        tuple(repair for content in contents for repair in content.repairs),
    )


PICTURE_FAULTS = {
    "missing-picture": "Hình được nhắc đến nhưng không có trong tệp",
    "external-picture": "Hình nằm trên mạng, không tải về: hãy chèn hình vào tệp",
    "broken-picture": "Hình trong tệp bị hỏng",
}


def _picture(source: str, alt: str, resolve: Resolve) -> tuple[Picture | None, str]:
    inline = DATA_URI.fullmatch(source)
    if inline is not None:
        data = from_base64(inline["data"]) if ";base64" in inline["rest"] else unquote(inline["data"]).encode()
    elif re.match(r"(?:https?:)?//", source, re.IGNORECASE):
        return None, "external-picture"
    else:
        data = resolve(source)
        if data is None:
            return None, "missing-picture"
    if not data:
        return None, "broken-picture"
    return Picture(hashlib.sha256(data).hexdigest(), media_type(data), alt), ""


def from_base64(written: str) -> bytes | None:
    """The bytes, or ``None`` if it is not base64; white space inside does not count."""
    try:
        return base64.b64decode("".join(written.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def media_type(data: bytes) -> str:
    """The type of a picture by its first bytes."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if b"<svg" in data[:1000]:
        return "image/svg+xml"
    return next((kind for sign, kind in KINDS if data.startswith(sign)), "application/octet-stream")
