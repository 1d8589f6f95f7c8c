"""When two questions are one and the same, and when they only ask the same but are keyed otherwise."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Identity = tuple[str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Keyed:
    """What a question asks, and the texts of its right choices."""

    identity: Identity
    right: frozenset[str]


def plain(text: str) -> str:
    """The text as it is compared: NFC, small letters, single spaces, no stop at its end. Accents and figures stay.

    >>> plain("Từ đủ  18 tuổi.") == plain("từ đủ 18 tuổi")
    True
    >>> plain("bố") == plain("bộ")
    False
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" .;,:?")


def keyed(text: str, choices: Sequence[str], key: Iterable[int], pictures: Sequence[str] = ()) -> Keyed:
    """``key``: positions of the right choices; ``pictures``: SHA-256 of all pictures, in their order.

    The order of the choices says nothing: a bank that was shuffled asks the same. With pictures a choice may have no text,
    so there the places count.
    """
    said = [f"{place}:{plain(choice)}" if pictures else plain(choice) for place, choice in enumerate(choices)]
    return Keyed((plain(text), tuple(sorted(said)), tuple(pictures)), frozenset(said[place] for place in key))
