"""The words of headers, folded: synonyms that organizers and the templates of quiz services use."""

from __future__ import annotations

import re
from enum import StrEnum

from quizsvc.banks.files.columns.keys import NUMBER_WORDS


class Meaning(StrEnum):
    """The words stand in the preview and never change."""

    NUMBER = "number"
    TEXT = "text"
    OPTION = "option"
    OPTIONS = "options"
    """All choices in one cell, or one below the other in this column."""
    ANSWER = "answer"
    IS_RIGHT = "is_right"
    """Beside each choice: whether it is right."""
    TOPIC = "topic"
    DIFFICULTY = "difficulty"
    EXPLANATION = "explanation"
    CITATION = "citation"
    CODE = "code"
    SECTION = "section"
    TYPE = "type"
    IMAGE = "image"
    IGNORED = "ignored"
    """Known, and of no use here: points, seconds, notes."""
    UNKNOWN = "unknown"


WORDS: dict[Meaning, frozenset[str]] = {
    Meaning.TEXT: frozenset(
        {
            *("cau hoi", "noi dung cau hoi", "noi dung", "de bai", "cau hoi trac nghiem", "noi dung cau hoi trac nghiem"),
            *("ten cau hoi", "cau dan", "question", "question text", "content", "question content", "questions", "stem"),
            *("title", "question title", "prompt", "question name", "cau hoi noi dung"),
        }
    ),
    Meaning.OPTIONS: frozenset(
        {
            *(
                "cac phuong an",
                "phuong an tra loi",
                "cac phuong an tra loi",
                "cac dap an",
                "cac lua chon",
                "phuong an lua chon",
            ),
            *(
                "noi dung phuong an",
                "noi dung dap an",
                "cac cau tra loi",
                "noi dung tra loi",
                "options",
                "choices",
                "answers",
            ),
            *("answer options", "phuong an chon", "cac phuong an lua chon"),
        }
    ),
    Meaning.ANSWER: frozenset(
        {
            *(
                "dap an dung",
                "da dung",
                "phuong an dung",
                "tra loi dung",
                "cau tra loi dung",
                "lua chon dung",
                "ket qua dung",
            ),
            *(
                "phuong an tra loi dung",
                "dap an chinh xac",
                "correct answer",
                "correct answers",
                "correct",
                "correct option",
            ),
            *("correct choice", "right answer", "answer key", "key", "correct answer index", "correct index", "solution"),
            *("ans", "correct options", "dap an dung nhat", "cac dap an dung", "dap an a b c d", "ket qua"),
        }
    ),
    Meaning.IS_RIGHT: frozenset({"dung", "dung sai", "is correct", "iscorrect", "la dap an dung", "true false", "danh dau"}),
    Meaning.TOPIC: frozenset(
        {
            *("linh vuc", "chu de", "chuyen de", "topic", "category", "subject", "mon", "mon hoc", "the loai", "danh muc"),
            *("nhom cau hoi", "van ban", "luat", "mang kien thuc", "noi dung kien thuc", "chuong", "tag", "tags"),
        }
    ),
    Meaning.DIFFICULTY: frozenset(
        {"muc do", "do kho", "muc do kho", "muc do nhan thuc", "cap do", "muc", "difficulty", "difficulty level", "level"}
    ),
    Meaning.EXPLANATION: frozenset(
        {
            *("giai thich", "loi giai", "huong dan giai", "giai thich dap an", "huong dan tra loi", "goi y tra loi"),
            *("explanation", "answer explanation", "feedback", "rationale", "giai thich them"),
        }
    ),
    Meaning.CITATION: frozenset(
        {
            *(
                "can cu",
                "can cu phap ly",
                "co so phap ly",
                "dieu khoan",
                "dieu luat",
                "trich dan",
                "nguon",
                "can cu phap luat",
            ),
            *("van ban can cu", "can cu dieu khoan", "vien dan", "tai lieu tham khao", "reference", "citation", "source"),
            *("can cu dap an", "dieu khoan diem", "dieu", "legal basis"),
        }
    ),
    Meaning.CODE: frozenset({"ma cau hoi", "ma cau", "ma", "question id", "id", "code", "question code", "ma ch"}),
    Meaning.SECTION: frozenset({"phan", "nhom", "section", "part"}),
    Meaning.TYPE: frozenset(
        {"loai", "loai cau hoi", "dang cau hoi", "kieu cau hoi", "question type", "type", "dang", "kieu"}
    ),
    Meaning.IMAGE: frozenset(
        {"hinh", "hinh anh", "anh", "link anh", "lien ket anh", "image", "image link", "image url", "picture", "media"}
    ),
    Meaning.IGNORED: frozenset(
        {
            *("diem", "so diem", "point", "points", "score", "marks", "thoi gian", "time", "time limit", "time in seconds"),
            *(
                "thoi gian tra loi",
                "ghi chu",
                "note",
                "notes",
                "nguoi soan",
                "don vi",
                "don vi soan",
                "trong so",
                "ngay tao",
            ),
            *("author", "created by", "thoi luong"),
        }
    ),
    Meaning.NUMBER: frozenset(NUMBER_WORDS - {"cau hoi", "question"}) | {"question number", "thu tu", "number", "sl"},
}
GENERIC_ANSWER = frozenset({"dap an", "tra loi", "cau tra loi", "answer", "phuong an", "lua chon", "da", "d a"})
"""The key where no other column says so, else the choices in one cell."""
OPTION = re.compile(
    r"(?:(?:noi dung )?(?:cac )?(?:dap an tra loi|phuong an tra loi|cau tra loi|dap an|phuong an|lua chon|tra loi|pa|da"
    r"|answer option|option text|option|opt|answer|choice|ans|alternative)(?: so| thu)? ?)?(?P<place>[a-h]|[1-8])"
)
