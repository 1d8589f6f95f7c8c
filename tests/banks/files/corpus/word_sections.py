"""Word files with a cover, contents, other parts and junk of web pages around or inside the questions."""

from __future__ import annotations

from tests.banks.files.corpus.case import asked, case
from tests.banks.files.corpus.word import Word, word
from tests.banks.files.corpus.word_choices import EIGHT

GLUED = asked("""
? Đơn vị nào quản lý hộ tịch ở xã?
+ Ủy ban nhân dân xã
- Công an xã
- Trạm y tế
- Trường học
? Ai cấp thẻ căn cước?
- Ủy ban nhân dân xã
+ Cơ quan quản lý căn cước
- Bưu điện
- Ngân hàng
? Thẻ căn cước phải đổi ở tuổi nào?
- 10
+ 14, 25, 40 và 60
- 30
- 50
""")


@case(GLUED, "dinh-lien.docx", ordinary=False)
def questions_glued_to_the_line_before() -> bytes:
    return word("""
        Câu 1. Đơn vị nào quản lý hộ tịch ở xã?
        A. Ủy ban nhân dân xã
        B. Công an xã
        C. Trạm y tế
        D. Trường học Câu 2. Ai cấp thẻ căn cước?
        A. Ủy ban nhân dân xã
        B. Cơ quan quản lý căn cước
        C. Bưu điện
        D. Ngân hàng
        Câu 3. Thẻ căn cước phải đổi ở tuổi nào? A. 10
        B. 14, 25, 40 và 60
        C. 30
        D. 50
        ĐÁP ÁN: 1A 2B 3B
    """)


@case(
    asked("""
    ? Quyền nào là quyền nhân thân?
    - Quyền sở hữu nhà
    + Quyền có họ, tên
    - Quyền thừa kế
    - Quyền sử dụng đất
    ? Di chúc miệng bị hủy bỏ sau bao lâu nếu người lập còn sống, minh mẫn?
    - 01 tháng
    - 02 tháng
    + 03 tháng
    - 06 tháng
"""),
    "trang-bia.docx",
)
def cover_contents_and_page_marks() -> bytes:
    doc = Word()
    doc.document.sections[0].header.paragraphs[0].text = "Sở Tư pháp tỉnh - Tài liệu lưu hành nội bộ"
    doc.document.sections[0].footer.paragraphs[0].text = "Trang 1"
    doc.lines("""
        SỞ TƯ PHÁP TỈNH
        BỘ CÂU HỎI
        TÌM HIỂU BỘ LUẬT DÂN SỰ
        Tháng 4 năm 2025

        MỤC LỤC
        Lời nói đầu	1
        I. Câu hỏi trắc nghiệm	2
        II. Đáp án	3

        LỜI NÓI ĐẦU
        Nhằm giúp cán bộ và Nhân dân tìm hiểu pháp luật, Sở Tư pháp biên soạn bộ câu hỏi.
        Mỗi câu hỏi có 4 phương án trả lời, trong đó chỉ có 01 phương án đúng.
        I. CÂU HỎI TRẮC NGHIỆM
        Câu 1. Quyền nào là quyền nhân thân?
        A. Quyền sở hữu nhà
        B. Quyền có họ, tên
        Trang 2/3
        C. Quyền thừa kế
        D. Quyền sử dụng đất
        Câu 2. Di chúc miệng bị hủy bỏ sau bao lâu nếu người lập còn sống, minh mẫn?
        A. 01 tháng
        B. 02 tháng
        C. 03 tháng
        D. 06 tháng
        II. ĐÁP ÁN
        Câu 1: B
        Câu 2: C
        -----HẾT-----
        Thí sinh không được sử dụng tài liệu. Cán bộ coi thi không giải thích gì thêm.
    """)
    return doc.bytes()


FIRST = asked("""
? Cơ quan xét xử của nước ta là cơ quan nào?
+ Tòa án nhân dân
- Viện kiểm sát nhân dân
- Thanh tra Chính phủ
? Ngày bầu cử phải là ngày nào trong tuần?
+ Chủ nhật
- Thứ hai
- Thứ bảy
- Cả ba phương án trên
""")


@case(FIRST, "dung-dau.docx", first_is_right=True)
def first_choice_right() -> bytes:
    return word("""
        Câu 1: Cơ quan xét xử của nước ta là cơ quan nào?
        A. Tòa án nhân dân
        B. Viện kiểm sát nhân dân
        C. Thanh tra Chính phủ
        Câu 2: Ngày bầu cử phải là ngày nào trong tuần?
        A. Chủ nhật
        B. Thứ hai
        C. Thứ bảy
        #!D. Cả ba phương án trên
    """)


@case(
    asked("""
    ? Hình thức xử lý kỷ luật đối với cán bộ?
    - Khiển trách
    + Cảnh cáo, Phạt tiền.Tìm hiểu pháp luật trực tuyến tỉnh Tuyên Quang 2023
    - Tịch thu
    ! x
    ? Ai là hiệu trưởng?
    - Người dạy giỏi nhất.
    + Người được bổ nhiệm
    - Người lớn tuổi nhất
"""),
    "rac-trang-web.docx",
    ordinary=False,
)
def site_name_pasted_into_a_choice() -> bytes:
    return word("""
        Câu 1: Hình thức xử lý kỷ luật đối với cán bộ?
        A. Khiển trách
        B. Cảnh cáo, Phạt tiền.Tìm hiểu pháp luật trực tuyến tỉnh Tuyên Quang 2023
        C. Tịch thu
        Đáp án: B
        Câu 2: Ai là hiệu trưởng?
        A. Người dạy giỏi nhất.
        B. Người được bổ nhiệm
        C. Người lớn tuổi nhất
        Đáp án: B
    """)


@case(EIGHT[1:], "co-tu-luan.docx", ordinary=False, told=True)
def essay_part_and_prediction_are_told() -> bytes:
    return word("""
        PHẦN I. TRẮC NGHIỆM
        Câu 1. Ai là người đứng đầu Chính phủ?
        A. Thủ tướng
        B. Bộ trưởng
        Đáp án: A
        PHẦN II. TỰ LUẬN
        Câu 1. Anh (chị) hãy nêu suy nghĩ về việc thượng tôn pháp luật ở địa phương mình?
        Câu 2. Dự đoán có bao nhiêu người tham gia cuộc thi?
    """)
