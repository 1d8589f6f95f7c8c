"""The words and signs by which people mark questions, choices, answers and the rest, as regular expressions."""

from __future__ import annotations

import re

I = re.IGNORECASE  # noqa: E741

POINTS = r"(?:\s*[(\[]\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ|points?)\s*[)\]])?"
DEPTH = r"(?:\s*[(\[]\s*(?P<depth>nb|th|vd|vdc|nhận biết|thông hiểu|vận dụng|vận dụng cao|dễ|trung bình|khó)\s*[)\]])?"
NAMED_DEPTH = re.compile(DEPTH, I)
BRACKETED = re.compile(r"[(\[][^()\[\]]+[)\]]")
DEPTHS = {"nb": 1, "nhận biết": 1, "dễ": 1, "th": 2, "thông hiểu": 2, "trung bình": 2}
"""Levels of a question after its number; all others are 3 (hard)."""

TAG = r"(?:\s*[(\[][^()\[\]]{1,40}[)\]]){0,2}"
"""What stands in brackets beside a number: points, depth, a code, the law that the question is about."""
WORD_START = re.compile(
    rf"[\s*#_\-–•“\"]{{0,4}}(?:c[aâăáàấầạậ]u(?:\s*hỏi)?(?:\s*số)?|question|ques|bài(?:\s*tập|\s*số)?|q|c(?=\d+\s?[.:)]))\s*[.:]?\s*"
    rf"(?P<number>\d{{1,4}})(?P<tag>{TAG})\s*"
    rf"(?:(?P<sign>[.:)\]/\-–—]+)(?P<later>{POINTS}{DEPTH})\s*[.:]?\s*(?!\d+[.:]\d)|(?=\s*$)|(?P<none>(?<=[\s)\]])(?=\S)))",
    I,
)
"""«Câu 3.», «Câu hỏi số 3:», «Câu 3 (0,5 điểm).», «Question 3)»; without a sign only before a capital."""
AFTER_NUMBER = re.compile(rf"^{POINTS}\s*[.:)\]/\-–—]*\s*", I)
"""What is left of the marker where the number stands on a line of its own."""
DEPTH_HEAD = re.compile(
    r"mức độ\s*:?\s*(?P<depth>nhận biết|thông hiểu|vận dụng cao|vận dụng|dễ|trung bình|khó)\s*[:.\-–]\s*", I
)
"""«Mức độ dễ:» before the question itself."""
NAMELESS_START = re.compile(r"[\s*]{0,3}(?:câu hỏi|question)\s*[:.]\s*(?=\S)", I)
CODE_START = re.compile(
    rf"(?:câu\s*)?(?P<code>(?:[IVX]{{1,5}}(?:\.\d{{1,3}})+"
    rf"|(?<=câu )\d{{1,3}}(?:\.\d{{1,3}})+)\.?[a-zđ]?){POINTS}\s*[.:)]?\s+",
    I,
)
"""«I.1.2a.», «Câu 1.2:»."""
BARE_START = re.compile(rf"[#(\[]?(?P<number>\d{{1,4}}){POINTS}\s*(?P<sign>[.)\]/:]+|[\-–](?=\s)|\t)\s*(?!\d)", I)

TICK = r"(?:\*+|\[x\]|\(x\)|[✓✔√☑☒●◉■])"
BOX = r"(?:[☐□○◯▢]|\[\s?\]|\(\s\))"
OPTION = re.compile(
    rf"\s*(?:#[!$]\s*)?(?:[-+•–]\s+)?(?i:(?:phương án|lựa chọn)\s+(?=[a-h]\s?[.:)]))?(?:(?P<tick>{TICK}|=>|->"
    rf"|→)\s*|{BOX}\s*)?[(\[]?(?P<letter>[A-Ka-kĐđ])(?P<after>\s?\*+)?"
    rf"(?:\s?(?P<sign>[.)\]/:]+)|\s?[\-–—](?=\s)|(?=\t))(?P<later>\s?\*+)?(?P<gap>\s*)"
)
"""«A.», «(a)», «*C.», «C*.», «☑ B)», «- A/», «#!D.»."""
BULLET = re.compile("\\s*(?P<sign>[~>•●○▪■◦‣·+\\-–—*]|[\ue000-\uf8ff])\\s*(?=\\S)")
BULLET_LABEL = re.compile("[^\\w\\s]|o|[\ue000-\uf8ff]")
"""Bullets of Word are signs of the font Symbol, which stand in the private use area."""

