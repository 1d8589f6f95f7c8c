"""Word files whose keys are nothing but the look of a choice."""

from __future__ import annotations

from collections.abc import Callable

from docx.enum.style import WD_STYLE_TYPE
from docx.shared import RGBColor

from tests.banks.files.corpus.case import Asked, case
from tests.banks.files.corpus.facts import CIVIC, LONG
from tests.banks.files.corpus.word import Word

FACTS = CIVIC[:5]
Show = Callable[[str, str, bool], str]
"""Letter, choice and whether it is right → the paragraph."""

LOOKS: dict[str, tuple[Show, str]] = {
    "bold_line": (lambda a, t, r: f"<b>{a}. {t}</b>" if r else f"{a}. {t}", "Câu {0}. {1}"),
    "bold_line_and_question": (lambda a, t, r: f"<b>{a}. {t}</b>" if r else f"{a}. {t}", "<b>Câu {0}. {1}</b>"),
    "bold_letter": (lambda a, t, r: f"<b>{a}.</b> {t}" if r else f"{a}. {t}", "<b>Câu {0}.</b> {1}"),
    "bold_text_only": (lambda a, t, r: f"{a}. <b>{t}</b>" if r else f"{a}. {t}", "<b>Câu {0}.</b> {1}"),
    "letters_all_bold_right_text_bold": (
        lambda a, t, r: f"<b>{a}.</b> " + (f"<b>{t}</b>" if r else t),
        "<b>Câu {0}.</b> {1}",
    ),
    "underlined_letter": (lambda a, t, r: f"<u>{a}</u>. {t}" if r else f"{a}. {t}", "<b>Câu {0}:</b> {1}"),
    "letters_bold_right_underlined": (
        lambda a, t, r: f"<b><u>{a}.</u></b> {t}" if r else f"<b>{a}.</b> {t}",
        "<b>Câu {0}:</b> {1}",
    ),
    "underlined_line": (lambda a, t, r: f"<u>{a}. {t}</u>" if r else f"{a}. {t}", "Câu {0}: {1}"),
    "red_line": (lambda a, t, r: f"<red>{a}. {t}</red>" if r else f"{a}. {t}", "<b>Câu {0}:</b> {1}"),
    "red_letter": (lambda a, t, r: f"<red>{a}.</red> {t}" if r else f"{a}. {t}", "<b>Câu {0}:</b> {1}"),
    "red_with_blue_question": (
        lambda a, t, r: f"<red>{a}. {t}</red>" if r else f"{a}. {t}",
        "<blue><b>Câu {0}:</b> {1}</blue>",
    ),
    "highlight": (lambda a, t, r: f"<hl>{a}. {t}</hl>" if r else f"{a}. {t}", "Câu {0}: {1}"),
    "italic": (lambda a, t, r: f"<i>{a}. {t}</i>" if r else f"{a}. {t}", "Câu {0}: {1}"),
    "bold_red": (lambda a, t, r: f"<b><red>{a}. {t}</red></b>" if r else f"{a}. {t}", "<b>Câu {0}:</b> {1}"),
    "star": (lambda a, t, r: f"*{a}. {t}" if r else f"{a}. {t}", "Câu {0}: {1}"),
    "star_behind_letter": (lambda a, t, r: f"{a}*. {t}" if r else f"{a}. {t}", "Câu {0}: {1}"),
    "star_at_end": (lambda a, t, r: f"{a}. {t} *" if r else f"{a}. {t}", "Câu {0}: {1}"),
    "right_in_brackets": (lambda a, t, r: f"{a}. {t} (Đúng)" if r else f"{a}. {t}", "Câu {0}: {1}"),
    "right_in_square": (lambda a, t, r: f"{a}. {t} [đúng]" if r else f"{a}. {t}", "Câu {0}: {1}"),
    "right_answer_in_brackets": (lambda a, t, r: f"{a}. {t} (đáp án đúng)" if r else f"{a}. {t}", "Câu {0}: {1}"),
    "x_in_brackets": (lambda a, t, r: f"{a}. {t} (x)" if r else f"{a}. {t}", "Câu {0}: {1}"),
    "tick": (lambda a, t, r: f"{a}. {t} ✓" if r else f"{a}. {t}", "Câu {0}: {1}"),
    "bullets_bold": (lambda a, t, r: f"- <b>{t}</b>" if r else f"- {t}", "Câu {0}: {1}"),
    "wrong_ones_struck": (lambda a, t, r: f"{a}. {t}" if r else f"<s>{a}. {t}</s>", "Câu {0}: {1}"),
}
RARE = {"bullets_bold", "wrong_ones_struck", "right_in_square", "italic", "star_at_end"}


def _looking(show: Show, head: str, facts: tuple[Asked, ...]) -> bytes:
    doc = Word()
    doc.line("<b>BỘ ĐỀ TÌM HIỂU PHÁP LUẬT</b>")
    for number, fact in enumerate(facts, 1):
        doc.line(head.format(number, fact.texts[0]))
        for letter, choice in fact.lettered:
            doc.line(show(letter, choice, letter in fact.correct))
    return doc.bytes()


