"""Word and text files that mislead: words of an answer inside questions, letters that are names, keys in odd places."""

from __future__ import annotations

from tests.banks.files.corpus.case import asked, case
from tests.banks.files.corpus.facts import CIVIC
from tests.banks.files.corpus.word import Word, word

ANSWER_WORDS = asked("""
? Đáp án nào sau đây nêu đúng về quyền khiếu nại?
- Chỉ luật sư mới được khiếu nại
+ Công dân, cơ quan, tổ chức có quyền khiếu nại
- Khiếu nại phải nộp phí
- Đáp án khác
? Chọn phương án đúng: Việc bầu cử tiến hành theo nguyên tắc nào?
- Chỉ định
+ Phổ thông, bình đẳng, trực tiếp và bỏ phiếu kín
- Phương án A và C
- Không có đáp án đúng
? Trả lời câu hỏi của cử tri là trách nhiệm của ai?
+ Đại biểu dân cử
- Cử tri
- Đáp án A sai
- Trả lời khác
""")


@case(ANSWER_WORDS, "chu-dap-an.docx")
def words_of_answers_inside_questions_and_choices() -> bytes:
    return word("""
        Câu 1. Đáp án nào sau đây nêu đúng về quyền khiếu nại?
        A. Chỉ luật sư mới được khiếu nại
        B. Công dân, cơ quan, tổ chức có quyền khiếu nại
        C. Khiếu nại phải nộp phí
        D. Đáp án khác
        Đáp án: B
        Câu 2. Chọn phương án đúng: Việc bầu cử tiến hành theo nguyên tắc nào?
        A. Chỉ định
        B. Phổ thông, bình đẳng, trực tiếp và bỏ phiếu kín
        C. Phương án A và C
        D. Không có đáp án đúng
        Đáp án: B
        Câu 3. Trả lời câu hỏi của cử tri là trách nhiệm của ai?
        A. Đại biểu dân cử
        B. Cử tri
        C. Đáp án A sai
        D. Trả lời khác
        Đáp án: A
    """)


ALL = asked("""
? Hành vi nào bị cấm khi tham gia mạng xã hội?
- Đăng tin giả
- Xúc phạm người khác
- Lừa đảo
+ Cả A, B, C
? Hòa giải viên có quyền gì?
- Đề nghị cung cấp thông tin
- Tham gia tập huấn
+ Cả A và B
? Cơ quan nào có thẩm quyền xử phạt?
+ Chủ tịch UBND xã
- Trưởng thôn
- Cả A và B
""")


@case(ALL, "ca-abc.docx")
def answer_line_repeats_all_of_the_above() -> bytes:
    return word("""
        Câu 1. Hành vi nào bị cấm khi tham gia mạng xã hội?
        A. Đăng tin giả
        B. Xúc phạm người khác
        C. Lừa đảo
        D. Cả A, B, C
        Đáp án: D. Cả A, B, C
        Câu 2. Hòa giải viên có quyền gì?
        A. Đề nghị cung cấp thông tin
        B. Tham gia tập huấn
        C. Cả A và B
        Đáp án: C (cả A và B đều đúng)
        Câu 3. Cơ quan nào có thẩm quyền xử phạt?
        A. Chủ tịch UBND xã
        B. Trưởng thôn
        C. Cả A và B
        Đáp án: A (không phải B)
    """)


@case(ALL[:2], "dap-an-chu.docx", ordinary=False)
def answer_line_only_says_all_of_the_above() -> bytes:
    return word("""
        Câu 1. Hành vi nào bị cấm khi tham gia mạng xã hội?
        A. Đăng tin giả
        B. Xúc phạm người khác
        C. Lừa đảo
        D. Cả A, B, C
        Đáp án: Cả A, B, C
        Câu 2. Hòa giải viên có quyền gì?
        A. Đề nghị cung cấp thông tin
        B. Tham gia tập huấn
        C. Cả A và B
        Đáp án: Cả A và B
    """)


EITHER = asked("""
? Ai được đề nghị hòa giải?
- Một bên tranh chấp
- Trưởng thôn
- Người qua đường
! x
? Việc nào cần công chứng?
+ Hợp đồng tặng cho nhà ở
- Mua rau
""")


@case(EITHER, "a-hoac-b.docx", ordinary=False)
def answer_a_or_b() -> bytes:
    return word("""
        Câu 1. Ai được đề nghị hòa giải?
        A. Một bên tranh chấp
        B. Trưởng thôn
        C. Người qua đường
        Đáp án: A hoặc B
        Câu 2. Việc nào cần công chứng?
        A. Hợp đồng tặng cho nhà ở
        B. Mua rau
        Đáp án: A
    """)


NAMES = asked("""
? Ai là tác giả của “Tuyên ngôn của Đảng Cộng sản”?
+ C. Mác và Ph. Ăng-ghen
- V.I. Lênin
- Hồ Chí Minh
- A. Tôcvin
? Người đủ 18 tuổi được cấp giấy phép lái xe hạng nào để lái ô tô con?
- Hạng A1
+ Hạng B
- Hạng C
- Hạng D
""")


