import pytest

from quizsvc.banks.files.exchange.gift import read_gift
from quizsvc.banks.files.found import FileRefused, FoundQuestion
from tests.banks.files.exchange.making import codes, lines, only


def read(text: str) -> FoundQuestion:
    return only(read_gift(text.encode(), "a.gift"))


def test_a_choice_question() -> None:
    question = read("// ghi chú\n::Câu 1::Luật nào?{\n ~Một\n =Hai\n ~Ba\n}")

    assert (question.text, question.choices, question.correct) == ("Luật nào?", ("Một", "Hai", "Ba"), ("B",))
    assert (question.kind, question.status, question.where.line) == ("single", "accepted", 2)
    assert [where.line for where in question.options_where] == [3, 4, 5]


def test_escaped_signs_are_text() -> None:
    question = read(r"::a\:\:b::Tính \{x\} \= 1 \~ 2 \# 3\: \\ và \n dòng{~ \~ = \= ~ a\#b#sai\#}")

    assert question.text == "Tính {x} = 1 ~ 2 # 3: \\ và\ndòng"
    assert question.choices == ("~", "=", "a#b")
    assert question.correct == ("B",)
    assert question.explanation == "«a#b»: sai#"


@pytest.mark.parametrize(("written", "correct"), [("T", "A"), ("TRUE", "A"), ("F", "B"), ("FALSE#vì thế#giỏi", "B")])
def test_true_and_false(written: str, correct: str) -> None:
    question = read(f"Đất là của dân.{{{written}}}")

    assert (question.kind, question.choices, question.correct) == ("true_false", ("Đúng", "Sai"), (correct,))
    assert question.status == "accepted"


def test_feedback_becomes_the_explanation() -> None:
    assert read("Hỏi{~a#kém =b#giỏi ####Chung.\nCăn cứ: Điều 5}").explanation.startswith("Chung.")
    assert read("Hỏi{~a =b#Vì b ####Chung}").explanation == "Chung\nVì b"
    assert read("Hỏi{~a#x =b#y}").explanation == "«a»: x\n«b»: y"
    assert read("Hỏi{~a =b ####Vì thế.\\nCăn cứ\\: Điều 5}").citation == "Điều 5"


def test_a_missing_word_is_a_line_to_fill_in() -> None:
    question = read("Hiến pháp năm {~1992 =2013} quy định.")

    assert question.text == "Hiến pháp năm _____ quy định."
    assert question.correct == ("B",)


def test_weights_make_several_right() -> None:
    question = read("Chọn{~%50%a ~%-100%b ~%50%c}")

    assert (question.kind, question.correct, question.status) == ("multiple", ("A", "C"), "accepted")


def test_a_part_of_the_mark_is_told() -> None:
    question = read("Chọn{\n~a\n~%50%b\n=c\n}")

    assert question.correct == ("C",)
    assert lines(question) == {"partial-mark": 3}
    assert question.status == "warning"


def test_categories_codes_and_difficulty() -> None:
    first = "$CATEGORY: $course$/top/Luật/Đất đai\n\n// [id:dd-1] [tag:Độ khó 3]\nHỏi{=a ~b}"
    found = read_gift(f"{first}\n\n$CATEGORY: top\nHỏi hai{{T}}".encode(), "a.gift")

    assert [(q.topic, q.code, q.difficulty) for q in found.questions] == [("Luật / Đất đai", "dd-1", 3), (None, None, None)]


def test_formats() -> None:
    assert read("[html]<p>a<br>b</p>{=[plain]<b> ~<i>c</i>}").choices == ("<b>", "c")
    assert read("[plain]x<sup>2</sup>{T}").text == "x<sup>2</sup>"
    assert read("x<sup>2</sup>{T}").text == "x²"
    assert codes(read("[markdown]**x**{T}")) == ["markdown"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("{}", "essay"),
        ("{#5:1}", "numerical"),
        ("{=a =b}", "short answer"),
        ("{=a->1 =b->2}", "matching"),
        ("", "description"),
        ("{abc}", "không đọc được"),
    ],
)
def test_other_kinds_are_told_with_their_line(written: str, name: str) -> None:
    found = read_gift(f"Câu một{{T}}\n\nCâu hai{written}".encode(), "a.gift")

    question = found.questions[1]
    assert question.text.startswith("Câu hai")
    assert (codes(question), question.where.line, question.is_accepted) == (["unsupported-kind"], 3, False)
    assert name in question.remarks[0].sentence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hỏi{=a ~b", "brace-unpaired"),
        ("Hỏi =a ~b}", "brace-unpaired"),
        ("Hỏi{=a {b} ~c}", "brace-unpaired"),
        ("Hỏi{=a ~b} và {=c ~d}", "several-braces"),
        ("Hỏi{chữ ~a =b}", "text-before-choices"),
        ("Hỏi{~a ~b}", "no-key"),
        ("Hỏi{=a =b ~c}", "several-right"),
        ("Hỏi{~%50%a ~b}", "marks-sum"),
        ("Hỏi{=%50%a ~b}", "weight-after-equals"),
        ("Hỏi{~%500%a ~b}", "invalid-fraction"),
        ("Hỏi{=a}", "unsupported-kind"),
        ("Hỏi{=a ~a}", "equal-choices"),
        ("{=a ~b}", "empty-question"),
        ("Đất{T} đai là gì", "text-after-answers"),
        ("Hỏi{" + "~x " * 9 + "=y}", "too-many-choices"),
    ],
)
def test_what_is_wrong_stops_the_question(text: str, code: str) -> None:
    question = read(text)

    assert code in codes(question)
    assert not question.is_accepted


def test_a_blank_line_inside_braces_loses_nothing() -> None:
    found = read_gift("Hỏi{\n~a\n\n=b\n}".encode(), "a.gift")

    assert [codes(question)[0] for question in found.questions] == ["brace-unpaired", "brace-unpaired"]
    assert [question.where.line for question in found.questions] == [1, 4]


@pytest.mark.parametrize("text", ["Hỏi{~x=5 ~y}", "Hỏi{\n~ a = 5\n~ b\n}"])
def test_a_sign_that_may_belong_to_the_text_is_a_warning(text: str) -> None:
    assert "mark-in-line" in codes(read(text))


def test_the_usual_one_line_form_needs_no_warning() -> None:
    assert read("Hỏi{~a ~b =c}").status == "accepted"


def test_signs_of_other_alphabets_make_no_marks() -> None:
    question = read("Hỏi{=a ~b ＝ c}")

    assert question.choices == ("a", "b = c")


def test_legacy_fonts_are_told_by_the_whole_file() -> None:
    found = read_gift("C¬ quan nµo cã thÈm quyÒn ban hµnh luËt?{=Quèc héi ~ChÝnh phñ ~Thñ t­íng}".encode("latin-1"), "a.gift")

    assert only(found).text == "Cơ quan nào có thẩm quyền ban hành luật?"
    assert only(found).choices[0] == "Quốc hội"
    assert found.repairs


def test_one_line_ends_and_comments_between_choices() -> None:
    question = read("Hỏi{\r\n// a\r\n=a\r\n// ~c\r\n~b\r\n}")

    assert (question.choices, [where.line for where in question.options_where]) == (("a", "b"), [3, 5])


def test_too_many_lines_are_refused_with_the_limit() -> None:
    with pytest.raises(FileRefused, match="200_000 dòng"):
        read_gift(b"a\n" * 200_001, "a.gift")


def test_a_huge_block_is_no_trouble() -> None:
    question = read("Hỏi{" + "~a\n" * 100_000 + "}")

    assert "too-many-choices" in codes(question)
