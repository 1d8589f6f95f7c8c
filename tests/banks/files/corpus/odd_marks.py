"""Word and text files with lines wrapped, marks inside the text, numbers and letters lost."""

from __future__ import annotations

from tests.banks.files.corpus.case import Asked, asked, case
from tests.banks.files.corpus.facts import CIVIC
from tests.banks.files.corpus.word import Word, word

WRAPPED = asked("""
? Theo quy định của Luật Tiếp công dân, người tiếp công dân có quyền từ chối tiếp trong trường hợp người đến nơi \
tiếp công dân đang trong tình trạng nào?
- Đến muộn so với lịch hẹn của cơ quan
+ Đang trong tình trạng say do dùng chất kích thích, người mắc bệnh tâm thần hoặc bệnh khác làm mất khả năng nhận \
thức hoặc khả năng điều khiển hành vi
- Không mang theo sổ hộ khẩu
? Trụ sở tiếp công dân phải niêm yết những gì?
+ Nội quy tiếp công dân, lịch tiếp công dân của người đứng đầu cơ quan
- Bảng giá dịch vụ
""")


@case(WRAPPED, "thu-dien-tu.txt")
def lines_wrapped_as_in_an_email() -> bytes:
    return """Câu 1. Theo quy định của Luật Tiếp công dân, người tiếp công dân có quyền
từ chối tiếp trong trường hợp người đến nơi tiếp công dân đang trong tình
trạng nào?
A. Đến muộn so với lịch hẹn của cơ quan
B. Đang trong tình trạng say do dùng chất kích thích, người mắc bệnh tâm
thần hoặc bệnh khác làm mất khả năng nhận thức hoặc khả năng điều khiển
hành vi
C. Không mang theo sổ hộ khẩu
Đáp án: B

Câu 2. Trụ sở tiếp công dân phải niêm yết những gì?
A. Nội quy tiếp công dân, lịch tiếp công dân của người đứng đầu cơ quan
B. Bảng giá dịch vụ
Đáp án: A
""".encode()


BIGWORDS = asked("""
? Hành vi nào KHÔNG bị coi là tham nhũng?
- Nhận hối lộ
- Tham ô tài sản
+ KHÔNG trả nợ đúng hạn
? Ai KHÔNG được đăng ký kết hôn?
+ Người đang có vợ hoặc có chồng
- Người đã ly hôn
- Người KHÔNG theo tôn giáo
""")


@case(BIGWORDS, "dam-trong-cau.docx", ordinary=False)
def bold_words_inside_and_bold_key() -> bytes:
    doc = Word()
    doc.line("Câu 1. Hành vi nào <b>KHÔNG</b> bị coi là tham nhũng?")
    doc.line("A. Nhận hối lộ")
    doc.line("B. Tham ô tài sản")
    doc.line("<b>C. KHÔNG trả nợ đúng hạn</b>")
    doc.line("Câu 2. Ai <b>KHÔNG</b> được đăng ký kết hôn?")
    doc.line("<b>A. Người đang có vợ hoặc có chồng</b>")
    doc.line("B. Người đã ly hôn")
    doc.line("C. Người <b>KHÔNG</b> theo tôn giáo")
    return doc.bytes()


@case(BIGWORDS, "gach-trong-cau.docx", ordinary=False)
def underlined_words_of_wrong_choices_with_key_line() -> bytes:
    doc = Word()
    doc.line("Câu 1. Hành vi nào KHÔNG bị coi là tham nhũng?")
    doc.line("A. <u>Nhận</u> hối lộ")
    doc.line("B. Tham ô tài sản")
    doc.line("C. KHÔNG trả nợ đúng hạn")
    doc.line("Đáp án: C")
    doc.line("Câu 2. Ai KHÔNG được đăng ký kết hôn?")
    doc.line("A. Người đang có vợ hoặc có chồng")
    doc.line("B. Người đã ly hôn")
    doc.line("C. Người KHÔNG theo tôn giáo")
    doc.line("Đáp án: A")
    return doc.bytes()


