from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.banks.yaml_tree import LARGEST_FILE, read_tree


def read(text: str):
    return read_tree(text.encode(), "x.yaml")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2015-06-09", "2015-06-09"),
        ("12:30", "12:30"),
        ("no", "no"),
        ("010", "010"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("1e5", "1e5"),
        ("9" * 5000, "9" * 5000),
        ("=", "="),
        ("7", 7),
        ("-7", -7),
        ("3.10", 3.1),
        ("true", True),
        ("false", False),
        ("~", None),
        ("'7'", "7"),
    ],
)
def test_plain_values(written, value):
    tree, faults = read(f"a: {written}")
    assert faults == []
    assert tree.value == {"a": value}
    assert type(tree.value["a"]) is type(value)


def test_remembers_lines_and_numbers_as_written():
    tree, faults = read("# first\na:\n  - x\n  - b: 3.10\n    c: |\n      many\n      lines\n")
    assert faults == []
    at = tree.source.at
    assert [at("a").line, at("a", 0).line, at("a", 1, "b").line, at("a", 1, "c").line] == [2, 3, 4, 5]
    assert at("a", 1, "missing").line == 4, "what is missing has the line of its parent"
    assert at("a", 1, "b").pointer == "/a/1/b"
    assert tree.text(tree.value["a"][1]["b"], "a", 1, "b") == "3.10"


def test_tells_every_repeated_key():
    tree, faults = read("a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert [(fault.code, fault.place.line, fault.place.pointer) for fault in faults] == [
        ("duplicate-key", 2, "/b/c"),
        ("duplicate-key", 3, "/a"),
    ]
    assert tree.value == {"a": 1, "b": {"c": 1}}


def test_a_merge_key_is_an_ordinary_key():
    tree, _ = read("<<: {a: 1}\nb: 2\n")
    assert tree.value == {"<<": {"a": 1}, "b": 2}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x 1\nb: *x\n", "alias", 2),
        ("a: 1\nb: [\n", "not-yaml", 3),
        ("a: 1\n---\nb: 2\n", "not-yaml", 2),
        ("a:\n b: 1\n  c: 2\n", "not-yaml", 3),
        ("\n" + "[" * 30 + "]" * 30, "not-yaml", 2),
        ("", "empty-file", 1),
        ("a: 1\nb: !!python/object:os.system x\n", "tag", 2),
        ("a: 1\nb: !!int x\n", "tag", 2),
        ("a: 1\n? [1]\n: 2\n", "key-not-text", 2),
        ('a: 1\nb: "x\\0y"\n', "control-character", 2),
        ('a: 1\nb: "x\\ud800y"\n', "control-character", 2),
        ("a: 1\nb: x\x01y\n", "control-character", 2),
        ("a: " + "x" * LARGEST_FILE, "file-too-large", 1),
    ],
)
def test_refuses(text, code, line):
    _, faults = read(text)
    assert [(fault.code, fault.place.line) for fault in faults] == [(code, line)]


def test_every_alias_of_a_bomb_is_refused_without_growing():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    tree, faults = read("\n".join(lines))
    assert len(faults) == 78
    assert tree.value["a39"] == [None, None]


def test_only_utf_8_with_or_without_a_mark():
    assert read_tree("a: đ".encode("utf-16"), "x")[1][0].code == "not-utf-8"
    _, faults = read_tree(b"a: 1\nb: \xff\n", "x")
    assert (faults[0].code, faults[0].place.line) == ("not-utf-8", 2)
    assert read_tree("\ufeffa: đ".encode(), "x")[0].value == {"a": "đ"}


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"%#?, \n\t\\0123")) | st.text())
def test_never_raises(text):
    tree, faults = read_tree(text.encode("utf-8", "surrogatepass"), "x")
    assert tree is not None or faults


@given(st.binary())
def test_never_raises_on_bytes(data):
    tree, faults = read_tree(data, "x")
    assert tree is not None or faults
