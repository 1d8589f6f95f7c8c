"""The hand-made tables beside this file: who did what, and who must stand where and why."""

from __future__ import annotations

import csv
import functools
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from quizsvc.contests.document_parts import ContestDocument, RoundDocument
from quizsvc.contests.ranking_keys import RankingKey, Standing, rank_key
from quizsvc.contests.rules import Target
from quizsvc.contests.yaml_file import read_contest

EXAMPLES = Path(__file__).parents[3] / "quizzes/contests/examples"
TABLES = Path(__file__).with_name("tables")
VIETNAM = timezone(timedelta(hours=7))
LONG_AGO = datetime(2020, 1, 1, tzinfo=VIETNAM)
SLUGS = tuple(sorted(path.stem for path in EXAMPLES.glob("*.yaml")))


@dataclass(frozen=True)
class Line:
    """A person's counted result. ``decided_by``: the key that puts it below the line above; ``=``: none, they are equal."""

    rank: int
    person: str
    correct: int
    duration: timedelta
    submitted: datetime
    registered: datetime
    attempts: int
    perfect: int | None
    predicted: int | None
    occupation: str | None
    decided_by: str

    @property
    def started(self) -> datetime:
        return self.submitted - self.duration

    def perfect_attempts(self, questions: int) -> int:
        """As the table says; if it does not, the counted attempt is the only one that may be perfect."""
        return int(self.correct == questions) if self.perfect is None else self.perfect


@dataclass(frozen=True)
class Table:
    """``part``: the code of a round, or ``overall``. ``notes``: ``name: value`` lines above the table."""

    slug: str
    part: str
    notes: Mapping[str, str]
    lines: Sequence[Line]

    @property
    def document(self) -> ContestDocument:
        return example(self.slug)

    @property
    def round(self) -> RoundDocument:
        return next(made for made in self.document.rounds if made.code == self.part)

    @property
    def actual(self) -> int | None:
        return int(self.notes["actual"]) if "actual" in self.notes else None

    @property
    def expected(self) -> dict[str, int]:
        return {line.person: line.rank for line in self.lines}

    def standing(self, line: Line) -> Standing:
        """The line as the service ranks it once the board is sealed."""
        rules = self.round.rules
        no_error = self.actual is None or line.predicted is None
        return Standing(
            score=line.correct * rules.points[0],
            correct_count=line.correct,
            duration_ms=line.duration // timedelta(milliseconds=1),
            started_at=line.started,
            submitted_at=line.submitted,
            registered_at=line.registered,
            attempts=line.attempts,
            perfect_attempts=line.perfect_attempts(rules.question_count),
            opened_at=self.round.opens_at,
            prediction_error=None if no_error else int(line.predicted or 0) - int(self.actual or 0),
        )

    def count(self, target: Target) -> int:
        """What a prediction of this target is held against, counted from the lines."""
        if target is Target.PARTICIPANTS:
            return len(self.lines)
        if target is Target.ATTEMPTS:
            return sum(line.attempts for line in self.lines)
        return sum(line.perfect_attempts(self.round.rules.question_count) > 0 for line in self.lines)


@functools.cache
def example(slug: str) -> ContestDocument:
    return read_contest(EXAMPLES / f"{slug}.yaml")


@functools.cache
def table(name: str) -> Table:
    """The table in ``tables/<name>.csv``; the name is the contest's slug, a dot, and the part."""
    notes, rows = rows_of(TABLES / f"{name}.csv")
    slug, part = name.split(".")
    return Table(slug, part, notes, [_line(row) for row in rows])


def names(*, overall: bool = False) -> list[str]:
    """All tables of rounds, or those of whole contests."""
    found = sorted(path.stem for path in TABLES.glob("*.csv"))
    return [name for name in found if name.endswith(".overall") == overall]


def rows_of(path: Path) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The notes and the rows of a table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    notes = [line.removeprefix("# ").partition(": ") for line in lines if line.startswith("# ")]
    return {name: value for name, _, value in notes}, list(
        csv.DictReader(line for line in lines if not line.startswith("#"))
    )


def _line(row: Mapping[str, str]) -> Line:
    minutes, seconds = row["time"].split(":")
    duration = timedelta(minutes=int(minutes), seconds=float(seconds))
    submitted = moment(row["started"]) + duration if "started" in row else moment(row.get("submitted"))
    return Line(
        rank=int(row["rank"]),
        person=row["person"],
        correct=int(row["correct"]),
        duration=duration,
        submitted=submitted,
        registered=moment(row.get("registered")),
        attempts=int(row.get("attempts", 1)),
        perfect=int(row["perfect"]) if "perfect" in row else None,
        predicted=int(row["predicted"]) if row.get("predicted") else None,
        occupation=row.get("occupation"),
        decided_by=row["decided_by"],
    )


def moment(text: str | None) -> datetime:
    return LONG_AGO if text is None else datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def ranks(standings: Mapping[str, Standing], ranking: Sequence[RankingKey]) -> dict[str, int]:
    """Ranks by the service's rank keys: one more than there are people above."""
    keys = {person: rank_key(standing, ranking) for person, standing in standings.items()}
    return {person: 1 + sum(other < key for other in keys.values()) for person, key in keys.items()}


def deciding(standings: Iterable[Standing], ranking: Sequence[RankingKey]) -> list[str]:
    """For each standing the first key that tells it from the one before it: ``-`` for the first, ``=`` when none does."""
    pairs = itertools.pairwise(standings)
    return ["-", *(next((key.key for key in ranking if rank_key(a, [key]) != rank_key(b, [key])), "=") for a, b in pairs)]
