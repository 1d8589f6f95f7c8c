"""Legal citations: what they name, whether it exists in the registry, and how they read in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from quizsvc.banks.faults import Source

NOWHERE = Source("")
POINTS = r"\((?P<points>[a-zđ]\d?(?: [a-zđ]\d?)*)\)"
LEADING = re.compile(rf"{POINTS}(?: |$)")
CLAUSE = re.compile(rf"(?P<clause>\d+[a-zđ]?)(?:{POINTS})?(?: |$)")


@dataclass(frozen=True)
class Citation:
    """One place in one instrument, from the article down to the point."""

    law: str
    article: str
    clause: str | None = None
    point: str | None = None
    source: Source = field(default=NOWHERE, compare=False, repr=False)

    def to_json(self) -> dict[str, Any]:
        """As it is stored: parts that are not named are left out."""
        parts = {"law": self.law, "article": self.article, "clause": self.clause, "point": self.point}
        return {name: part for name, part in parts.items() if part is not None}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Citation:
        """The citation that ``to_json`` wrote."""
        return cls(stored["law"], stored["article"], stored.get("clause"), stored.get("point"))


@dataclass(frozen=True)
class Article:
    """An article's clauses with their points. Points that stand before any clause have the clause ``None``."""

    clauses: Mapping[str | None, tuple[str, ...]]


@dataclass(frozen=True)
class Amendment:
    """A later instrument that changes this one; ``in_outline`` says whether the outline already shows it.

    ``amends`` and ``repeals``: the places it changes and those it takes away, by article; an article without clauses is
    meant as a whole. Both empty: nobody has listed them yet.
    """

    number: str
    in_force_from: date
    in_outline: bool
    amends: Mapping[str, Article] = field(default_factory=dict)
    repeals: Mapping[str, Article] = field(default_factory=dict)


@dataclass(frozen=True)
class InstrumentFile:
    """A legal instrument as its registry file describes it; ``in_force_to`` is the first day without force."""

    number: str
    kind: str
    title: str
    issued_on: date
    in_force_from: date
    in_force_to: date | None
    amendments: tuple[Amendment, ...]
    repealed: frozenset[str]
    articles: Mapping[str, Article]
    document: Mapping[str, Any] = field(repr=False)
    source: Source = field(default=NOWHERE, compare=False, repr=False)

    def is_in_force(self, on: date) -> bool:
        """Whether the instrument binds anybody on this day."""
        return self.in_force_from <= on and (self.in_force_to is None or on < self.in_force_to)


def parse_outline(text: str) -> Article:
    """Read ``"1 2(a b) 3"``, ``"(a b)"`` or ``""``. Raises ``ValueError`` with a Vietnamese sentence."""
    clauses: dict[str | None, tuple[str, ...]] = {}
    leading = LEADING.match(text)
    position = leading.end() if leading else 0
    if leading:
        clauses[None] = tuple(leading["points"].split())
    while position < len(text):
        found = CLAUSE.match(text, position)
        if found is None:
            raise ValueError(f"dàn ý «{text}» không đọc được từ «{text[position:]}»")
        if found["clause"] in clauses:
            raise ValueError(f"dàn ý «{text}» có hai khoản {found['clause']}")
        clauses[found["clause"]] = tuple((found["points"] or "").split())
        position = found.end()
    return Article(clauses)


def missing_part(instrument: InstrumentFile, citation: Citation) -> str | None:
    """The code of the first part of the citation that the instrument does not have, or ``None``."""
    if citation.article in instrument.repealed:
        return "repealed-article"
    article = instrument.articles.get(citation.article)
    if article is None:
        return "unknown-article"
    if citation.clause is not None and citation.clause not in article.clauses:
        return "unknown-clause"
    if citation.point is not None and citation.point not in article.clauses.get(citation.clause, ()):
        return "unknown-point"
    return None


def exists(instrument: InstrumentFile, citation: Citation) -> bool:
    """Whether the instrument has, today, the place that the citation names."""
    return missing_part(instrument, citation) is None


def place_text(citation: Citation) -> str:
    """``điểm a khoản 2 Điều 15``."""
    point = f"điểm {citation.point} " if citation.point is not None else ""
    clause = f"khoản {citation.clause} " if citation.clause is not None else ""
    return f"{point}{clause}Điều {citation.article}"


def citation_text(citation: Citation, title: str) -> str:
    """``điểm a khoản 2 Điều 15 Luật Mặt trận Tổ quốc Việt Nam (số 75/2015/QH13)``; ``title`` is the instrument's."""
    return f"{place_text(citation)} {title} (số {citation.law})"
