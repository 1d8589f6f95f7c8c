"""Equations of Word (Office Math) written on one line: fractions as «(a)/(b)», powers as «x^(2)», roots as «√(x)»."""

from __future__ import annotations

from collections.abc import Callable

from quizsvc.banks.files.docx.names import Element, M, W

_SIMPLE = 3
"""So many signs without an operator need no brackets."""


def linear(element: Element) -> str:
    """The text of ``m:oMath`` or a part of it."""
    tag = element.tag
    if not isinstance(tag, str) or tag.endswith("Pr"):
        return ""
    if tag in (M + "t", W + "t"):
        return element.text or ""
    made = _MAKERS.get(tag)
    return made(element) if made is not None else "".join(linear(child) for child in element)


def _part(element: Element, name: str) -> str:
    found = element.find(M + name)
    return "" if found is None else linear(found)


def _property(element: Element, group: str, name: str, otherwise: str) -> str:
    found = element.find(f"{M}{group}/{M}{name}")
    return otherwise if found is None else found.get(M + "val", otherwise)


def _grouped(text: str) -> str:
    return text if text.isalnum() and len(text) <= _SIMPLE else f"({text})"


def _fraction(element: Element) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _power(element: Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    return f"{_part(element, 'e')}{'_' + _grouped(below) if below else ''}{'^' + _grouped(above) if above else ''}"


def _scripts_before(element: Element) -> str:
    return f"_{_grouped(_part(element, 'sub'))}^{_grouped(_part(element, 'sup'))}{_part(element, 'e')}"


def _root(element: Element) -> str:
    degree = _part(element, "deg")
    return f"√{'[' + degree + ']' if degree else ''}({_part(element, 'e')})"


def _large_operator(element: Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    sign = _property(element, "naryPr", "chr", "∫")
    return f"{sign}{'_' + _grouped(below) if below else ''}{'^' + _grouped(above) if above else ''} {_part(element, 'e')}"


def _brackets(element: Element) -> str:
    opening = _property(element, "dPr", "begChr", "(")
    closing = _property(element, "dPr", "endChr", ")")
    between = _property(element, "dPr", "sepChr", "|")
    return opening + between.join(linear(part) for part in element.iterchildren(M + "e")) + closing


def _matrix(element: Element) -> str:
    rows = (", ".join(linear(cell) for cell in row.iterchildren(M + "e")) for row in element.iterchildren(M + "mr"))
    return f"[{'; '.join(rows)}]"


def _equations(element: Element) -> str:
    return "; ".join(linear(part) for part in element.iterchildren(M + "e"))


def _function(element: Element) -> str:
    return f"{_part(element, 'fName')}({_part(element, 'e')})"


def _limit(element: Element) -> str:
    return f"{_part(element, 'e')}_({_part(element, 'lim')})"


_MAKERS: dict[str, Callable[[Element], str]] = {
    M + "f": _fraction,
    M + "sSup": _power,
    M + "sSub": _power,
    M + "sSubSup": _power,
    M + "sPre": _scripts_before,
    M + "rad": _root,
    M + "nary": _large_operator,
    M + "d": _brackets,
    M + "m": _matrix,
    M + "eqArr": _equations,
    M + "func": _function,
    M + "limLow": _limit,
    M + "limUpp": _limit,
}
