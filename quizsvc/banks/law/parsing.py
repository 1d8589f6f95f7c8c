"""Reads citations from running Vietnamese text: «điểm a khoản 2 Điều 15 Luật số 75/2015/QH13», either way round."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# «pháp luật» names no law.
_KINDS = (
    r"bộ\s+luật|(?<!pháp\s)luật|hiến\s+pháp|nghị\s+định|thông\s+tư(?:\s+liên\s+tịch)?|nghị\s+quyết|pháp\s+lệnh"
    r"|quyết\s+định|chỉ\s+thị|quy\s+chế|điều\s+lệ|văn\s+bản(?=\s+số)"
)
_NUMBER = r"\d{1,4}/\d{4}/[A-ZĐa-zđ][A-ZĐa-zđ0-9-]*"
_AND = r"\s*(?:,|;|và|hoặc|hay|đến|-)\s*(?:(?:các|cả)\s+)?"
_CLAUSE_NAME = r"\d{1,3}[a-zđ]?"
_POINT_NAME = r"[a-zđ]\d?"
_TOKEN = re.compile(
    rf"""
    (?P<points>(?:các\s+)?điểm\s+{_POINT_NAME}\b(?:{_AND}(?:điểm\s+)?{_POINT_NAME}\b)*)
    | (?P<clauses>(?:các\s+)?khoản\s+{_CLAUSE_NAME}\b(?:{_AND}(?:khoản\s+)?{_CLAUSE_NAME}\b(?!\s*/))*)
    | (?P<articles>(?:các\s+)?điều\s+{_CLAUSE_NAME}\b(?:{_AND}{_CLAUSE_NAME}\b(?!\s*/))*)
    | \b(?P<kind>{_KINDS}|bl[dhtl]\w{{0,3}})\b\s*(?:số\s*:?\s*)?(?P<number>{_NUMBER})?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What may stand between the parts of one citation.
_LINK = re.compile(r"[\s,;:()–-]*(?:của|và|tại|thuộc|theo|trong|quy định tại|và các)?[\s,;:()]*", re.IGNORECASE)
# A title ends at a sign, at a year, or where the sentence goes on.
_GOES_ON = r"\s(?:quy\s+định|thì|được|đã|có\s+hiệu\s+lực|do|số\s*:?\s*\d)|,?\s(?:điều|khoản|điểm)\s"
_TITLE = re.compile(
    r"\s*(?P<title>[^\n.;:()“”\"«»\d]{0,150}?)\s*,?\s*"
    rf"(?:(?:năm\s+)?(?P<year>(?:19|20)\d\d)\b|(?=[\n.;:()“”\"«»\d]|$|{_GOES_ON}))",
    re.IGNORECASE,
)
_TRAILING_NUMBER = re.compile(
    rf"\s*[,(]?\s*(?:(?:luật|bộ luật|văn bản)\s+)?số\s*:?\s*(?P<number>{_NUMBER})\)?", re.IGNORECASE
)
_SAYS_NOTHING = ("", "này", "đó", "trên", "nói trên", "nêu trên")
_NAME_WORD = re.compile(r"điểm|khoản|điều|các|cả|và|hoặc|hay|,|;", re.IGNORECASE)


@dataclass(frozen=True)
class Instrument:
    """A legal instrument as a text names it: ``number`` («75/2015/QH13»), or ``title`` with its kind, and ``year``."""

    number: str | None = None
    title: str = ""
    year: int | None = None


@dataclass(frozen=True)
class WrittenCitation:
    """One place in one instrument, as written. ``article`` is ``None`` when only the instrument is named.

    ``instrument`` is ``None`` when the text names none («khoản 2 Điều 5»). ``text`` is the stretch that says all this.
    """

    instrument: Instrument | None
    article: str | None
    clause: str | None
    point: str | None
    text: str


@dataclass(frozen=True)
class _Token:
    kind: str
    names: tuple[str, ...]
    start: int
    end: int
    instrument: Instrument | None = None


def parse_citations(text: str) -> list[WrittenCitation]:
    """Every citation of the text, in its order; a list of points, clauses or articles gives one citation each.

    >>> [(each.article, each.clause, each.point) for each in parse_citations("điểm a, b khoản 2 Điều 15 Luật Đất đai")]
    [('15', '2', 'a'), ('15', '2', 'b')]
    """
    composed = unicodedata.normalize("NFC", text)
    found: list[WrittenCitation] = []
    for chunk in _chunks(composed):
        found += _of_chunk(chunk, composed[chunk[0].start : chunk[-1].end].strip(" ,;:("))
    return list(dict.fromkeys(found))


