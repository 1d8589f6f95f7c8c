"""Reads a contest document from its YAML file, or says at which line what is wrong."""

from __future__ import annotations

from pathlib import Path

from quizsvc.banks.faults import Source, errors
from quizsvc.banks.service import SCHEMAS
from quizsvc.banks.yaml_file import read_valid_tree
from quizsvc.contests.document import ContestDocument, Fault, understand
from quizsvc.contests.errors import ContestDocumentRefused

CONTEST_SCHEMA = "contest.schema.json"


def read_contest(path: Path, schemas: Path = SCHEMAS) -> ContestDocument:
    """The document in a file. Raises ``ContestDocumentRefused`` with every fault and its line."""
    tree, faults = read_valid_tree(path, schemas / CONTEST_SCHEMA)
    if tree is None or errors(faults):
        raise ContestDocumentRefused(path.stem, [str(fault) for fault in errors(faults)])
    understood = understand(tree.value)
    if isinstance(understood, ContestDocument):
        if understood.slug != path.stem:
            raise ContestDocumentRefused(path.stem, [f"mã cuộc thi «{understood.slug}» phải trùng tên tệp"])
        return understood
    raise ContestDocumentRefused(path.stem, [_said(tree.source, fault) for fault in understood])


def _said(source: Source, fault: Fault) -> str:
    place = source.at(*fault.path)
    return f"{place.file}:{place.line}: {fault.detail} [{place.pointer}]"
