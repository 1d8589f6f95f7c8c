"""Sorting more records than one wants to hold in memory."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO

AT_ONCE = 250_000


def sorted_records(records: Iterable[bytes], width: int, at_once: int = AT_ONCE) -> Iterator[bytes]:
    """Records of ``width`` bytes in ascending order; at most ``at_once`` of them are in memory, the others in files."""
    rest = iter(records)
    with ExitStack() as files:
        spilled: list[Iterator[bytes]] = []
        chunk = sorted(islice(rest, at_once))
        while following := sorted(islice(rest, at_once)):
            file = files.enter_context(tempfile.TemporaryFile())
            file.write(b"".join(chunk))
            file.seek(0)
            spilled.append(_read(file, width))
            chunk = following
        yield from heapq.merge(*spilled, chunk) if spilled else chunk


def _read(file: IO[bytes], width: int) -> Iterator[bytes]:
    while some := file.read(width * 4096):
        for at in range(0, len(some), width):
            yield some[at : at + width]
