"""Banks and imports over HTTP: who may, what is previewed, what is committed, what is shown afterwards."""

from __future__ import annotations

import hashlib
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from quizsvc.banks.imports.models import QuestionImport
from quizsvc.banks.models import Question, QuestionVersion
from quizsvc.core.db import reading
from quizsvc.organizers.models import AuditRow
from tests.api.problems import assert_faults, assert_problem
from tests.banks.imports.making import count
from tests.banks.imports.uploading import REASON, TYPED, Author
from tests.organizers.people import give
from tests.registers.making import xlsx
from tests.world import KIM_LIEN, THANH_VINH

DATA = TYPED.encode()
BROKEN = TYPED.replace("Đáp án: C", "").encode()


def author(phone, number, role="author", code="40"):
    made = Author(phone, number, "Lê Thị Hoa")
    give(made, role, code)
    return made


@pytest.fixture
def hoa(phone):
    made = author(phone, 900)
    assert made.make_bank(topics={"ket-hon": "Kết hôn"}).status_code == 201
    return made


def questions():
    with reading() as session:
        return session.scalars(select(Question).where(Question.code.startswith("n"))).all()


def acts():
    with reading() as session:
        return [(row.action, row.subject, row.reason) for row in session.scalars(select(AuditRow).order_by(AuditRow.number))]


def test_a_preview_shows_everything_and_writes_nothing(hoa):
    answer = hoa.preview("hon-nhan", DATA)
    assert answer.status_code == 200, answer.text
    shown = answer.json
    expected = {
        "file_sha256": hashlib.sha256(DATA).hexdigest(),
        "format": "txt",
        "bank": "hon-nhan",
        "dry_run": True,
        "refused": False,
        "questions": 2,
        "accepted": 2,
        "rejected": 0,
        "added": 2,
        "unchanged": 0,
        "import_id": None,
        "rows_total": 2,
        "truncated": False,
        "repairs": [],
        "repairs_by_kind": {},
    }
    assert {name: shown[name] for name in expected} == expected
    row = shown["rows"][1]
    told = {name: row[name] for name in ("number", "text", "choices", "correct", "found_by", "status", "outcome", "code")}
    assert told == {
        "number": 2,
        "text": "Nam từ bao nhiêu tuổi thì được kết hôn?",
        "choices": ["18", "19", "20"],
        "correct": ["C"],
        "found_by": "letter_line",
        "status": "accepted",
        "outcome": "added",
        "code": "n1-002",
    }
    assert (questions(), count(QuestionImport), len(acts())) == ([], 0, 1)


def test_a_commit_of_what_was_previewed(hoa):
    preview = hoa.preview("hon-nhan", DATA).json
    answer = hoa.commit("hon-nhan", DATA, preview["file_sha256"])
    assert answer.status_code == 200, answer.text
    assert answer.json | {"dry_run": True, "import_id": None} == preview
    assert len(questions()) == 2
    assert acts() == [("bank.create", "bank:hon-nhan", REASON), ("bank.import", "bank:hon-nhan", REASON)]
    again = hoa.commit("hon-nhan", DATA, preview["file_sha256"]).json
    assert (again["added"], again["unchanged"], again["import_id"]) == (0, 2, answer.json["import_id"])
    assert (len(questions()), len(acts())) == (2, 2)


def test_a_commit_names_the_file_the_key_file_and_the_options_that_were_previewed(hoa):
    without_keys = TYPED.replace("Đáp án: A", "").replace("Đáp án: C", "").encode()
    preview = hoa.preview("hon-nhan", without_keys, key=b"1. A\n2. C\n").json
    assert [row["correct"] for row in preview["rows"]] == [["A"], ["C"]]
    sha256 = preview["file_sha256"]
    for form in ({}, {"key": b"1. A\n2. B\n"}, {"first_is_right": "true"}, {"key": b"1. A\n2. C\n", "format": "txt"}):
        assert_problem(hoa.commit("hon-nhan", without_keys, sha256, **form), 409, "preview-mismatch")
    assert_problem(hoa.send("hon-nhan/imports", without_keys), 409, "preview-mismatch")
    assert_problem(hoa.send("hon-nhan/imports", DATA, file_sha256=sha256), 409, "preview-mismatch")
    assert questions() == []
    assert hoa.commit("hon-nhan", without_keys, sha256, key=b"1. A\n2. C\n").json["added"] == 2


