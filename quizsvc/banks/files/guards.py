"""What is looked at before a file of somebody else's making is unpacked or parsed, and the limits it must keep.

Every limit is a constant here, and every refusal (``FileRefused``) names the limit and the way out. Sizes in a zip are
claims of whoever wrote it, so they are summed first and every part is read up to what it claimed and no further.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.found import FileRefused

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
LARGEST_XML = 32 * MEGABYTE
MOST_ENTRIES = 5_000
LARGEST_RATIO = 200
RATIO_COUNTS_FROM = 8 * MEGABYTE
"""Below this size a part may be packed as tightly as it likes: it can do no harm."""
DEEPEST_XML = 256
"""Set by libxml2 itself, as long as ``huge_tree`` is off."""
MOST_XML_SIGNS = 3_000_000
"""Tags and attributes together; in memory each takes up to some hundred bytes, however short it is written."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
ARCHIVES = re.compile(r"\.(zip|rar|7z|gz|tar|jar|doc[xm]|dot[xm]|xls[xmb]|ppt[xm]|od[tsp])$")
NEVER_OPENED = re.compile(r"(^|/)embeddings/")
"""Objects that Office puts into a document, such as the workbook behind a chart; no reader unpacks them."""
MACROS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/.*)$")
PROLOG_TO_DOCTYPE = re.compile(r"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
RESOURCE_LIMIT = 114
"""libxml2's XML_ERR_RESOURCE_LIMIT: depth, or a single text of more than ten million characters."""


class Archive:
    """A zip that has been looked at: names as OPC compares them (``/``, no case, no leading slash), bounded reads."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        self._entries = {part_name(info.filename): info for info in archive.infolist() if not info.is_dir()}

    def __contains__(self, part: str) -> bool:
        return part_name(part) in self._entries

    def __iter__(self) -> Iterator[str]:
        """Names as they are written in the zip, in its order."""
        return (info.filename for info in self._entries.values())

    def size(self, part: str) -> int:
        """Bytes that the part claims to have; it is never read beyond them."""
        return self._entries[part_name(part)].file_size

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises ``KeyError`` if there is none, ``FileRefused`` if broken or itself an archive."""
        info = self._entries[part_name(part)]
        try:
            with self._archive.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
            raise broken_zip(self._name) from error
        if data.startswith(ZIP):
            raise _nested(self._name, info.filename)
        return data


def part_name(written: str) -> str:
    """The name of a zip entry as it is compared.

    >>> part_name("\\\\Word\\\\document.XML")
    'word/document.xml'
    """
    return written.replace("\\", "/").lstrip("/").lower()


def check_size(data: bytes, name: str) -> None:
    """Refuses a file that is too large or empty; for every format."""
    if len(data) > LARGEST_FILE:
        raise too_large(name)
    if not data:
        raise FileRefused("empty-file", f"Tệp «{name}» rỗng (0 byte): hãy gửi lại tệp.")


def too_large(name: str) -> FileRefused:
    """The refusal of a file of more than ``LARGEST_FILE`` bytes."""
    limit = LARGEST_FILE // MEGABYTE
    return FileRefused("file-too-large", f"Tệp «{name}» lớn hơn {limit} MB: hãy bớt ảnh hoặc chia thành nhiều tệp.")


def unpack(data: bytes, name: str) -> Archive:
    """A zip within the limits, with nothing unpacked yet. ``name`` is the file's, for the sentences."""
    check_size(data, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise broken_zip(name) from error
    entries = archive.infolist()
    _check_amount(entries, name)
    for entry in entries:
        _check_entry(entry, name)
    names = [part_name(entry.filename) for entry in entries]
    if len(set(names)) < len(names):
        raise broken_zip(name)
    return Archive(archive, name)


def _check_amount(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MOST_ENTRIES:
        raise FileRefused("zip-entries", f"Tệp «{name}» chứa hơn {MOST_ENTRIES} tệp con: hãy chia thành nhiều tệp.")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        limit = LARGEST_UNPACKED // MEGABYTE
        raise FileRefused("zip-size", f"Tệp «{name}» giải nén ra hơn {limit} MB: hãy bớt ảnh hoặc chia thành nhiều tệp.")


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    part = part_name(entry.filename)
    if entry.flag_bits & 0x1:
        raise FileRefused("password", f"Tệp «{name}» có mật khẩu: hãy bỏ mật khẩu rồi gửi lại.")
    if MACROS.search(part):
        raise FileRefused(
            "macros", f"Tệp «{name}» có macro ({entry.filename}), không được nhận: hãy lưu lại thành .docx hoặc .xlsx."
        )
    if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1):
        raise FileRefused(
            "zip-ratio",
            f"Tệp «{name}»: phần {entry.filename} giải nén ra lớn gấp hơn {LARGEST_RATIO} lần, như một quả bom nén:"
            " hãy chép phần câu hỏi sang một tệp mới.",
        )
    if ARCHIVES.search(part) and not NEVER_OPENED.search(part):
        raise _nested(name, entry.filename)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused("zip-method", f"Tệp «{name}» nén theo cách lạ: hãy nén lại kiểu zip thường (deflate).")


def _nested(name: str, entry: str) -> FileRefused:
    sentence = f"Tệp «{name}» chứa tệp nén khác bên trong ({entry}), không được nhận: hãy giải nén và gửi riêng từng tệp."
    return FileRefused("nested-archive", sentence)


def broken_zip(name: str) -> FileRefused:
    """The refusal of a zip that cannot be read."""
    sentence = f"Tệp «{name}» bị hỏng, không giải nén được: hãy mở bằng chương trình đã tạo ra nó, lưu lại rồi gửi lại."
    return FileRefused("zip-broken", sentence)


def ole_content(data: bytes) -> str | None:
    """What an OLE container (the files of Office before 2007) holds, by the names in its directory.

    ``"encrypted"`` (an Office file of today with a password), ``"word"``, ``"excel"``, ``"other"``; ``None``: not OLE.
    """
    if not data.startswith(OLE):
        return None
    named = (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "word"),
        ("Workbook", "excel"),
        ("Book", "excel"),
    )
    return next((content for stream, content in named if _directory_entry(stream) in data), "other")


def has_ole_macros(data: bytes) -> bool:
    """Whether an OLE container has a VBA project."""
    return _directory_entry("_VBA_PROJECT") in data


def _directory_entry(stream: str) -> bytes:
    """A directory entry begins with a name of 64 bytes in UTF-16 and the length of that name ([MS-CFB] 2.6.1)."""
    name = stream.encode("utf-16-le")
    return name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little")


def parse_xml(data: bytes, where: Where, *, allow_doctype: bool = False) -> etree._Element:
    """The root of an XML document, without comments and processing instructions; nothing is ever loaded from elsewhere.

    ``allow_doctype`` lets pass a DOCTYPE that only names its DTD, as QTI 1.2 files do; it is not read. Declarations inside
    the file are always refused. Raises ``FileRefused``, for malformed XML with the line in the sentence.
    """
    _check_xml_size(data, where)
    if not allow_doctype and PROLOG_TO_DOCTYPE.match(_prolog(data)):
        raise _unsafe(where)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(error, where) from error
    except ValueError as error:
        raise FileRefused("xml-broken", f"{where}: XML không đọc được ({error}).", where) from error
    dtd: Any = root.getroottree().docinfo.internalDTD  # the stubs lack what a DTD can do
    if dtd is not None and (not allow_doctype or next(iter(dtd.iterentities()), None) is not None):
        raise _unsafe(where)
    if dtd is not None and next(root.iter(etree.Entity), None) is not None:
        raise _unsafe(where)
    return root


def _check_xml_size(data: bytes, where: Where) -> None:
    if len(data) > LARGEST_XML:
        limit = LARGEST_XML // MEGABYTE
        raise FileRefused("xml-size", f"{where}: phần XML lớn hơn {limit} MB: hãy chia thành nhiều tệp.", where)
    if data.count(b"<") + data.count(b"=") > MOST_XML_SIGNS:
        sentence = f"{where}: phần XML có hơn {MOST_XML_SIGNS} thẻ và thuộc tính: hãy chia thành nhiều tệp."
        raise FileRefused("xml-elements", sentence, where)


def _prolog(data: bytes) -> str:
    """The text, good enough to see a DOCTYPE at its beginning; in an encoding that is not told apart, libxml2 sees it."""
    if data[:2] in (b"\xff\xfe", b"<\0"):
        return data.decode("utf-16-le", "replace").lstrip("\ufeff")
    if data[:2] in (b"\xfe\xff", b"\0<"):
        return data.decode("utf-16-be", "replace").lstrip("\ufeff")
    return data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _unsafe(where: Where) -> FileRefused:
    sentence = f"{where}: XML có khai báo DOCTYPE hoặc ENTITY, không được nhận: hãy xoá khai báo đó hoặc xuất lại tệp."
    return FileRefused("xml-doctype", sentence, where)


def _malformed(error: etree.XMLSyntaxError, where: Where) -> FileRefused:
    if getattr(error, "code", None) == RESOURCE_LIMIT:
        sentence = f"{where}: XML lồng sâu hơn {DEEPEST_XML} tầng hoặc có một đoạn chữ quá dài: hãy tạo lại tệp."
        return FileRefused("xml-too-deep", sentence, where)
    sentence = f"{where}: XML sai ở dòng {error.lineno}: {error.msg}. Hãy xuất lại tệp."
    return FileRefused("xml-broken", sentence, where)
