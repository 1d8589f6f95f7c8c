"""Word files written out in full, with what is apt to be misread; as different people write them."""

from __future__ import annotations

from tests.banks.files.corpus.case import asked, case
from tests.banks.files.corpus.word import word

STATEMENTS = asked("""
? Cho các hành vi sau: a) Đánh đập trẻ em; b) Cho trẻ em đi học đúng độ tuổi; c) Bóc lột sức lao động trẻ em; d) \
Tảo hôn. Những hành vi nào bị Luật Trẻ em nghiêm cấm?
- a, b, c
+ a, c, d
- b, d
- Cả a, b, c, d
? Xét các phát biểu: 1. Mọi công dân đều bình đẳng trước pháp luật. 2. Công dân có quyền tự do ngôn luận. 3. Công \
dân không phải nộp thuế. Có bao nhiêu phát biểu đúng?
- 1
+ 2
- 3
- 0
? Độ tuổi nào được gọi nhập ngũ trong thời bình?
+ Từ đủ 18 tuổi đến hết 25 tuổi
- Từ đủ 17 tuổi đến hết 30 tuổi
- Từ đủ 20 tuổi
""")


@case(STATEMENTS, "phat-bieu.docx")
def statements_listed_inside_the_question() -> bytes:
    return word("""
        Câu 1. Cho các hành vi sau:
        a) Đánh đập trẻ em;
        b) Cho trẻ em đi học đúng độ tuổi;
        c) Bóc lột sức lao động trẻ em;
        d) Tảo hôn.
        Những hành vi nào bị Luật Trẻ em nghiêm cấm?
        A. a, b, c
        B. a, c, d
        C. b, d
        D. Cả a, b, c, d
        Đáp án: B
        Câu 2. Xét các phát biểu:
        1. Mọi công dân đều bình đẳng trước pháp luật.
        2. Công dân có quyền tự do ngôn luận.
        3. Công dân không phải nộp thuế.
        Có bao nhiêu phát biểu đúng?
        A. 1
        B. 2
        C. 3
        D. 0
        Đáp án: B
        Câu 3. Độ tuổi nào được gọi nhập ngũ trong thời bình?
        A. Từ đủ 18 tuổi đến hết 25 tuổi
        B. Từ đủ 17 tuổi đến hết 30 tuổi
        C. Từ đủ 20 tuổi
        Đáp án: A
    """)


QUOTED = asked("""
? Khoản 1 Điều 9 Luật Hòa giải ở cơ sở quy định: “1. Hòa giải viên có các quyền: a) Thực hiện hoạt động hòa giải ở \
cơ sở; b) Đề nghị các bên cung cấp thông tin, tài liệu; c) Tham gia sinh hoạt, thảo luận.” Ngoài các quyền trên, \
hòa giải viên còn được hưởng gì?
- Lương hằng tháng như cán bộ xã
+ Thù lao theo vụ, việc khi thực hiện hòa giải
- Phụ cấp công vụ
- Không được hưởng gì
? Anh T điều khiển xe máy vượt đèn đỏ. Tổ tuần tra dừng xe, anh T bỏ chạy và làm ngã bà M. Hỏi: trong tình huống \
trên, anh T có thể phải chịu loại trách nhiệm pháp lý nào?
- Chỉ trách nhiệm hành chính
- Chỉ trách nhiệm dân sự
- Không phải chịu trách nhiệm
+ Trách nhiệm hành chính và bồi thường thiệt hại theo pháp luật dân sự; nếu gây hậu quả nghiêm trọng thì có thể bị \
truy cứu trách nhiệm hình sự
""")


@case(QUOTED, "trich-luat.docx")
def law_quoted_inside_the_question() -> bytes:
    return word("""
        Câu 1: Khoản 1 Điều 9 Luật Hòa giải ở cơ sở quy định:
        “1. Hòa giải viên có các quyền:
        a) Thực hiện hoạt động hòa giải ở cơ sở;
        b) Đề nghị các bên cung cấp thông tin, tài liệu;
        c) Tham gia sinh hoạt, thảo luận.”
        Ngoài các quyền trên, hòa giải viên còn được hưởng gì?
        A. Lương hằng tháng như cán bộ xã
        B. Thù lao theo vụ, việc khi thực hiện hòa giải
        C. Phụ cấp công vụ
        D. Không được hưởng gì
        Đáp án: B

        Câu 2: Anh T điều khiển xe máy vượt đèn đỏ. Tổ tuần tra dừng xe, anh T bỏ chạy và làm ngã bà M.
        Hỏi: trong tình huống trên, anh T có thể phải chịu loại trách nhiệm pháp lý nào?
        A. Chỉ trách nhiệm hành chính
        B. Chỉ trách nhiệm dân sự
        C. Không phải chịu trách nhiệm
        D. Trách nhiệm hành chính và bồi thường thiệt hại theo pháp luật dân sự;
        nếu gây hậu quả nghiêm trọng thì có thể bị truy cứu trách nhiệm hình sự
        Đáp án: D
    """)


