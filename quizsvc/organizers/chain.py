"""The hash chain of the audit log, so that anyone can recompute it.

The hash of a row is SHA-256, in lower-case hexadecimal, over the UTF-8 bytes of one JSON object: keys sorted, no spaces,
characters as they are (only ``"``, ``\\`` and control characters escaped). Its keys are all fields of ``Link``: ``number``,
``at`` (UTC with milliseconds, ``2026-11-23T01:00:00.000Z``), ``actor_id``, ``actor_role``, ``unit_id``, ``action``,
``subject``, ``reason``, ``before``, ``after`` and ``prev_sha256``, the hash of the row before (64 zeros before row 1).
Changing, removing or inserting a row therefore changes every hash after it. What a chain cannot show by itself is that its
newest rows were cut off, or all of it written anew: for that, keep the number and hash of a row elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """What is hashed of one row."""

    number: int
    at: datetime
    actor_id: str | None
    actor_role: str | None
    unit_id: int | None
    action: str
    subject: str
    reason: str
    before: Any
    after: Any
    prev_sha256: str


def link_sha256(link: Link) -> str:
    """The hash of a row. ``ValueError`` or ``TypeError`` when it holds what JSON cannot say."""
    moment = link.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return hashlib.sha256(canonical(vars(link) | {"at": moment})).hexdigest()


def canonical(value: Any) -> bytes:
    """The one way to write a value as JSON."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def chain_faults(rows: Iterable[tuple[Link, str]], known: tuple[int, str] | None = None) -> Iterator[str]:
    """What is wrong with a chain, given as its rows in order of number with their stored hashes; nothing when it is whole.

    ``known`` is the number and hash of a row as somebody kept them: it must still be there and the same.
    """
    last, hash_before = 0, GENESIS
    is_known = known is None
    for link, stored in rows:
        if link.number != last + 1:
            yield _missing(last + 1, link.number - 1)
        elif link.prev_sha256 != hash_before:
            yield f"dòng {link.number}: đứt chuỗi, mã băm của dòng {last} ghi trong dòng này khác mã đang lưu ở dòng {last}"
        if link_sha256(link) != stored:
            yield f"dòng {link.number}: nội dung không khớp mã băm, dòng đã bị sửa sau khi ghi"
        if known is not None and known[0] == link.number:
            is_known = True
            if known[1] != stored:
                yield f"dòng {link.number}: mã băm khác mã đã giữ ở nơi khác, nhật ký đã bị viết lại"
        last, hash_before = link.number, stored
    if known is not None and not is_known:
        yield f"không còn dòng {known[0]} đã được giữ ở nơi khác: phần cuối nhật ký (từ sau dòng {last}) đã bị cắt"


def _missing(first: int, last: int) -> str:
    if last < first:
        return f"dòng {last + 1}: số thứ tự không hợp lệ, phải là {first}"
    return f"thiếu dòng {first}" if first == last else f"thiếu các dòng từ {first} đến {last}"
