"""Reads a contest document from its YAML or JSON file, or says where what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from quizsvc.banks import faults as bank_faults
from quizsvc.banks.faults import Source
from quizsvc.banks.yaml_file import SCHEMAS, read_valid_tree
from quizsvc.banks.yaml_tree import LARGEST_FILE
from quizsvc.contests.document import ContestDocument, Fault, understand
from quizsvc.contests.document_schema import contest_schema, examine
from quizsvc.contests.errors import ContestDocumentRefused

SUFFIXES = (".yaml", ".yml", ".json")


def read_contest(path: Path, schemas: Path = SCHEMAS) -> ContestDocument:
    """The document in a file. Raises ``ContestDocumentRefused`` with every fault, in YAML with its line."""
    understood = _from_json(path) if path.suffix == ".json" else _from_yaml(path, schemas)
    if understood.slug != path.stem:
        raise ContestDocumentRefused(path.stem, [f"mã cuộc thi «{understood.slug}» phải trùng tên tệp"])
    return understood


def _from_yaml(path: Path, schemas: Path) -> ContestDocument:
    tree, found = read_valid_tree(path, contest_schema(schemas))
    found = bank_faults.errors(found)
    if tree is None or found:
        raise ContestDocumentRefused(path.stem, [_in_both(fault) for fault in found])
    understood = understand(tree.value)
    if isinstance(understood, ContestDocument):
        return understood
    raise ContestDocumentRefused(path.stem, [_said(tree.source, fault) for fault in understood])


def _from_json(path: Path) -> ContestDocument:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ContestDocumentRefused(path.stem, [f"{path}:1: không mở được tệp: {error.strerror}"]) from None
    if len(data) > LARGEST_FILE:
        raise ContestDocumentRefused(path.stem, [f"{path}:1: tệp lớn hơn {LARGEST_FILE // 1024 // 1024} MiB"])
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_no_repeated_keys, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        fault = f"{path}:{error.lineno}: không đọc được JSON ở cột {error.colno} (not JSON: {error.msg})"
        raise ContestDocumentRefused(path.stem, [fault]) from None
    except (ValueError, RecursionError) as error:
        raise ContestDocumentRefused(path.stem, [f"{path}:1: không đọc được JSON: {error}"]) from None
    understood = examine(value)
    if isinstance(understood, ContestDocument):
        return understood
    raise ContestDocumentRefused(path.stem, [f"{path}: {fault}" for fault in understood])


def _said(source: Source, fault: Fault) -> str:
    place = source.at(*fault.path)
    return f"{place.file}:{place.line}: {fault}"


def _in_both(fault: bank_faults.Fault) -> str:
    where = f" [{fault.place.pointer}]" if fault.place.path else ""
    return f"{fault.place.file}:{fault.place.line}: {fault.code}: {fault.sentence} ({fault.english or fault.code}){where}"


def _no_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"khóa «{name}» lặp lại (the key “{name}” is repeated)")
        found[name] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} không phải JSON ({name} is not JSON)")
