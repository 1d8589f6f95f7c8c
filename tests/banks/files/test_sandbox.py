"""Reading in a process of its own: what it costs at most, what it knows, and what is said when it ends badly."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import threading
import time
import zipfile

import pytest

from quizsvc.banks.files import sandbox
from quizsvc.banks.files.documents import Picture, Repair, RepairKind, Where
from quizsvc.banks.files.found import FileRefused
from quizsvc.banks.files.found_json import found_from_json, found_to_json
from quizsvc.banks.files.reading import read_file
from quizsvc.banks.files.sandbox import Limits, read_apart
from tests.banks.imports.making import found_file, found_question

GIFT = "Ai ban hành luật? {=Quốc hội ~Chính phủ ~Tòa án}\n\n"
KEY = "1. A"
TYPED = "Câu 1. Ai ban hành luật?\nA. Quốc hội\nB. Chính phủ\n"
MEGABYTE = 1024 * 1024


def in_the_child(body: str) -> str:
    """What this code prints in a process that is started as the reading one is."""
    start = sandbox.START.replace("main()", body)
    run = [sys.executable, "-I", "-c", start, str(sandbox.ROOT)]
    return subprocess.run(run, env=sandbox.ENVIRONMENT, capture_output=True, text=True, check=True, cwd="/").stdout


def test_it_reads_what_reading_here_would():
    data = GIFT.encode()
    assert read_apart(data, "a.txt") == read_file(data, "a.txt")
    typed = read_apart(TYPED.encode(), "b.txt", key=(KEY.encode(), "dap-an.txt"))
    assert [question.correct for question in typed.questions] == [("A",)]
    first = read_apart(TYPED.encode(), "b.txt", first_is_right=True)
    assert first.questions[0].found_by == "position"


def test_everything_that_was_found_survives_the_way_back():
    where = Where("đề.docx", page=2, paragraph=3, cell="B2")
    question = found_question(
        1,
        pictures=(Picture("a" * 64, "image/png", "hình"),),
        choice_pictures=((), (Picture("b" * 64, "image/jpeg"),)),
        options_where=(where,),
        key_where=where,
        is_multiple=True,
    )
    found = found_file(question, found_question(None), title="Bộ đề", repairs=(Repair(RepairKind.VNI, where, "a", "b"),))
    assert found_from_json(json.loads(json.dumps(found_to_json(found)))) == found


def test_a_refusal_keeps_its_code_and_sentence():
    with pytest.raises(FileRefused, match="rỗng") as caught:
        read_apart(b"", "rong.docx")
    assert caught.value.code == "empty-file"


def test_too_much_time_is_a_sentence_that_names_the_limit():
    began = time.monotonic()
    with pytest.raises(FileRefused, match="quá 0 giây") as caught:
        read_apart(GIFT.encode(), "a.txt", limits=Limits(wall_seconds=0.05))
    assert caught.value.code == "reading-too-long"
    assert time.monotonic() - began < 10


def test_too_much_computing_is_one_too():
    with pytest.raises(FileRefused, match="quá 1 giây tính toán") as caught:
        read_apart(GIFT.encode() * 100_000, "a.gift", limits=Limits(cpu_seconds=1))
    assert caught.value.code == "reading-too-long"


def test_too_much_memory_is_one_too():
    with pytest.raises(FileRefused, match="hơn 1 MB bộ nhớ") as caught:
        read_apart(GIFT.encode(), "a.gift", limits=Limits(memory=MEGABYTE))
    assert caught.value.code == "reading-too-large"


def test_an_error_of_ours_is_an_answer_with_its_trace():
    seen = in_the_child("from quizsvc.banks.files.child import _answer; print(_answer({}, b'', b'')[0]['crashed'])")
    assert "KeyError: 'memory'" in seen


def test_a_bomb_is_refused_by_its_limit():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 150 * MEGABYTE)
    with pytest.raises(FileRefused, match="gấp hơn") as caught:
        read_apart(packed.getvalue(), "bom.docx")
    assert caught.value.code == "zip-ratio"


def test_the_process_knows_nothing_of_the_service(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a-secret-that-nobody-may-read")
    seen = in_the_child("import os, sys; print(dict(os.environ), [name for name in sys.modules if 'flask' in name])")
    assert "a-secret" not in seen
    assert seen.rstrip().endswith("[]")


def test_it_cannot_write_a_file_nor_take_more_than_its_memory(tmp_path):
    task = {"memory": 1024 * MEGABYTE, "cpu_seconds": 5}
    tried = f"""
from quizsvc.banks.files.child import _limit
_limit({task!r}, scratch=0)
for work in (lambda: open({str(tmp_path / "x")!r}, "wb", buffering=0).write(b"x"), lambda: bytearray(2**31)):
    try:
        work()
        print("done")
    except (OSError, MemoryError) as error:
        print(type(error).__name__)
"""
    assert in_the_child(tried).split() == ["OSError", "MemoryError"]


def test_threads_may_read_at_the_same_time():
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(len(read_apart(GIFT.encode(), "a.txt").questions))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1, 1, 1, 1]
