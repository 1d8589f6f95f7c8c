"""Word files in sections and with several papers, each with its own numbers and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.banks.files.corpus.case import Asked, asked, case
from tests.banks.files.corpus.facts import CIVIC, with_correct
from tests.banks.files.corpus.word import Word
from tests.banks.files.corpus.word_keys import questions

SMALL = asked("""
? Lá cờ Tổ quốc của nước ta có mấy cánh sao?
- 3
- 4
+ 5
? Quốc ca nước ta là bài nào?
+ Tiến quân ca
- Lên đàng
- Giải phóng miền Nam
""")


@case(
    tuple(Asked(f.texts, f.choices, "" if n == 1 else f.correct, stops=n == 1) for n, f in enumerate(SMALL)),
    "dap-an-ngoai.docx",
    ordinary=False,
)
def key_letter_that_no_choice_has() -> bytes:
    doc = questions(Word(), SMALL)
    doc.line("Đáp án: 1.C  2.D")
    return doc.bytes()


SECTIONS = with_correct(CIVIC[:6], "D B C A C B")


def _sections(heads: Sequence[str], keys: Callable[[Word], None]) -> bytes:
    doc = Word()
    for at, head in enumerate(heads):
        doc.line(f"<b>{head}</b>")
        questions(doc, SECTIONS[at * 2 : at * 2 + 2])
    keys(doc)
    return doc.bytes()


ROMAN = ("I. HIẾN PHÁP VÀ PHÁP LUẬT", "II. TỔ CHỨC BỘ MÁY NHÀ NƯỚC", "III. HÒA GIẢI Ở CƠ SỞ")


@case(SECTIONS, "muc-la-ma.docx")
def roman_sections_with_own_key_lists() -> bytes:
    def keys(doc: Word) -> None:
        doc.line("<b>ĐÁP ÁN</b>")
        for head, row in zip(ROMAN, ("1.D 2.B", "1.C 2.A", "1.C 2.B"), strict=True):
            doc.line(head)
            doc.line(row)

    return _sections(ROMAN, keys)


@case(SECTIONS, "phan-thu-nhat.docx")
def parts_with_key_lines() -> bytes:
    doc = Word()
    for at, head in enumerate(("PHẦN THỨ NHẤT. KIẾN THỨC CHUNG", "PHẦN THỨ HAI. HÒA GIẢI", "PHẦN THỨ BA. TÌNH HUỐNG")):
        doc.line(f"<b>{head}</b>")
        for n, fact in enumerate(SECTIONS[at * 2 : at * 2 + 2], 1):
            doc.line(f"Câu {n}. {fact.texts[0]}")
            for letter, choice in fact.lettered:
                doc.line(f"{letter}. {choice}")
            doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


@case(tuple(Asked(f.texts, f.choices, f.correct, stops=True) for f in SECTIONS), "muc-mot-bang.docx", ordinary=False)
def sections_start_again_but_one_key_list_of_two() -> bytes:
    """Six questions numbered 1, 2 three times; the only list has two entries: whose they are cannot be known."""

    def keys(doc: Word) -> None:
        doc.line("ĐÁP ÁN: 1.D 2.B")

    return _sections(ROMAN, keys)


@case(SECTIONS, "muc-danh-so-lien.docx")
def sections_with_numbers_going_on() -> bytes:
    doc = Word()
    for at, head in enumerate(ROMAN):
        doc.line(f"<b>{head}</b>")
        questions(doc, SECTIONS[at * 2 : at * 2 + 2], start=at * 2 + 1)
    doc.line("<b>ĐÁP ÁN</b>")
    doc.table([["Câu", "1", "2", "3", "4", "5", "6"], ["ĐA", *(f.correct for f in SECTIONS)]])
    return doc.bytes()


@case(SECTIONS, "hai-de.docx", ordinary=False)
def two_papers_in_one_file_each_with_its_key() -> bytes:
    doc = Word()
    for at, (code, row) in enumerate((("101", "1-D, 2-B, 3-C"), ("102", "1-A, 2-C, 3-B"))):
        doc.line(f"<b>ĐỀ SỐ {at + 1} - MÃ ĐỀ {code}</b>")
        questions(doc, SECTIONS[at * 3 : at * 3 + 3])
        doc.line("--- Hết ---")
        doc.line("ĐÁP ÁN")
        doc.line(row)
    return doc.bytes()
