"""What is the same question, what only resembles it, and what a bank cannot hold."""

from __future__ import annotations

import random
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.banks.imports.checking import checked
from quizsvc.banks.imports.duplicates import MOST_SHOWN, comparable, near_ones, score
from quizsvc.banks.imports.identity import keyed, plain
from quizsvc.banks.imports.naming import question_codes, slug, topic_of
from quizsvc.banks.imports.rows import question_row, shown
from quizsvc.banks.imports.written import content_of_found
from tests.banks.imports.making import PICTURE, codes_of, found_question, outcomes, take

ADULT = "Người từ đủ 18 tuổi có quyền bầu cử"
PAIRS = [
    (ADULT, "Người từ đủ 16 tuổi có quyền bầu cử"),
    (ADULT, "Người từ đủ 18 tuổi không có quyền bầu cử"),
    (ADULT, "Người từ đủ 18 tuổi có quyền ứng cử"),
]


def codes(question):
    return [remark.code for remark in question.remarks]


@given(st.text(max_size=60))
def test_comparing_survives_every_spelling_of_one_text(text):
    for other in (unicodedata.normalize("NFD", text), f"  {text} ", text.replace(" ", "   ")):
        assert plain(other) == plain(text)


@pytest.mark.parametrize("other", ["Từ đủ 16 tuổi", "Không từ đủ 18 tuổi", "Từ đu 18 tuổi", "> Từ đủ 18 tuổi"])
def test_a_figure_a_no_or_an_accent_makes_another_question(other):
    one, two = (keyed(text, ["Đúng", "Sai"], [0]) for text in ("Từ đủ 18 tuổi", other))
    assert one.identity != two.identity


@pytest.mark.parametrize("pair", PAIRS)
def test_small_differences_are_near_and_never_equal(pair):
    one, other = (comparable(text, ["Đúng", "Sai"]) for text in pair)
    assert 80 <= score(one, other) < 100
    assert plain(pair[0]) != plain(pair[1])


def test_accents_are_not_compared_when_looking_for_near_ones():
    assert score(comparable("Luật Đất đai", []), comparable(unicodedata.normalize("NFD", "luat dat dai"), [])) == 100


def test_other_choices_count_for_half():
    text = "Hành vi nào sau đây bị nghiêm cấm theo quy định của luật?"
    one = comparable(text, ["Mua chuộc cử tri", "Vận động bầu cử đúng luật"])
    other = comparable(text, ["Săn bắt động vật quý hiếm", "Trồng rừng phòng hộ ven biển"])
    assert score(one, other) < 80


def test_a_thousand_are_found_again_among_many():
    rng = random.Random(3)
    words = ["".join(rng.choices(string.ascii_lowercase, k=4)) for _ in range(400)]
    texts = [" ".join(rng.choices(words, k=12)) for _ in range(5000)]
    known = [(place, comparable(text, ["Đúng", "Sai"])) for place, text in enumerate(texts)]
    changed = [" ".join([*text.split()[:-1], "khác"]) for text in texts[::50]]
    found = near_ones([comparable(text, ["Đúng", "Sai"]) for text in changed], known)
    assert [nears[0].question for nears in found] == list(range(0, 5000, 50))


def test_only_the_nearest_are_shown():
    one = comparable("Cơ quan nào ban hành luật này?", ["Quốc hội", "Chính phủ"])
    found = near_ones([one], [(place, one) for place in range(20)])
    assert len(found[0]) == MOST_SHOWN


def test_near_questions_of_other_banks_are_shown_with_bank_code_and_score(app):
    take(found_question(4), into="cu")
    text = "Nữ từ bao nhiêu tuổi thì được kết hôn?"
    report = take(found_question(4, text=text), into="moi", sha256="1" * 64)
    (duplicate,) = report.rows[0].report["duplicates"]
    assert (duplicate["bank"], duplicate["code"], duplicate["where"]) == ("cu", "n1-004", None)
    assert 90 < duplicate["score"] < 100
    assert outcomes(report) == ["added"]
    assert (report.rows[0].report["status"], codes_of(report)) == ("accepted", ["near-duplicate"])
    hidden = take(found_question(4, text=text), into="moi", readable=["/999/"], dry_run=True)
    assert [(each["bank"], each["code"]) for each in hidden.rows[0].report["duplicates"]] == [(None, None)]