@case(
    asked("""
    ? Ngày 30/4/1975 là ngày gì?
    + Ngày giải phóng miền Nam, thống nhất đất nước
    - Ngày Quốc khánh
    ? Ông H 2. là người thứ hai ký tên. Căn cứ vào đâu để xác định chữ ký thật?
    - Lời kể
    + Kết luận giám định
    ? 1.000.000 đồng là mức phạt tối đa của hành vi nào?
    + Hành vi nhẹ
    - Hành vi nặng
"""),
    "dong-so.docx",
    ordinary=False,
)
def question_lines_that_begin_with_numbers() -> bytes:
    return word("""
        1. Ngày 30/4/1975 là ngày gì?
        A. Ngày giải phóng miền Nam, thống nhất đất nước
        B. Ngày Quốc khánh
        Đáp án: A
        2. Ông H
        2. là người thứ hai ký tên.
        Căn cứ vào đâu để xác định chữ ký thật?
        A. Lời kể
        B. Kết luận giám định
        Đáp án: B
        3. 1.000.000 đồng là mức phạt tối đa của hành vi nào?
        A. Hành vi nhẹ
        B. Hành vi nặng
        Đáp án: A
    """)


@case(
    tuple(Asked(f.texts, f.choices, f.correct, stops=n == 2) for n, f in enumerate(CIVIC[:4], 1)),
    "mat-phuong-an.docx",
    ordinary=False,
)
def a_choice_lost_its_letter() -> bytes:
    """Choice C of question 2 has lost «C.»; D is the third lettered one."""
    doc = Word()
    for n, fact in enumerate(CIVIC[:4], 1):
        lines = [f"{a}. {t}" for a, t in fact.lettered]
        if n == 2:
            lines[2] = fact.choices[2]
        doc.lines("\n".join([f"Câu {n}. {fact.texts[0]}", *lines, f"Đáp án: {fact.correct}"]))
    return doc.bytes()


@case(
    tuple(Asked(f.texts, f.choices, f.correct, stops=n == 3) for n, f in enumerate(CIVIC[:4], 1)),
    "mat-so.docx",
    ordinary=False,
)
def a_question_lost_its_number() -> bytes:
    doc = Word()
    for n, fact in enumerate(CIVIC[:4], 1):
        head = fact.texts[0] if n == 3 else f"Câu {n}. {fact.texts[0]}"
        doc.lines("\n".join([head, *(f"{a}. {t}" for a, t in fact.lettered), f"Đáp án: {fact.correct}"]))
    return doc.bytes()


@case(
    tuple(Asked(f.texts, f.choices, f.correct, stops=n == 3) for n, f in enumerate(CIVIC[:4], 1)),
    "mat-so-khoa.docx",
    ordinary=False,
)
def a_question_lost_its_number_and_keys_stand_in_a_list() -> bytes:
    doc = Word()
    for n, fact in enumerate(CIVIC[:4], 1):
        head = fact.texts[0] if n == 3 else f"Câu {n}. {fact.texts[0]}"
        doc.lines("\n".join([head, *(f"{a}. {t}" for a, t in fact.lettered)]))
    doc.line("ĐÁP ÁN: 1D 2B 3C 4A")
    return doc.bytes()


@case(CIVIC[:4], "ma-de.docx", ordinary=False)
def header_of_a_school_paper() -> bytes:
    doc = Word()
    doc.table(
        [
            [
                "PHÒNG GD&ĐT HUYỆN\rTRƯỜNG THCS XÃ",
                "ĐỀ KIỂM TRA GIÁO DỤC CÔNG DÂN\rNăm học 2024 - 2025\rThời gian: 45 phút\rMã đề: 101",
            ]
        ],
        style=None,
    )
    doc.line("Họ và tên: ........................................ Lớp: ............")
    doc.line("Điểm: ............ Lời phê của thầy, cô: ..............................")
    doc.line("<b>I. TRẮC NGHIỆM (4,0 điểm)</b> Khoanh tròn chữ cái trước câu trả lời đúng:")
    for n, fact in enumerate(CIVIC[:4], 1):
        doc.lines("\n".join([f"Câu {n}. {fact.texts[0]}", *(f"{a}. {t}" for a, t in fact.lettered)]))
    doc.line("----HẾT----")
    doc.line("HƯỚNG DẪN CHẤM")
    doc.line("I. TRẮC NGHIỆM: Mỗi câu đúng được 1,0 điểm")
    doc.table([["Câu", "1", "2", "3", "4"], ["Đáp án", "D", "B", "C", "A"]])
    return doc.bytes()
