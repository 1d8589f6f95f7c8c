import base64
import hashlib

import pytest

from quizsvc.banks.files.exchange.moodle_xml import read_moodle_xml
from quizsvc.banks.files.found import FileRefused, FoundQuestion
from tests.banks.files.exchange.making import PNG, codes, lines, moodle, multichoice, only


def read(*questions: str) -> FoundQuestion:
    return only(read_moodle_xml(moodle(*questions), "a.xml"))


TRUE_FALSE = """<question type="truefalse"><questiontext format="html"><text>Đất là của dân</text></questiontext>
<answer fraction="{}"><text>{}</text></answer>
<answer fraction="{}"><text>{}</text></answer></question>"""


def test_a_single_choice_question() -> None:
    question = read(multichoice("<p>Luật <b>nào</b>?</p>", [("0", "<p>Một</p>"), ("100", "Hai"), ("0", "Ba &amp; bốn")]))

    assert (question.text, question.choices, question.correct) == ("Luật nào?", ("Một", "Hai", "Ba & bốn"), ("B",))
    assert (question.kind, question.status, question.where.line, question.pinned) == ("single", "accepted", 3, False)
    assert question.key_where is not None
    assert question.key_where.line == 8


def test_several_right_choices_and_fixed_order() -> None:
    answers = [("33.33333", "a"), ("-100", "b"), ("33.33333", "c"), ("33.33333", "d")]
    question = read(multichoice("Chọn", answers, single="false", more="<shuffleanswers>0</shuffleanswers>"))

    assert (question.kind, question.correct, question.pinned, question.status) == (
        "multiple",
        ("A", "C", "D"),
        True,
        "accepted",
    )


def test_true_and_false_in_any_order() -> None:
    assert read(TRUE_FALSE.format(100, "true", 0, "false")).correct == ("A",)
    turned = read(TRUE_FALSE.format(100, "false", 0, "true"))
    assert (turned.choices, turned.correct, turned.status) == (("Đúng", "Sai"), ("B",), "accepted")
    assert "true-false-choices" in codes(read(TRUE_FALSE.format(100, "yes", 0, "no")))


def test_categories_tags_codes_and_explanations() -> None:
    more = """<generalfeedback format="html"><text>Vì thế.&lt;br&gt;Căn cứ: Điều 4</text></generalfeedback>
<idnumber>q-7</idnumber><tags><tag><text>luật</text></tag><tag><text>Độ khó: 2</text></tag></tags>"""
    category = '<question type="category"><category><text>$course$/top/Luật/An ninh//Mạng</text></category></question>'
    question = read(category, multichoice("Hỏi", [("100", "a"), ("0", "b")], more=more))

    assert (question.topic, question.code, question.difficulty) == ("Luật / An ninh/Mạng", "q-7", 2)
    assert (question.explanation, question.citation) == ("Vì thế.", "Điều 4")


@pytest.mark.parametrize("text_format", ["plain_text", "html", "moodle_auto_format", "markdown"])
def test_formats(text_format: str) -> None:
    question = read(multichoice("x<sup>2</sup>\ny", [("100", "a"), ("0", "b")], text_format=text_format))

    expected = {"html": "x² y", "moodle_auto_format": "x²\ny"}
    assert question.text == expected.get(text_format, "x<sup>2</sup>\ny")
    assert ("markdown" in codes(question)) == (text_format == "markdown")


def test_tags_without_cdata_are_markup_too() -> None:
    question = read(
        '<question type="multichoice"><questiontext format="html"><text>a<p>b &lt; c</p></text></questiontext>'
        '<answer fraction="100"><text>x</text></answer><answer fraction="0"><text>y</text></answer></question>'
    )

    assert question.text == "a\nb < c"


def with_picture(source: str, content: str) -> FoundQuestion:
    file = f'<file name="biển số.png" path="/" encoding="base64">{content}</file>'
    return read(
        f'<question type="multichoice"><questiontext format="html"><text><![CDATA[Hình <img src="{source}" alt="biển">]]>'
        f'</text>{file}</questiontext><answer fraction="100"><text>x</text></answer>'
        '<answer fraction="0"><text>y</text></answer></question>'
    )


def test_pictures_come_with_their_hash() -> None:
    question = with_picture("@@PLUGINFILE@@/bi%E1%BB%83n%20s%E1%BB%91.png?a=1", base64.encodebytes(PNG).decode())

    picture = question.pictures[0]
    assert (picture.sha256, picture.media_type, picture.alt) == (hashlib.sha256(PNG).hexdigest(), "image/png", "biển")
    assert codes(question) == ["has-picture"]
    assert question.status == "warning"


