"""Limits before and while a file is unpacked and parsed: each refused by its own code, with the limit in the sentence."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.banks.files import guards
from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.found import FileRefused
from tests.banks.files.docx.making import zipped
from tests.banks.files.ole import ole_file

WHERE = Where("x.xml")


def refusal_of_zip(data: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        guards.unpack(data, "x.zip")
    assert "«x.zip»" in refused.value.sentence
    return refused.value


def refusal_of_xml(data: bytes, *, allow_doctype: bool = False) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        guards.parse_xml(data, WHERE, allow_doctype=allow_doctype)
    assert refused.value.where == WHERE
    assert "x.xml" in refused.value.sentence
    return refused.value


def claiming(size: int, packed: int, name: str = "a.xml", *, method: int = zipfile.ZIP_STORED, flags: int = 0) -> bytes:
    """A zip with one entry that claims these sizes."""
    data = zipped({name: b""})
    entry = data.index(b"PK\x01\x02")
    head = bytearray(data)
    head[entry + 8 : entry + 10] = flags.to_bytes(2, "little")
    head[entry + 10 : entry + 12] = method.to_bytes(2, "little")
    head[entry + 20 : entry + 24] = packed.to_bytes(4, "little")
    head[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    return bytes(head)


@pytest.mark.parametrize(
    ("data", "code", "named"),
    [
        (bytes(guards.LARGEST_FILE + 1), "file-too-large", "20 MB"),
        (b"", "empty-file", "0 byte"),
        (b"PK", "zip-broken", ""),
        (claiming(guards.LARGEST_UNPACKED + 1, 2_000_000), "zip-size", "200 MB"),
        (claiming(guards.RATIO_COUNTS_FROM + 1, 1000), "zip-ratio", "200 lần"),
        (claiming(1, 1, method=zipfile.ZIP_LZMA), "zip-method", "deflate"),
        (claiming(1, 1, flags=1), "password", "mật khẩu"),
        (zipped({f"{number}": b"" for number in range(guards.MOST_ENTRIES + 1)}), "zip-entries", str(guards.MOST_ENTRIES)),
        (zipped({"xl/vbaProject.bin": b"x"}), "macros", "vbaProject"),
        (zipped({"xl/macrosheets/sheet1.xml": b"x"}), "macros", "macro"),
        (zipped({"inner.zip": b"x"}), "nested-archive", "inner.zip"),
        (zipped({"a.xml": b"x", "A.XML": b"y"}), "zip-broken", ""),
    ],
)
def test_zips_refused(data: bytes, code: str, named: str) -> None:
    refused = refusal_of_zip(data)
    assert refused.code == code
    assert named in refused.sentence


def test_a_part_that_is_an_archive_under_another_name_is_refused_when_read() -> None:
    archive = guards.unpack(zipped({"a.xml": zipped({"b": b"x"})}), "x.zip")
    with pytest.raises(FileRefused) as refused:
        archive.read("a.xml")
    assert refused.value.code == "nested-archive"


def test_objects_of_office_that_nobody_opens_may_stay() -> None:
    assert list(guards.unpack(zipped({"word/embeddings/a.xlsx": b"x"}), "x.zip")) == ["word/embeddings/a.xlsx"]


def test_a_real_bomb_costs_no_memory() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.xml", "w") as stream:
        for _ in range(guards.LARGEST_UNPACKED // guards.MEGABYTE):
            stream.write(bytes(guards.MEGABYTE))
    assert len(file.getvalue()) < guards.MEGABYTE
    assert refusal_of_zip(file.getvalue()).code == "zip-ratio"


def test_a_part_is_not_read_beyond_what_it_claims() -> None:
    data = bytearray(zipped({"a.xml": bytes(1000)}))
    claim = data.index(b"PK\x01\x02") + 24
    data[claim : claim + 4] = (10).to_bytes(4, "little")
    archive = guards.unpack(bytes(data), "x.zip")
    assert archive.size("a.xml") == 10
    with pytest.raises(FileRefused) as refused:
        archive.read("a.xml")
    assert refused.value.code == "zip-broken"  # the checksum is that of the whole part


def test_names_are_compared_as_packages_do() -> None:
    archive = guards.unpack(zipped({"Word\\Document.xml": b"x"}), "x.zip")
    assert "/word/document.XML" in archive
    assert archive.read("word/document.xml") == b"x"
    with pytest.raises(KeyError):
        archive.read("other")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "xml-doctype"),
        (b"<?xml version='1.0'?><!-- x --><!DOCTYPE a><a/>", "xml-doctype"),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"), "xml-doctype"),
        (b"<a>", "xml-broken"),
        (b"", "xml-broken"),
        (b"<a>" * 300 + b"</a>" * 300, "xml-too-deep"),
        (b"<a>" + b"x" * (guards.LARGEST_XML) + b"</a>", "xml-size"),
        (b"<a>" + b"<b/>" * (guards.MOST_XML_SIGNS) + b"</a>", "xml-elements"),
    ],
)
def test_xml_refused(data: bytes, code: str) -> None:
    assert refusal_of_xml(data).code == code


def test_malformed_xml_is_refused_with_its_line() -> None:
    assert "dòng 3" in refusal_of_xml(b"<a>\n<b>\n</a>").sentence


def test_a_doctype_may_be_allowed_but_never_declarations_or_entities() -> None:
    named = b'<!DOCTYPE q SYSTEM "ims_qtiasiv1p2.dtd"><q>x</q>'
    assert guards.parse_xml(named, WHERE, allow_doctype=True).text == "x"
    laughs = b'<!DOCTYPE q [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><q>&b;</q>'
    assert refusal_of_xml(laughs, allow_doctype=True).code == "xml-doctype"
    unread = b'<!DOCTYPE q SYSTEM "x.dtd"><q>a&nbsp;b</q>'
    assert refusal_of_xml(unread, allow_doctype=True).code == "xml-doctype"


def test_a_doctype_inside_text_is_text() -> None:
    assert guards.parse_xml(b"<a><![CDATA[<!DOCTYPE html>]]></a>", WHERE).text == "<!DOCTYPE html>"


def test_the_search_for_a_doctype_is_linear() -> None:
    assert refusal_of_xml(b"<?a?>" * 100_000).code == "xml-broken"


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (b"PK", None),
        (ole_file("WordDocument"), "word"),
        (ole_file("Workbook"), "excel"),
        (ole_file("Book"), "excel"),
        (ole_file("EncryptedPackage", "Workbook"), "encrypted"),
        (ole_file(), "other"),
        (ole_file() + "WordDocument".encode("utf-16-le"), "other"),
    ],
)
def test_what_an_old_office_file_holds(data: bytes, content: str | None) -> None:
    assert guards.ole_content(data) == content
    assert not guards.has_ole_macros(data)


@given(st.binary(max_size=200), st.integers(0, 400), st.binary(min_size=1, max_size=4))
def test_broken_zips_end_in_a_sentence(content: bytes, at: int, change: bytes) -> None:
    data = bytearray(zipped({"a.xml": content, "b.xml": zlib.compress(content)}))
    data[at : at + len(change)] = change
    sentence = "Tệp «x.zip»"
    try:
        archive = guards.unpack(bytes(data), "x.zip")
        for part in archive:
            archive.read(part)
    except FileRefused as refused:
        sentence = refused.sentence
    assert sentence.startswith("Tệp «x.zip»")
