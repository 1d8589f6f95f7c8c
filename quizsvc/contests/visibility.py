"""What players may see, and when. Every answer that shows a result, a key or a figure asks here.

While a prediction question is open, any live figure gives its answer away, so boards and totals stay sealed until the
round has closed, whatever else the rules say.
"""

from __future__ import annotations

from datetime import datetime

from quizsvc.contests.lifecycle import State
from quizsvc.contests.rules import RoundRules, Shown, Window


def is_shown(shown: Shown, window: Window, now: datetime) -> bool:
    """Whether something that is shown ``shown`` may be seen at ``now``."""
    if shown is Shown.AT_ONCE:
        return True
    return shown is Shown.AFTER_ROUND and window.state(now) is State.CLOSED


def own_result_visible(rules: RoundRules, window: Window, now: datetime) -> bool:
    """A person's own score and number of right answers."""
    return is_shown(rules.show_result, window, now)


def review_visible(rules: RoundRules, window: Window, now: datetime) -> bool:
    """The right answers, explanations and citations of a person's own paper."""
    return is_shown(rules.show_review, window, now)


def board_visible(rules: RoundRules, window: Window, now: datetime) -> bool:
    """Ranks, entries, totals and unit figures of a round."""
    visible_from = board_visible_from(rules, window)
    return visible_from is not None and visible_from <= now


def board_visible_from(rules: RoundRules, window: Window) -> datetime | None:
    """The moment from which the board may be seen; ``None`` when never."""
    if rules.show_board is Shown.NEVER:
        return None
    sealed = rules.show_board is Shown.AFTER_ROUND or rules.prediction_prompt is not None
    return window.closes_at if sealed else window.opens_at
