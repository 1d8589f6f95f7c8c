"""The rules of a contest and of its rounds as values, as they are understood from a document and kept with each round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from quizsvc.contests.eligibility import Eligibility
from quizsvc.contests.group_rules import Gate, GroupKey, RankPoints, TotalPart
from quizsvc.contests.lifecycle import State, state_at
from quizsvc.contests.ranking_keys import USUAL_RANKING, RankingKey


class Counts(StrEnum):
    """Which of several attempts is the one that counts; ``ONLY``: there is just one."""

    BEST = "best"
    FIRST = "first"
    LAST = "last"
    ONLY = "only"


class Shown(StrEnum):
    """When something becomes visible to players. ``AFTER_FINAL``: once the final snapshot is sealed."""

    AT_ONCE = "at_once"
    AFTER_ROUND = "after_round"
    AFTER_CONTEST = "after_contest"
    AFTER_FINAL = "after_final"
    NEVER = "never"


class Phase(StrEnum):
    """``TRIAL`` rounds are for trying out: on no board of the contest, and wiped when the first official round opens."""

    TRIAL = "trial"
    OFFICIAL = "official"


class Abandoned(StrEnum):
    """An attempt that the service had to close (never handed in) is ``CONSUMED``, or ``FREE``: not used and not counted."""

    CONSUMED = "consumed"
    FREE = "free"


class Partial(StrEnum):
    """What a question with several right choices earns when not all of it is right.

    ``NONE``: nothing. ``NO_WRONG``: its share of right choices, nothing once a wrong one is chosen.
    ``RIGHT_MINUS_WRONG``: (right − wrong) / keyed choices, never below nothing. Shares of points are rounded down.
    """

    NONE = "none"
    NO_WRONG = "no_wrong"
    RIGHT_MINUS_WRONG = "right_minus_wrong"


class Target(StrEnum):
    """What a prediction question asks for the number of."""

    PERFECT_PARTICIPANTS = "perfect_participants"
    PARTICIPANTS = "participants"
    ATTEMPTS = "attempts"


class Scope(StrEnum):
    """Over what the predicted number is counted. ``TRACK``: of the round, in the track of the person."""

    ROUND = "round"
    TRACK = "track"
    CONTEST = "contest"


class Whose(StrEnum):
    """Which of a person's predictions counts: that of the counted attempt, of the first, of the last, or the nearest."""

    COUNTED = "counted"
    FIRST = "first"
    LAST = "last"
    NEAREST = "nearest"


class Overall(StrEnum):
    """How rounds make the board of the whole contest: points, time and attempts added up, the best round, or no board."""

    SUM = "sum"
    BEST = "best"
    NONE = "none"


@dataclass(frozen=True)
class Prediction:
    """The prediction question of a round. ``counts_voided``: disqualified people still count in the actual number."""

    prompt: str
    target: Target = Target.PERFECT_PARTICIPANTS
    scope: Scope = Scope.ROUND
    counts_voided: bool = False
    whose: Whose = Whose.COUNTED


@dataclass(frozen=True)
class Quota:
    """``count`` questions from a bank, if given only of this topic and this difficulty."""

    bank: str
    count: int
    topic: str | None = None
    difficulty: int | None = None


@dataclass(frozen=True)
class Paper:
    """What a paper is drawn from. ``track``: for people of this track only. ``fixed``: the same questions for everybody."""

    quotas: tuple[Quota, ...]
    track: str | None = None
    fixed: bool = False

    @property
    def question_count(self) -> int:
        return sum(quota.count for quota in self.quotas)


@dataclass(frozen=True)
class Limits:
    """How many attempts one person has; ``None``: no limit. Weeks begin on Monday, days at midnight, in Vietnam."""

    per_round: int | None = None
    per_day: int | None = None
    per_week: int | None = None
    per_contest: int | None = None
    abandoned: Abandoned = Abandoned.CONSUMED


class RepeatWinners(StrEnum):
    """Someone who would win more than once in the contest: ``ALLOWED``, only the ``FIRST`` prize (in time; later ones pass
    on to the next), or only the ``HIGHEST`` (by the order of levels; of equal ones the earlier).
    """

    ALLOWED = "allowed"
    FIRST = "first"
    HIGHEST = "highest"


@dataclass(frozen=True)
class Prize:
    """A level of prize; ``amount`` in đồng. ``track``: for this track only. ``by_committee``: not given by rank."""

    prize: str
    title: str
    quantity: int
    amount: int | None = None
    track: str | None = None
    by_committee: bool = False


@dataclass(frozen=True)
class RoundRules:
    """Everything about a round that is decided before it opens.

    ``question_ms``: each question has its own time, one after the other (``time_limit_ms`` is then their sum).
    ``points[d]``: points of a question of difficulty ``d + 1``.
    """

    time_limit_ms: int
    limits: Limits
    counts: Counts
    points: tuple[int, int, int]
    show_result: Shown
    show_review: Shown
    show_board: Shown
    papers: tuple[Paper, ...]
    eligibility: Eligibility
    question_ms: int | None = None
    partial: Partial = Partial.NONE
    prediction: Prediction | None = None
    ranking: tuple[RankingKey, ...] = USUAL_RANKING
    phase: Phase = Phase.OFFICIAL
    prizes: tuple[Prize, ...] = ()
    needs_registration: bool = False

    @property
    def prediction_prompt(self) -> str | None:
        return None if self.prediction is None else self.prediction.prompt

    @property
    def question_count(self) -> int:
        """Of the first paper; tracks may have papers of other lengths."""
        return self.papers[0].question_count

    def paper_index(self, track: str | None) -> int:
        """Which paper people of this track draw: their own, else the one without a track, else the first."""
        tracks = [paper.track for paper in self.papers]
        wanted = track if track in tracks else None
        return tracks.index(wanted) if wanted in tracks else 0


@dataclass(frozen=True)
class Group:
    """A board of units. The block: units of these ``kinds`` below one of ``under`` (codes), or units once of
    ``former_district`` (codes of abolished districts). ``rounds``: codes of the rounds it looks at; none: all.
    ``prize_weights``: points for each winner by prize code, for ``weighted_winners``. ``total``: what the metric of that
    name adds up.
    """

    group: str
    title: str
    keys: tuple[GroupKey, ...]
    kinds: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    former_district: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    gate: Gate = field(default_factory=Gate)
    rank_points: RankPoints | None = None
    total: tuple[TotalPart, ...] = ()
    prize_weights: Mapping[str, int] = field(default_factory=dict)
    prizes: tuple[Prize, ...] = ()


@dataclass(frozen=True)
class ContestRules:
    """What belongs to the contest as a whole. ``complaint_hours``: how long complaints are taken after publication."""

    overall: Overall = Overall.SUM
    ranking: tuple[RankingKey, ...] = USUAL_RANKING
    groups: tuple[Group, ...] = ()
    prizes: tuple[Prize, ...] = ()
    registration: Window | None = None
    complaint_hours: int = 72
    repeat_winners: RepeatWinners = RepeatWinners.ALLOWED


@dataclass(frozen=True)
class Window:
    """Half-open times, UTC."""

    opens_at: datetime
    closes_at: datetime

    def state(self, now: datetime) -> State:
        return state_at(now, opens_at=self.opens_at, closes_at=self.closes_at)


def tracks_of(rules: Sequence[RoundRules]) -> tuple[str, ...]:
    """Codes of the tracks, in the order of the document."""
    return tuple(rule.track for rule in rules[0].eligibility.tracks) if rules else ()
