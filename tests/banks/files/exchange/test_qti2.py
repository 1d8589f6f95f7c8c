import re

import pytest

from quizsvc.banks.files.exchange.qti import read_qti
from quizsvc.banks.files.found import FileRefused, FoundQuestion
from tests.banks.files.exchange.making import PNG, codes, item21, lines, manifest, only, zipped


def read(written: str) -> FoundQuestion:
    return only(read_qti(written.encode(), "a.xml"))


def mapping(*entries: tuple[str, str]) -> str:
    written = "".join(f'<mapEntry mapKey="{name}" mappedValue="{value}"/>' for name, value in entries)
    return f'<mapping defaultValue="0">{written}</mapping>'


def in_version_3(written: str) -> str:
    """The item with the names of QTI 3.0."""

    def kebab(name: str) -> str:
        return re.sub("[A-Z]", lambda found: "-" + found[0].lower(), name)

    named = re.sub(r"(</?)([a-z]+[A-Z]\w*|value|prompt|mapping)", lambda found: f"{found[1]}qti-{kebab(found[2])}", written)
    return re.sub(r" ([a-z]+[A-Z]\w*)=", lambda found: f" {kebab(found[1])}=", named).replace(
        "imsqti_v2p1", "imsqtiasi_v3p0"
    )


@pytest.mark.parametrize("written", [item21("Luật <b>nào</b>?", right="B"), item21("Luật nào?", right="B", version="v2p2")])
def test_a_single_choice_in_each_version(written: str) -> None:
    for each in (written, in_version_3(written)):
        question = read(each)

        assert (question.text, question.choices, question.correct) == ("Luật nào?", ("Một", "Hai", "Ba"), ("B",))
        assert (question.kind, question.status, question.pinned) == ("single", "accepted", False)
        assert question.where.line == 3


def test_the_third_version_really_has_other_names() -> None:
    written = in_version_3(item21("x", mapping=mapping(("A", "1"))))

    assert "<qti-simple-choice" in written
    assert 'map-key="A"' in written
    assert "simpleChoice" not in written


@pytest.mark.parametrize(
    ("right", "entries"),
    [("AC", ()), ("", (("A", "1"), ("B", "-1"), ("C", "1"))), ("CA", (("A", "0.5"), ("C", "0.5")))],
)
def test_several_right_choices(right: str, entries: tuple[tuple[str, str], ...]) -> None:
    written = item21(
        "Chọn", right=right, cardinality="multiple", choice='maxChoices="0"', mapping=mapping(*entries) if entries else ""
    )

    for each in (written, in_version_3(written)):
        question = read(each)
        assert (question.kind, question.correct, question.status) == ("multiple", ("A", "C"), "accepted")


def test_a_part_of_the_mark_is_told() -> None:
    question = read(item21("Hỏi", mapping=mapping(("A", "2"), ("B", "1"))))

    assert (question.correct, codes(question)) == (("A",), ["partial-mark"])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (item21("Hỏi", right=""), "no-key"),
        (item21("Hỏi", right="X"), "key-not-a-choice"),
        (item21("Hỏi", right="AB"), "several-right"),
        (item21("Hỏi", right="A", mapping=mapping(("B", "1"))), "key-contradiction"),
        (
            item21("Hỏi", right="A", cardinality="multiple", choice="", mapping=mapping(("A", "1"), ("B", "1"))),
            "key-contradiction",
        ),
        (item21("Hỏi", mapping=mapping(("A", "một"))), "invalid-fraction"),
        (item21("Hỏi", cardinality="ordered"), "response-declaration"),
        (item21("Hỏi", choices=[("A", "một"), ("A", "hai")]), "choice-identifiers"),
        (item21("Hỏi", choices=[("A", "một"), ("B", " Một. ")]), "equal-choices"),
        (item21("Hỏi", choices=[("A", "một")]), "too-few-choices"),
        (item21("Hỏi", choices=[(f"C{n}", f"x{n}") for n in range(9)], right=["C1"]), "too-many-choices"),
        (item21(""), "empty-question"),
        (item21("Hỏi", more='<templateDeclaration identifier="x"/>'), "template"),
        (item21("Hỏi", more='<assessmentStimulusRef identifier="x" href="y"/>'), "stimulus"),
        (item21("Hình <img src='a.png' alt=''/>"), "missing-picture"),
    ],
)
def test_what_is_not_certain_stops_the_question(written: str, code: str) -> None:
    question = read(written)

    assert code in codes(question)
    assert not question.is_accepted


@pytest.mark.parametrize("kind", ["textEntryInteraction", "matchInteraction", "customInteraction", ""])
def test_other_kinds_are_told_with_their_line(kind: str) -> None:
    body = re.sub("<choiceInteraction.*</choiceInteraction>", f"<p>Nêu<{kind or 'br'}/></p>", item21(""), flags=re.DOTALL)

    question = read(body)

    assert (question.text, codes(question), question.where.line) == ("Nêu", ["unsupported-kind"], 3)


def test_several_interactions_are_no_choice_question() -> None:
    one = re.search("<choiceInteraction.*</choiceInteraction>", item21("Hai"), flags=re.DOTALL)
    assert one is not None

    assert codes(read(item21("Một").replace("</itemBody>", one[0] + "</itemBody>"))) == ["unsupported-kind"]


