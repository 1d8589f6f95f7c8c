"""What may be seen, and when. Every answer that shows a result, a key, a rank or a figure asks here.

While a prediction question can still be answered, its answer follows from any live figure: how many took part, how many
were perfect, who stands where, how many points a unit has. So these functions know no viewer: what is sealed is sealed for
players, for strangers and for organizers alike (the committee is exactly who must not know), whatever else the rules say.

Someone's own score and right answers tell nothing about the others, so they follow their own rules only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizsvc.contests.lifecycle import GRACE
from quizsvc.contests.ranking_keys import RankingKey, needs_prediction
from quizsvc.contests.rules import Phase, RoundRules, Scope, Shown, Window

Span = tuple[datetime, datetime]
"""Half-open: from the first moment on, no longer at the second."""


@dataclass(frozen=True)
class Sitting:
    """A round as visibility sees it. ``answered_until``: someone may sit it until then (a make-up session, extra time)."""

    rules: RoundRules
    window: Window
    answered_until: datetime | None = None

    @property
    def until(self) -> datetime:
        return max(self.window.closes_at, self.answered_until or self.window.closes_at)


@dataclass(frozen=True)
class Circumstances:
    """What visibility depends on besides the rules and the window of the round that is asked about.

    ``rounds``: all of the contest. ``ranking``: of the board that is asked about. ``sealed_at`` and ``final_at``: when its
    first and its final snapshot were made, ``None`` as long as they were not; results and reviews look at the snapshots of
    their round.
    """

    rounds: tuple[Sitting, ...]
    ranking: Sequence[RankingKey] = ()
    sealed_at: datetime | None = None
    final_at: datetime | None = None

    @property
    def official(self) -> tuple[Sitting, ...]:
        """The rounds that count; of a contest that only tries out, all."""
        return tuple(each for each in self.rounds if each.rules.phase is Phase.OFFICIAL) or self.rounds

    @property
    def closes_at(self) -> datetime:
        """When the last official round closes."""
        return max(each.window.closes_at for each in self.official)


def shown_from(shown: Shown, window: Window, facts: Circumstances) -> datetime | None:
    """From when something of a round that is shown ``shown`` may be seen; ``None``: never, or not known yet."""
    if shown is Shown.AT_ONCE:
        return window.opens_at
    if shown is Shown.AFTER_ROUND:
        return window.closes_at
    if shown is Shown.AFTER_CONTEST:
        return max(window.closes_at, facts.closes_at)
    return facts.final_at if shown is Shown.AFTER_FINAL else None


def own_result_visible(rules: RoundRules, window: Window, facts: Circumstances, now: datetime) -> bool:
    """A person's own score and number of right answers."""
    return _reached(shown_from(rules.show_result, window, facts), now)


def review_visible_from(rules: RoundRules, window: Window, facts: Circumstances) -> datetime | None:
    """The right answers, explanations and citations of a person's own paper; ``None``: never, or not known yet."""
    return shown_from(rules.show_review, window, facts)


def board_visible_from(rules: RoundRules, window: Window, facts: Circumstances, now: datetime) -> datetime | None:
    """The moment since which a round's figures are seen, or the next one from which they will be.

    ``None``: never, or a snapshot has to be made first. Figures may be sealed again while another round runs.
    """
    return _outside(_seals(facts, window), _with_order(shown_from(rules.show_board, window, facts), facts), now)


def contest_board_visible_from(facts: Circumstances, now: datetime) -> datetime | None:
    """As ``board_visible_from``, for what is added up over the rounds of a contest.

    It shows nothing sooner than the board of any round that has opened by then, since a sum gives that one away.
    """
    seals, moment = _seals(facts, None), now
    while True:
        found = _outside(seals, _with_order(_all_shown_from(facts, moment), facts), moment)
        if found is None or found <= moment:
            return found
        moment = found  # by then another round may have opened


def figures_sealed_until(facts: Circumstances, now: datetime) -> datetime | None:
    """For figures and lists that no board shows (who is missing, how many a correction concerns): when a prediction that is
    open at ``now`` no longer seals them; ``None``: nothing does.
    """
    seals = _seals(facts, None)
    return _outside(seals, now, now) if _in(seals, now) else None


def prediction_open(rules: RoundRules, window: Window, facts: Circumstances, now: datetime) -> bool:
    """Whether the round's prediction question may still be answered: never once figures can be seen."""
    asking = (each for each in facts.rounds if (each.rules, each.window) == (rules, window) and rules.prediction is not None)
    return any(now < _sealed_until(each, facts) for each in asking)


def _all_shown_from(facts: Circumstances, now: datetime) -> datetime | None:
    rounds = facts.official
    begun = [each for each in rounds if each.window.opens_at <= now] or [min(rounds, key=lambda each: each.window.opens_at)]
    moments = [shown_from(each.rules.show_board, each.window, facts) for each in begun]
    return None if None in moments else max(moment for moment in moments if moment is not None)


def _with_order(moment: datetime | None, facts: Circumstances) -> datetime | None:
    """A board that ranks by the prediction has no order before its first snapshot."""
    if moment is None or not needs_prediction(facts.ranking):
        return moment
    return None if facts.sealed_at is None else max(moment, facts.sealed_at)


def _seals(facts: Circumstances, window: Window | None) -> list[Span]:
    """When predictions forbid to show figures of the round in this window; without one, those of the whole contest."""
    spans = []
    for each in facts.rounds:
        if each.rules.prediction is None:
            continue
        if each.rules.prediction.scope is Scope.CONTEST:
            spans.append((min(other.window.opens_at for other in facts.rounds), _sealed_until(each, facts)))
        elif window is None or (window.opens_at < each.until and each.window.opens_at < window.closes_at):
            spans.append((each.window.opens_at, _sealed_until(each, facts)))
    return spans


def _sealed_until(asked: Sitting, facts: Circumstances) -> datetime:
    """Until when the prediction of this round keeps figures sealed; what is sent at the last moment arrives within grace."""
    whole = asked.rules.prediction is not None and asked.rules.prediction.scope is Scope.CONTEST
    until = max(asked.until, facts.closes_at) if whole else asked.until
    return until + GRACE


def _outside(seals: Sequence[Span], earliest: datetime | None, now: datetime) -> datetime | None:
    """The beginning of the unsealed stretch from ``earliest`` on that ``now`` is in, or of the next one."""
    if earliest is None:
        return None
    free = [moment for moment in (earliest, *(end for _, end in seals)) if moment >= earliest and not _in(seals, moment)]
    if earliest <= now and not _in(seals, now):
        return max(moment for moment in free if moment <= now)
    return min((moment for moment in free if moment > now), default=None)


def _in(seals: Iterable[Span], moment: datetime) -> bool:
    return any(start <= moment < end for start, end in seals)


def _reached(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now
