"""The process that a question file is read in: it takes one task, limits itself, and answers.

``sandbox.py`` starts it and wrote the task. It knows nothing of the service: no settings, no database, no secrets.
"""

from __future__ import annotations

import json
import resource
import sys
import traceback
from typing import Any

from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.found_json import found_from_json, found_to_json, refused_to_json
from quizsvc.banks.files.marking import mark_file
from quizsvc.banks.files.reading import read_file
from quizsvc.banks.files.recognising import recognise
from quizsvc.banks.files.sandbox import LARGEST_SCRATCH, MEMORY_FOR_LIBREOFFICE

Answer = tuple[dict[str, Any], bytes]


def main() -> None:
    """The task is a line of JSON and the bytes of the files; so is the answer."""
    task = json.loads(sys.stdin.buffer.readline())
    data, key = (sys.stdin.buffer.read(task[name]) for name in ("size", "key_size"))
    head, body = _answer(task, data, key)
    sys.stdout.buffer.write(json.dumps(head, ensure_ascii=False).encode() + b"\n" + body)


def _answer(task: dict[str, Any], data: bytes, key: bytes) -> Answer:
    """``{"found"}``, ``{"marked"}`` with the bytes after it, ``{"refused"}``, ``{"out_of_memory"}`` or ``{"crashed"}``."""
    try:
        return _do(task, data, key)
    except FileRefused as refused:
        return {"refused": refused_to_json(refused)}, b""
    except (MemoryError, RecursionError):
        return {"out_of_memory": True}, b""
    except Exception:
        return {"crashed": traceback.format_exc()}, b""


def _do(task: dict[str, Any], data: bytes, key: bytes) -> Answer:
    _limit(task, scratch=0)
    name, format_name = task["name"], task["format"]
    if task["found"] is not None:
        _limit(task, scratch=LARGEST_SCRATCH)
        marked, kind = mark_file(data, found_from_json(task["found"]))
        return {"marked": kind}, marked
    key_name = task["key_name"]
    if "doc" in (recognise(data, name, format_name), None if key_name is None else recognise(key, key_name)):
        _limit(task | {"memory": MEMORY_FOR_LIBREOFFICE}, scratch=LARGEST_SCRATCH)
    second = None if key_name is None else (key, key_name)
    found = read_file(data, name, key=second, format=format_name, first_is_right=task["first_is_right"])
    return {"found": found_to_json(found)}, b""


def _limit(task: dict[str, Any], *, scratch: int) -> None:
    """Soft limits: what is set first is tight, and one kind of file needs more. A limit that is exceeded ends the process,
    or is an error in it; a parser cannot raise it."""
    for kind, most in (
        (resource.RLIMIT_AS, task["memory"]),
        (resource.RLIMIT_FSIZE, scratch),
        (resource.RLIMIT_CPU, task["cpu_seconds"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
