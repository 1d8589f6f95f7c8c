"""From a citation as written to the instrument of the registry that it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizsvc.banks.citations import Citation, InstrumentFile
from quizsvc.banks.law.parsing import Instrument, WrittenCitation, parse_citations
from quizsvc.core.text import fold

# As they are written in banks; folded.
_SHORT = {
    "mttq": "mat tran to quoc",
    "bldhs": "bo luat hinh su",
    "blds": "bo luat dan su",
    "blhs": "bo luat hinh su",
    "blld": "bo luat lao dong",
    "bltths": "bo luat to tung hinh su",
    "bltds": "bo luat to tung dan su",
    "hdnd": "hoi dong nhan dan",
    "ubnd": "uy ban nhan dan",
    "hn&gd": "hon nhan va gia dinh",
    "pbgdpl": "pho bien giao duc phap luat",
}
_NOISE = re.compile(r"\b(viet nam|nuoc cong hoa xa hoi chu nghia)\b")


@dataclass(frozen=True)
class Resolved:
    """``citation`` when the registry has the instrument and the text names an article of it; else ``code`` says why not.

    Codes: ``no-instrument`` (none is named), ``unknown-instrument``, ``several-instruments`` (the title fits more than one),
    ``no-article``.
    """

    written: WrittenCitation
    citation: Citation | None
    code: str = ""


def read_citations(text: str, registry: Sequence[InstrumentFile], default: Instrument | None = None) -> list[Resolved]:
    """The citations of a text against the registry. ``default``: what is meant where the text names no instrument.

    A law named without an article and not in the registry is left out: words such as «luật sư» look like one.
    """
    found = [_resolve(written, registry, default) for written in parse_citations(text)]
    return [each for each in found if each.written.article is not None or each.code == "no-article"]


def _resolve(written: WrittenCitation, registry: Sequence[InstrumentFile], default: Instrument | None) -> Resolved:
    named = written.instrument or default
    if named is None:
        return Resolved(written, None, "no-instrument")
    found = candidates(named, registry)
    if len(found) != 1:
        return Resolved(written, None, "several-instruments" if found else "unknown-instrument")
    if written.article is None:
        return Resolved(written, None, "no-article")
    return Resolved(written, Citation(found[0].number, written.article, written.clause, written.point))


def candidates(named: Instrument, registry: Sequence[InstrumentFile]) -> list[InstrumentFile]:
    """The instruments that the name fits: by number alone when there is one, else by title, and by year where given."""
    if named.number is not None:
        return [each for each in registry if each.number == named.number]
    wanted = _title(named.title)
    titles = {each.number: _title(each.title) for each in registry}
    # A title without a sign at its end runs on into the sentence, so the longest title that it begins with is meant.
    begun = [title for title in titles.values() if f"{wanted} ".startswith(f"{title} ")]
    fitting = [each for each in registry if begun and titles[each.number] == max(begun, key=len)]
    if named.year is not None:
        return [each for each in fitting if named.year in (each.issued_on.year, int(each.number.split("/")[1]))]
    return fitting


def _title(title: str) -> str:
    words = fold(title).replace(",", " ").split()
    plain = " ".join(_SHORT.get(word, word) for word in words)
    return " ".join(_NOISE.sub(" ", plain).split())
