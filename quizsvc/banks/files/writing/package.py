"""An Office file whose parts are changed or added to while all others stay byte for byte as they were."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.guards import parse_xml, part_name, unpack

Element = etree._Element
CONTENT_TYPES = "[Content_Types].xml"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
EMPTY_RELATIONS = f'<Relationships xmlns="{RELATION.strip("{}")}"/>'.encode()


class Package:
    """Raises ``FileRefused`` for a zip beyond the limits of ``guards.py``."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name, self._archive, self._data = name, unpack(data, name), data
        self._written = {part_name(part): part for part in self._archive}
        self._changed: dict[str, bytes] = {}

    def __contains__(self, part: str) -> bool:
        return part_name(part) in self._written

    def read(self, part: str) -> bytes:
        """The bytes of a part as they stand now."""
        name = self._written[part_name(part)]
        return self._changed[name] if name in self._changed else self._archive.read(name)

    def root(self, part: str) -> Element:
        return parse_xml(self.read(part), Where(self._name))

    def put(self, part: str, content: bytes | Element) -> None:
        """Replace a part, or add it."""
        name = self._written.setdefault(part_name(part), part)
        self._changed[name] = content if isinstance(content, bytes) else serialised(content)

    def free_part(self, pattern: str) -> str:
        """The first name that no part has; ``pattern`` has one ``{}``."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def declare(self, part: str, media_type: str) -> None:
        """Say what a new part is."""
        root = self.root(CONTENT_TYPES)
        etree.SubElement(root, TYPES + "Override", PartName=f"/{part}", ContentType=media_type)
        self.put(CONTENT_TYPES, root)

    def declare_ending(self, ending: str, media_type: str) -> None:
        """Say what parts with this ending are, unless that is said."""
        root = self.root(CONTENT_TYPES)
        if not any(entry.get("Extension", "").lower() == ending for entry in root):
            root.insert(0, etree.Element(TYPES + "Default", Extension=ending, ContentType=media_type))
            self.put(CONTENT_TYPES, root)

    def relate(self, source: str, kind: str, target: str) -> str:
        """A new relationship of a part; its id. ``kind``: the whole type."""
        folder, name = posixpath.split(source)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        root = self.root(listing) if listing in self else parse_xml(EMPTY_RELATIONS, Where(self._name))
        taken = {entry.get("Id") for entry in root}
        number = 1
        while f"rIdNote{number}" in taken:
            number += 1
        where = {"Id": f"rIdNote{number}", "Type": kind, "Target": f"/{target}"}
        etree.SubElement(root, RELATION + "Relationship", where)
        self.put(listing, root)
        return where["Id"]

    def saved(self) -> bytes:
        """The whole file; parts that were not touched are copied unread, also documents within documents."""
        buffer = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._data)) as before,
            zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name in self._written.values():
                archive.writestr(name, self._changed[name] if name in self._changed else before.read(name))
        return buffer.getvalue()


def serialised(root: Element) -> bytes:
    """The bytes of a part, as Office writes them."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def insert_before(parent: Element, child: Any, successors: tuple[str, ...]) -> None:
    """Put a child where its schema wants it: before the first of ``successors`` (local names), else at the end."""
    for place, element in enumerate(parent):
        if etree.QName(element).localname in successors:
            parent.insert(place, child)
            return
    parent.append(child)
