"""Topics and difficulty where Moodle keeps them: category paths and tags. Read and written here, so that both agree."""

from __future__ import annotations

import re
from collections.abc import Iterable

PARTS = re.compile(r"(?<!/)/(?!/)")
PREFIX = re.compile(r"\$\w+\$")
DIFFICULTY = re.compile(r"độ khó\s*:?\s*([123])", re.IGNORECASE)


def topic_of(category: str) -> str | None:
    """The topic of a category path; ``None`` at the top. A slash in a name is written twice.

    >>> topic_of("$course$/top/Luật/Điều 4//5")
    'Luật / Điều 4/5'
    """
    names = [part.strip().replace("//", "/") for part in PARTS.split(category.strip())]
    if names and PREFIX.fullmatch(names[0]):
        names = names[1:]
    if names and names[0].casefold() == "top":
        names = names[1:]
    return " / ".join(name for name in names if name) or None


def category_of(topic: str) -> str:
    """The reverse of ``topic_of`` for a topic without « / »."""
    return "$course$/top/" + topic.replace("/", "//")


def difficulty_of(tags: Iterable[str]) -> int | None:
    """1 to 3, from the tag that ``difficulty_tag`` makes."""
    return next((int(found[1]) for tag in tags if (found := DIFFICULTY.fullmatch(tag.strip()))), None)


def difficulty_tag(difficulty: int) -> str:
    return f"Độ khó {difficulty}"
