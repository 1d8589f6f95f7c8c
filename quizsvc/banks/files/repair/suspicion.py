"""Text that cannot be repaired because nothing says how, and text that is no text at all."""

from __future__ import annotations

import re
import unicodedata

from quizsvc.banks.files.documents import RepairKind
from quizsvc.banks.files.repair.legacy import from_tcvn3, from_vni
from quizsvc.banks.files.repair.syllables import is_syllable, words

ENOUGH_WORDS = 4
"""Below so many words nothing is said about a text."""
PLAUSIBLE, CLEARLY = 0.7, 0.25
"""The share of Vietnamese syllables that a text must reach when converted, and by how much that must exceed its own."""
SOUND = 1 - CLEARLY
_SIGNS_IN_WORDS = re.compile(r"[^\W\d_][\u00a1-\u00bf×÷][^\W\d_]?|(?<!\w)[§®][\u00a1-\u00ff]")


def suspected_encoding(text: str) -> RepairKind | None:
    """``TCVN3`` or ``VNI`` where text without a font reads as Vietnamese only when taken so.

    >>> suspected_encoding("C©u 1: C¬ quan nµo cã thÈm quyÒn ban hµnh luËt?")
    <RepairKind.TCVN3: 'tcvn3'>
    """
    pieces = text.split()
    if text.isascii() or len(pieces) < ENOUGH_WORDS:
        return None
    now = _share(text)
    if now >= SOUND:
        return None
    as_tcvn3, as_vni = _share(from_tcvn3(text)), _share(from_vni(text))
    best = max(as_tcvn3, as_vni)
    if best < PLAUSIBLE or now > best - CLEARLY:
        return None
    return RepairKind.TCVN3 if as_tcvn3 >= as_vni else RepairKind.VNI


def looks_broken(text: str) -> bool:
    """Whether a longer text is garbage: a font without its table of letters («!"! #$%&'»), or signs that stand for none."""
    signs = [sign for sign in text if not sign.isspace()]
    if len(signs) < 20:
        return False
    lost = sum(sign == "\ufffd" or unicodedata.category(sign) in ("Co", "Cn", "Cc") for sign in signs)
    letters = sum(sign.isalnum() for sign in signs)
    return lost > len(signs) * 0.02 or letters < len(signs) * 0.5


def _share(text: str) -> float:
    """The share of words that are Vietnamese syllables; signs inside words break them."""
    found = words(_SIGNS_IN_WORDS.sub("\u00df\u00df", text))
    return sum(map(is_syllable, found)) / len(found) if found else 0.0
