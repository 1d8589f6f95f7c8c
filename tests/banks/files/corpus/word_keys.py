"""Word files whose keys stand apart from the questions: lists, tables, sentences, a second file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.banks.files.corpus.case import Asked, case
from tests.banks.files.corpus.facts import CIVIC, LONG, with_correct
from tests.banks.files.corpus.word import Word, word

Rows = Callable[[Sequence[Asked]], Sequence[str]]
TWENTY = with_correct(CIVIC[:20], "D B C A C B B C C C B B C D C A D B C B")


def questions(doc: Word, facts: Sequence[Asked], head: str = "<b>Câu {0}:</b> {1}", start: int = 1) -> Word:
    for number, fact in enumerate(facts, start):
        doc.line(head.format(number, fact.texts[0]))
        for letter, choice in fact.lettered:
            doc.line(f"{letter}. {choice}")
    return doc


def asked_twenty() -> Word:
    doc = Word()
    doc.line("<b>CÂU HỎI THI TÌM HIỂU PHÁP LUẬT NĂM 2025</b>")
    return questions(doc, TWENTY)


@case(TWENTY, "bang-10-cot.docx")
def table_of_ten_columns_twice() -> bytes:
    doc = asked_twenty()
    doc.line("----------- HẾT -----------")
    doc.line("<b>BẢNG ĐÁP ÁN</b>")
    doc.table(
        [
            ["Câu", *map(str, range(1, 11))],
            ["Đáp án", *(fact.correct for fact in TWENTY[:10])],
            ["Câu", *map(str, range(11, 21))],
            ["Đáp án", *(fact.correct for fact in TWENTY[10:])],
        ]
    )
    return doc.bytes()


@case(TWENTY, "bang-khong-dau.docx")
def table_of_number_over_letter() -> bytes:
    doc = asked_twenty()
    doc.line("ĐÁP ÁN")
    rows = []
    for at in range(0, 20, 5):
        rows += [[str(n) for n in range(at + 1, at + 6)], [fact.correct for fact in TWENTY[at : at + 5]]]
    doc.table(rows)
    return doc.bytes()


@case(TWENTY, "bang-o-ghep.docx")
def table_of_joined_cells() -> bytes:
    doc = asked_twenty()
    doc.line("Đáp án")
    doc.table([[f"{n + 1}.{TWENTY[n].correct}" for n in range(at, at + 10)] for at in (0, 10)])
    return doc.bytes()


@case(TWENTY, "bang-cap-doc.docx")
def table_of_pairs_going_down() -> bytes:
    """Câu | Đáp án | Câu | Đáp án: 1–10 on the left, 11–20 on the right."""
    doc = asked_twenty()
    doc.line("<b>ĐÁP ÁN</b>", alignment=1)
    rows = [["Câu", "Đáp án", "Câu", "Đáp án"]]
    rows += [[str(n), TWENTY[n - 1].correct, str(n + 10), TWENTY[n + 9].correct] for n in range(1, 11)]
    doc.table(rows)
    return doc.bytes()


@case(TWENTY, "bang-can-cu.docx")
def table_with_basis() -> bytes:
    doc = asked_twenty()
    doc.line("<b>ĐÁP ÁN VÀ CĂN CỨ PHÁP LÝ</b>", alignment=1)
    rows = [["STT", "Đáp án", "Căn cứ pháp lý"]]
    rows += [[f"Câu {n}", fact.correct, fact.basis] for n, fact in enumerate(TWENTY, 1)]
    doc.table(rows)
    return doc.bytes()


def _listed(heading: str, lines: Rows) -> bytes:
    doc = asked_twenty()
    doc.line(heading)
    for line in lines(TWENTY):
        doc.line(line)
    return doc.bytes()


def _rows(pattern: str, joint: str, size: int) -> Rows:
    def rows(facts: Sequence[Asked]) -> list[str]:
        pieces = [
            pattern.format(n, fact.correct, fact.correct.lower(), fact.right, fact.basis) for n, fact in enumerate(facts, 1)
        ]
        return [joint.join(pieces[at : at + size]) for at in range(0, len(pieces), size)]

    return rows


LISTS = {
    "dashed": ("ĐÁP ÁN", "{0}-{1}", " ", 10),
    "dotted_commas": ("Đáp án:", "{0}.{1}", ", ", 10),
    "glued_small": ("ĐÁP ÁN", "{0}{2}", "  ", 10),
    "glued": ("<b>BẢNG ĐÁP ÁN</b>", "{0}{1}", " ", 20),
    "tabs": ("ĐÁP ÁN:", "{0}. {1}", "\t", 5),
    "semicolons": ("Đáp án", "Câu {0}: {1}", "; ", 4),
    "one_per_line": ("ĐÁP ÁN", "Câu {0}: {1}", "", 1),
    "one_per_line_bare": ("ĐÁP ÁN", "{0}. {1}", "", 1),
    "one_per_line_no_sign": ("ĐÁP ÁN THAM KHẢO", "Câu {0} {1}", "", 1),
    "with_text": ("ĐÁP ÁN", "Câu {0}. {1}. {3}", "", 1),
    "with_basis": ("HƯỚNG DẪN ĐÁP ÁN", "Câu {0}: Đáp án {1}. Căn cứ {4}.", "", 1),
    "sentences": ("Lời giải", "Câu {0} chọn phương án {1} theo {4}.", "", 1),
    "choose": ("LỜI GIẢI CHI TIẾT", "Câu {0}: Chọn {1}", "", 1),
    "brackets": ("Đáp án", "{0}({1})", " ", 10),
    "slash": ("Đáp án", "{0}/{1}", "  ", 10),
    "equals": ("ĐÁP ÁN", "{0}={1}", "; ", 10),
    "two_per_line_wide": ("Đáp án trắc nghiệm", "Câu {0}. {1}", "          ", 2),
}


def _list_cases() -> None:
    for name, (heading, pattern, joint, size) in LISTS.items():
        rows = _rows(pattern, joint, size)

        def make(heading: str = heading, rows: Rows = rows) -> bytes:
            return _listed(heading, rows)

        make.__name__ = f"list_{name}"
        case(TWENTY, f"{name}.docx", ordinary=name not in ("slash", "equals"))(make)


_list_cases()


def _only_questions() -> bytes:
    return questions(Word(), LONG).bytes()


def key_lines() -> bytes:
    return word("ĐÁP ÁN CUỘC THI\n" + "\n".join(f"Câu {n}: {fact.correct}" for n, fact in enumerate(LONG, 1)))


def key_table() -> bytes:
    doc = Word()
    doc.line("<b>ĐÁP ÁN BỘ CÂU HỎI</b>")
    doc.table([["Câu số", "Đáp án"]] + [[str(n), fact.correct] for n, fact in enumerate(LONG, 1)])
    return doc.bytes()


def key_table_with_texts() -> bytes:
    doc = Word()
    rows = [["TT", "Câu hỏi", "Đáp án", "Căn cứ"]]
    rows += [[str(n), f.texts[0], f"{f.correct}. {f.right}", f.basis] for n, f in enumerate(LONG, 1)]
    doc.table(rows)
    return doc.bytes()


def key_text() -> bytes:
    return " ".join(f"{n}.{fact.correct}" for n, fact in enumerate(LONG, 1)).encode()


def key_sentences() -> bytes:
    return word("\n".join(f"Câu {n}. Đáp án đúng là {f.correct} ({f.basis})." for n, f in enumerate(LONG, 1)))


def key_coloured_copy() -> bytes:
    """The same paper once more, with the right choices in red."""
    doc = Word()
    for n, fact in enumerate(LONG, 1):
        doc.line(f"<b>Câu {n}:</b> {fact.texts[0]}")
        for letter, choice in fact.lettered:
            doc.line(f"<red>{letter}. {choice}</red>" if letter == fact.correct else f"{letter}. {choice}")
    return doc.bytes()


KEY_FILES = {
    key_lines: "dap-an.docx",
    key_table: "Đáp án.docx",
    key_table_with_texts: "dap an chi tiet.docx",
    key_text: "dapan.txt",
    key_sentences: "huong dan.docx",
}
for _maker, _name in KEY_FILES.items():
    case(LONG, f"de-{_maker.__name__}.docx", key=(_maker, _name))(
        type(_only_questions)(_only_questions.__code__, globals(), f"second_file_{_maker.__name__}")
    )


@case(LONG, "de-mau.docx", key=(key_coloured_copy, "de-mau-dap-an.docx"), ordinary=False)
def second_file_coloured_copy() -> bytes:
    return _only_questions()


def key_of_other_paper() -> bytes:
    return word("ĐÁP ÁN\n" + "\n".join(f"Câu {n}: {letter}" for n, letter in enumerate("ABCDABCDAB", 1)))


@case(
    tuple(Asked(f.texts, f.choices, letter) for f, letter in zip(LONG, "ABCDABC", strict=True)),
    "de-thieu.docx",
    key=(key_of_other_paper, "dap-an.docx"),
    ordinary=False,
    told=True,
)
def second_file_has_more_keys_than_questions() -> bytes:
    return _only_questions()


def key_missing_third() -> bytes:
    return word("ĐÁP ÁN\n" + "\n".join(f"Câu {n}: {f.correct}" for n, f in enumerate(LONG, 1) if n != 3))


@case(
    tuple(Asked(f.texts, f.choices, f.correct if n != 3 else "", stops=n == 3) for n, f in enumerate(LONG, 1)),
    "de-thieu-3.docx",
    key=(key_missing_third, "dap-an.docx"),
    ordinary=False,
)
def second_file_lacks_a_key() -> bytes:
    return _only_questions()


def key_with_repeat() -> bytes:
    return word("ĐÁP ÁN\n" + "\n".join(f"Câu {n}: {f.correct}" for n, f in enumerate(LONG, 1)) + "\nCâu 2: D")


@case(
    tuple(Asked(f.texts, f.choices, f.correct, stops=n == 2) for n, f in enumerate(LONG, 1)),
    "de-lap.docx",
    key=(key_with_repeat, "dap-an.docx"),
    ordinary=False,
)
def second_file_says_two_things_of_a_question() -> bytes:
    return _only_questions()