def test_a_rejected_question_stops_the_file_or_itself_as_the_organizer_chooses(hoa):
    preview = hoa.preview("hon-nhan", BROKEN).json
    assert (preview["accepted"], preview["rejected"], preview["refused"], preview["added"]) == (1, 1, True, 0)
    assert preview["rows"][1]["status"] == "rejected"
    problem = assert_problem(hoa.import_("hon-nhan", BROKEN), 409, "bank-import-refused", questions=2, rejected=1)
    assert "1 câu" in problem["detail"]
    assert questions() == []
    answer = hoa.import_("hon-nhan", BROKEN, accept="accepted").json
    assert (answer["added"], answer["rejected"], len(questions())) == (1, 1, 1)


def test_a_file_that_cannot_be_read_is_refused_with_its_code(hoa):
    answer = hoa.preview("hon-nhan", b"\x89PNG\r\n\x1a\n", name="anh.png")
    problem = assert_problem(answer, 409, "bank-file-refused", code="unknown-format")
    assert "anh.png" in problem["detail"]


def test_the_form_is_checked(hoa):
    assert_faults(hoa.preview("hon-nhan", DATA, format="word", accept="some"), "/accept", "/format")
    assert_faults(hoa.send("hon-nhan/imports", DATA, file_sha256="x", reason="x"), "/file_sha256", "/reason")


def test_who_may_import(hoa, phone):
    roles = ("organizer", "reviewer", "viewer")
    others = [author(phone, 910 + place, role) for place, role in enumerate(roles)]
    for other in (*others, author(phone, 920, code=KIM_LIEN)):
        assert_problem(other.preview("hon-nhan", DATA), 403, "forbidden")
        assert_problem(other.send("hon-nhan/marked-copies", DATA), 403, "forbidden")
    assert_problem(hoa.preview("khong-co", DATA), 404, "not-found")
    assert_problem(hoa.preview("bau-cu", DATA), 409, "bank-kept-in-files")
    assert author(phone, 921, "owner").preview("hon-nhan", DATA).status_code == 200
    with reading() as session:
        made = {version.author_id for version in session.scalars(select(QuestionVersion))}
    assert made == {None}


def test_banks_of_my_units_and_those_below(hoa, phone):
    below = author(phone, 930, code=KIM_LIEN)
    assert below.make_bank("kim-lien").status_code == 201
    beside = author(phone, 931, "reviewer", THANH_VINH)
    codes = [item["id"] for item in hoa.get("/manage/banks?limit=100").json["items"]]
    assert {"bau-cu", "hon-nhan", "kim-lien"} <= set(codes)
    assert codes == sorted(codes)
    assert [item["id"] for item in below.get("/manage/banks").json["items"]] == ["kim-lien"]
    assert beside.get("/manage/banks").json == {"items": [], "next": None}
    first = hoa.get("/manage/banks?limit=1").json
    second = hoa.get(f"/manage/banks?limit=1&cursor={first['next']}").json
    assert [page["items"][0]["id"] for page in (first, second)] == codes[:2]


def test_one_bank_with_how_far_its_questions_are(hoa, phone):
    hoa.import_("hon-nhan", DATA)
    shown = hoa.get("/manage/banks/hon-nhan").json
    assert (shown["questions"], shown["states"]["draft"], shown["title"]) == (2, 2, "Luật Hôn nhân")
    assert shown["topics"] == {"ket-hon": "Kết hôn", "chua-phan-loai": "Chưa phân loại"}
    assert shown["unit"]["code"] == "40"
    assert hoa.get("/manage/banks/bau-cu").json["unit"] is None
    assert_problem(author(phone, 940, code=KIM_LIEN).get("/manage/banks/hon-nhan"), 403, "forbidden")


def test_a_new_bank_needs_a_free_code_a_unit_of_mine_and_a_reason(hoa, phone):
    assert_problem(hoa.make_bank(), 409, "bank-exists")
    assert_problem(hoa.make_bank("bau-cu"), 409, "bank-exists")
    assert_faults(hoa.make_bank("Có dấu", reason=""), "/code", "/reason")
    assert_problem(hoa.make_bank("moi", unit={"id": "999999"}), 404, "not-found")
    low = author(phone, 950, code=KIM_LIEN)
    assert_problem(low.make_bank("moi", unit=hoa.unit), 403, "forbidden")
    assert_problem(author(phone, 951, "organizer").make_bank("moi"), 403, "forbidden")


