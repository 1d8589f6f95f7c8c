"""Old Word files through LibreOffice, played by a small program, and without it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from quizsvc.banks.files.doc import find_libreoffice, read_doc
from quizsvc.banks.files.found import FileRefused
from tests.banks.files.docx.making import make_docx, paragraph, run
from tests.banks.files.ole import ole_file

DOC = ole_file("WordDocument")


def program(folder: Path, work: str) -> str:
    """A program in LibreOffice's place; ``work`` is Python that knows ``source``, ``out`` and ``profile``."""
    path = folder / "soffice"
    path.write_text(
        f"""#!{sys.executable}
import os, pathlib, sys, time
source = pathlib.Path(sys.argv[-1])
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
profile = pathlib.Path(next(each for each in sys.argv if "UserInstallation" in each).partition("file://")[2])
{work}
"""
    )
    path.chmod(0o755)
    return str(path)


def converts_to(folder: Path, made: bytes) -> str:
    (folder / "made.docx").write_bytes(made)
    return f"out.mkdir(); (out / 'input.docx').write_bytes(pathlib.Path({str(folder / 'made.docx')!r}).read_bytes())"


def test_the_converted_document_is_read_under_its_own_name(tmp_path: Path) -> None:
    soffice = program(tmp_path, converts_to(tmp_path, make_docx(paragraph("A. có", run(" (x)", "<w:b/>")))))
    document = read_doc(DOC, "de.doc", soffice=soffice)
    assert (document.name, document.format) == ("de.doc", "doc")
    assert [(each.text, each.marks.bold) for line in document.lines for each in line.runs] == [
        ("A. có", False),
        (" (x)", True),
    ]


def test_libreoffice_gets_the_bytes_a_profile_without_macros_and_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZSVC_SECRET", "x")
    seen = tmp_path / "seen"
    work = f"""
settings = (profile / "user" / "registrymodifications.xcu").read_text()
assert "DisableMacrosExecution" in settings and profile.parent == source.parent
told = [" ".join(sorted(os.environ)), str(len(source.read_bytes())), str(source)]
pathlib.Path({str(seen)!r}).write_text("|".join(told))
"""
    with pytest.raises(FileRefused) as refused:
        read_doc(DOC, "de.doc", soffice=program(tmp_path, work))
    assert refused.value.code == "doc-not-converted"
    environment, size, source = seen.read_text().split("|")
    assert "QUIZSVC_SECRET" not in environment
    assert int(size) == len(DOC)
    assert not Path(source).exists()


def test_a_program_that_does_not_end_is_stopped_with_what_it_started(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    work = f"""
if os.fork() == 0:
    time.sleep(1.5)
    pathlib.Path({str(alive)!r}).write_text("x")
time.sleep(60)
"""
    began = time.monotonic()
    with pytest.raises(FileRefused) as refused:
        read_doc(DOC, "de.doc", soffice=program(tmp_path, work), seconds=1)
    assert refused.value.code == "doc-timeout"
    assert time.monotonic() - began < 20
    time.sleep(1)
    assert not alive.exists()


def test_without_libreoffice_a_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_libreoffice() is None
    with pytest.raises(FileRefused) as refused:
        read_doc(DOC, "de.doc")
    assert refused.value.code == "doc-no-converter"
    assert "lưu lại kiểu .docx" in refused.value.sentence
    with pytest.raises(FileRefused) as refused:
        read_doc(DOC, "de.doc", soffice=str(tmp_path / "gone"))
    assert refused.value.code == "doc-no-converter"


def test_libreoffice_is_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = program(tmp_path, converts_to(tmp_path, make_docx(paragraph("Câu 1"))))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_libreoffice() == made
    assert [line.text for line in read_doc(DOC, "de.doc").lines] == ["Câu 1"]


def test_a_docx_that_bears_the_old_name_is_read_as_what_it_is() -> None:
    assert read_doc(make_docx(paragraph("Câu 1")), "de.doc").format == "docx"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"{\\rtf1}", "not-doc"),
        (ole_file("Workbook"), "not-doc"),
        (ole_file("EncryptedPackage"), "password"),
        (ole_file("WordDocument", "_VBA_PROJECT"), "macros"),
    ],
)
def test_other_files_never_reach_libreoffice(data: bytes, code: str, tmp_path: Path) -> None:
    soffice = program(tmp_path, f"pathlib.Path({str(tmp_path / 'ran')!r}).write_text('x')")
    with pytest.raises(FileRefused) as refused:
        read_doc(data, "de.doc", soffice=soffice)
    assert refused.value.code == code
    assert not (tmp_path / "ran").exists()
