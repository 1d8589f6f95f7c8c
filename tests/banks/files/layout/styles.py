"""What a drawn layout can consist of."""

from __future__ import annotations

from quizsvc.banks.files.documents import Marks

NUMBERINGS: dict[str, str] = {
    "cau.": "Câu {}. ",
    "cau:": "Câu {}: ",
    "cau :": "Câu {} : ",
    "CAU": "CÂU {}. ",
    "cau hoi": "Câu hỏi {}: ",
    "cau so": "Câu số {}. ",
    "cau/": "Câu {}/ ",
    "cau)": "Câu {}) ",
    "cau-": "Câu {} - ",
    "cau points": "Câu {} (0,5 điểm): ",
    "bare.": "{}. ",
    "bare.tight": "{}.",
    "bare)": "{}) ",
    "bare/": "{}/ ",
    "question": "Question {}: ",
    "bai": "Bài {}. ",
    "label": "",
    "label word": "",
}
OPTION_STYLES = (
    "A. ",
    "A.",
    "A) ",
    "A/ ",
    "A: ",
    "A - ",
    "(A) ",
    "a) ",
    "a. ",
    "a/ ",
    "(a) ",
    "label",
    "tabs",
    "wide",
    "pairs",
    "2x2",
)
BULLETS = ("- ", "• ", "~ ", "> ")
ANSWER_LINES = (
    "Đáp án: {}",
    "Đáp án {}.",
    "ĐÁP ÁN: {}",
    "Đáp án đúng: {}",
    "Đáp án đúng là: {}",
    "Đ/a: {}",
    "Đáp án: {}. <text>",
    "Đáp án {}. <text>",
    "=> {}",
    "Chọn {}",
    "Trả lời: {}",
    "Đáp án: <text>",
    "ĐÁP ÁN: {}. Căn cứ Điều 5 của Luật này.",
    "Đáp án: câu {}",
    "* Đáp án: {}",
)
MARKS = {
    "bold": Marks(bold=True),
    "italic": Marks(italic=True),
    "underline": Marks(underline=True),
    "colour": Marks(colour="FF0000"),
    "highlight": Marks(highlight="FFFF00"),
}
MARK_KEYS = tuple(f"{kind} {extent}" for kind in MARKS for extent in ("line", "letter", "body"))
SIGNS = ("*{}", "{}*", "(đúng)", "[đúng]", "(x)")
LISTS = ("{n}-{k}", "{n}.{k}", "{n}{k}", "{n}. {k}", "Câu {n}: {k}", "{n}: {k};")
KEYS = (*(f"line {at}" for at in range(len(ANSWER_LINES))), *MARK_KEYS, *(f"sign {at}" for at in range(len(SIGNS))))
APART = (*(f"list {at}" for at in range(len(LISTS))), "table rows", "table columns", "key file", "notes")
BASES = (
    "Căn cứ khoản 3 Điều 4 của Luật này.",
    "Cơ sở pháp lý: Điều 26 Hiến pháp năm 2013",
    "Theo quy định tại Điều 8 Luật Hộ tịch.",
)
CLAUSES = (
    "“Điều 4. Nguyên tắc hoạt động",
    "1. Tôn trọng sự tự nguyện của các bên;",
    "2. Bảo đảm phù hợp với chính sách, pháp luật của Nhà nước.",
    "3. Khách quan, công bằng, kịp thời.",
    "a) Không được ép buộc;",
    "b) Giữ bí mật thông tin.",
    "4. Tôn trọng ý chí của các bên.”",
)
