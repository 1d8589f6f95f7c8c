"""Whether what a question cites still says, while a round runs, what it said when somebody last compared the two.

By dates alone, as Vietnamese law gives them: an instrument binds from its day in force until the day it loses force, and an
amendment changes the places that it names from its own day in force on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from quizsvc.banks.citations import Amendment, Article, Citation, InstrumentFile, missing_part, place_text


@dataclass(frozen=True)
class Period:
    """The days of a round, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Compared:
    """When a question was compared with the law: ``checked_on`` by a person who said so, else ``made_on``, as it came in."""

    made_on: date
    checked_on: date | None = None

    def knows(self, amendment: Amendment) -> bool:
        """Whether whoever compared had the amended text. Who only wrote the question had what the outline shows."""
        if self.checked_on is not None and self.checked_on >= amendment.in_force_from:
            return True
        return amendment.in_outline and self.made_on >= amendment.in_force_from


@dataclass(frozen=True)
class Doubt:
    """Why a citation may not hold. ``is_stale``: the question cannot be drawn; otherwise a person should look."""

    code: str
    sentence: str
    is_stale: bool


def doubts(citation: Citation, instrument: InstrumentFile | None, period: Period, compared: Compared) -> list[Doubt]:
    """Everything against the citation in this period; none when it holds.

    Codes: ``unknown-instrument``, ``not-yet-in-force``, ``no-longer-in-force``, ``repealed-place``, ``amended-place``,
    ``unknown-place``, ``amendment-not-listed`` (an amendment whose changes nobody has listed; not stale).
    """
    if instrument is None:
        return [Doubt("unknown-instrument", f"văn bản số {citation.law} không có trong danh mục văn bản", is_stale=False)]
    return [*_of_instrument(instrument, period), *_of_amendments(citation, instrument, period, compared)]


def _of_instrument(instrument: InstrumentFile, period: Period) -> Iterator[Doubt]:
    name = f"{instrument.title} (số {instrument.number})"
    if period.first < instrument.in_force_from:
        said = f"{name} đến ngày {instrument.in_force_from:%d/%m/%Y} mới có hiệu lực"
        yield Doubt("not-yet-in-force", said, is_stale=True)
    if instrument.in_force_to is not None and instrument.in_force_to <= period.last:
        said = f"{name} hết hiệu lực từ ngày {instrument.in_force_to:%d/%m/%Y}"
        yield Doubt("no-longer-in-force", said, is_stale=True)


def _of_amendments(citation: Citation, instrument: InstrumentFile, period: Period, compared: Compared) -> Iterator[Doubt]:
    place, name = place_text(citation), f"{instrument.title} (số {instrument.number})"
    taken_away = False
    for amendment in instrument.amendments:
        if amendment.in_force_from > period.last:
            continue
        since = f"văn bản số {amendment.number} từ ngày {amendment.in_force_from:%d/%m/%Y}"
        if touches(amendment.repeals, citation):
            taken_away = True
            yield Doubt("repealed-place", f"{place} {name} đã bị {since} bãi bỏ", is_stale=True)
        elif compared.knows(amendment):
            continue
        elif touches(amendment.amends, citation):
            said = f"{place} {name} đã được {since} sửa đổi, sau khi câu hỏi được đối chiếu"
            yield Doubt("amended-place", said, is_stale=True)
        elif not amendment.amends and not amendment.repeals:
            said = f"{name} đã được {since} sửa đổi nhưng danh mục chưa ghi sửa những điều nào"
            yield Doubt("amendment-not-listed", said, is_stale=False)
    missing = missing_part(instrument, citation)
    if missing == "repealed-article" and not taken_away:
        yield Doubt("repealed-place", f"Điều {citation.article} {name} đã bị bãi bỏ", is_stale=True)
    elif missing is not None and not taken_away:
        yield Doubt("unknown-place", f"{name} không có {place}", is_stale=False)


def touches(changed: Mapping[str, Article], citation: Citation) -> bool:
    """Whether a change of these places changes what is cited: the same place, one within it, or the whole around it.

    >>> touches({"15": Article({"2": ("a",)})}, Citation("1/2020/QH14", "15", "2"))
    True
    >>> touches({"15": Article({"2": ("a",)})}, Citation("1/2020/QH14", "15", "2", "b"))
    False
    """
    article = changed.get(citation.article)
    if article is None:
        return False
    if not article.clauses or (citation.clause is None and citation.point is None):
        return True
    if citation.clause not in article.clauses:
        return False
    points = article.clauses[citation.clause]
    return not points or citation.point is None or citation.point in points