def _chunks(text: str) -> Iterator[list[_Token]]:
    """Tokens that stand close together. After an instrument a new one begins unless its places follow it."""
    chunk: list[_Token] = []
    for token in _tokens(text):
        near = chunk and _LINK.fullmatch(text, chunk[-1].end, token.start)
        if chunk and (not near or _is_complete(chunk)):
            yield chunk
            chunk = []
        chunk.append(token)
    if chunk:
        yield chunk


def _is_complete(chunk: Sequence[_Token]) -> bool:
    return chunk[-1].kind == "instrument" and len(chunk) > 1


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match["kind"] is None:
            kind = next(name for name in ("points", "clauses", "articles") if match[name] is not None)
            yield _Token(kind, _names(match[0]), match.start(), match.end())
            continue
        token = _instrument(text, match)
        if token is not None:
            at = token.end
            yield token


def _instrument(text: str, match: re.Match[str]) -> _Token | None:
    number, at = match["number"], match.end()
    named = _TITLE.match(text, at)
    title, year = "", None
    if named is not None and (number is None or named["year"]):
        title, year = named["title"].strip(" ,"), int(named["year"]) if named["year"] else None
        at = named.end()
    if number is None and (trailing := _TRAILING_NUMBER.match(text, at)):
        number, at = trailing["number"], trailing.end()
    kind = " ".join(match["kind"].split())
    is_name = kind.casefold().startswith("bl") or kind.casefold() == "hiến pháp"
    if number is None and year is None and not is_name and title.casefold() in _SAYS_NOTHING:
        return None  # «luật» alone and «Luật này» name nothing
    made = Instrument(number.upper() if number else None, f"{kind} {title}".strip() if title or number is None else "", year)
    return _Token("instrument", (), match.start(), at, made)


def _names(written: str) -> tuple[str, ...]:
    parts = [part for part in re.split(r"\s+|,|;", _NAME_WORD.sub(" ", written)) if part]
    made: list[str] = []
    for part in parts:
        if part.casefold() == "đến" or part == "-":
            made.append("…")
        elif made[-2:-1] and made[-1] == "…":
            made[-1:] = _range(made[-2], part)
        else:
            made.append(part.casefold())
    return tuple(name for name in made if name != "…")


def _range(first: str, last: str) -> list[str]:
    """What comes after ``first`` up to ``last``; only plain numbers can be counted through."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < 50:
        return [str(number) for number in range(int(first) + 1, int(last) + 1)]
    return [last.casefold()]


def _of_chunk(chunk: Sequence[_Token], text: str) -> Iterator[WrittenCitation]:
    instrument = next((token.instrument for token in chunk if token.kind == "instrument"), None)
    places = [token for token in chunk if token.kind != "instrument"]
    if not places:
        yield WrittenCitation(instrument, None, None, None, text)
        return
    for articles, clauses, points in _ascending(places) if _goes_down(places) else _descending(places):
        for article, clause, point in itertools.product(articles, clauses or (None,), points or (None,)):
            yield WrittenCitation(instrument, article, clause, point, text)


def _goes_down(places: Sequence[_Token]) -> bool:
    """Whether articles come before their clauses («Điều 15, khoản 2, điểm a»)."""
    return places[0].kind == "articles" and places[-1].kind != "articles"


Place = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _descending(places: Sequence[_Token]) -> Iterator[Place]:
    """Points and clauses wait for the article that follows; those that none follows name nothing."""
    waiting: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    points: tuple[str, ...] = ()
    for token in places:
        if token.kind == "points":
            points = token.names
        elif token.kind == "clauses":
            waiting.append((token.names, points))
            points = ()
        else:
            if points:
                waiting.append(((), points))
            for clauses, with_points in waiting or [((), ())]:
                yield token.names, clauses, with_points
            waiting, points = [], ()


def _ascending(places: Sequence[_Token]) -> Iterator[Place]:
    """Each article takes the clauses and points that follow it."""
    articles: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    said = True
    for token in places:
        if token.kind == "articles":
            if not said:
                yield articles, clauses, ()
            articles, clauses, said = token.names, (), False
        elif token.kind == "clauses":
            if clauses and not said:
                yield articles, clauses, ()
            clauses, said = token.names, False
        else:
            yield articles, clauses, token.names
            said = True
    if not said:
        yield articles, clauses, ()