LETTERS = r"[A-H](?:(?:\s*[,;&+/]\s*|\s+(?:và|hoặc|hay|and)\s+|\s+)[A-H](?![\wÀ-ỹ]))*(?![\wÀ-ỹ])|[A-H]{2,8}(?![\wÀ-ỹ])"
LETTERS += r"|[a-h](?:\s*[,;&+]\s*[a-h](?![\wÀ-ỹ])|\s+và\s+[a-h](?![\wÀ-ỹ]))*(?![\wÀ-ỹ])"
ANSWER_CONTENT = re.compile(
    rf"\s*(?i:(?:câu|phương án|đáp án|ý|lựa chọn"
    rf"|chọn)\s+)?(?i:đúng\s+)?(?i:là\s*:?\s*)?[\"“'«(\[]*(?P<letters>{LETTERS})[\"”'»)\]]*"
    r"(?:\s*$|\s*[.:;,)\]–\-]+\s*|\s+(?=[(\[“\"«]|(?i:vì|do|bởi|căn cứ|theo|là)\b))(?P<rest>.*)",
    re.DOTALL,
)
"""«B», «A, C», «ABC», «B. Khách quan», «C (khoản 2 Điều 4)»."""

_TRUE = r"(?:\s+(?:đúng(?:\s+nhất)?|chính xác|trả lời|chuẩn))*"
ANSWER_LEAD = re.compile(
    rf"[\s*#_\-–•(\[]{{0,4}}(?:đáp\s*án|đ\s*/\s*[aá]n?|đ\.\s*án|đ[aá]|đáp số|câu trả lời|answers?"
    rf"|ans|key|correct(?: answer)?|"
    rf"trả lời|phương án|lựa chọn|kết quả|ý){_TRUE}(?:\s+(?:câu"
    rf"|của câu)\s*(?:hỏi\s*)?\d+)?(?P<is>\s+là)?\s*(?P<sign>[:=.\-–]|=>|->|→)?\s*",
    I,
)
ANSWER_STRONG = re.compile(r"[\s*#_\-–•(\[]{0,4}(?:đáp\s*án|đ\s*/|đ\.|đ[aá]\b|answer|ans\b|key\b|correct|.{0,20}đúng)", I)
CHOOSE_LEAD = re.compile(
    r"[\s*(\[]{0,3}(?:(?:=>|->|→|⇒|➔|➜|==>)\s*(?:vậy\s+)?(?:chọn|đáp án|đ/?a)?|vậy chọn"
    r"|chọn)(?:\s+(?:đáp án|phương án|ý|câu))?"
    r"(?:\s+đúng)?(?:\s+là)?\s*:?\s*",
    I,
)
INLINE_ANSWER = re.compile(
    r"(?<=\S)[\s.;]{0,10}[\s(\[.](?=(?:đáp\s*án|đ/a|đa)(?:\s+đúng)?(?:\s+là)?\s*:\s*[A-H](?![\wÀ-ỹ]))",
    I,
)
"""Before «Đáp án: B» in the middle of a line."""

BASIS = re.compile(
    r"[\s*(\[\-–+•“\"]{0,4}(?:căn cứ|cơ sở pháp l[ýí]|cspl|trích dẫn|trích|cơ sở|viện dẫn|dẫn chiếu"
    r"|nguồn|tham chiếu|văn bản)\b"
    r"|\s*[(\[]?(?:(?:theo|tại|quy định tại)\s+(?:quy định\s+(?:tại|của)\s+)?)?(?:điểm|khoản|điều)\s+[\da-zđ]{1,4}\b"
    r"|\s*theo\s+(?:quy định|luật|nghị định|bộ luật|hiến pháp|thông tư)\b|\s*[“\"«]\s*\S",
    I,
)
EXPLANATION = re.compile(
    r"[\s*(\[\-–+•]{0,4}(?:giải thích|lời giải|hướng dẫn(?: giải)?|gợi ý|ghi chú|lý do|phân tích|vì)\b\s*[:.\-–]?", I
)

ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V|X))"
SECTION = re.compile(
    rf"\s*(?:(?:phần|chương|mục|nhóm|chuyên đề|chủ đề|lĩnh vực|part|section|tiểu mục)\s+"
    rf"(?:thứ\s+\w+|{ROMAN}\b|\d{{1,3}}\b|[A-H]\b|một|hai|ba|bốn|năm|chung|riêng)"
    rf"|(?:phần|nhóm|lĩnh vực|chủ đề|chuyên đề)\s*(?:câu hỏi\b.{{0,60}}$|:)"
    rf"|{ROMAN}\s*[.):/\-–]\s*(?=\S))",
    I,
)
KEY_HEAD = re.compile(
    rf"[\s*#_\-–•=]{{0,6}}(?:{ROMAN}\s*[.):/\-–]\s*)?"
    r"(?:(?:bảng|phần|danh sách)\s+)?(?:đáp\s*án|hướng dẫn (?:chấm|trả lời|giải)|lời giải|gợi ý)"
    r"(?:\s+(?:chi tiết|và|đúng|trắc nghiệm|tham khảo|các câu|câu hỏi|bộ|đề|phần|chương|mục|nhóm|của"
    r"|cuộc thi|thi)\b.{0,60})?\s*[:.\-–*=_]*\s*",
    I,
)
END = re.compile(r"[\s\-–—*=_.…]*(?:hết|the end|end)[\s\-–—*=_.…]*", I)
JUNK = re.compile(
    r"\s*(?:\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—]|(?:trang|page)\s*\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?"
    r"|\d{1,3}\s*/\s*\d{1,3}|<\s*\d{1,4}\s*>"
    r"|[\-–—_=*.…~\s]{3,}|(?:https?://|www\.)\S+|[a-z0-9.-]+\.(?:vn|com|net|org)\S*)\s*",
    I,
)
PAGE_MARK = re.compile(r"\s?<\s?\d{1,4}\s?>\s?")

