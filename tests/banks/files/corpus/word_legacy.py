"""Word files in old fonts, with look-alike letters, comments and content controls."""

from __future__ import annotations

from tests.banks.files.corpus.case import Asked, asked, case
from tests.banks.files.corpus.facts import LONG
from tests.banks.files.corpus.word import Word
from tests.banks.files.corpus.word_xml import FACTS, SPACES

TCVN = asked("""
? Ai bầu Chủ tịch nước?
- Chính phủ
+ Quốc hội
- Toà án
? Công dân có quyền gì?
+ Khiếu nại, tố cáo
- Trốn thuế
""")
TCVN_TEXT = """C©u 1: Ai bÇu Chñ tÞch n­íc?
A. ChÝnh phñ
B. Quèc héi
C. Toµ ¸n
§¸p ¸n: B
C©u 2: C«ng d©n cã quyÒn g×?
A. KhiÕu n¹i, tè c¸o
B. Trèn thuÕ
§¸p ¸n: A"""
VNI_TEXT = """Caâu 1: Ai baàu Chuû tòch nöôùc?
A. Chính phuû
B. Quoác hoäi
C. Toaø aùn
Ñaùp aùn: B
Caâu 2: Coâng daân coù quyeàn gì?
A. Khieáu naïi, toá caùo
B. Troán thueá
Ñaùp aùn: A"""


def _legacy(text: str, font: str, mixed: bool = False) -> bytes:
    doc = Word(font)
    if mixed:
        doc.line("<f:Times New Roman>BỘ CÂU HỎI PHÁP LUẬT</f:Times New Roman>")
    for line in text.splitlines():
        doc.line(f"<f:{font}>{line}</f:{font}>")
    return doc.bytes()


@case(TCVN, "vntime.docx", ordinary=False)
def old_font_tcvn3() -> bytes:
    return _legacy(TCVN_TEXT, ".VnTime")


@case(TCVN, "vntime-lan.docx", ordinary=False)
def old_font_tcvn3_with_unicode_title() -> bytes:
    return _legacy(TCVN_TEXT, ".VnTime", mixed=True)


@case(TCVN, "vni.docx", ordinary=False)
def old_font_vni() -> bytes:
    return _legacy(VNI_TEXT, "VNI-Times")


@case(tuple(Asked(f.texts, f.choices, f.correct, stops=True) for f in TCVN), "vntime-mat-phong.docx", ordinary=False)
def old_encoding_font_name_lost() -> bytes:
    """The paper was pasted with «Times New Roman»: people see rubbish, so a person must look (or it is repaired)."""
    return _legacy(TCVN_TEXT, "Times New Roman")


@case(
    asked("""
    ? Nhà nước ta là nhà nước gì?
    + Nhà nước pháp quyền xã hội chủ nghĩa
    - Nhà nước phong kiến
    ? Đơn vị hành chính nào thuộc tỉnh?
    - Xã, phường
    + Xã, phường, đặc khu
"""),
    "u-moc-la.docx",
    ordinary=False,
)
def wrong_letters_that_look_right() -> bytes:
    """«ƣ» for «ư» and «Ð» for «Đ», as converters leave them."""
    return (
        Word()
        .lines("""
        Câu 1. Nhà nƣớc ta là nhà nƣớc gì?
        A. Nhà nƣớc pháp quyền xã hội chủ nghĩa
        B. Nhà nƣớc phong kiến
        Ðáp án: A
        Câu 2. Ðơn vị hành chính nào thuộc tỉnh?
        A. Xã, phƣờng
        B. Xã, phƣờng, đặc khu
        Ðáp án: B
    """)
        .bytes()
    )


@case(tuple(Asked(f.texts, f.choices, f.correct) for f in LONG[:3]), "chu-thich.docx", ordinary=False)
def comments_and_hidden_words() -> bytes:
    doc = Word()
    for n, fact in enumerate(LONG[:3], 1):
        doc.line(f"Câu {n}. {fact.texts[0]}")
        for letter, choice in fact.lettered:
            paragraph = doc.line(f"{letter}. {choice}")
            hidden = paragraph.add_run(" (bản nháp cũ)")
            hidden.font.hidden = True
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


@case(FACTS, "the-noi-dung.docx")
def content_controls_around_paragraphs() -> bytes:
    doc = Word()
    for n, fact in enumerate(FACTS, 1):
        lines = [f"Câu {n}. {fact.texts[0]}", *(f"{a}. {t}" for a, t in fact.lettered), f"Đáp án: {fact.correct}"]
        inner = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
        doc.raw(f"<w:sdt {SPACES}><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    return doc.bytes()
