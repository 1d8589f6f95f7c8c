"""A .docx as a package of parts (Open Packaging Conventions): which part is the document, and what it refers to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from quizsvc.banks.files import guards
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.docx.names import STRICT, Element, W
from quizsvc.banks.files.found import FileRefused

CONTENT_TYPES = "[Content_Types].xml"
USUAL_DOCUMENT = "word/document.xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


@dataclass(frozen=True)
class Relation:
    """What a part refers to by an id. ``kind``: the last word of the relationship's type; ``target``: a part's name."""

    kind: str
    target: str
    is_external: bool


class Package:
    """The parts of a Word document. Raises ``FileRefused`` when the file is none, or hides something."""

    def __init__(self, data: bytes, name: str) -> None:
        _refuse_other_files(data, name)
        self.name = name
        self._archive = guards.unpack(data, name)
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}
        self._read_content_types()
        self.document_part = self._find_document()
        self.relations = self._relations_of(self.document_part)

    def root(self, part: str) -> Element:
        """The XML of a part, in the usual namespaces also where the file uses the strict ones."""
        data = self._archive.read(part)
        for strict, usual in STRICT.items():
            data = data.replace(strict.encode(), usual.encode())
            if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                encoding = "utf-16-le" if data[0] == 0xFF else "utf-16-be"
                data = data.replace(strict.encode(encoding), usual.encode(encoding))
        return guards.parse_xml(data, Where(f"{self.name} ({part})"))

    def document(self) -> tuple[Element, Element]:
        """The root of the document and its body."""
        root = self.root(self.document_part)
        body = root.find(W + "body")
        if root.tag != W + "document" or body is None:
            raise _not_word(self.name)
        return root, body

    def related_root(self, kind: str) -> Element | None:
        """The XML of the part that the document names as its «styles», «numbering», «theme»; ``None`` if it has none."""
        for relation in self.relations.values():
            if relation.kind == kind and not relation.is_external and relation.target in self._archive:
                return self.root(relation.target)
        return None

    def related_bytes(self, relation_id: str) -> tuple[bytes, str] | None:
        """The bytes of the part behind a relationship and its media type; ``None`` if it is linked, or missing."""
        relation = self.relations.get(relation_id)
        if relation is None or relation.is_external or relation.target not in self._archive:
            return None
        return self._archive.read(relation.target), self._content_type(relation.target)

    def _read_content_types(self) -> None:
        if CONTENT_TYPES not in self._archive:
            raise _not_word(self.name)
        for entry in self.root(CONTENT_TYPES):
            kind = entry.get("ContentType", "")
            if entry.tag == _TYPES + "Default":
                self._defaults[entry.get("Extension", "").lower()] = kind
            elif entry.tag == _TYPES + "Override":
                self._overrides[guards.part_name(entry.get("PartName", ""))] = kind

    def _content_type(self, part: str) -> str:
        part = guards.part_name(part)
        return self._overrides.get(part) or self._defaults.get(part.rpartition(".")[2], "application/octet-stream")

    def _find_document(self) -> str:
        named = [relation.target for relation in self._relations_of("").values() if relation.kind == "officeDocument"]
        part = next((target for target in [*named, USUAL_DOCUMENT] if target in self._archive), None)
        if part is None:
            raise _not_word(self.name)
        content = self._content_type(part)
        if "macroEnabled" in content:
            sentence = f"Tệp «{self.name}» là tài liệu có macro (.docm, .dotm), không được nhận: hãy lưu lại thành .docx."
            raise FileRefused("macros", sentence)
        if any(other in content for other in ("spreadsheetml", "presentationml", "opendocument")):
            raise _not_word(self.name)
        return part

    def _relations_of(self, part: str) -> dict[str, Relation]:
        folder, _, name = part.rpartition("/")
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self._archive:
            return {}
        relations = {}
        for entry in self.root(listing):
            target = entry.get("Target", "").replace("\\", "/")
            whole = target if target.startswith("/") else posixpath.join("/", folder.lstrip("/"), target)
            relations[entry.get("Id", "")] = Relation(
                entry.get("Type", "").rpartition("/")[2],
                posixpath.normpath(whole).lstrip("/"),
                entry.get("TargetMode", "") == "External",
            )
        return relations


def _not_word(name: str) -> FileRefused:
    return FileRefused("not-docx", f"Tệp «{name}» không phải tệp Word .docx: hãy mở bằng Word và lưu lại kiểu .docx.")


def _refuse_other_files(data: bytes, name: str) -> None:
    """What often bears the name .docx and is something else; each with its way out."""
    guards.check_size(data, name)
    content = guards.ole_content(data)
    if content == "encrypted":
        raise FileRefused("password", f"Tệp «{name}» có mật khẩu: hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi gửi lại.")
    if content is not None:
        sentence = f"Tệp «{name}» là tệp Office kiểu cũ (.doc) mang đuôi .docx: hãy mở bằng Word và lưu lại kiểu .docx."
        raise FileRefused("old-office", sentence)
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"{\\rtf", b"<html", b"<!doctype html", b"mime-version")):
        sentence = f"Tệp «{name}» là RTF hoặc trang web mang đuôi Word: hãy mở bằng Word và lưu lại kiểu .docx."
        raise FileRefused("not-docx", sentence)
    if not data.startswith(b"PK"):
        raise _not_word(name)