def test_near_questions_of_banks_that_i_may_not_see_are_not_named(hoa, phone):
    hoa.import_("hon-nhan", DATA)
    low = author(phone, 960, code=KIM_LIEN)
    low.make_bank("kim-lien")
    (duplicate,) = low.preview("kim-lien", DATA).json["rows"][1]["duplicates"]
    assert duplicate == {"bank": None, "code": None, "where": None, "score": 100.0}
    hoa.make_bank("khac")
    (duplicate,) = hoa.preview("khac", DATA).json["rows"][1]["duplicates"]
    assert (duplicate["bank"], duplicate["code"]) == ("hon-nhan", "n1-002")


def test_batches_with_their_rows_page_by_page_and_keys_for_the_importer_alone(hoa, phone):
    batch = hoa.import_("hon-nhan", DATA).json["import_id"]
    (listed,) = hoa.get("/manage/banks/hon-nhan/imports").json["items"]
    assert (listed["id"], listed["added"], listed["file_name"], listed["imported_by"]) == (batch, 2, "de-thi.txt", hoa.id)
    path = f"/manage/banks/hon-nhan/imports/{batch}"
    first = hoa.get(f"{path}?limit=1").json
    second = hoa.get(f"{path}?limit=1&cursor={first['next']}").json
    assert [page["items"][0]["correct"] for page in (first, second)] == [["A"], ["C"]]
    assert (first["keys_shown"], second["next"]) == (True, None)
    reviewer = author(phone, 970, "reviewer")
    hidden = reviewer.get(path).json
    assert hidden["keys_shown"] is False
    assert [(row["correct"], row["key_where"], row["explanation"], row["warnings"]) for row in hidden["items"]] == [
        ([], None, "", [])
    ] * 2
    assert [row["text"] for row in hidden["items"]] == [row["text"] for row in hoa.get(path).json["items"]]
    assert_problem(hoa.get("/manage/banks/hon-nhan/imports/99"), 404, "not-found")
    assert_problem(hoa.get(f"/manage/banks/bau-cu/imports/{batch}"), 404, "not-found")


def test_undo_while_unused(hoa, phone):
    batch = hoa.import_("hon-nhan", DATA).json["import_id"]
    path = f"/manage/banks/hon-nhan/imports/{batch}/undo"
    reviewer = author(phone, 980, "reviewer")
    assert_problem(reviewer.call("POST", path, {"reason": REASON}), 403, "forbidden")
    undone = hoa.call("POST", path, {"reason": "Nạp nhầm"}).json
    assert (undone["undone_by"], undone["undone_reason"], questions()) == (hoa.id, "Nạp nhầm", [])
    assert hoa.call("POST", path, {"reason": "Lần nữa"}).json == undone
    again = hoa.import_("hon-nhan", DATA).json
    reviewed = {"answered": ["A"], "comment": ""}
    said = reviewer.call("POST", "/manage/banks/hon-nhan/questions/n2-001/reviews", reviewed)
    assert said.status_code in (200, 201), said.text
    problem = hoa.call("POST", f"/manage/banks/hon-nhan/imports/{again['import_id']}/undo", {"reason": REASON})
    assert_problem(problem, 409, "import-in-use")
    assert len(questions()) == 2


def test_what_a_preview_says_comes_back_in_a_copy_and_nothing_is_stored(hoa):
    sheet = xlsx(["STT", "Câu hỏi", "A", "B", "Đáp án"], [1, "Ai ban hành luật?", "Quốc hội", "Chính phủ", None])
    for name, data in (("bảng.xlsx", sheet), ("đề.txt", BROKEN)):
        answer = hoa.send("hon-nhan/marked-copies", data, name=name)
        assert answer.status_code == 200, answer.text
        assert answer.mimetype.endswith("spreadsheetml.sheet")
        assert "xem-lai-" in answer.headers["Content-Disposition"]
        written = [str(cell.value) for each in load_workbook(io.BytesIO(answer.data)) for row in each for cell in row]
        assert any("đáp án" in cell.casefold() for cell in written)
    assert (questions(), count(QuestionImport)) == ([], 0)
