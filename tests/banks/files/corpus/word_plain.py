"""Word files with keys in words after every question, each as another person types it."""

from __future__ import annotations

from tests.banks.files.corpus.case import LETTERS, case
from tests.banks.files.corpus.facts import CIVIC, LONG
from tests.banks.files.corpus.word import Word

STATE = "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>\r<b><u>Độc lập - Tự do - Hạnh phúc</u></b>"
LETTERHEAD = [
    ["ỦY BAN MTTQ VIỆT NAM\rXÃ THANH CHƯƠNG\r<b>BAN TỔ CHỨC CUỘC THI</b>", STATE],
    ["Số: 12/BTC", "<i>Thanh Chương, ngày 10 tháng 3 năm 2025</i>"],
]


@case(CIVIC[:6], "Bộ câu hỏi MTTQ xã.docx")
def front_committee_letterhead() -> bytes:
    doc = Word()
    doc.table(LETTERHEAD, style=None)
    doc.line("<b>BỘ CÂU HỎI</b>", alignment=1)
    doc.line("<b>Cuộc thi trực tuyến “Tìm hiểu pháp luật” năm 2025</b>", alignment=1)
    doc.line("<i>(Kèm theo Công văn số 12/BTC ngày 10/3/2025 của Ban Tổ chức Cuộc thi)</i>", alignment=1)
    doc.line()
    for number, fact in enumerate(CIVIC[:6], 1):
        doc.line(f"<b>Câu {number}.</b> {fact.texts[0]}")
        for letter, choice in fact.lettered:
            doc.line(f"{letter}. {choice}")
        doc.line(f"<b>Đáp án: {fact.correct}</b>")
        doc.line()
    doc.line("Nơi nhận:")
    doc.line("- Như trên;")
    doc.line("- Lưu: VT.")
    doc.line("<b>TM. BAN TỔ CHỨC</b>")
    return doc.bytes()


@case(CIVIC[3:8], "hoa-giai.docx")
def repeated_answer_and_quoted_law() -> bytes:
    doc = Word()
    doc.line("<b>CÂU HỎI TRẮC NGHIỆM VÀ ĐÁP ÁN</b>")
    for number, fact in enumerate(CIVIC[3:8], 1):
        doc.line(f"<b>Câu {number}. {fact.texts[0]}</b>")
        for letter, choice in fact.lettered:
            doc.line(f"{letter}. {choice}")
            doc.line()
        right = fact.right
        doc.line(f"<b>Đáp án {fact.correct}. {right}</b>")
        doc.line(f"Căn cứ {fact.basis}.")
        doc.lines("""“Điều 4. Nguyên tắc tổ chức, hoạt động hòa giải ở cơ sở
            1. Tôn trọng sự tự nguyện của các bên; không bắt buộc, áp đặt.
            2. Bảo đảm phù hợp với chủ trương, chính sách của Đảng.
            3. Khách quan, công bằng, kịp thời, có lý, có tình.”""")
    return doc.bytes()


@case(CIVIC[5:10], "L2.docx")
def bare_numbers_and_numbered_clauses() -> bytes:
    doc = Word()
    for number, fact in enumerate(CIVIC[5:10], 1):
        doc.line(f"{number}. {fact.texts[0]}")
        for letter, choice in fact.lettered:
            doc.line(f"{letter}. {choice}")
        doc.line(f"ĐÁP ÁN: {fact.correct}. Căn cứ {fact.basis}.")
        doc.lines(f"""Điều {number + 3}. Quy định chung
            1. Tôn trọng sự tự nguyện của các bên.
            2. Bảo đảm phù hợp với chính sách, pháp luật.
            3. Khách quan, công bằng, kịp thời.
            4. Giữ bí mật thông tin đời tư.
            5. Bảo đảm bình đẳng giới.""")
    return doc.bytes()


ENDINGS = {
    "arrow": "=> Đáp án {0}",
    "thin_arrow": "→ {0}",
    "brackets": "(Đáp án: {0})",
    "right_answer_is": "Đáp án đúng là: {0}",
    "reply_small": "Trả lời: {1}",
    "abbreviated": "ĐA: {0}",
    "square": "[{0}]",
    "choose": "Chọn {0}.",
    "choose_option": "Chọn phương án {0}",
    "the_right_option": "Phương án đúng: {0}",
    "answer_dash": "Đáp án - {0}",
    "answer_small": "đáp án {1}",
    "with_point": "Đáp án: {0}.",
    "with_bracket": "ĐÁP ÁN: {0})",
    "answer_question": "Đáp án câu {2}: {0}",
    "key": "Key: {0}",
    "ans": "ANSWER: {0}",
}


