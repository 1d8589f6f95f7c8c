"""What was found in a file as plain JSON and back, for the way between two processes."""

from __future__ import annotations

from typing import Any

from cattrs.preconf.json import make_converter

from quizsvc.banks.files.documents import Where
from quizsvc.banks.files.found import FileRefused, FoundFile

_CONVERTER = make_converter()


def found_to_json(found: FoundFile) -> Any:
    """Lists, objects, texts and numbers only."""
    return _CONVERTER.unstructure(found)


def found_from_json(plain: Any) -> FoundFile:
    """What ``found_to_json`` was given."""
    return _CONVERTER.structure(plain, FoundFile)


def refused_to_json(refused: FileRefused) -> Any:
    return {"code": refused.code, "sentence": refused.sentence, "where": _CONVERTER.unstructure(refused.where)}


def refused_from_json(plain: Any) -> FileRefused:
    """What ``refused_to_json`` was given."""
    where = None if plain["where"] is None else _CONVERTER.structure(plain["where"], Where)
    return FileRefused(plain["code"], plain["sentence"], where)
