"""The SHA-256 of a snapshot, so that anyone who has the lines can compute it again.

It is over a text in UTF-8 whose lines each end with one line feed:

1. A JSON object: keys sorted, no spaces, characters as they are. Its keys: ``board``, ``number``, ``kind``, ``reason``,
   ``made_at`` (UTC, ``2026-11-23T01:00:00.000000+00:00``), ``entries``, ``actual``, ``draw_seed``, ``prize_zone``,
   ``ranking`` and ``previous_sha256``, the hash of the snapshot before.
2. A line for each entry in order of place, 12 fields with a tab between: place, rank, participant (32 hexadecimal digits),
   unit, score, correct answers, duration in ms, moment of submission (UTC, ``2026-11-23 01:00:00.000000+00:00``),
   prediction, its error, attempts, perfect attempts. What there is not is an empty field.
3. A line for each scope in ascending order (0: everybody, else a unit with everything below it), 5 fields: scope, people,
   attempts, points, people with everything right.
4. A JSON array as in 1: the boards of units, or ``null``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

EntryFields = tuple[int, int, str, int | None, int, int, int, str, int | None, int | None, int, int]
"""Of one entry, in the order of the line; the moment without its offset: ``2026-11-23 01:00:00.000000``."""


def canonical(value: Any) -> str:
    """The one way to write a value as JSON."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def entry_line(entry: EntryFields) -> str:
    """The line of an entry, without its end."""
    place, rank, person, unit, score, correct, duration, submitted, predicted, error, attempts, perfect = entry
    return (
        f"{place}\t{rank}\t{person}\t{'' if unit is None else unit}\t{score}\t{correct}\t{duration}\t{submitted}+00:00\t"
        f"{'' if predicted is None else predicted}\t{'' if error is None else error}\t{attempts}\t{perfect}"
    )


class Digest:
    """Takes the parts of a snapshot in their order and ends with its SHA-256."""

    def __init__(self, header: Mapping[str, Any]) -> None:
        self._hash = hashlib.sha256()
        self._add(canonical(header))

    def add_entries(self, lines: Sequence[str]) -> None:
        if lines:
            self._add("\n".join(lines))

    def end(self, totals: Iterable[tuple[int, ...]], groups: Any) -> str:
        """With the totals (scope, people, attempts, points, perfect) and the boards of units: the hash, in hexadecimal."""
        for total in sorted(totals):
            self._add("\t".join(map(str, total)))
        self._add(canonical(groups))
        return self._hash.hexdigest()

    def _add(self, text: str) -> None:
        self._hash.update(text.encode() + b"\n")
