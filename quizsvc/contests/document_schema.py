"""The JSON Schema of contest documents, and any value at all examined as one."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from quizsvc.banks.faults import Source
from quizsvc.banks.schema_faults import schema_faults
from quizsvc.banks.yaml_file import SCHEMAS
from quizsvc.contests.document import ContestDocument, Fault, understand
from quizsvc.contests.ranking_keys import KINDS
from quizsvc.core.fields import CONTROL_CHARACTERS

CONTEST_SCHEMA = "contest.schema.json"


@cache
def contest_schema(folder: Path = SCHEMAS) -> dict[str, Any]:
    """The schema as it is published: the kinds of ranking keys are filled in from ``ranking_keys``."""
    schema: dict[str, Any] = json.loads((folder / CONTEST_SCHEMA).read_text(encoding="utf-8"))
    says = "; ".join(f"{kind.name} ({kind.usual.value}): {_usual(kind.name)}" for kind in KINDS.values())
    key = schema["$defs"]["ranking_key"]["properties"]["key"]
    key |= {"enum": list(KINDS), "description": f"{key['description']}, kèm chiều mặc định: {says}"}
    return schema


def _usual(name: str) -> str:
    kind = KINDS[name]
    return kind.high_says if kind.usual.value == "high" else kind.low_says


def examine(value: Any) -> ContestDocument | list[Fault]:
    """The contest that parsed JSON or YAML describes, or every fault in it; nothing is presumed of ``value``."""
    faults = [*unstorable(value)]
    faults += [
        Fault(fault.place.path, fault.sentence, fault.english)
        for fault in schema_faults(value, Source("document"), contest_schema())
    ]
    return faults or understand(value)


def unstorable(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """What no database can hold, or what would turn a text around on the screen."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from unstorable(name, (*path, name))
            yield from unstorable(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from unstorable(inner, (*path, place))
    elif isinstance(value, str) and CONTROL_CHARACTERS.search(value):
        yield Fault(path, "Có ký tự điều khiển không được phép.", "There is a control character that is not allowed.")
    elif isinstance(value, float) and not math.isfinite(value):
        yield Fault(path, "Không phải là số.", "This is no number.")
