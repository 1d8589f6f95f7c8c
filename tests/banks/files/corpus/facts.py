"""What the typists of the corpus ask about: Vietnamese law in own words."""

from __future__ import annotations

from tests.banks.files.corpus.case import Asked, asked

CIVIC = asked("""
? Ngày nào hằng năm là Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam?
- Ngày 03 tháng 02
- Ngày 19 tháng 5
- Ngày 02 tháng 9
+ Ngày 09 tháng 11
@ Điều 8 Luật Phổ biến, giáo dục pháp luật năm 2012
? Theo Hiến pháp năm 2013, công dân từ đủ bao nhiêu tuổi có quyền bầu cử?
- 16 tuổi
+ 18 tuổi
- 20 tuổi
- 21 tuổi
@ Điều 27 Hiến pháp năm 2013
? Công dân từ đủ bao nhiêu tuổi có quyền ứng cử vào Quốc hội, Hội đồng nhân dân?
- 18 tuổi
- 20 tuổi
+ 21 tuổi
- 25 tuổi
@ Điều 27 Hiến pháp năm 2013
? Cơ quan nào là cơ quan quyền lực nhà nước cao nhất của nước ta?
+ Quốc hội
- Chính phủ
- Tòa án nhân dân tối cao
- Viện kiểm sát nhân dân tối cao
@ Điều 69 Hiến pháp năm 2013
? Nhiệm kỳ của mỗi khóa Quốc hội là bao nhiêu năm?
- 3 năm
- 4 năm
+ 5 năm
- 6 năm
@ khoản 1 Điều 71 Hiến pháp năm 2013
? Hòa giải viên ở cơ sở do ai ra quyết định công nhận?
- Trưởng thôn, tổ trưởng tổ dân phố
+ Chủ tịch Ủy ban nhân dân cấp xã
- Trưởng ban công tác Mặt trận
- Giám đốc Sở Tư pháp
@ khoản 3 Điều 8 Luật Hòa giải ở cơ sở năm 2013
? Mỗi tổ hòa giải có ít nhất bao nhiêu hòa giải viên?
- 02 hòa giải viên
+ 03 hòa giải viên
- 05 hòa giải viên
- 07 hòa giải viên
@ Điều 12 Luật Hòa giải ở cơ sở năm 2013
? Nội dung nào không phải là nguyên tắc hòa giải ở cơ sở?
- Tôn trọng sự tự nguyện của các bên
- Giữ bí mật thông tin đời tư của các bên
+ Buộc các bên phải ký biên bản hòa giải thành
- Khách quan, công bằng, kịp thời, có lý, có tình
@ Điều 4 Luật Hòa giải ở cơ sở năm 2013
? Người điều khiển xe máy trên đường mà trong hơi thở có nồng độ cồn thì bị xử lý thế nào?
- Chỉ bị nhắc nhở nếu nồng độ thấp
- Không bị xử phạt nếu không gây tai nạn
+ Bị xử phạt vi phạm hành chính, không phân biệt nồng độ cao hay thấp
- Chỉ bị tạm giữ phương tiện
@ khoản 2 Điều 9 Luật Trật tự, an toàn giao thông đường bộ năm 2024
? Luật Trật tự, an toàn giao thông đường bộ có hiệu lực từ ngày nào?
- 01/7/2024
- 01/8/2024
+ 01/01/2025
- 01/7/2025
@ Điều 88 Luật Trật tự, an toàn giao thông đường bộ năm 2024
? Giấy phép lái xe sau khi được cấp có tổng cộng bao nhiêu điểm?
- 10 điểm
+ 12 điểm
- 15 điểm
- 100 điểm
@ Điều 58 Luật Trật tự, an toàn giao thông đường bộ năm 2024
? Theo Luật Trẻ em năm 2016, trẻ em là người dưới bao nhiêu tuổi?
- 14 tuổi
+ 16 tuổi
- 18 tuổi
- 15 tuổi
@ Điều 1 Luật Trẻ em năm 2016
? Tổng đài điện thoại quốc gia bảo vệ trẻ em là số nào?
- 113
- 115
+ 111
- 114
@ Nghị định số 56/2017/NĐ-CP
? Hành vi nào sau đây bị nghiêm cấm trên không gian mạng?
- Học tập trực tuyến
- Mua bán hàng hóa đúng pháp luật
- Đọc báo điện tử
+ Xúi giục, lôi kéo người khác phạm tội
@ Điều 8 Luật An ninh mạng năm 2018
? Thời hạn giải quyết khiếu nại lần đầu đối với vụ việc thông thường không quá bao nhiêu ngày kể từ ngày thụ lý?
- 10 ngày
- 20 ngày
+ 30 ngày
- 60 ngày
@ Điều 28 Luật Khiếu nại năm 2011
? Tố cáo là việc cá nhân báo cho cơ quan có thẩm quyền biết về nội dung gì?
+ Hành vi vi phạm pháp luật của cơ quan, tổ chức, cá nhân
- Quyết định hành chính mà mình không đồng ý
- Nguyện vọng được hỗ trợ vay vốn
- Góp ý về dự thảo văn bản
@ Điều 2 Luật Tố cáo năm 2018
? Nam, nữ kết hôn phải đáp ứng điều kiện nào về tuổi?
- Nam từ 18 tuổi, nữ từ 16 tuổi trở lên
- Nam từ đủ 22 tuổi, nữ từ đủ 20 tuổi trở lên
- Nam, nữ đều từ đủ 18 tuổi trở lên
+ Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi trở lên
@ khoản 1 Điều 8 Luật Hôn nhân và gia đình năm 2014
? Việc kết hôn được đăng ký tại cơ quan nào đối với công dân Việt Nam cư trú trong nước?
- Công an cấp xã
+ Ủy ban nhân dân cấp xã
- Tòa án nhân dân khu vực
- Phòng công chứng
@ Điều 17 Luật Hộ tịch năm 2014
? Trong thời hạn bao nhiêu ngày kể từ ngày sinh con, cha hoặc mẹ phải đi đăng ký khai sinh?
- 30 ngày
- 45 ngày
+ 60 ngày
- 90 ngày
@ khoản 1 Điều 15 Luật Hộ tịch năm 2014
? Tuổi chịu trách nhiệm hình sự về mọi tội phạm, trừ khi luật có quy định khác, là từ đủ bao nhiêu tuổi?
- 14 tuổi
+ 16 tuổi
- 18 tuổi
- 20 tuổi
@ khoản 1 Điều 12 Bộ luật Hình sự năm 2015
? Thời giờ làm việc bình thường không quá bao nhiêu giờ trong 01 ngày?
- 06 giờ
- 07 giờ
+ 08 giờ
- 10 giờ
@ khoản 1 Điều 105 Bộ luật Lao động năm 2019
? Lao động nữ được nghỉ thai sản trước và sau khi sinh con tổng cộng bao lâu?
- 04 tháng
- 05 tháng
+ 06 tháng
- 09 tháng
@ khoản 1 Điều 139 Bộ luật Lao động năm 2019
? Chủ rừng có trách nhiệm gì trong phòng cháy, chữa cháy rừng?
- Chờ kiểm lâm đến rồi mới chữa cháy
+ Tổ chức phát hiện và chữa cháy rừng kịp thời
- Chỉ cần báo cho chính quyền sau khi cháy
- Không có trách nhiệm
@ Điều 45 Luật Lâm nghiệp năm 2017
? Khi phát hiện người bị tai nạn giao thông, người có mặt tại hiện trường phải làm gì?
- Quay phim rồi đăng lên mạng
- Bỏ đi ngay
+ Giúp đỡ, cứu chữa kịp thời người bị nạn
- Giữ người gây tai nạn để đòi bồi thường
@ Điều 80 Luật Trật tự, an toàn giao thông đường bộ năm 2024
""")

