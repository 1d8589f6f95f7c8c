"""Writes banks and registry entries as the YAML files that read back to the same content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from quizsvc.banks.questions import LETTERS
from quizsvc.banks.versions import Content

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
    return HEADER.format("instrument") + _dump(dict(document))


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
    written["cites"] = [_OneLine({name: _number(part) for name, part in cite.items()}) for cite in content.citations]
    return written


def _number(part: str) -> str | int:
    return int(part) if part.isascii() and part.isdigit() and str(int(part)) == part else part


def _dump(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10**6)
