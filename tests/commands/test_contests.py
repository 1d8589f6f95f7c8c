"""``quizsvc contests load``: a document or a folder of them, all or nothing."""

import json

import pytest
import yaml

YAML = """
contest: {slug}
title: {title}
organizer: "40"
rounds:
  - round: r1
    title: Vòng 1
    opens_at: "{opens_at}"
    closes_at: "2091-01-01T00:00:00+07:00"
    time_limit_minutes: 10
    attempts: 2
    counts: best
    show: {{result: at_once, review: after_round, board: after_round}}
    paper:
      - {{bank: {bank}, count: 3}}
"""
FUTURE = "2090-01-01T00:00:00+07:00"
PAST = "2020-01-01T00:00:00+07:00"


@pytest.fixture
def write(tmp_path):
    folder = tmp_path / "contests"
    folder.mkdir()

    def write_contest(slug="thi", title="Cuộc thi thử", opens_at=FUTURE, bank="bau-cu"):
        path = folder / f"{slug}.yaml"
        path.write_text(YAML.format(slug=slug, title=title, opens_at=opens_at, bank=bank), encoding="utf-8")
        return path

    return write_contest


def test_add_change_repeat(command, world_url, write):
    assert command(world_url, "contests", "load", write()).said == "Cuộc thi «thi»: đã thêm\n"
    assert command(world_url, "contests", "load", write(title="Tên mới")).said == "Cuộc thi «thi»: đã cập nhật\n"
    done = command(world_url, "contests", "load", write(title="Tên mới"))
    assert (done.status, done.said, done.complained) == (0, "Cuộc thi «thi»: không thay đổi\n", "")


def test_a_dry_run_says_the_same_and_writes_nothing(command, world_url, write):
    for _ in range(2):
        done = command(world_url, "contests", "load", write(), "--dry-run")
        assert (done.status, "Cuộc thi «thi»: đã thêm" in done.said) == (0, True)
    assert command(world_url, "contests", "load", write()).said == "Cuộc thi «thi»: đã thêm\n"


def test_a_contest_that_has_opened_stays_as_it_is(command, world_url, write):
    command(world_url, "contests", "load", write(opens_at=PAST))
    done = command(world_url, "contests", "load", write(opens_at=PAST, title="Tên khác"))
    assert done.status == 1
    assert "đã mở" in done.complained
    assert command(world_url, "contests", "load", write(opens_at=PAST)).said == "Cuộc thi «thi»: không thay đổi\n"


def test_an_amendment_tells_why(command, world_url, write):
    command(world_url, "contests", "load", write(opens_at=PAST))
    path = write(opens_at=PAST, title="Tên khác")
    done = command(world_url, "contests", "load", path, "--reason", "Theo công văn số 12")
    assert (done.status, done.said) == (0, "Cuộc thi «thi»: đã sửa đổi, có công bố lý do\n")
    assert command(world_url, "contests", "load", path).said == "Cuộc thi «thi»: không thay đổi\n"
    text = path.read_text(encoding="utf-8").replace("attempts: 2", "attempts: 5")
    path.write_text(text, encoding="utf-8")
    done = command(world_url, "contests", "load", path, "--reason", "Theo công văn số 13")
    assert done.status == 1
    assert "The round has opened" in done.complained
    assert "[/rounds/0/attempts]" in done.complained


def test_json_beside_yaml_in_a_folder(command, world_url, write):
    path = write("mot")
    document = yaml.safe_load(path.read_text(encoding="utf-8")) | {"contest": "hai"}
    (path.parent / "hai.json").write_text(json.dumps(document), encoding="utf-8")
    (path.parent / "README.md").write_text("Các cuộc thi", encoding="utf-8")
    done = command(world_url, "contests", "load", path.parent)
    assert done.said == "Cuộc thi «hai»: đã thêm\nCuộc thi «mot»: đã thêm\n"


def test_a_folder_is_loaded_whole_or_not_at_all(command, world_url, write):
    folder = write("mot").parent
    write("hai", bank="khong-co")
    done = command(world_url, "contests", "load", folder)
    assert done.status == 1
    assert done.said == ""
    assert "«hai»" in done.complained
    assert "khong-co" in done.complained
    write("hai")
    assert command(world_url, "contests", "load", folder).said == "Cuộc thi «hai»: đã thêm\nCuộc thi «mot»: đã thêm\n"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("attempts: 2", "attempts: many"),
        ("counts: best", "counts: worst"),
        ('opens_at: "2090', 'opens_at: "soon 2090'),
        ('closes_at: "2091', 'closes_at: "2089'),
        ("title: Vòng 1", "titel: Vòng 1"),
    ],
)
def test_a_fault_is_named_with_its_line(command, world_url, write, right, wrong):
    path = write()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    line = text[: text.index(right)].count("\n") + 1
    done = command(world_url, "contests", "load", path)
    assert done.status == 1
    assert "Traceback" not in done.complained
    assert f"thi.yaml:{line}" in done.complained


def test_a_file_that_is_not_yaml(command, world_url, tmp_path):
    path = tmp_path / "thi.yaml"
    path.write_bytes(b"contest: [\x00")
    done = command(world_url, "contests", "load", path)
    assert done.status == 1
    assert "thi.yaml:1" in done.complained


def test_a_draft_is_published_apart(command, world_url, write):
    assert command(world_url, "contests", "load", write(), "--draft").said == "Cuộc thi «thi»: đã thêm (bản nháp)\n"
    again = command(world_url, "contests", "load", write(title="Tên mới"), "--draft")
    assert again.said == "Cuộc thi «thi»: đã cập nhật (bản nháp)\n"
    assert command(world_url, "contests", "publish", "thi", "--reason", " ").status == 2
    done = command(world_url, "contests", "publish", "thi", "--reason", "Theo công văn số 12")
    assert (done.status, done.said) == (0, "Cuộc thi «thi»: đã công khai\n")
    back = command(world_url, "contests", "load", write(title="Tên mới"), "--draft")
    assert (back.status, "không thể trở lại bản nháp" in back.complained) == (1, True)
    logged = command(world_url, "audit").said
    assert [line.split(" · ")[2] for line in logged.splitlines()] == ["contest.publish", "contest.load", "contest.load"]
    assert "Theo công văn số 12" in logged.splitlines()[0]


def test_loading_publishes_a_draft_too(command, world_url, write):
    command(world_url, "contests", "load", write(), "--draft")
    assert command(world_url, "contests", "load", write()).said == "Cuộc thi «thi»: không thay đổi, đã công khai\n"
    assert command(world_url, "contests", "load", write()).said == "Cuộc thi «thi»: không thay đổi\n"
    logged = command(world_url, "audit").said
    assert [line.split(" · ")[2] for line in logged.splitlines()] == ["contest.publish", "contest.load"]


def test_what_cannot_be_published(command, world_url, write):
    command(world_url, "contests", "load", write(opens_at=PAST), "--draft")
    done = command(world_url, "contests", "publish", "thi", "--reason", "Theo công văn số 12")
    assert (done.status, "đã đến giờ mở" in done.complained) == (1, True)
    missing = command(world_url, "contests", "publish", "khac", "--reason", "Theo công văn số 12")
    assert (missing.status, "Không có cuộc thi này." in missing.complained) == (1, True)