ENTRY = re.compile(
    r"(?i:(?:câu|question|q)\s*(?:hỏi\s*)?(?:số\s*)?)?(?P<number>\d{1,4})\s*[-.:)=–—→>_/]*\s*"
    r"(?i:(?:đáp án|đ/a|chọn)\s*:?\s*)?"
    r"[(\[]?(?P<letters>[A-H](?:\s*[,&+]\s*[A-H](?![\w.\-–:)]))*(?![\wÀ-ỹ])|[A-H]{2,8}(?![\wÀ-ỹ])|[a-h](?![\wÀ-ỹ]))[)\]]?"
)
TRUTH_ENTRY = re.compile(r"\s*(?:câu\s*)?(?P<number>\d{1,4})\s*[-.:)=–—→>_/]+\s*(?P<text>đúng|sai|đ|s)\s*[.;,]?\s*", I)
"""«3. Đúng», read as an answer only below the heading of an answer list."""
ENTRY_GAP = re.compile(r"[\s,;|./•\-–—]*")
ROW_LABEL = re.compile(r"\s*(?:đáp\s*án(?:\s+đúng)?|đ/?a|trả lời|key|answers?)\s*[:.]?\s+", I)
RANGE = re.compile(r"\s*(?:câu\s*)?(\d{1,4})\s*(?:-|–|—|đến)\s*(\d{1,4})\s*[:.)]\s*((?:[A-H][\s,;.\-–|]*)+)", I)
SENTENCE = re.compile(
    r"(?i:câu\s*(?:hỏi\s*)?(?:số\s*)?)(?P<number>\d{1,4})\s*[:,.\-–]?\s*"
    r"(?i:(?:thì|có|nên|đáp án|phương án|câu trả lời|đúng|là|chọn|ý|trả lời)\s+){1,6}:?\s*"
    r"(?P<letters>[A-H](?:\s*(?:,|và|&)\s*[A-H](?![\wÀ-ỹ]))*)(?![\wÀ-ỹ])"
)
CHOICE_LETTER = re.compile(r"[A-H]")
PIN = re.compile(r"\s?#[!$]\s?")
RIGHT_SIGN = re.compile(
    r"\s*(?:[(\[{]\s*(?:đúng|đ|x|v|✓|✔|√|\*|đáp án(?: đúng)?|true|right|correct)\s*[)\]}]|[✓✔√]|\*+"
    r"|(?:<=|<-|←)(?:\s*(?:đúng|đáp án(?: đúng)?))?)\s*[.;]?\s*$",
    I,
)
WRONG_SIGN = re.compile(r"\s*[(\[{]\s*(?:sai|s|false|wrong)\s*[)\]}]\s*[.;]?\s*$", I)
QUESTION_WORDS = re.compile(
    r"(?<!\w)(?:nào|gì|bao nhiêu|ai|đâu|mấy|thế nào|ra sao|bao lâu|khi nào|đúng hay sai|là|gồm|sau đây|dưới đây)(?!\w)", I
)
MIDLINE_START = re.compile(
    r"(?<=[\s.;?!])(?=C[âÂ][uU]\s+(?:hỏi\s+)?\d{1,4}\s*[:.]\s*\S)|(?<=[\s.;?!])(?=CÂU\s+\d{1,4}\s*[:.]\s*\S)"
)
