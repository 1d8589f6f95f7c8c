"""Reads bank and registry files into frozen dataclasses; every fault of a file comes at once, with its line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from quizsvc.banks.citations import Amendment, Article, Citation, InstrumentFile, parse_outline
from quizsvc.banks.faults import Fault, Place, Source
from quizsvc.banks.questions import BankFile, WrittenQuestion
from quizsvc.banks.schema_faults import schema_faults
from quizsvc.banks.yaml_tree import LARGEST_FILE, Tree, read_tree

BANK_SCHEMA = "bank.schema.json"
INSTRUMENT_SCHEMA = "instrument.schema.json"
SCHEMAS = Path(__file__).resolve().parents[2] / "quizzes" / "schema"


def read_bank(path: Path, schemas: Path) -> tuple[BankFile | None, list[Fault]]:
    """The bank in a file and the faults of its form.

    With faults the bank holds the questions that are sound, so that the checker can look at them in the same run; what has
    error faults must not be loaded.
    """
    return _bank_of(*read_valid_tree(path, schemas / BANK_SCHEMA), path)


def read_bank_text(data: bytes, name: str, schemas: Path) -> tuple[BankFile | None, list[Fault]]:
    """As ``read_bank``, of the bytes of a file called ``name``."""
    return _bank_of(*_valid_tree(data, name, schemas / BANK_SCHEMA), Path(name))


def read_instrument(path: Path, schemas: Path) -> tuple[InstrumentFile | None, list[Fault]]:
    """The legal instrument in a registry file, or its faults."""
    tree, faults = read_valid_tree(path, schemas / INSTRUMENT_SCHEMA)
    if tree is None or faults:
        return None, faults
    if faults := _outline_faults(tree):
        return None, faults
    return _instrument(tree.value, tree.source), faults


def instrument_of(document: Mapping[str, Any]) -> InstrumentFile:
    """The instrument of a registry file that was read before and kept as plain values."""
    return _instrument(document, Source(document["number"]))


def read_valid_tree(path: Path, schema: Path | Mapping[str, Any]) -> tuple[Tree | None, list[Fault]]:
    """The document in a file, and what is wrong with it as YAML and against the JSON Schema."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        return None, [Fault("unreadable-file", Place(str(path), 1), f"không mở được tệp: {error.strerror}")]
    return _valid_tree(data, str(path), schema)


def _valid_tree(data: bytes, name: str, schema: Path | Mapping[str, Any]) -> tuple[Tree | None, list[Fault]]:
    tree, faults = read_tree(data, name)
    if tree is not None:
        faults = faults + schema_faults(tree.value, tree.source, schema)
    return tree, faults


def _bank_of(tree: Tree | None, faults: list[Fault], path: Path) -> tuple[BankFile | None, list[Fault]]:
    if tree is None or not isinstance(tree.value, dict) or not isinstance(tree.value.get("questions"), list):
        return None, faults
    return _bank(tree, faults, path), faults


def _bank(tree: Tree, faults: list[Fault], path: Path) -> BankFile:
    broken = {fault.place.path[1] for fault in faults if fault.place.path[:1] == ("questions",) and fault.place.path[1:]}
    value = tree.value
    code, title, topics = value.get("bank"), value.get("title"), value.get("topics")
    topics = topics if isinstance(topics, dict) else {}
    return BankFile(
        code=code if isinstance(code, str) else path.stem,
        title=title.strip() if isinstance(title, str) else "",
        topics={name: text.strip() for name, text in topics.items() if isinstance(text, str)},
        questions=tuple(
            _question(tree, written, position)
            for position, written in enumerate(value["questions"])
            if position not in broken
        ),
        source=tree.source,
    )


def _question(tree: Tree, written: Mapping[str, Any], position: int) -> WrittenQuestion:
    path = ("questions", position)
    choices = written.get("choices", {})
    answer = written["answer"]
    return WrittenQuestion(
        code=written["id"],
        topic=written["topic"],
        difficulty=int(written["difficulty"]),
        text=written["text"].strip(),
        choices=tuple((letter, tree.text(text, *path, "choices", letter)) for letter, text in choices.items()),
        answer=tuple(answer) if isinstance(answer, list) else answer,
        pinned=written.get("pinned"),
        explanation=written["explanation"].strip(),
        cites=tuple(_citation(tree, cite, position, place) for place, cite in enumerate(written["cites"])),
        source=tree.source.within(*path),
    )


def _citation(tree: Tree, written: Mapping[str, Any], position: int, place: int) -> Citation:
    path = ("questions", position, "cites", place)
    parts = {name: tree.text(written[name], *path, name) for name in ("article", "clause", "point") if name in written}
    return Citation(law=written["law"], source=tree.source.within(*path), **parts)


def _outline_faults(tree: Tree) -> list[Fault]:
    """What the schema cannot see in the outline and in the lists of what amendments change."""
    outlines: dict[tuple[str | int, ...], Mapping[str, str]] = {("outline",): tree.value["outline"]}
    for position, amendment in enumerate(tree.value["amendments"]):
        outlines |= {("amendments", position, name): amendment.get(name, {}) for name in ("amends", "repeals")}
    faults = []
    for path, outline in outlines.items():
        for number, text in outline.items():
            try:
                parse_outline(text)
            except ValueError as error:
                faults.append(Fault("outline", tree.source.at(*path, number), str(error)))
    return faults


def _outline(written: Mapping[str, str]) -> dict[str, Article]:
    return {number: parse_outline(text) for number, text in written.items()}


def _instrument(document: Mapping[str, Any], source: Source) -> InstrumentFile:
    until = document.get("in_force_to")
    return InstrumentFile(
        number=document["number"],
        kind=document["kind"],
        title=document["title"],
        issued_on=date.fromisoformat(document["issued_on"]),
        in_force_from=date.fromisoformat(document["in_force_from"]),
        in_force_to=None if until is None else date.fromisoformat(until),
        amendments=tuple(map(_amendment, document["amendments"])),
        repealed=frozenset(document.get("repealed", ())),
        articles=_outline(document["outline"]),
        document=document,
        source=source,
    )


def _amendment(written: Mapping[str, Any]) -> Amendment:
    amends, repeals = _outline(written.get("amends", {})), _outline(written.get("repeals", {}))
    return Amendment(written["number"], date.fromisoformat(written["in_force_from"]), written["in_outline"], amends, repeals)
