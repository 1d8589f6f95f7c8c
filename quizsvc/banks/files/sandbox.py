"""Reads question files in a process of their own, so that a hostile file costs the service nothing but a short wait.

The process is a fresh Python without the web application (``child.py``): nothing of a worker is forked into it, no secret
is in its environment, and it limits its own memory, time and files. Threads may call this.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizsvc.banks.files.found import FileRefused, FoundFile
from quizsvc.banks.files.found_json import found_from_json, found_to_json, refused_from_json

MEGABYTE = 1024 * 1024
MEMORY_FOR_LIBREOFFICE = 6 * 1024 * MEGABYTE
LARGEST_SCRATCH = 128 * MEGABYTE
"""Of a file laid down for a moment, by LibreOffice or while a workbook is written; every other task writes none."""
LARGEST_ANSWER = 64 * MEGABYTE
AT_ONCE = 2
"""Files that one process of the service has read at the same time; more have to wait."""
WAIT_FOR_TURN = 20.0

SPLIT = "hãy chia thành nhiều tệp."

ROOT = Path(__file__).resolve().parents[3]
# ``quizsvc/__init__.py`` is the web application: an empty package in its place makes the start six times as fast.
START = """
import sys, types
root = sys.argv[1]
sys.path.insert(0, root)
package = types.ModuleType("quizsvc")
package.__path__ = [root + "/quizsvc"]
sys.modules["quizsvc"] = package
from quizsvc.banks.files.child import main
main()
"""
ENVIRONMENT = {"PATH": f"/usr/local/bin:{os.defpath}", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
_TURNS = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost: address space in bytes, seconds of computing, seconds that the caller waits."""

    memory: int = 1536 * MEGABYTE
    cpu_seconds: int = 40
    wall_seconds: float = 60.0


LIMITS = Limits()


class ReaderBusy(Exception):
    """Too many files are being read; nothing is wrong with this one. Try again after ``WAIT_FOR_TURN`` seconds."""


class ReaderFailed(FileRefused):
    """A reader met something that it was not written for; ``trace`` is for the log."""

    def __init__(self, name: str, trace: str) -> None:
        self.trace = trace
        sentence = (
            f"Tệp «{name}» làm bộ đọc dừng giữa chừng; lỗi đã được ghi lại. Hãy thử lưu tệp dưới dạng khác (.docx, .xlsx)."
        )
        super().__init__("reader-failed", sentence)


def read_apart(
    data: bytes,
    name: str,
    *,
    key: tuple[bytes, str] | None = None,
    format: str | None = None,  # noqa: A002  the word of the command line and the API
    first_is_right: bool = False,
    limits: Limits = LIMITS,
) -> FoundFile:
    """As ``reading.read_file``, in a process of its own.

    Raises ``FileRefused`` (also for a file that took too much time or memory, with the limit named) and ``ReaderBusy``.
    """
    task = {"name": name, "format": format, "first_is_right": first_is_right, "found": None}
    head, _ = _run(task, data, key, limits)
    return found_from_json(head["found"])


def mark_apart(data: bytes, found: FoundFile, *, limits: Limits = LIMITS) -> tuple[bytes, str]:
    """As ``marking.mark_file``, in a process of its own; raises as ``read_apart``."""
    task = {"name": found.name, "format": found.format, "first_is_right": False, "found": found_to_json(found)}
    head, marked = _run(task, data, None, limits)
    return marked, head["marked"]


def _run(task: dict[str, Any], data: bytes, key: tuple[bytes, str] | None, limits: Limits) -> tuple[dict[str, Any], bytes]:
    second, key_name = key or (b"", None)
    sizes = {"key_name": key_name, "size": len(data), "key_size": len(second)}
    line = json.dumps(task | sizes | {"memory": limits.memory, "cpu_seconds": limits.cpu_seconds})
    if not _TURNS.acquire(timeout=WAIT_FOR_TURN):
        raise ReaderBusy
    try:
        with tempfile.TemporaryFile() as given:
            for part in (line.encode(), b"\n", data, second):
                given.write(part)
            given.seek(0)
            answer = _answer(given, task["name"], limits)
    finally:
        _TURNS.release()
    first, _, body = answer.partition(b"\n")
    head: dict[str, Any] = json.loads(first)
    if "refused" in head:
        raise refused_from_json(head["refused"])
    if "out_of_memory" in head:
        raise _too_much_memory(task["name"], limits)
    if "crashed" in head:
        raise ReaderFailed(task["name"], head["crashed"])
    return head, body


def _answer(given: Any, name: str, limits: Limits) -> bytes:
    command = [sys.executable, "-I", "-c", START, str(ROOT)]
    with subprocess.Popen(  # noqa: S603  our own Python and code
        command,
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/",
        start_new_session=True,  # so that LibreOffice, its child, ends with it
    ) as process:
        assert process.stdout is not None
        is_late = threading.Event()
        alarm = threading.Timer(limits.wall_seconds, _end_late, (process, is_late))
        alarm.start()
        try:
            answer = process.stdout.read(LARGEST_ANSWER + 1)
            if len(answer) <= LARGEST_ANSWER:
                os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # its number stays taken until all are ended
        finally:
            alarm.cancel()
            _end(process)
        code = process.wait()
    if is_late.is_set():
        raise FileRefused("reading-too-long", f"Đọc tệp «{name}» quá {limits.wall_seconds:.0f} giây nên đã dừng: {SPLIT}")
    if len(answer) > LARGEST_ANSWER:
        limit = LARGEST_ANSWER // MEGABYTE
        raise FileRefused("answer-too-large", f"Nội dung tệp «{name}» dài quá {limit} MB: {SPLIT}")
    if b"\n" not in answer:
        raise _ended(name, code, limits)
    return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and its children; its answer, if there is one, has been read."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _end_late(process: subprocess.Popen[bytes], is_late: threading.Event) -> None:
    is_late.set()
    _end(process)


def _ended(name: str, code: int, limits: Limits) -> FileRefused:
    """The refusal of a file whose process ended without an answer."""
    if code == -signal.SIGXCPU:
        sentence = f"Đọc tệp «{name}» tốn quá {limits.cpu_seconds} giây tính toán nên đã dừng: {SPLIT}"
        return FileRefused("reading-too-long", sentence)
    if code in (-signal.SIGKILL, -signal.SIGABRT):
        return _too_much_memory(name, limits)
    return ReaderFailed(name, f"the reading process ended with status {code}")


def _too_much_memory(name: str, limits: Limits) -> FileRefused:
    limit = limits.memory // MEGABYTE
    return FileRefused("reading-too-large", f"Đọc tệp «{name}» cần hơn {limit} MB bộ nhớ: {SPLIT}")
