"""Facts of Vietnamese law in own words, as questions with their choices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """A question in own words, its choices and the place of the right one."""

    text: str
    choices: tuple[str, ...]
    right: int


FACTS = tuple(
    Fact(text, tuple(choices.split("|")), right)
    for text, choices, right in (
        ("Theo Luật Trẻ em năm 2016, trẻ em là người dưới bao nhiêu tuổi?", "14 tuổi|15 tuổi|16 tuổi|18 tuổi", 2),
        ("Cơ quan nào sau đây bầu ra Chủ tịch nước?", "Chính phủ|Quốc hội|Tòa án nhân dân tối cao|Mặt trận Tổ quốc", 1),
        ("Nam từ đủ bao nhiêu tuổi thì được kết hôn?", "18|19|20|21", 2),
        (
            "Hòa giải ở cơ sở được tiến hành theo nguyên tắc nào?",
            "Tôn trọng sự tự nguyện của các bên|Áp đặt ý kiến|Thu phí trước|Xử kín",
            0,
        ),
        (
            "Thời hiệu khởi kiện được hiểu là gì?",
            "Thời hạn mà chủ thể được quyền khởi kiện;|Thời hạn xét xử;|Thời hạn thi hành án.",
            0,
        ),
        ("Người đi xe máy không đội mũ bảo hiểm bị xử lý ra sao?", "Nhắc nhở|Phạt tiền|Tịch thu xe|Không bị xử lý", 1),
        (
            "Căn cứ Hiến pháp năm 2013, đất đai thuộc sở hữu của ai?",
            "Cá nhân|Hộ gia đình|Toàn dân do Nhà nước đại diện chủ sở hữu",
            2,
        ),
        (
            "Công dân từ đủ 18 tuổi trở lên có quyền:",
            "Bầu cử|Ứng cử Quốc hội ở mọi độ tuổi|Không có quyền nào|Cả ba ý trên đều sai",
            0,
        ),
        (
            "Ông Trần Văn Bình xây nhà trên đất lấn chiếm. Hành vi này là",
            "hợp pháp|vi phạm pháp luật đất đai|được khuyến khích|không rõ",
            1,
        ),
        (
            "Việc kết hôn phải được đăng ký tại đâu?",
            "Nhà thờ|Ủy ban nhân dân cấp có thẩm quyền|Công an xã|Nhà văn hóa thôn",
            1,
        ),
        (
            "Hành vi nào bị nghiêm cấm trong phòng, chống ma túy?",
            "Tàng trữ trái phép|Tuyên truyền|Cai nghiện tự nguyện|Tố giác tội phạm",
            0,
        ),
        ("Thời gian thử việc tối đa với công việc cần trình độ cao đẳng là bao lâu?", "30 ngày|60 ngày|90 ngày|180 ngày", 1),
        ("Hợp đồng lao động gồm mấy loại?", "Một loại|Hai loại|Ba loại|Bốn loại|Năm loại", 1),
        (
            "Người khuyết tật được Nhà nước bảo đảm quyền gì trong các quyền sau đây?",
            "Tham gia bình đẳng vào hoạt động xã hội|Miễn mọi nghĩa vụ",
            0,
        ),
        (
            "Tố cáo được gửi bằng hình thức nào?",
            "Chỉ bằng đơn|Chỉ bằng lời nói|Bằng đơn hoặc trình bày trực tiếp|Qua người khác",
            2,
        ),
        ("Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam là ngày nào?", "09/11|02/9|30/4|19/5", 0),
        (
            "Bình đẳng giới là việc nam, nữ có vị trí, vai trò như thế nào?",
            "Khác nhau|Ngang nhau|Tùy địa phương|Do gia đình quyết định",
            1,
        ),
        ("Mức phạt tiền tối đa do ai quy định?", "Chính phủ|Chủ tịch xã|Trưởng thôn|Tất cả các phương án trên", 0),
    )
)
