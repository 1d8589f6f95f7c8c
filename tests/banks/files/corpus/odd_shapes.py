"""One question in the shapes that single typists invent: signs, brackets, letters behind the question."""

from __future__ import annotations

from tests.banks.files.corpus.case import Asked, case
from tests.banks.files.corpus.facts import CIVIC
from tests.banks.files.corpus.word import Word


def _simple(shape: str, marks: str = "") -> bytes:
    """``shape``: lines of a question with {n} {q} {a} {b} {c} {d} {k}, and {*a} … for what stands before a choice."""
    doc = Word()
    for n, fact in enumerate(CIVIC[:4], 1):
        a, b, c, d = fact.choices
        stars = {f"s{x}": marks if x.upper() == fact.correct else "" for x in "abcd"}
        doc.lines(shape.format(n=n, q=fact.texts[0], a=a, b=b, c=c, d=d, k=fact.correct, **stars))
    return doc.bytes()


def _shape(name: str, shape: str, marks: str = "", ordinary: bool = False, file: str = "") -> None:
    def make() -> bytes:
        return _simple(shape, marks)

    make.__name__ = f"shape_{name}"
    case(CIVIC[:4], file or f"{name}.docx", ordinary=ordinary)(make)


PLAIN = "A. {a}\nB. {b}\nC. {c}\nD. {d}"
_shape("key_in_head", "Câu {n} (Đáp án: {k}): {q}\n" + PLAIN)
_shape("key_in_square_head", "Câu {n} [{k}]: {q}\n" + PLAIN)
_shape("key_behind_question", "Câu {n}: {q} (Đáp án: {k})\n" + PLAIN)
_shape("letter_behind_question", "Câu {n}: {q} ({k})\n" + PLAIN)
_shape("letter_and_space", "Câu {n}: {q}\nA {a}\nB {b}\nC {c}\nD {d}\nĐáp án: {k}")
_shape("en_dash", "Câu {n}: {q}\nA – {a}\nB – {b}\nC – {c}\nD – {d}\nĐáp án: {k}")
_shape("point_bracket", "Câu {n}: {q}\nA.) {a}\nB.) {b}\nC.) {c}\nD.) {d}\nĐáp án: {k}")
_shape("letter_own_line", "Câu {n}: {q}\nA.\n{a}\nB.\n{b}\nC.\n{c}\nD.\n{d}\nĐáp án: {k}")
_shape("mixed_case", "Câu {n}: {q}\nA. {a}\nB. {b}\nc. {c}\nd. {d}\nĐáp án: {k}")
_shape("d_with_stroke", "Câu {n}: {q}\nA. {a}\nB. {b}\nC. {c}\nĐ. {d}\nĐáp án: {k}")
_shape("answer_own_line", "Câu {n}: {q}\n" + PLAIN + "\nĐáp án:\n{k}", ordinary=True)
_shape("answer_and_basis_behind", "Câu {n}: {q}\n" + PLAIN + "\nĐáp án: {k} (theo khoản 2 Điều {n})", ordinary=True)
_shape("explanation_first", "Câu {n}: {q}\n" + PLAIN + "\nGiải thích: Theo Điều {n} Hiến pháp.\nĐáp án: {k}")
_shape("explained_then_so", "Câu {n}: {q}\n" + PLAIN + "\nLời giải: Căn cứ Điều {n}. Vậy chọn {k}.")
_shape("source_line", "Câu {n}: {q}\n" + PLAIN + "\n(Nguồn: Hiến pháp năm 2013)\nĐáp án: {k}")
_shape("choose_line", "Câu {n}: {q}\nChọn đáp án đúng nhất:\n" + PLAIN + "\nĐáp án: {k}")
_shape("subject_line", "Câu {n}: {q}\n" + PLAIN + "\nĐáp án: {k}\nLĩnh vực: Hiến pháp\nMức độ: Dễ")
_shape("difficulty_line", "Câu {n}: {q}\n" + PLAIN + "\nĐáp án: {k}\nMức độ: Nhận biết\nĐiểm: 1", ordinary=True)
_shape("separators", "Câu {n}: {q}\n" + PLAIN + "\nĐáp án: {k}\n--------------------", ordinary=True)
_shape("hash_star", "#{n}. {q}\n" + PLAIN + "\nĐáp án: {k}")
_shape("brackets_number", "[{n}] {q}\n" + PLAIN + "\nĐáp án: {k}")
_shape("bracket_number", "({n}) {q}\n" + PLAIN + "\nĐáp án: {k}")
_shape("plus", "Câu {n}: {q}\n{sa}A. {a}\n{sb}B. {b}\n{sc}C. {c}\n{sd}D. {d}", "+")
_shape("hash", "Câu {n}: {q}\n{sa}A. {a}\n{sb}B. {b}\n{sc}C. {c}\n{sd}D. {d}", "#")
_shape("equals", "Câu {n}: {q}\n{sa}A. {a}\n{sb}B. {b}\n{sc}C. {c}\n{sd}D. {d}", "=")
_shape("x_before", "Câu {n}: {q}\n{sa}A. {a}\n{sb}B. {b}\n{sc}C. {c}\n{sd}D. {d}", "x ")
_shape("boxes", "Câu {n}: {q}\n☐ A. {a}\n☐ B. {b}\n☐ C. {c}\n☐ D. {d}\nĐáp án: {k}")
_shape("english", "Question {n}: {q}\n" + PLAIN + "\nCorrect answer: {k}")
_shape("difficulty_head", "Câu {n} - Mức độ dễ: {q}\n" + PLAIN + "\nĐáp án: {k}")
_shape("id_head", "Câu {n} (Mã: PL0{n}): {q}\n" + PLAIN + "\nĐáp án: {k}")
_shape("law_head", "Câu {n} (Luật Hiến pháp): {q}\n" + PLAIN + "\nĐáp án: {k}")
_shape("markdown", "**Câu {n}: {q}**\n- A. {a}\n- B. {b}\n- C. {c}\n- D. {d}\n**Đáp án: {k}**")
_shape("markdown_head", "### Câu {n}. {q}\nA. {a}\nB. {b}\nC. {c}\nD. {d}\n> **Đáp án:** {k}")
_shape("markdown_bold_letter", "**Câu {n}.** {q}\n**A.** {a}\n**B.** {b}\n**C.** {c}\n**D.** {d}\n**Đáp án: {k}**")
_shape("small_answer_in_caps", "CÂU {n}: {q}\na. {a}\nb. {b}\nc. {c}\nd. {d}\nĐÁP ÁN {k}", ordinary=True)
_shape("bracket_letters_answer", "Câu {n}: {q}\nA. {a}\nB. {b}\nC. {c}\nD. {d}\nĐáp án ({k})", ordinary=True)
_shape("quoted_answer", "Câu {n}: {q}\nA. {a}\nB. {b}\nC. {c}\nD. {d}\nĐáp án: “{k}”")
_shape("answer_dots", "Câu {n}: {q}\nA. {a}\nB. {b}\nC. {c}\nD. {d}\nĐáp án: ……{k}……")
_shape("answer_before_choices", "Câu {n}: {q}\nĐáp án: {k}\nA. {a}\nB. {b}\nC. {c}\nD. {d}")


@case(
    tuple(Asked(f.texts, f.choices, f.correct, stops=n in (2, 3)) for n, f in enumerate(CIVIC[:4], 1)),
    "so-lap.docx",
    ordinary=False,
)
def repeated_number_with_a_key_list() -> bytes:
    """Numbers 1, 2, 2, 4; the list answers 1–4: what number 2 means is unsure."""
    doc = Word()
    for n, fact in zip((1, 2, 2, 4), CIVIC[:4], strict=True):
        doc.lines("\n".join([f"Câu {n}. {fact.texts[0]}", *(f"{a}. {t}" for a, t in fact.lettered)]))
    doc.line("ĐÁP ÁN")
    doc.line("1.D 2.B 3.C 4.A")
    return doc.bytes()


@case(
    tuple(Asked(f.texts, f.choices, f.correct, stops=f.correct != "A") for f in CIVIC[:4]),
    "bon-cau.docx",
    ordinary=False,
    first_is_right=True,
)
def first_is_right_against_answer_lines() -> bytes:
    """Said to have the first right, yet lines say otherwise: every conflict must stop."""
    return _simple("Câu {n}: {q}\n" + PLAIN + "\nĐáp án: {k}")
