"""QTI 1.2, 2.1, 2.2 and 3.0: a bare XML file, or a package whose manifest and tests say which items there are.

Sources: IMS QTI ASI Information Model 1.2, QTI Assessment Test, Section and Item Information Model 2.1 and 3.0, IMS Content
Packaging 1.1.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.exchange.content import Resolve, no_picture
from quizsvc.banks.files.exchange.drafts import Draft, Findings
from quizsvc.banks.files.exchange.qti1 import items_of
from quizsvc.banks.files.exchange.qti2 import draft_of, renamed
from quizsvc.banks.files.exchange.qti_package import Package, read_package
from quizsvc.banks.files.exchange.xml_text import Element, name_of, place
from quizsvc.banks.files.found import FileRefused, FoundFile
from quizsvc.banks.files.guards import ZIP, check_size, parse_xml

FORMAT = "qti"


def read_qti(data: bytes, name: str) -> FoundFile:
    """The questions of a QTI file or package, in the order of its test, else of its manifest.

    Raises ``FileRefused``: no QTI, unsafe, or not well-formed. In a package a broken item is an error of the file, so that
    all of them are told at once.
    """
    check_size(data, name)
    findings = Findings(name, FORMAT)
    if data.startswith(ZIP):
        _read_package(read_package(data, name), findings)
        return findings.finished()
    root = parse_xml(data, Where(name), allow_doctype=True)
    drafts = _drafts(root, name, no_picture)
    if drafts is None:
        raise _no_items(root, name)
    for draft in drafts:
        findings.add(draft)
    return findings.finished()


def _read_package(package: Package, findings: Findings) -> None:
    findings.title = package.title
    findings.remarks += package.remarks
    for item in package.items:
        drafts = _drafts(item.root, item.file, item.resolve)
        if drafts is None:
            if item.is_declared_qti:
                sentence = f"Tệp con {item.file} được khai là QTI nhưng thẻ đầu là <{name_of(item.root)}>, không đọc được."
                findings.tell("unknown-element", Level.WARNING, sentence, place(item.root, item.file))
            continue
        if not item.is_in_manifest and package.has_manifest:
            sentence = f"Tệp con {item.file} có câu hỏi nhưng không có trong imsmanifest.xml; vẫn được đọc: hãy xem lại."
            findings.tell("not-in-manifest", Level.WARNING, sentence, Where(item.file))
        for draft in drafts:
            findings.add(replace(draft, topic=item.section) if item.section else draft)


def _drafts(root: Element, file: str, resolve: Resolve) -> Iterator[Draft] | None:
    """The questions below a root, ``None`` if it is no element that holds any."""
    name = name_of(root)
    if name == "questestinterop":
        return items_of(root, file, resolve)
    if name in ("assessmentItem", "qti-assessment-item"):
        return iter([draft_of(renamed(root), file, resolve)])
    return None


def _no_items(root: Element, name: str) -> FileRefused:
    kind = name_of(root)
    if kind in ("assessmentTest", "qti-assessment-test"):
        sentence = f"Tệp «{name}» chỉ là danh sách câu của một bài thi QTI, không có câu hỏi: hãy gửi cả gói .zip."
        return FileRefused("qti-test-alone", sentence, place(root, name))
    return FileRefused("not-qti", f"Tệp «{name}» không phải QTI: thẻ đầu là <{kind}>.", place(root, name))
