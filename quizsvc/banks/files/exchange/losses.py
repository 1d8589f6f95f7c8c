"""What the exchange formats cannot carry of a bank, told question by question, and texts made fit for a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from quizsvc.banks.files.exchange.drafts import join_basis
from quizsvc.banks.files.writing.written import Loss, WrittenBank, WrittenItem

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Signs that XML cannot hold, or should not; every text can do without them."""


def fit(text: str) -> str:
    """One kind of line end, no control characters, no outer spaces."""
    return NO_TEXT.sub("", LINE_ENDS.sub("\n", text)).strip()


def fitted(item: WrittenItem) -> WrittenItem:
    """The question with all its texts fit for a file."""
    return replace(
        item,
        code=" ".join(fit(item.code).split()),
        topic=" ".join(fit(item.topic).split()),
        text=fit(item.text),
        choices=tuple(fit(choice) for choice in item.choices),
        explanation=fit(item.explanation),
        citation=fit(item.citation),
    )


def remainder(item: WrittenItem) -> str:
    """Explanation and legal basis as the one text that these formats have for both."""
    return join_basis(item.explanation, item.citation)


def common_losses(bank: WrittenBank, format_title: str) -> Iterator[Loss]:
    """What none of the formats carries."""
    if bank.title:
        yield Loss("bank-title", f"{format_title} không có chỗ cho tên ngân hàng «{bank.title}».")
    for item in bank.items:
        if item.is_structured_citation:
            sentence = (
                "căn cứ pháp lý chỉ còn là chữ ở cuối phần giải thích, không còn tách thành văn bản, điều, khoản, điểm."
            )
            yield Loss("citation-as-text", sentence, item.number)
        if item.pictures:
            yield Loss("pictures", f"{item.pictures} hình không được ghi vào tệp.", item.number)
        texts = (item.text, *item.choices, item.explanation, item.citation)
        if any(NO_TEXT.search(text) for text in texts):
            yield Loss("control-characters", "ký tự điều khiển không thấy được đã bị bỏ.", item.number)
