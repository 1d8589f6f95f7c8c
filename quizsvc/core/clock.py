"""The only reader of the wall clock. Everything else is handed ``now``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def system_clock() -> datetime:
    """Aware UTC, cut to whole milliseconds: what is stored is then exactly what the API shows."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def local_day(moment: datetime) -> date:
    """The calendar day in Vietnam; midnight there is 17:00 UTC of the day before."""
    return moment.astimezone(VIETNAM).date()


def milliseconds_between(start: datetime, end: datetime) -> int:
    """Whole milliseconds from ``start`` to ``end``, without passing through a float."""
    gap = end - start
    return (gap.days * 86_400 + gap.seconds) * 1000 + gap.microseconds // 1000
