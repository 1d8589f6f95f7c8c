"""Counters of item statistics against a plain count over the first attempts."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select

from quizsvc.attempts.decisions import Ruling
from quizsvc.attempts.models import Attempt
from quizsvc.item_statistics.models import ItemCount, ItemProgress
from quizsvc.verification.findings import Findings
from quizsvc.verification.plain import mark_one
from quizsvc.verification.rows import Reader
from quizsvc.verification.world import PlainRound, contests_of, keys_of

VIETNAM = timedelta(hours=7)
LETTERS = "abcdefgh"
Key = tuple[int, date, int]


def check_items(reader: Reader, findings: Findings) -> None:
    """Every counter of every round that has been counted under the rulings that are in force now."""
    for contest in contests_of(reader, keys_of(reader)):
        for found in contest.rounds:
            progress = reader.mappings(select(ItemProgress.__table__).where(ItemProgress.round_id == found.id))
            if progress and progress[0]["rulings"] == _rulings(reader, found.id):
                _check_round(reader, found, progress[0]["last_id"], findings)


def _rulings(reader: Reader, round_id: int) -> str:
    ids = reader.rows(select(Ruling.id).where(Ruling.round_id == round_id, Ruling.lifted_at.is_(None)))
    return hashlib.sha256(" ".join(sorted(str(each) for (each,) in ids)).encode()).hexdigest()


def _check_round(reader: Reader, found: PlainRound, last_id: object, findings: Findings) -> None:
    counted: dict[Key, list[int]] = defaultdict(lambda: [0] * 5)
    query = select(Attempt.paper, Attempt.answers, reader.moment_of(Attempt.started_at), Attempt.duration_ms).where(
        Attempt.round_id == found.id, Attempt.number == 1, Attempt.state != "void", Attempt.id <= last_id
    )
    for paper, answers, started, duration_ms in reader.rows(query):
        if answers.strip(","):
            day = (datetime.fromisoformat(started) + VIETNAM).date()
            for version, chosen, rest, pace in _items(found, paper, answers, duration_ms):
                sums = counted[version, day, chosen]
                for place, more in enumerate((1, rest, rest * rest, pace, pace * pace)):
                    sums[place] += more
    columns = (ItemCount.people, ItemCount.rest, ItemCount.rest_squares, ItemCount.pace, ItemCount.pace_squares)
    stored = {
        (version, day, chosen): list(sums)
        for version, day, chosen, *sums in reader.rows(
            select(ItemCount.question_version_id, ItemCount.day, ItemCount.chosen, *columns).where(
                ItemCount.round_id == found.id
            )
        )
    }
    for key in sorted({*counted, *stored}):
        what = f"thống kê câu hỏi, vòng {found.name}, phiên bản {key[0]}, ngày {key[1]}, lựa chọn {key[2]}"
        findings.compare(what, stored.get(key), counted.get(key))


def _items(found: PlainRound, paper: str, answers: str, duration_ms: int | None) -> Iterator[tuple[int, int, int, int]]:
    """Of each question its version, the answer as bits, the thousandths of the others that were right, and the pace."""
    asked = [(item.split(":")[0], given) for item, given in zip(paper.split(" "), answers.split(","), strict=True)]
    marks = [mark_one(found.marker.questions[version], given, "none") for version, given in asked]
    right, most = sum(mark.correct for mark in marks), sum(mark.questions for mark in marks)
    pace = (duration_ms or 0) // (100 * len(asked))
    for (version, given), mark in zip(asked, marks, strict=True):
        others = most - mark.questions
        rest = 1000 * (right - mark.correct) // others if others else 0
        yield int(version), sum(1 << LETTERS.index(letter) for letter in given), rest, pace
