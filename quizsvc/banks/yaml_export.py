"""Writes banks and registry entries as the YAML files that read back to the same content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from quizsvc.banks.questions import LETTERS
from quizsvc.banks.versions import Content

# Databases keep JSON with sorted keys; files have the order that people expect.
CITATION_FIELDS = ("law", "article", "clause", "point")
AMENDMENT_FIELDS = ("number", "in_force_from", "in_outline", "amends", "repeals")
INSTRUMENT_FIELDS = (
    *("number", "kind", "title", "issued_on", "in_force_from", "in_force_to", "note"),
    *("amendments", "repealed", "outline"),
)
HEADER = "# yaml-language-server: $schema=../schema/{}.schema.json\n"


class _OneLine(dict[str, Any]):
    """A mapping written as ``{law: …, article: 8}``."""


class _Dumper(yaml.SafeDumper):
    """Authors' style: one-line lists of letters and one-line citations, no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    _OneLine, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)
)
_Dumper.add_representer(
    tuple, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
)


def bank_text(code: str, title: str, topics: Mapping[str, str], questions: Iterable[tuple[str, Content]]) -> str:
    """The file of a bank; ``questions`` are codes with their contents in the order to write."""
    head = _dump({"bank": code, "title": title, "topics": dict(topics)})
    written = [_dump([_question(name, content)]) for name, content in questions]
    return HEADER.format("bank") + head + "questions:\n" + "\n".join(written)


def instrument_text(document: Mapping[str, Any]) -> str:
    """The registry file of an instrument."""
    written = _in_order(document, INSTRUMENT_FIELDS)
    written["amendments"] = [_in_order(each, AMENDMENT_FIELDS) for each in document["amendments"]]
    written["outline"] = dict(sorted(document["outline"].items(), key=lambda item: _article_order(item[0])))
    return HEADER.format("instrument") + _dump(written)


def _question(code: str, content: Content) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": code,
        "topic": content.topic,
        "difficulty": content.difficulty,
        "text": content.text,
    }
    if content.kind == "true_false":
        written["answer"] = content.key == [0]
    else:
        letters = tuple(LETTERS[position] for position in content.key)
        written["choices"] = dict(zip(LETTERS, content.choices, strict=False))
        written["answer"] = letters[0] if content.kind == "single" else letters
        if content.pinned:
            written["pinned"] = True
    written["explanation"] = content.explanation
    cites = [_in_order(cite, CITATION_FIELDS) for cite in content.citations]
    written["cites"] = [_OneLine({name: _number(part) for name, part in cite.items()}) for cite in cites]
    return written


def _in_order(fields: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: fields[name] for name in names if name in fields}


def _article_order(number: str) -> tuple[int, str]:
    """``8``, ``8a``, ``10``."""
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyzđ")
    return int(digits), number


def _number(part: str) -> str | int:
    return int(part) if part.isascii() and part.isdigit() and str(int(part)) == part else part


def _dump(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10**6)