def _look_cases() -> None:
    for name, (show, head) in LOOKS.items():

        def make(show: Show = show, head: str = head) -> bytes:
            return _looking(show, head, FACTS)

        make.__name__ = f"look_{name}"
        case(FACTS, f"{name}.docx", ordinary=name not in RARE)(make)


_look_cases()


@case(FACTS, "kieu-doan.docx")
def bold_by_paragraph_style() -> bytes:
    doc = Word()
    style = doc.document.styles.add_style("Dap an dung", WD_STYLE_TYPE.PARAGRAPH)
    style.font.bold = True
    child = doc.document.styles.add_style("Dap an con", WD_STYLE_TYPE.PARAGRAPH)
    child.base_style = style
    for number, fact in enumerate(FACTS, 1):
        doc.line(f"Câu {number}. {fact.texts[0]}")
        for letter, choice in fact.lettered:
            doc.line(f"{letter}. {choice}", style="Dap an con" if letter == fact.correct else None)
    return doc.bytes()


@case(FACTS, "kieu-chu.docx")
def red_by_character_style() -> bytes:
    doc = Word()
    style = doc.document.styles.add_style("Do", WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor(0xC0, 0, 0)
    for number, fact in enumerate(FACTS, 1):
        doc.line(f"Câu {number}. {fact.texts[0]}")
        for letter, choice in fact.lettered:
            paragraph = doc.line()
            run = paragraph.add_run(f"{letter}. {choice}")
            if letter == fact.correct:
                run.style = style
    return doc.bytes()


@case(FACTS, "tat-ca-dam.docx")
def everything_bold_by_style_key_not_bold() -> bytes:
    """The style of the whole text is bold; the right choice is red."""
    doc = Word()
    doc.document.styles["Normal"].font.bold = True
    for number, fact in enumerate(FACTS, 1):
        doc.line(f"Câu {number}. {fact.texts[0]}")
        for letter, choice in fact.lettered:
            doc.line(f"<red>{letter}. {choice}</red>" if letter == fact.correct else f"{letter}. {choice}")
    return doc.bytes()


@case(LONG, "gach-chan-mot-phan.docx")
def underlined_letter_among_bold_words() -> bytes:
    """Words inside wrong choices are in italics; the key is the underlined letter."""
    doc = Word()
    for number, fact in enumerate(LONG, 1):
        doc.line(f"<b>Câu {number}.</b> {fact.texts[0]}")
        for letter, choice in fact.lettered:
            first, *rest = choice.split(" ", 1)
            body = f"<i>{first}</i> {' '.join(rest)}".rstrip()
            doc.line(f"<u>{letter}.</u> {body}" if letter == fact.correct else f"{letter}. {body}")
    return doc.bytes()


@case(
    tuple(Asked(fact.texts, fact.choices, fact.correct if at != 2 else "", stops=at == 2) for at, fact in enumerate(FACTS)),
    "quen-mot-cau.docx",
    ordinary=False,
)
def one_question_forgotten() -> bytes:
    doc = Word()
    for number, fact in enumerate(FACTS, 1):
        doc.line(f"<b>Câu {number}.</b> {fact.texts[0]}")
        for letter, choice in fact.lettered:
            right = letter == fact.correct and number != 3
            doc.line(f"<b>{letter}. {choice}</b>" if right else f"{letter}. {choice}")
    return doc.bytes()


@case(
    tuple(Asked(fact.texts, fact.choices, fact.correct, stops=True) for fact in FACTS[:1]) + FACTS[1:],
    "trai-nhau.docx",
    ordinary=False,
)
def bold_against_key_line() -> bytes:
    """In the first question A is bold though the line says D: one of them is wrong, a person must decide."""
    doc = Word()
    for number, fact in enumerate(FACTS, 1):
        doc.line(f"Câu {number}. {fact.texts[0]}")
        bold = "A" if number == 1 else fact.correct
        for letter, choice in fact.lettered:
            doc.line(f"<b>{letter}. {choice}</b>" if letter == bold else f"{letter}. {choice}")
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


@case(
    tuple(Asked(f.texts, f.choices, f.correct, stops=at == 1) for at, f in enumerate(FACTS)), "hai-mau.docx", ordinary=False
)
def two_red_choices_where_one_is_meant() -> bytes:
    doc = Word()
    for number, fact in enumerate(FACTS, 1):
        doc.line(f"Câu {number}. {fact.texts[0]}")
        red = fact.correct + ("A" if number == 2 else "")
        for letter, choice in fact.lettered:
            doc.line(f"<red>{letter}. {choice}</red>" if letter in red else f"{letter}. {choice}")
    return doc.bytes()


@case(FACTS, "dau-cach-dam.docx")
def bold_letters_and_stray_bold_space() -> bytes:
    """Bold on the letters of all choices and on stray spaces of wrong ones; the right choice is bold as a whole."""
    doc = Word()
    for number, fact in enumerate(FACTS, 1):
        doc.line(f"<b>Câu {number}. {fact.texts[0]}</b>")
        for letter, choice in fact.lettered:
            doc.line(f"<b>{letter}. {choice}</b>" if letter == fact.correct else f"<b>{letter}.</b> {choice}<b> </b>")
    return doc.bytes()