def test_near_questions_of_the_same_file_are_shown_by_place(app):
    report = take(found_question(4), found_question(4, text="Nữ từ bao nhiêu tuổi thì được kết hôn?"))
    assert report.rows[0].report["duplicates"][0]["where"] == "de-thi.docx, đoạn 40"
    assert outcomes(report) == ["added", "added"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": " … "}, "no-text"),
        ({"choices": ("Đúng",), "correct": ("A",)}, "choices-count"),
        ({"choices": tuple("abcdefghi")}, "choices-count"),
        ({"correct": ()}, "no-key"),
        ({"correct": ("A", "D")}, "key-not-a-choice"),
        ({"choices": ("18 tuổi", " ", "20 tuổi")}, "empty-choice"),
        ({"choices": ("18 tuổi", "18  Tuổi.", "20 tuổi")}, "equal-choices"),
        ({"text": "Ai?\x07"}, "control-character"),
        ({"text": "a" * 2001}, "too-long"),
        ({"choices": ("a" * 1001, "b", "c")}, "too-long"),
        ({"explanation": "a" * 20_001}, "too-long"),
    ],
)
def test_what_no_bank_can_hold_is_stopped(changes, code):
    (question,) = checked([found_question(1, **changes)])
    assert codes(question) == [code]
    assert question.status == "rejected"


def test_signs_as_choices_and_pictures_without_text_pass():
    signs = found_question(1, choices=("<", ">", "="))
    pictures = found_question(2, choices=("", "", ""), choice_pictures=((PICTURE,), (), ()))
    assert [codes(each) for each in checked([signs, pictures])] == [[], ["picture-not-shown"]]


def test_two_keys_for_one_question_in_a_file_stop_both():
    first, second = checked([found_question(1), found_question(1, correct=("A",))])
    assert (codes(first), codes(second)) == (["same-text-other-key"], ["same-text-other-key"])
    assert not first.is_accepted


def test_codes_follow_the_printed_numbers_where_they_are_all_different():
    assert question_codes([found_question(7), found_question(3)], 2) == ["n2-007", "n2-003"]
    assert question_codes([found_question(7), found_question(7)], 2) == ["n2-001", "n2-002"]
    assert question_codes([found_question(None, code="Câu A/1"), found_question(None)], 1) == ["cau-a-1", "n1-002"]
    assert question_codes([found_question(1, code="n1-002"), found_question(2)], 1) == ["n1-002", "n1-002x"]


def test_topics_are_found_again_by_code_and_by_title():
    topics = {"ket-hon": "Kết hôn", "gd": "Gia đình"}
    assert topic_of("kết hôn", topics) == ("ket-hon", "Kết hôn")
    assert topic_of("Gia Đình", topics) == ("gd", "Gia đình")
    assert topic_of("Ly hôn", topics) == ("ly-hon", "Ly hôn")
    assert topic_of(None, topics) == topic_of("—", topics) == ("chua-phan-loai", "Chưa phân loại")
    assert len(slug("a b " * 100)) <= 80


def test_choices_that_name_others_are_pinned_and_kinds_are_kept():
    named = content_of_found(found_question(1, choices=("Quốc hội", "Chính phủ", "Cả A và B")), "x", [])
    several = content_of_found(found_question(1, correct=("A", "C")), "x", [])
    truth = content_of_found(found_question(1, choices=("Đúng", "Sai"), correct=("B",)), "x", [])
    assert (named.pinned, named.kind, named.key) == (True, "single", [2])
    assert (several.pinned, several.kind, several.key) == (False, "multiple", [0, 2])
    assert (truth.pinned, truth.kind, truth.key, truth.choices) == (True, "true_false", [1], ["Đúng", "Sai"])


def test_of_many_rows_those_that_stop_are_shown_first_and_in_order():
    kinds = ["added"] * 5 + ["rejected"] + ["added"] * 5 + ["rejected"]
    (bad,) = checked([found_question(1, correct=())])
    rows = [question_row(bad if kind == "rejected" else found_question(1), kind, code=None, duplicates=()) for kind in kinds]
    assert [report["status"] for report in shown(rows, 3)] == ["accepted", "rejected", "rejected"]
    assert len(shown(rows)) == 12
