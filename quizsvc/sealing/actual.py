"""The actual value of the prediction that a board ranks by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import contest_rules_of, rounds_of, rules_of
from quizsvc.contests.rules import Overall, Phase, Prediction, RoundRules, Scope
from quizsvc.sealing.prediction import Actual, Counted
from quizsvc.sealing.queries import counts_on


@dataclass(frozen=True)
class Rounds:
    """The rounds of a contest with their rules: what a prediction can be about."""

    official: tuple[tuple[Round, RoundRules], ...]
    overall: Overall

    @classmethod
    def of(cls, session: Session, contest: Contest) -> Rounds:
        found = [(each, rules_of(each)) for each in rounds_of(session, [contest.id])[contest.id]]
        official = tuple(each for each in found if each[1].phase is Phase.OFFICIAL)
        return cls(official, contest_rules_of(contest).overall)


def actual_for(session: Session, rounds: Rounds, board: Board, found: tuple[Round, RoundRules] | None) -> Actual | None:
    """How the predictions on a board (of the round ``found``, or of the whole contest) came out; ``None``: none was asked.

    On the board of a contest it is the prediction about the whole contest; where the best round stands for all, each
    round's own.
    """
    if found is not None:
        asked = found[1].prediction
        return None if asked is None else _made(asked, _counted(session, rounds, board, found[0], found[1], asked))
    predictions = [(each, rules, rules.prediction) for each, rules in rounds.official if rules.prediction is not None]
    whole = next((asked for _, _, asked in predictions if asked.scope is Scope.CONTEST), None)
    if whole is not None:
        return _made(whole, [Counted(_count(session, [each for each, _ in rounds.official], None, whole))])
    if rounds.overall is not Overall.BEST or not predictions:
        return None
    parts = [
        Counted(part.value, each.public_id, part.track)
        for each, rules, asked in predictions
        for part in _counted(session, rounds, board, each, rules, asked)
    ]
    return _made(predictions[0][2], parts)


def _counted(
    session: Session, rounds: Rounds, board: Board, found: Round, rules: RoundRules, asked: Prediction
) -> list[Counted]:
    if asked.scope is Scope.CONTEST:
        return [Counted(_count(session, [each for each, _ in rounds.official], None, asked))]
    if asked.scope is Scope.ROUND:
        return [Counted(_count(session, [found], None, asked))]
    tracks = [rule.track for rule in rules.eligibility.tracks] if board.track is None else [board.track]
    return [Counted(_count(session, [found], track, asked), track=track) for track in tracks]


def _count(session: Session, found: Sequence[Round], track: str | None, asked: Prediction) -> int:
    counts = counts_on(session, found, track, with_voided=asked.counts_voided)
    value: int = getattr(counts, asked.target.value)
    return value


def _made(asked: Prediction, counted: Sequence[Counted]) -> Actual:
    return Actual(asked.target.value, asked.scope.value, asked.counts_voided, tuple(counted))