LONG = asked("""
? Theo Luật Phòng, chống bạo lực gia đình năm 2022, hành vi nào được coi là bạo lực gia đình?
- Góp ý với con về kết quả học tập; nhắc nhở con đi ngủ đúng giờ;
+ Lăng mạ, chì chiết hoặc cố ý xúc phạm danh dự, nhân phẩm của thành viên gia đình; cưỡng ép tảo hôn, kết hôn, ly \
hôn hoặc cản trở kết hôn, ly hôn hợp pháp;
- Phân công các thành viên làm việc nhà theo khả năng;
- Từ chối cho vay tiền khi không có khả năng.
@ khoản 1 Điều 3 Luật Phòng, chống bạo lực gia đình năm 2022
? Khoản 2 Điều 3 Luật Căn cước năm 2023 quy định như thế nào về thẻ căn cước?
+ Thẻ căn cước là giấy tờ tùy thân chứa đựng căn cước của công dân Việt Nam, do cơ quan quản lý căn cước cấp theo \
quy định của Luật này.
- Thẻ căn cước là giấy tờ do trường học cấp để quản lý học sinh, sinh viên.
- Thẻ căn cước thay thế hoàn toàn giấy phép lái xe, hộ chiếu và sổ bảo hiểm xã hội từ ngày 01/7/2024.
- Cả ba phương án trên đều sai.
@ Điều 3 Luật Căn cước năm 2023
? Tỷ lệ đại biểu Hội đồng nhân dân biểu quyết tán thành để bãi nhiệm đại biểu ít nhất là bao nhiêu?
- 50%
+ 2/3 tổng số đại biểu
- 3/4 tổng số đại biểu
- 1/2 tổng số đại biểu có mặt
@ Luật Tổ chức chính quyền địa phương
? Mức phạt tiền tối đa đối với cá nhân trong lĩnh vực giao thông đường bộ là bao nhiêu?
- 40.000.000 đồng
- 50.000.000 đồng
+ 75.000.000 đồng
- 1.000.000.000 đồng.
@ Điều 24 Luật Xử lý vi phạm hành chính
? Điền vào chỗ trống: “Công dân có nghĩa vụ ……… theo luật định” (Điều 47 Hiến pháp năm 2013).
+ nộp thuế
- góp vốn
- đóng phí
- vay vốn
@ Điều 47 Hiến pháp năm 2013
? Ông A. cho bà B vay 50 triệu đồng, hai bên không lập giấy tờ. Bà B không trả nợ đúng hạn. Ông A có thể làm gì để \
bảo vệ quyền lợi của mình?
- Đến nhà bà B lấy xe máy trừ nợ
- Thuê người đòi nợ
+ Thỏa thuận, hòa giải hoặc khởi kiện bà B tại Tòa án
- Đăng ảnh bà B lên mạng xã hội
@ Bộ luật Dân sự năm 2015
? Chị C là công nhân Công ty X. Ngày 15/3/2025, Công ty X ra quyết định sa thải chị C vì lý do chị mang thai. Việc \
làm này đúng hay sai?
- Đúng, vì công ty có quyền tự chủ
+ Sai, vì vi phạm khoản 3 Điều 137 Bộ luật Lao động năm 2019
- Đúng, nếu chị C đồng ý
- Sai, nhưng chị C không được khiếu nại
@ khoản 3 Điều 137 Bộ luật Lao động năm 2019
""")


def with_correct(facts: tuple[Asked, ...], letters: str) -> tuple[Asked, ...]:
    """The same questions with other keys («A», «AC», «-» none), for files whose typist got it so."""
    pairs = zip(facts, letters.split(), strict=True)
    return tuple(Asked(fact.texts, fact.choices, key.strip("-"), fact.basis) for fact, key in pairs)
