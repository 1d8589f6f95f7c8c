import pytest

from quizsvc.banks.files.exchange.qti import read_qti
from quizsvc.banks.files.found import FoundQuestion
from tests.banks.files.exchange.making import PNG, codes, lines, manifest, only, zipped

DOCTYPE = '<!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2.dtd">\n'


def item(processing: str, *, cardinality: str = "Single", names: str = "abc", more: str = "", render: str = "") -> str:
    labels = "\n".join(
        f'<response_label ident="{name}"><material><mattext texttype="text/plain">Chữ {name}</mattext></material>'
        "</response_label>"
        for name in names
    )
    return f"""<item ident="i1" title="t"><presentation><material><mattext texttype="text/html">&lt;p&gt;Luật
 &lt;b&gt;nào&lt;/b&gt;?&lt;/p&gt;</mattext></material>
<response_lid ident="r" rcardinality="{cardinality}"><render_choice {render}>
{labels}
</render_choice></response_lid></presentation>
<resprocessing><outcomes><decvar varname="SCORE" minvalue="0" maxvalue="100"/></outcomes>
{processing}
</resprocessing>{more}</item>"""


def file(*items: str, head: str = "") -> bytes:
    body = "\n".join(items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<questestinterop><assessment ident="a" title="Bài">'
        f'<section ident="s" title="Phần 1">{body}</section></assessment></questestinterop>'
    ).encode()


def read(*items: str) -> FoundQuestion:
    return only(read_qti(file(*items), "a.xml"))


def condition(tests: str, value: str = "100", action: str = "Set", more: str = "") -> str:
    return (
        f'<respcondition {more}><conditionvar>{tests}</conditionvar><setvar action="{action}" varname="SCORE">{value}'
        "</setvar></respcondition>"
    )


def equal(name: str) -> str:
    return f'<varequal respident="r">{name}</varequal>'


CANVAS_GENERAL = (
    '<respcondition continue="Yes"><conditionvar><other/></conditionvar>'
    '<displayfeedback feedbacktype="Response" linkrefid="general_fb"/></respcondition>'
)
BLACKBOARD = """<respcondition title="correct"><conditionvar><varequal respident="r" case="No">b</varequal></conditionvar>
<setvar variablename="SCORE" action="Set">SCORE.max</setvar></respcondition>
<respcondition title="incorrect"><conditionvar><other/></conditionvar><setvar variablename="SCORE" action="Set">0</setvar>
</respcondition>"""


@pytest.mark.parametrize(
    "processing",
    [
        condition(equal("b"), more='continue="No"'),
        CANVAS_GENERAL + condition(equal("b"), more='continue="No"'),
        BLACKBOARD,
        condition(equal("a"), "0") + condition(equal("b"), "1") + condition(equal("c"), "-1"),
        condition(f"<and>{equal('b')}<not>{equal('a')}</not></and>", "5"),
        condition(f"<not><or>{equal('a')}{equal('c')}</or></not>"),
    ],
)
def test_a_single_choice_however_it_is_scored(processing: str) -> None:
    question = read(item(processing))

    assert (question.text, question.choices, question.correct) == ("Luật nào?", ("Chữ a", "Chữ b", "Chữ c"), ("B",))
    assert (question.kind, question.status, question.topic) == ("single", "accepted", "Phần 1")


@pytest.mark.parametrize(
    "processing",
    [
        condition(f"<and>{equal('a')}<not>{equal('b')}</not>{equal('c')}</and>"),
        condition(f"{equal('a')}{equal('c')}<not>{equal('b')}</not>"),
        "".join(
            condition(equal(name), value, "Add", 'continue="Yes"')
            for name, value in (("a", "50"), ("b", "-50"), ("c", "50"))
        ),
        "".join(condition(equal(name), "1", "Add", 'continue="Yes"') for name in "ac"),
        condition('<varsubset respident="r" setmatch="Exact">a,c</varsubset>'),
    ],
)
def test_several_choices_however_they_are_scored(processing: str) -> None:
    question = read(item(processing, cardinality="Multiple"))

    assert (question.kind, question.correct, question.status) == ("multiple", ("A", "C"), "accepted")


