"""Word files whose choices and keys are of unusual number or kind."""

from __future__ import annotations

from tests.banks.files.corpus.case import asked, case
from tests.banks.files.corpus.word import Word, word

REFER = asked("""
? Hình thức nào sau đây là hình thức xử phạt vi phạm hành chính?
- Cảnh cáo
- Phạt tiền
- Trục xuất
+ Cả A, B, C
? Người dân có thể tố giác tội phạm bằng cách nào?
- Gọi 113
- Đến trụ sở Công an
- A đúng, B sai
+ A, B đều đúng
? Nội dung nào không thuộc quyền của người tiêu dùng?
- Được bảo đảm an toàn
- Được cung cấp thông tin
+ Được sử dụng hàng hóa không phải trả tiền
- Tất cả các đáp án trên
""")


@case(REFER, "tham-chieu.docx")
def choices_that_refer_to_letters() -> bytes:
    doc = Word()
    for n, question in enumerate(REFER, 1):
        doc.line(f"Câu {n}. {question.texts[0]}")
        for letter, choice in question.lettered:
            doc.line(f"{letter}. {choice}")
        doc.line(f"Đáp án: {question.correct}")
    return doc.bytes()


SEVERAL = asked("""
? Những cơ quan nào có quyền trình dự án luật? (Chọn nhiều đáp án)
+ Chủ tịch nước
- Trường trung học
+ Chính phủ
- Công ty cổ phần
? Các nguyên tắc bầu cử là gì?
+ Phổ thông
+ Bình đẳng
+ Trực tiếp
- Công khai phiếu của từng người
+ Bỏ phiếu kín
? Thủ đô nước ta ở đâu?
- Huế
+ Hà Nội
""")


@case(SEVERAL, "nhieu-dap-an.docx")
def several_right_answers() -> bytes:
    return word("""
        Câu 1. Những cơ quan nào có quyền trình dự án luật? (Chọn nhiều đáp án)
        A. Chủ tịch nước
        B. Trường trung học
        C. Chính phủ
        D. Công ty cổ phần
        Đáp án: A, C
        Câu 2. Các nguyên tắc bầu cử là gì?
        A. Phổ thông
        B. Bình đẳng
        C. Trực tiếp
        D. Công khai phiếu của từng người
        E. Bỏ phiếu kín
        Đáp án: A, B, C và E
        Câu 3. Thủ đô nước ta ở đâu?
        A. Huế
        B. Hà Nội
        Đáp án: B
    """)


TRUE_FALSE = asked("""
? Công dân có quyền khiếu nại, tố cáo.
+ Đúng
- Sai
? Người chưa thành niên không bao giờ bị xử lý vi phạm hành chính.
- Đúng
+ Sai
""")


@case(TRUE_FALSE, "dung-sai.docx")
def true_or_false() -> bytes:
    return word("""
        Câu 1. Công dân có quyền khiếu nại, tố cáo.
        A. Đúng
        B. Sai
        Đáp án: A
        Câu 2. Người chưa thành niên không bao giờ bị xử lý vi phạm hành chính.
        A. Đúng
        B. Sai
        Đáp án: B
    """)


@case(TRUE_FALSE, "dung-sai-khong-chu.docx", ordinary=False)
def true_or_false_without_letters() -> bytes:
    return word("""
        Câu 1. Công dân có quyền khiếu nại, tố cáo.
        Đáp án: Đúng
        Câu 2. Người chưa thành niên không bao giờ bị xử lý vi phạm hành chính.
        Đáp án: Sai
    """)


EIGHT = asked("""
? Tỉnh nào giáp biển?
- Hà Giang
- Lào Cai
- Điện Biên
- Sơn La
- Yên Bái
- Hòa Bình
+ Nghệ An
- Bắc Kạn
? Ai là người đứng đầu Chính phủ?
+ Thủ tướng
- Bộ trưởng
""")


@case(EIGHT, "tam-phuong-an.docx")
def eight_choices_and_two() -> bytes:
    return word("""
        Câu 1. Tỉnh nào giáp biển?
        A. Hà Giang
        B. Lào Cai
        C. Điện Biên
        D. Sơn La
        E. Yên Bái
        F. Hòa Bình
        G. Nghệ An
        H. Bắc Kạn
        Đáp án: G
        Câu 2. Ai là người đứng đầu Chính phủ?
        A. Thủ tướng
        B. Bộ trưởng
        Đáp án: A
    """)


DAMAGED = asked("""
? Cơ quan nào xét xử?
- Công an
+ Tòa án
- Thanh tra
! x
? Cơ quan nào công tố?
- Công an
- Tòa án
- Tòa án nhân dân
+ Viện kiểm sát
! x
? Ai ký lệnh công bố luật?
- Bộ trưởng
+ Chủ tịch nước
- Chủ tịch tỉnh
? Luật do ai ban hành?
- Chính phủ
- Bộ Tư pháp
- Quốc hội
! x
""")


@case(DAMAGED, "thieu-chu.docx", ordinary=False)
def letters_missing_and_repeated_and_key_absent() -> bytes:
    return word("""
        Câu 1. Cơ quan nào xét xử?
        A. Công an
        B. Tòa án
        D. Thanh tra
        Đáp án: B
        Câu 2. Cơ quan nào công tố?
        A. Công an
        B. Tòa án
        B. Tòa án nhân dân
        D. Viện kiểm sát
        Đáp án: D
        Câu 3. Ai ký lệnh công bố luật?
        A. Bộ trưởng
        B. Chủ tịch nước
        C. Chủ tịch tỉnh
        Đáp án: B
        Câu 4. Luật do ai ban hành?
        A. Chính phủ
        B. Bộ Tư pháp
        C. Quốc hội
    """)
