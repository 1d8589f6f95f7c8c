"""What of a person is shown to whom."""

from __future__ import annotations

ANONYMOUS = "Người dự thi"


def masked_name(name: str) -> str:
    """``Nguyễn Văn An`` as ``Nguyễn V. A.``: the family name and initials."""
    first, *others = name.split()
    return " ".join([first, *(f"{word[0].upper()}." for word in others)])


def display_name(*, nickname: str | None, name: str | None, may_show_name: bool) -> str:
    """The name on a public board: a nickname that the person chose, else the name masked unless they agreed to show it."""
    if nickname:
        return nickname
    if not name or not name.strip():
        return ANONYMOUS
    return name if may_show_name else masked_name(name)