@pytest.mark.parametrize(
    ("processing", "cardinality", "code"),
    [
        ("", "Single", "no-key"),
        (condition(equal("x")), "Single", "no-key"),
        (condition(equal("a")) + condition(equal("b")), "Single", "several-right"),
        (condition(f"<or>{equal('a')}{equal('b')}</or>"), "Multiple", "scoring-unknown"),
        (condition('<vargte respident="r">1</vargte>'), "Single", "scoring-unknown"),
        (condition('<varequal respident="q">a</varequal>'), "Single", "scoring-unknown"),
        (condition(equal("a"), "many"), "Single", "scoring-unknown"),
        (condition(equal("a"), "1", "Multiply"), "Single", "scoring-unknown"),
        ("".join(condition(equal(n), v, "Add") for n, v in (("a", "2"), ("b", "1"))), "Multiple", "scoring-unknown"),
        (condition(equal("a")) + condition(equal("b")).replace("SCORE", "OTHER"), "Single", "scoring-unknown"),
        (condition(equal("a") * 700), "Single", "scoring-unknown"),
    ],
)
def test_a_key_that_is_not_certain_stops_the_question(processing: str, cardinality: str, code: str) -> None:
    question = read(item(processing, cardinality=cardinality))

    assert code in codes(question)
    assert not question.is_accepted


def test_a_part_of_the_mark_is_told() -> None:
    question = read(item(condition(equal("a"), "100") + condition(equal("b"), "50")))

    assert (question.correct, codes(question)) == (("A",), ["partial-mark"])


def test_order_feedback_and_doctype() -> None:
    words = "<flow_mat><material><mattext>Vì thế.</mattext></material></flow_mat>"
    more = f'<itemfeedback ident="general_fb">{words}</itemfeedback>'
    written = item(condition(equal("a")), more=more, render='shuffle="No"')
    question = only(read_qti(file(written, head=DOCTYPE), "a.xml"))

    assert (question.explanation, question.pinned, question.where.line) == ("Vì thế.", True, 3)


@pytest.mark.parametrize(
    "response",
    ['<response_str ident="r"/>', '<response_lid ident="r"/>', "", '<response_lid ident="r" rcardinality="Ordered"/>'],
)
def test_other_kinds_are_told_with_their_line(response: str) -> None:
    written = f"<item><presentation><material><mattext>Nêu</mattext></material>\n{response}</presentation></item>"
    found = read_qti(file(item(condition(equal("a"))), written), "a.xml")

    assert (found.questions[1].text, codes(found.questions[1])) == ("Nêu", ["unsupported-kind"])
    assert found.questions[1].where.line == 12


def test_choices_need_their_own_names() -> None:
    assert lines(read(item(condition(equal("a")), names="aab")))["choice-identifiers"] == 4


def test_pictures_of_a_package() -> None:
    image = '<material><matimage imagtype="image/png" uri="media/a&amp;b.png"/></material><response_lid'
    written = item(condition(equal("a"))).replace("<response_lid", image, 1)
    parts = {
        "imsmanifest.xml": manifest(("imsqti_xmlv1p2", "quiz/quiz.xml")),
        "quiz/quiz.xml": file(written),
        "quiz/media/a&b.png": PNG,
    }

    question = only(read_qti(zipped(parts), "a.zip"))

    assert [picture.media_type for picture in question.pictures] == ["image/png"]
    assert question.where.file == "a.zip/quiz/quiz.xml"


def test_markup_in_plain_text_is_told() -> None:
    written = item(condition(equal("a"))).replace("Chữ a", "&lt;b&gt;x&lt;/b&gt;")

    assert read(written).choices[0] == "<b>x</b>"
    assert codes(read(written)) == ["html-unknown-tag"]
