"""Reads YAML safely: plain values only, bounded in size and depth, and the line of every value is remembered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from quizsvc.banks.faults import Fault, Place, Source, Step
from quizsvc.core.fields import CONTROL_CHARACTERS

LARGEST_FILE = 2 * 1024 * 1024
DEEPEST = 20
Path = tuple[Step, ...]


@dataclass(frozen=True)
class Tree:
    """A document as plain values. ``written`` holds numbers as they stand in the file: 3.10 is not 3.1."""

    value: Any
    source: Source
    written: Mapping[Path, str]

    def text(self, value: Any, *path: Step) -> str:
        """The value at ``path`` as text, a number as it is written, without space at its ends."""
        return value.strip() if isinstance(value, str) else self.written[path]


class _Loader(yaml.SafeLoader):
    """YAML 1.2's plain types without dates, so that 2015-06-09, 12:30, 010 and no stay what the author wrote."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0
        self.aliases: list[int] = []

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.get_event()  # type: ignore[no-untyped-call]
            self.aliases.append(event.start_mark.line + 1)
            return yaml.ScalarNode("tag:yaml.org,2002:null", "", event.start_mark, event.end_mark)
        if self.depth >= DEEPEST:
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "lồng nhau quá sâu", event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}", "-+0123456789"),
    ("null", r"null|~|", ["n", "~", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), list(_first))


def read_tree(data: bytes, file: str) -> tuple[Tree | None, list[Fault]]:
    """The document in ``data``, and what is wrong with it as YAML; ``None`` when it cannot be read at all."""
    if len(data) > LARGEST_FILE:
        sentence = f"tệp lớn hơn {LARGEST_FILE // 1024 // 1024} MiB, hãy chia nhỏ"
        return None, [Fault("file-too-large", Place(file, 1), sentence)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Fault("not-utf-8", Place(file, line), "tệp không phải UTF-8")]
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        return None, [_unreadable(error, text, file)]
    if node is None:
        return None, [Fault("empty-file", Place(file, 1), "tệp trống")]
    reader = _Reader(file)
    value = reader.read(node, ())
    refused = "không dùng bí danh * của YAML, hãy viết lại giá trị"
    reader.faults += [Fault("alias", Place(file, line), refused) for line in loader.aliases]
    return Tree(value, Source(file, reader.lines), reader.written), reader.faults


def _unreadable(error: yaml.YAMLError, text: str, file: str) -> Fault:
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Fault("control-character", Place(file, line), "có ký tự điều khiển không được phép")
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "sai cú pháp"
    line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
    return Fault("not-yaml", Place(file, line), f"không đọc được YAML ở cột {column}: {problem}")


class _Reader:
    """Turns nodes into plain values, noting lines and faults on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.written: dict[Path, str] = {}
        self.faults: list[Fault] = []

    def read(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(inner, (*path, place)) for place, inner in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, inner in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._fault("key-not-text", line, path, "khóa phải là chữ")
                continue
            name = self._clean(key.value, line, path)
            if name in found:
                sentence = f"khóa «{name}» lặp lại, lần đầu ở dòng {self.lines[*path, name]}"
                self._fault("duplicate-key", line, (*path, name), sentence)
                continue
            self.lines[*path, name] = line
            found[name] = self.read(inner, (*path, name))
        return found

    def _scalar(self, node: yaml.Node, path: Path) -> Any:
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        text = self._clean(node.value, self.lines[path], path)
        if kind in ("int", "float", "bool"):
            self.written[path] = text
        try:
            if kind == "null":
                return None
            if kind == "bool":
                return {"true": True, "false": False}[text]
            return {"str": str, "int": int, "float": float}[kind](text)
        except (KeyError, ValueError):
            self._fault("tag", self.lines[path], path, f"không dùng nhãn kiểu {node.tag} của YAML")
            return text

    def _clean(self, text: str, line: int, path: Path) -> str:
        if CONTROL_CHARACTERS.search(text):
            self._fault("control-character", line, path, "có ký tự điều khiển không được phép")
        return CONTROL_CHARACTERS.sub("", text)

    def _fault(self, code: str, line: int, path: Path, sentence: str) -> None:
        self.faults.append(Fault(code, Place(self.file, line, path), sentence))