PEOPLE = asked("""
? Bà B. tố cáo ông A, Chủ tịch UBND xã X, nhận tiền trái pháp luật. Ai giải quyết tố cáo đối với ông A?
- A. Ông A tự giải quyết
+ Chủ tịch UBND cấp trên trực tiếp
- Trưởng Công an xã
- Hội đồng nhân dân xã X
? Ông C cho ông D thuê nhà. D. không trả tiền 3 tháng liền. Theo quy định, ông C có quyền gì?
+ Đơn phương chấm dứt hợp đồng thuê nhà
- Khóa cửa, giữ tài sản của D
- Cắt điện, nước
- Nhờ C. và B. đuổi D. ra khỏi nhà
""")


@case(PEOPLE, "nhan-vat.docx", ordinary=False)
def people_called_by_letters() -> bytes:
    return word("""
        Câu 1. Bà B. tố cáo ông A, Chủ tịch UBND xã X, nhận tiền trái pháp luật. Ai giải quyết tố cáo đối với ông A?
        A. A. Ông A tự giải quyết
        B. Chủ tịch UBND cấp trên trực tiếp
        C. Trưởng Công an xã
        D. Hội đồng nhân dân xã X
        Đáp án: B
        Câu 2. Ông C cho ông D thuê nhà. D. không trả tiền 3 tháng liền. Theo quy định, ông C có quyền gì?
        A. Đơn phương chấm dứt hợp đồng thuê nhà
        B. Khóa cửa, giữ tài sản của D
        C. Cắt điện, nước
        D. Nhờ C. và B. đuổi D. ra khỏi nhà
        Đáp án: A
    """)


NUMBERS = asked("""
? Quyền bất khả xâm phạm về thân thể được quy định tại điều nào của Hiến pháp năm 2013?
- Điều 5.
- Điều 16.
+ Điều 20.
- Điều 21. Quyền về đời sống riêng tư
? Cuộc Cách mạng Tháng Tám thành công năm nào?
- 1930.
+ 1945.
- 1954.
- 1975.
? Theo quy định, mức phạt từ 2.000.000 đồng đến 3.000.000 đồng áp dụng với hành vi nào?
- 1. Đi sai làn đường
- 2. Không đội mũ bảo hiểm
- 3. Cả 1 và 2
+ 4. Hành vi khác theo Nghị định
? Người từ đủ 70 tuổi được xét đặc xá khi đã chấp hành ít nhất bao nhiêu thời gian?
- 1/4
+ 1/3
- 1/2
- 2/3
""")


@case(NUMBERS, "so-lieu.docx")
def choices_that_look_like_numbers_and_articles() -> bytes:
    return word("""
        Câu 1. Quyền bất khả xâm phạm về thân thể được quy định tại điều nào của Hiến pháp năm 2013?
        A. Điều 5.
        B. Điều 16.
        C. Điều 20.
        D. Điều 21. Quyền về đời sống riêng tư
        Đáp án: C
        Câu 2. Cuộc Cách mạng Tháng Tám thành công năm nào?
        A. 1930.
        B. 1945.
        C. 1954.
        D. 1975.
        Đáp án: B
        Câu 3. Theo quy định, mức phạt từ 2.000.000 đồng đến 3.000.000 đồng áp dụng với hành vi nào?
        A. 1. Đi sai làn đường
        B. 2. Không đội mũ bảo hiểm
        C. 3. Cả 1 và 2
        D. 4. Hành vi khác theo Nghị định
        Đáp án: D
        Câu 4. Người từ đủ 70 tuổi được xét đặc xá khi đã chấp hành ít nhất bao nhiêu thời gian?
        A. 1/4
        B. 1/3
        C. 1/2
        D. 2/3
        Đáp án: B
    """)


EXPLAINED = asked("""
? Người sử dụng ma túy trái phép lần đầu bị xử lý thế nào?
- Phạt tù ngay
+ Xử phạt vi phạm hành chính
- Không bị xử lý
? Ai được miễn học phí theo Luật Giáo dục?
+ Học sinh tiểu học trong cơ sở giáo dục công lập
- Sinh viên mọi trường
- Học viên cao học
""")


@case(EXPLAINED, "giai-thich.docx")
def explanations_that_name_other_choices() -> bytes:
    return word("""
        Câu 1: Người sử dụng ma túy trái phép lần đầu bị xử lý thế nào?
        A. Phạt tù ngay
        B. Xử phạt vi phạm hành chính
        C. Không bị xử lý
        Đáp án: B
        Giải thích: Phương án A sai vì có tình tiết khác. Đáp án C sai vì hành vi bị cấm. Câu 2 sẽ nói về giáo dục.
        - Theo khoản 1 Điều 23 Nghị định số 144/2021/NĐ-CP, mức phạt là:
        a) Cảnh cáo;
        b) Phạt tiền từ 1.000.000 đồng.
        Câu 2: Ai được miễn học phí theo Luật Giáo dục?
        A. Học sinh tiểu học trong cơ sở giáo dục công lập
        B. Sinh viên mọi trường
        C. Học viên cao học
        Đáp án: A
        Giải thích: Xem Điều 99. Không chọn B vì luật không quy định như vậy.
    """)
