"""Word 97–2003 documents (.doc): LibreOffice turns them into .docx where it is installed; else a sentence says what to do.

The file is somebody else's, so LibreOffice runs with a profile of its own that forbids macros and links, without the
service's environment, in its own process group, and for a limited time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from quizsvc.banks.files import guards
from quizsvc.banks.files.documents import Document
from quizsvc.banks.files.docx import read_docx
from quizsvc.banks.files.found import FileRefused

LONGEST_SECONDS = 60
PROGRAMS = ("soffice", "libreoffice")
_FORBIDDING = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""No macros whatever their signature, no links followed, none asked for."""


def find_libreoffice() -> str | None:
    """The path of LibreOffice's program, ``None`` where it is not installed."""
    return next((path for program in PROGRAMS if (path := shutil.which(program)) is not None), None)


def read_doc(data: bytes, name: str, *, soffice: str | None = None, seconds: float = LONGEST_SECONDS) -> Document:
    """The document in the bytes of a .doc. ``soffice``: LibreOffice's program, looked for on PATH when not given.

    A .docx that bears the name .doc is read as what it is. Raises ``FileRefused``.
    """
    guards.check_size(data, name)
    if data.startswith(guards.ZIP):
        return read_docx(data, name)
    _refuse_other_files(data, name)
    program = soffice or find_libreoffice()
    if program is None:
        sentence = f"Máy chủ không đọc được tệp .doc «{name}»: hãy mở bằng Word, lưu lại kiểu .docx rồi gửi lại."
        raise FileRefused("doc-no-converter", sentence)
    return replace(read_docx(_converted(data, name, program, seconds), name), format="doc")


def _refuse_other_files(data: bytes, name: str) -> None:
    content = guards.ole_content(data)
    if content == "encrypted":
        raise FileRefused("password", f"Tệp «{name}» có mật khẩu: hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi gửi lại.")
    if content != "word":
        raise FileRefused("not-doc", f"Tệp «{name}» không phải tệp Word .doc: hãy mở bằng Word và lưu lại kiểu .docx.")
    if guards.has_ole_macros(data):
        raise FileRefused("macros", f"Tệp «{name}» có macro, không được nhận: hãy lưu lại kiểu .docx.")


def _converted(data: bytes, name: str, program: str, seconds: float) -> bytes:
    with tempfile.TemporaryDirectory(prefix="quizsvc-doc-") as scratch:
        folder = Path(scratch)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_FORBIDDING, encoding="utf-8")
        source, made = folder / "input.doc", folder / "out" / "input.docx"
        source.write_bytes(data)
        command = [
            program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--infilter=MS Word 97", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made.parent), str(source),
        ]  # fmt: skip
        _run(command, folder, name, seconds)
        if not made.is_file():
            sentence = (
                f"Không chuyển được tệp .doc «{name}» (hỏng hoặc có mật khẩu): hãy mở bằng Word và lưu lại kiểu .docx."
            )
            raise FileRefused("doc-not-converted", sentence)
        if made.stat().st_size > guards.LARGEST_FILE:
            raise guards.too_large(name)
        return made.read_bytes()


def _run(command: list[str], folder: Path, name: str, seconds: float) -> None:
    environment = {"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8"}
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed program, and paths of our own making
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        sentence = f"Máy chủ không chạy được LibreOffice để đọc tệp .doc «{name}»: hãy lưu lại kiểu .docx rồi gửi lại."
        raise FileRefused("doc-no-converter", sentence) from error
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        sentence = f"Chuyển tệp .doc «{name}» quá {seconds:.0f} giây: hãy mở bằng Word, lưu lại kiểu .docx rồi gửi lại."
        raise FileRefused("doc-timeout", sentence) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and what it started, which may outlive it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