@case(NAMES, "ten-nguoi.docx")
def choices_with_initials_one_per_line() -> bytes:
    return word("""
        Câu 1. Ai là tác giả của “Tuyên ngôn của Đảng Cộng sản”?
        A. C. Mác và Ph. Ăng-ghen
        B. V.I. Lênin
        C. Hồ Chí Minh
        D. A. Tôcvin
        Đáp án: A
        Câu 2. Người đủ 18 tuổi được cấp giấy phép lái xe hạng nào để lái ô tô con?
        A. Hạng A1
        B. Hạng B
        C. Hạng C
        D. Hạng D
        Đáp án: B
    """)


@case(NAMES, "ten-nguoi-1-dong.docx", ordinary=False)
def choices_with_initials_on_one_line() -> bytes:
    return word("""
        Câu 1. Ai là tác giả của “Tuyên ngôn của Đảng Cộng sản”?
        A. C. Mác và Ph. Ăng-ghen	B. V.I. Lênin	C. Hồ Chí Minh	D. A. Tôcvin
        Đáp án: A
        Câu 2. Người đủ 18 tuổi được cấp giấy phép lái xe hạng nào để lái ô tô con?
        A. Hạng A1 B. Hạng B C. Hạng C D. Hạng D
        Đáp án: B
    """)


SUBLIST = asked("""
? Hồ sơ đăng ký khai sinh gồm những gì?
+ Gồm: a) Tờ khai theo mẫu; b) Giấy chứng sinh
- Chỉ cần căn cước của cha, mẹ
- Gồm: a) Sổ hộ khẩu; b) Bằng tốt nghiệp; c) Giấy khám sức khỏe
? Thời gian giải quyết khai sinh?
+ Trong ngày
- 30 ngày
- 1 năm
""")


@case(SUBLIST, "diem-trong-phuong-an.docx", ordinary=False)
def points_inside_choices() -> bytes:
    return word("""
        Câu 1. Hồ sơ đăng ký khai sinh gồm những gì?
        A. Gồm:
        a) Tờ khai theo mẫu;
        b) Giấy chứng sinh
        B. Chỉ cần căn cước của cha, mẹ
        C. Gồm:
        a) Sổ hộ khẩu;
        b) Bằng tốt nghiệp;
        c) Giấy khám sức khỏe
        Đáp án: A
        Câu 2. Thời gian giải quyết khai sinh?
        A. Trong ngày
        B. 30 ngày
        C. 1 năm
        Đáp án: A
    """)


CONTINUED = asked("""
? Trường hợp nào được miễn nghĩa vụ quân sự?
- Con một
+ Con của liệt sĩ, con của thương binh hạng một.
- Người không thích đi
? Thủ tục nào phải làm khi chuyển nơi thường trú?
- Không phải làm gì
+ Đăng ký thường trú tại nơi ở mới. Thời hạn: 12 tháng kể từ ngày chuyển đến. Điều 20, Điều 22 Luật Cư trú quy định cụ thể.
- Xin giấy phép của trưởng thôn
""")


@case(CONTINUED, "phuong-an-nhieu-doan.docx", ordinary=False)
def choices_over_several_paragraphs() -> bytes:
    return word("""
        Câu 1. Trường hợp nào được miễn nghĩa vụ quân sự?
        A. Con một
        B. Con của liệt sĩ,
        con của thương binh hạng một.
        C. Người không thích đi
        Đáp án: B
        Câu 2. Thủ tục nào phải làm khi chuyển nơi thường trú?
        A. Không phải làm gì
        B. Đăng ký thường trú tại nơi ở mới.
        Thời hạn: 12 tháng kể từ ngày chuyển đến.
        Điều 20, Điều 22 Luật Cư trú quy định cụ thể.
        C. Xin giấy phép của trưởng thôn
        Đáp án: B
    """)


@case(CIVIC[:4], "muc-luc-cau.docx", ordinary=False)
def contents_repeat_the_questions() -> bytes:
    doc = Word()
    doc.line("MỤC LỤC")
    for n, fact in enumerate(CIVIC[:4], 1):
        doc.line(f"Câu {n}. {fact.texts[0]} ................ {n + 1}")
    doc.line("NỘI DUNG")
    for n, fact in enumerate(CIVIC[:4], 1):
        doc.lines("\n".join([f"Câu {n}. {fact.texts[0]}", *(f"{a}. {t}" for a, t in fact.lettered)]))
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


@case(CIVIC[:4], "phan-a-phan-b.docx")
def headings_lettered_like_choices() -> bytes:
    doc = Word()
    doc.line("<b>A. PHẦN CÂU HỎI</b>")
    for n, fact in enumerate(CIVIC[:4], 1):
        doc.lines("\n".join([f"Câu {n}. {fact.texts[0]}", *(f"{a}. {t}" for a, t in fact.lettered)]))
    doc.line("<b>B. PHẦN ĐÁP ÁN</b>")
    doc.line("1.D 2.B 3.C 4.A")
    return doc.bytes()


@case(CIVIC[:4], "khoa-truoc.docx", ordinary=False)
def key_list_before_the_questions() -> bytes:
    doc = Word()
    doc.line("ĐÁP ÁN: 1-D, 2-B, 3-C, 4-A")
    doc.line("CÂU HỎI")
    for n, fact in enumerate(CIVIC[:4], 1):
        doc.lines("\n".join([f"Câu {n}. {fact.texts[0]}", *(f"{a}. {t}" for a, t in fact.lettered)]))
    return doc.bytes()