@pytest.mark.parametrize(
    ("source", "content", "code"),
    [
        ("@@PLUGINFILE@@/other.png", "QUJD", "missing-picture"),
        ("https://example.vn/a.png", "QUJD", "external-picture"),
        ("@@PLUGINFILE@@/biển số.png", "QU!JD", "broken-picture"),
        ("data:image/png;base64,QU", "QUJD", "broken-picture"),
    ],
)
def test_a_picture_that_cannot_be_had_stops_the_question(source: str, content: str, code: str) -> None:
    question = with_picture(source, content)

    assert code in codes(question)
    assert not question.is_accepted


@pytest.mark.parametrize("fraction", ["33", "", "abc", "1e2", "nan", "101", "-33", "100%"])
def test_an_invalid_fraction_is_told_with_its_line(fraction: str) -> None:
    question = read(multichoice("Hỏi", [("100", "a"), (fraction, "b")]))

    assert lines(question)["invalid-fraction"] == 8
    assert not question.is_accepted


@pytest.mark.parametrize(
    ("answers", "single", "code"),
    [
        ([("100", "a"), ("100", "b")], "true", "several-right"),
        ([("50", "a"), ("0", "b")], "true", "no-full-mark"),
        ([("0", "a"), ("0", "b")], "true", "no-key"),
        ([("50", "a"), ("0", "b")], "false", "marks-sum"),
        ([("100", "a")], "true", "too-few-choices"),
        ([("100", "a"), ("0", "<p></p>")], "true", "empty-choice"),
        ([("100", "a"), ("0", "<b>A</b>")], "true", "equal-choices"),
        ([("100", "a"), ("0", "b")], "maybe", "unknown-value"),
    ],
)
def test_what_is_wrong_stops_the_question(answers: list[tuple[str, str]], single: str, code: str) -> None:
    question = read(multichoice("Hỏi", answers, single=single))

    assert code in codes(question)
    assert not question.is_accepted


def test_a_part_of_the_mark_and_a_hidden_question_are_warnings() -> None:
    question = read(multichoice("Hỏi", [("100", "a"), ("50", "b")], more="<hidden>1</hidden>"))

    assert lines(question) == {"hidden": 3, "partial-mark": 8}
    assert (question.correct, question.status) == (("A",), "warning")


@pytest.mark.parametrize("kind", ["essay", "cloze", "ddwtos", ""])
def test_other_kinds_are_told_with_their_line(kind: str) -> None:
    question = read(f'<question type="{kind}"><questiontext format="html"><text>Nêu ý kiến</text></questiontext></question>')

    assert (codes(question), question.where.line, question.text) == (["unsupported-kind"], 3, "Nêu ý kiến")


def test_what_is_no_question_is_told() -> None:
    found = read_moodle_xml(moodle("<note>x</note>", TRUE_FALSE.format(100, "true", 0, "false")), "a.xml")

    assert [(remark.code, remark.where.line) for remark in found.remarks] == [("unknown-element", 3)]


def test_broken_xml_is_refused_with_its_line() -> None:
    data = moodle(multichoice("Hỏi", [("100", "a")])).replace(b"</single>", b"")

    with pytest.raises(FileRefused) as refused:
        read_moodle_xml(data, "a.xml")

    assert refused.value.code == "xml-broken"
    assert "dòng" in refused.value.sentence


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (f'<!DOCTYPE quiz [<!ENTITY l0 "ha">{LAUGHS}]><quiz>&l9;</quiz>', "xml-doctype"),
        ('<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>', "xml-doctype"),
        ("<quiz>" * 3000 + "</quiz>" * 3000, "xml-too-deep"),
        ("<questions/>", "not-moodle-xml"),
        ("<quiz/>", "no-questions"),
        ("", "empty-file"),
        ("no xml", "xml-broken"),
    ],
)
def test_dangerous_and_other_xml_is_refused(data: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_moodle_xml(data.encode(), "a.xml")

    assert refused.value.code == code
    assert refused.value.sentence


@pytest.mark.parametrize(
    ("text", "code", "status"),
    [
        ("Cơ quan nhà nướ c có thẩm quyền", "stray-space", "warning"),
        ("C¬ quan nµo cã thÈm quyÒn ban hµnh luËt?", "legacy-font", "rejected"),
        ("!\"#$%&'()*+,-./:;?@[]^_`", "broken-text", "rejected"),
    ],
)
def test_damaged_text_is_told(text: str, code: str, status: str) -> None:
    question = read(multichoice(text, [("100", "a"), ("0", "b")], text_format="plain_text"))

    assert (codes(question), question.status) == ([code], status)