def _with_ending(pattern: str, blank: bool) -> bytes:
    doc = Word()
    for number, fact in enumerate(CIVIC[8:12], 1):
        doc.line(f"Câu {number}: {fact.texts[0]}")
        for letter, choice in fact.lettered:
            doc.line(f"{letter}. {choice}")
        doc.line(pattern.format(fact.correct, fact.correct.lower(), number))
        if blank:
            doc.line()
    return doc.bytes()


def _ending_cases() -> None:
    for at, (name, pattern) in enumerate(ENDINGS.items()):

        def make(pattern: str = pattern, blank: bool = at % 2 == 0) -> bytes:
            return _with_ending(pattern, blank)

        make.__name__ = f"ending_{name}"
        # A bare sign or an English word is rare; a warning would be fair.
        case(CIVIC[8:12], f"{name}.docx", ordinary=name not in ("thin_arrow", "square", "key", "ans"))(make)


_ending_cases()

HEADS = {
    "colon": "Câu {0}: {1}",
    "capital": "CÂU {0}. {1}",
    "question_word": "Câu hỏi {0}: {1}",
    "count": "Câu số {0}: {1}",
    "slash": "Câu {0}/ {1}",
    "dash": "Câu {0} - {1}",
    "bare_bracket": "{0}) {1}",
    "bare_slash": "{0}/ {1}",
    "zero": "Câu {0:02}. {1}",
    "points": "Câu {0} (0,25 điểm): {1}",
    "points_behind": "Câu {0}: (0,5đ) {1}",
    "level": "Câu {0} (NB): {1}",
    "level_square": "Câu {0}: [TH] {1}",
    "own_line": "Câu {0}\n{1}",
    "no_space": "Câu{0}.{1}",
    "question_abbreviated": "C{0}: {1}",
    "hash": "Question {0}: {1}",
    "two_signs": "Câu {0}.: {1}",
}


def _with_head(pattern: str, bold: bool) -> bytes:
    doc = Word()
    for number, fact in enumerate(CIVIC[10:15], 1):
        head = pattern.format(number, fact.texts[0])
        doc.lines("\n".join(f"<b>{line}</b>" if bold else line for line in head.split("\n")))
        for letter, choice in fact.lettered:
            doc.line(f"{letter}. {choice}")
        doc.line(f"Đáp án: {fact.correct}")
    return doc.bytes()


def _head_cases() -> None:
    for at, (name, pattern) in enumerate(HEADS.items()):

        def make(pattern: str = pattern, bold: bool = at % 2 == 1) -> bytes:
            return _with_head(pattern, bold)

        make.__name__ = f"head_{name}"
        case(CIVIC[10:15], f"{name}.docx", ordinary=name not in ("question_abbreviated", "two_signs"))(make)


_head_cases()

SIGNS = {
    "bracket": "{0}) {2}",
    "small_bracket": "{1}) {2}",
    "small_point": "{1}. {2}",
    "small_slash": "{1}/ {2}",
    "slash": "{0}/ {2}",
    "colon": "{0}: {2}",
    "dash": "{0} - {2}",
    "no_space": "{0}.{2}",
    "both_brackets": "({0}) {2}",
    "tab": "{0}.\t{2}",
    "indented": "\t{0}. {2}",
    "cyrillic": "{3}. {2}",
    "full_width": "{4}. {2}",
    "many_spaces": "   {0} .  {2}  ",
}


def _with_sign(pattern: str) -> bytes:
    doc = Word()
    for number, fact in enumerate(LONG[:4], 1):
        doc.line(f"Câu {number}. {fact.texts[0]}")
        for at, choice in enumerate(fact.choices):
            doc.line(pattern.format(LETTERS[at], LETTERS[at].lower(), choice, "АВСD"[at], "ＡＢＣＤ"[at]))
        doc.line(f"Đáp án: {fact.correct}")
        doc.line(f"Căn cứ: {fact.basis}")
    return doc.bytes()


def _sign_cases() -> None:
    for name, pattern in SIGNS.items():

        def make(pattern: str = pattern) -> bytes:
            return _with_sign(pattern)

        make.__name__ = f"sign_{name}"
        case(LONG[:4], f"{name}.docx")(make)


_sign_cases()
