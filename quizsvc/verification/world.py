"""What a verification needs to know besides what people handed in: rules, keys, decisions, units, boards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from quizsvc.attempts.decisions import Disqualification, Ruling
from quizsvc.banks.models import QuestionVersion
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.ranking_keys import KINDS, Known, Standing
from quizsvc.units.models import Unit
from quizsvc.verification.plain import LIVE, Marker, Outcome, Question, Ranking
from quizsvc.verification.rows import Reader

LETTERS = "abcdefgh"
FIGURES = 4
"""Of a board's unit: people, attempts, points, people with everything right; then a sum for each level of cells."""


@dataclass
class PlainBoard:
    """A board and what was counted for it so far, by unit; the sums of levels are over ``hash`` of prefixes."""

    id: int
    name: str
    round_id: int | None
    track: str | None
    ranking: Ranking
    counted: dict[int | None, list[int]] = field(default_factory=dict)

    def of_unit(self, unit_id: int | None) -> list[int]:
        return self.counted.setdefault(unit_id, [0] * (FIGURES + len(self.ranking.cuts)))


@dataclass(frozen=True)
class PlainRound:
    """``has_rulings``: the marks of some papers may have changed since their receipts were given."""

    id: int
    name: str
    opened: str
    rules: Mapping[str, Any]
    marker: Marker
    has_rulings: bool

    @property
    def whose(self) -> str | None:
        return (self.rules["prediction"] or {}).get("whose")


@dataclass(frozen=True)
class PlainContest:
    """``guessed``: what predictions ask for, counted as it goes, by round (none: the contest) and track: people, attempts
    and people with everything right; then how many more of each there are with those who are disqualified."""

    id: int
    name: str
    opened: str
    overall: str
    rounds: Sequence[PlainRound]
    boards: Sequence[PlainBoard]
    disqualified: Mapping[str, frozenset[int | None]]
    guessed: dict[tuple[int | None, str | None], list[int]] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        return any(found.rules["prediction"] for found in self.rounds)


Keys = Mapping[int, tuple[int, frozenset[str]]]
"""Of each question version its difficulty and the letters of its right choices."""


def paths_of(reader: Reader) -> dict[int | None, tuple[int, ...]]:
    """Scopes of each unit: everyone, and the units from the root to it."""
    rows = reader.rows(select(Unit.id, Unit.path))
    found: dict[int | None, tuple[int, ...]] = {
        unit_id: (0, *(int(part) for part in path.split("/") if part)) for unit_id, path in rows
    }
    return found | {None: (0,)}


def keys_of(reader: Reader) -> Keys:
    rows = reader.rows(select(QuestionVersion.id, QuestionVersion.difficulty, QuestionVersion.key))
    return {version: (difficulty, _letters(key)) for version, difficulty, key in rows}


def _letters(positions: Sequence[int]) -> frozenset[str]:
    return frozenset(LETTERS[place] for place in positions)


def contests_of(reader: Reader, keys: Keys) -> list[PlainContest]:
    """Every contest with its rounds and boards."""
    rows = reader.rows(
        select(Contest.id, Contest.slug, reader.moment_of(Contest.opens_at), Contest.rules).order_by(Contest.id)
    )
    return [
        PlainContest(
            id=contest_id,
            name=slug,
            opened=opened,
            overall=rules["overall"],
            rounds=(rounds := _rounds(reader, contest_id, keys)),
            boards=_boards(reader, contest_id, slug, {found.id: found.name for found in rounds}),
            disqualified=_disqualified(reader, contest_id),
        )
        for contest_id, slug, opened, rules in list(rows)
    ]


def _rounds(reader: Reader, contest_id: int, keys: Keys) -> list[PlainRound]:
    query = select(Round.id, Round.public_id, reader.moment_of(Round.opens_at), Round.rules).where(
        Round.contest_id == contest_id
    )
    found = []
    for round_id, name, opened, rules in list(reader.rows(query.order_by(Round.position, Round.id))):
        rulings = _rulings(reader, round_id)
        questions = {
            str(version): _question(rules["points"][difficulty - 1], letters, rulings.get(version))
            for version, (difficulty, letters) in keys.items()
        }
        marker = Marker(questions, rules["partial"])
        found.append(PlainRound(round_id, name, opened, rules, marker, bool(rulings)))
    return found


def _rulings(reader: Reader, round_id: int) -> dict[int, Any]:
    """Every version that was ever ruled on: with the newest ruling in force, or nothing."""
    columns = (Ruling.question_version_id, Ruling.effect, Ruling.accepted, Ruling.lifted_at)
    query = select(*columns).where(Ruling.round_id == round_id).order_by(Ruling.decided_at, Ruling.id)
    found: dict[int, Any] = {}
    for version, effect, accepted, lifted_at in reader.rows(query):
        if lifted_at is None:
            found[version] = (effect, accepted)
        else:
            found.setdefault(version, None)
    return found


def _question(points: int, letters: frozenset[str], ruling: Any) -> Question:
    if ruling is None:
        return Question(points, (letters,) if letters else ())
    effect, accepted = ruling
    return Question(points, tuple(_letters(key) for key in accepted if key), effect == "accept_all", effect == "drop")


def _boards(reader: Reader, contest_id: int, slug: str, rounds: Mapping[int, str]) -> list[PlainBoard]:
    query = select(Board.id, Board.round_id, Board.track, Board.ranking).where(Board.contest_id == contest_id)
    found = []
    for board_id, round_id, track, ranking in reader.rows(query.order_by(Board.id)):
        name = f"bảng của cuộc thi {slug}" if round_id is None else f"bảng của vòng {rounds[round_id]}"
        name += "" if track is None else f" (đối tượng {track})"
        keys = [(key["key"], key["order"]) for key in ranking]
        found.append(PlainBoard(board_id, name, round_id, track, Ranking(keys, {**LIVE, **_newer_kinds()})))
    return found


def _newer_kinds() -> dict[str, Any]:
    """Kinds of keys that the plain path does not state by itself: taken from where they are defined."""
    return {
        name: (kind.width, kind.fine, _value_of(kind.value))
        for name, kind in KINDS.items()
        if name not in LIVE and kind.known is Known.LIVE
    }


def _value_of(value: Callable[[Standing], int | None]) -> Callable[[Outcome], int]:
    def of_outcome(outcome: Outcome) -> int:
        started, ended = (datetime.fromisoformat(f"{each}+00:00") for each in (outcome.started, outcome.ended))
        standing = Standing(
            outcome.score, outcome.correct, outcome.duration_ms, started, ended, started, outcome.attempts, outcome.perfect
        )
        return value(standing) or 0

    return of_outcome


def _disqualified(reader: Reader, contest_id: int) -> dict[str, frozenset[int | None]]:
    """By person the rounds that do not count for them; ``None``: no round does."""
    query = select(reader.text_of(Disqualification.participant_id), Disqualification.round_id).where(
        Disqualification.contest_id == contest_id, Disqualification.lifted_at.is_(None)
    )
    found: dict[str, set[int | None]] = defaultdict(set)
    for person, round_id in reader.rows(query):
        found[person].add(round_id)
    return {person: frozenset(rounds) for person, rounds in found.items()}
