"""Unicode text as it should be: NFC, no look-alike letters of other alphabets, no invisible signs, one kind of space."""

from __future__ import annotations

import re
import unicodedata

from quizsvc.banks.files.documents import RepairKind
from quizsvc.banks.files.repair.legacy import Step

# ƣ is the letter gha, which keyboards for Vietnamese once gave for ư; Ð and ð are eth.
_ALWAYS = str.maketrans({"ƣ": "ư", "Ƣ": "Ư", "Ð": "Đ", "ð": "đ", "Ɖ": "Đ"})
_CYRILLIC_AND_GREEK = dict(
    zip(
        "АВЕКМНОРСТУХаеорсухІіЈјЅѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABEKMHOPCTYXaeopcyxIiJjSsABEZHIKMNOPTYXo",
        strict=True,
    )
)
_LATIN = r"A-Za-zÀ-ɏḀ-ỿ"
_FOREIGN = "".join(_CYRILLIC_AND_GREEK)
# Among Latin letters, or alone where the letter of a choice stands: a word wholly in Cyrillic is one.
_STRANGE = re.compile(rf"(?<=[{_LATIN}])[{_FOREIGN}]+|[{_FOREIGN}]+(?=[{_LATIN}])|(?<!\w)[{_FOREIGN}](?!\w)")
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
)
_SPACES = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")


def look_alikes(text: str) -> str:
    """Letters of other alphabets that look like ours, and full-width ones, become ours.

    >>> look_alikes("Nhà nƣớc; С. Ðúng")
    'Nhà nước; C. Đúng'
    """
    ours = text.translate(_ALWAYS).translate(_FULL_WIDTH)
    return _STRANGE.sub(lambda found: "".join(_CYRILLIC_AND_GREEK[sign] for sign in found[0]), ours)


STEPS: tuple[Step, ...] = (
    (RepairKind.LOOKALIKE, look_alikes),
    (RepairKind.INVISIBLE, lambda text: text.translate(_INVISIBLE)),
    (RepairKind.SPACE, lambda text: text.translate(_SPACES)),
    (RepairKind.NFC, lambda text: unicodedata.normalize("NFC", text)),
)
"""In this order: what an invisible sign kept apart may compose afterwards."""