def test_order() -> None:
    assert read(item21("Hỏi", choice='shuffle="false" maxChoices="1"')).pinned
    fixed = read(item21("Hỏi").replace('identifier="C"', 'identifier="C" fixed="true"'))
    assert fixed.pinned
    assert codes(fixed) == ["pinned"]


def test_feedback_and_rubrics() -> None:
    more = (
        '<modalFeedback outcomeIdentifier="F" identifier="X" showHide="show"><p>Vì thế.<br/>Căn cứ: Điều 9</p>'
        "</modalFeedback>"
    )
    written = item21(
        "Hỏi", more=more, choices=[("A", 'một<feedbackInline identifier="A">giỏi</feedbackInline>'), ("B", "hai")]
    )
    written = written.replace("<itemBody>", '<itemBody><rubricBlock view="scorer"><p>Đáp án: A</p></rubricBlock><p>Đọc.</p>')

    question = read(written)

    assert (question.text, question.choices) == ("Đọc.\nHỏi", ("một", "hai"))
    assert (question.explanation, question.citation) == ("Vì thế.\ngiỏi", "Điều 9")


TEST = """<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="t" title="Đề thi">
<testPart identifier="p" navigationMode="linear" submissionMode="individual">
<assessmentSection identifier="s" title="Chương II" visible="true">
<assessmentItemRef identifier="b" href="items/b.xml"/>
<assessmentItemRef identifier="x" href="items/gone.xml"/></assessmentSection>
<assessmentSection identifier="s2" title="" visible="true"><assessmentItemRef identifier="a" href="items/a.xml"/>
</assessmentSection></testPart></assessmentTest>"""


def test_a_package_comes_in_the_order_of_its_test() -> None:
    parts = {
        "imsmanifest.xml": manifest(
            ("imsqti_item_xmlv2p1", "items/a.xml"),
            ("imsqti_item_xmlv2p1", "items/b.xml"),
            ("imsqti_test_xmlv2p1", "test.xml"),
            ("imsqti_item_xmlv2p1", "items/lost.xml"),
        ),
        "test.xml": TEST,
        "items/a.xml": item21("Câu a <img src='../media/x.png' alt='biển'/>"),
        "items/b.xml": item21("Câu b"),
        "items/c.xml": in_version_3(item21("Câu c")),
        "media/x.png": PNG,
        "other.xml": "<metadata/>",
    }

    found = read_qti(zipped(parts), "a.zip")

    assert [(question.text, question.topic) for question in found.questions] == [
        ("Câu b", "Chương II"),
        ("Câu a", None),
        ("Câu c", None),
    ]
    assert found.title == "Đề thi"
    assert [picture.alt for picture in found.questions[1].pictures] == ["biển"]
    assert [remark.code for remark in found.remarks] == ["missing-item", "missing-item", "not-in-manifest"]
    assert not found.is_refused


def test_every_broken_part_of_a_package_is_told() -> None:
    parts = {
        "imsmanifest.xml": manifest(("imsqti_item_xmlv2p1", "a.xml"), ("imsqti_item_xmlv2p1", "b.xml")),
        "a.xml": item21("Câu a").replace("</itemBody>", ""),
        "b.xml": item21("Câu b").replace("</prompt>", ""),
        "c.xml": "<quiz/>",
    }

    found = read_qti(zipped(parts), "a.zip")

    assert found.is_refused
    assert [(remark.code, remark.where.file) for remark in found.remarks] == [
        ("xml-broken", "a.zip/a.xml"),
        ("xml-broken", "a.zip/b.xml"),
    ]
    assert all(re.search(r"dòng \d+", remark.sentence) for remark in found.remarks)


def test_a_package_without_a_manifest_is_read_and_told() -> None:
    found = read_qti(zipped({"a.xml": item21("Câu a")}), "a.zip")

    assert [question.text for question in found.questions] == ["Câu a"]
    assert [remark.code for remark in found.remarks] == ["no-manifest"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (TEST.encode(), "qti-test-alone"),
        (b"<quiz/>", "not-qti"),
        (b"<questestinterop/>", "no-questions"),
        (item21("x").replace("</prompt>", "").encode(), "xml-broken"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><questestinterop>&x;</questestinterop>', "xml-doctype"),
        (b"<questestinterop>" + b"<a>" * 3000 + b"</a>" * 3000 + b"</questestinterop>", "xml-too-deep"),
        (zipped({"a.txt": "x"}), None),
        (zipped({"a.zip": zipped({"b.xml": "<x/>"})}), "nested-archive"),
        (b"PK\x03\x04 broken", "zip-broken"),
        (b"", "empty-file"),
    ],
)
def test_what_is_no_qti_is_refused(data: bytes, code: str | None) -> None:
    if code is None:
        assert [remark.code for remark in read_qti(data, "a").remarks] == ["no-manifest"]
        return
    with pytest.raises(FileRefused) as refused:
        read_qti(data, "a")

    assert refused.value.code == code


def test_the_line_of_a_fault_is_that_of_its_element() -> None:
    assert lines(read(item21("Hỏi", choices=[("A", "một"), ("B", "")])))["empty-choice"] == 8
