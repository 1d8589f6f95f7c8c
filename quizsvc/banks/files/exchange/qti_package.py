"""A QTI package: which XML parts it has, in which order they are asked, and what its manifest and tests get wrong."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.exchange.content import Resolve
from quizsvc.banks.files.exchange.xml_text import Element, children, name_of, place, within
from quizsvc.banks.files.found import FileRefused, Remark
from quizsvc.banks.files.guards import Archive, parse_xml, part_name, unpack

MANIFEST = "imsmanifest.xml"
TESTS = ("assessmentTest", "qti-assessment-test")
REFERENCES = ("assessmentItemRef", "qti-assessment-item-ref")
SECTIONS = ("assessmentSection", "qti-assessment-section")


@dataclass(frozen=True)
class PackageItem:
    """An XML part. ``file``: package and part, for places. ``section``: title of the test's section that asks for it."""

    root: Element
    file: str
    resolve: Resolve
    section: str = ""
    is_in_manifest: bool = True
    is_declared_qti: bool = False


@dataclass
class Package:
    """The parts in the order to read; tests and the manifest are not among them."""

    title: str = ""
    has_manifest: bool = True
    items: list[PackageItem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_package(data: bytes, name: str) -> Package:
    """The package of a zip. Raises ``FileRefused`` for an unsafe or broken zip."""
    return _Reader(unpack(data, name), name).package()


class _Reader:
    def __init__(self, archive: Archive, name: str) -> None:
        self._archive, self._name = archive, name
        self._package = Package(has_manifest=MANIFEST in archive)
        self._roots: dict[str, Element] = {}

    def package(self) -> Package:
        declared = dict(self._declared())
        everything = [part_name(part) for part in self._archive if part.lower().endswith(".xml")]
        for part in dict.fromkeys([*declared, *everything]):
            if part != MANIFEST:
                self._parse(part)
        if not self._package.has_manifest:
            self._tell(
                "no-manifest", "Gói không có imsmanifest.xml; mọi tệp .xml trong gói đều được đọc.", Where(self._name)
            )
        sections = dict(self._asked_for())
        for part in dict.fromkeys([*sections, *declared, *self._roots]):
            if part in self._roots and name_of(self._roots[part]) not in TESTS:
                is_qti = "qti" in declared.get(part, "")
                item = PackageItem(
                    *(self._roots[part], self._file(part), self._resolver(part), sections.get(part, "")),
                    *(part in declared or part in sections, is_qti),
                )
                self._package.items.append(item)
        return self._package

    def _declared(self) -> Iterator[tuple[str, str]]:
        """XML parts that the manifest names, with the type of their resource, in its order."""
        root = self._parse(MANIFEST) if MANIFEST in self._archive else None
        self._roots.pop(MANIFEST, None)
        for resource in within(root, "resource") if root is not None else ():
            hrefs = [resource.get("href", ""), *(file.get("href", "") for file in children(resource, "file"))]
            for href in dict.fromkeys(href for href in hrefs if href.lower().endswith(".xml")):
                part = _target(MANIFEST, href)
                if part in self._archive:
                    yield part, resource.get("type", "").lower()
                else:
                    sentence = f"imsmanifest.xml nhắc đến {href[:120]} nhưng gói không có tệp đó: hãy xuất lại gói."
                    self._tell("missing-item", sentence, place(resource, self._file(MANIFEST)))

    def _asked_for(self) -> Iterator[tuple[str, str]]:
        """Items that tests ask for, in their order, with the title of the nearest section."""
        for test_part, root in self._roots.items():
            if name_of(root) not in TESTS:
                continue
            self._package.title = self._package.title or root.get("title", "").strip()
            for reference in within(root, *REFERENCES):
                part = _target(test_part, reference.get("href", ""))
                if part not in self._archive:
                    sentence = (
                        f"Bài thi nhắc đến câu {reference.get('href', '')[:120]} nhưng gói không có: hãy xuất lại gói."
                    )
                    self._tell("missing-item", sentence, place(reference, self._file(test_part)))
                    continue
                self._parse(part)
                section = next((each for each in reference.iterancestors() if name_of(each) in SECTIONS), None)
                yield part, "" if section is None else section.get("title", "").strip()

    def _parse(self, part: str) -> Element | None:
        if part in self._roots:
            return self._roots[part]
        where = Where(self._file(part))
        try:
            self._roots[part] = parse_xml(self._archive.read(part), where, allow_doctype=True)
        except FileRefused as refused:
            remark = Remark(refused.code, Level.ERROR, refused.sentence, refused.where or where)
            if remark not in self._package.remarks:
                self._package.remarks.append(remark)
            return None
        return self._roots[part]

    def _resolver(self, part: str) -> Resolve:
        def resolve(source: str) -> bytes | None:
            target = _target(part, source)
            return self._archive.read(target) if target in self._archive else None

        return resolve

    def _file(self, part: str) -> str:
        return f"{self._name}/{part}"

    def _tell(self, code: str, sentence: str, where: Where) -> None:
        self._package.remarks.append(Remark(code, Level.WARNING, sentence, where))


def _target(base: str, href: str) -> str:
    """The part that a reference in ``base`` means, as the archive compares names."""
    path = unquote(href.partition("?")[0].partition("#")[0])
    return part_name(posixpath.normpath(posixpath.join(posixpath.dirname(base), path.replace("\\", "/"))))
