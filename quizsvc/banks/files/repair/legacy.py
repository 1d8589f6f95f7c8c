"""Vietnamese from before Unicode: TCVN3 («ABC», fonts named .Vn…) and VNI (fonts named VNI-…).

In both, a font draws Vietnamese letters in the places of Western ones, so only the name of the font tells. TCVN3: TCVN
5712:1993, the letters from 0xA1 to 0xFE. VNI: a letter and, after it, a sign in place of its accents.
"""

from __future__ import annotations

from collections.abc import Callable

from quizsvc.banks.files.documents import RepairKind
from quizsvc.banks.files.repair.syllables import count_syllables

Step = tuple[RepairKind, Callable[[str], str]]

# Groups by vowel, the space between them stands for itself.
_TCVN3_FROM = "µ¸¶·¹ ¨»¾¼½Æ ©ÇÊÈÉË ® ÌÐÎÏÑ ªÒÕÓÔÖ ×ÝØÜÞ ßãáâä «åèæçé ¬êíëìî ïóñòô \u00adõøö÷ù úýûüþ ¡¢§£¤¥¦"
_TCVN3_TO = "àáảãạ ăằắẳẵặ âầấẩẫậ đ èéẻẽẹ êềếểễệ ìíỉĩị òóỏõọ ôồốổỗộ ơờớởỡợ ùúủũụ ưừứửữự ỳýỷỹỵ ĂÂĐÊÔƠƯ"
_TCVN3 = str.maketrans(_TCVN3_FROM, _TCVN3_TO)

_TONES = "ùøûõï"  # sắc, huyền, hỏi, ngã, nặng
_CIRCUMFLEX = "âáàåãä"  # the circumflex alone, then with each tone
_BREVE = "êéèúüë"
_VNI_PAIRS = {
    "a" + _TONES: "áàảãạ", "e" + _TONES: "éèẻẽẹ", "o" + _TONES: "óòỏõọ", "u" + _TONES: "úùủũụ", "y" + _TONES: "ýỳỷỹ",
    "ô" + _TONES: "ớờởỡợ", "ö" + _TONES: "ứừửữự",
    "a" + _CIRCUMFLEX: "âấầẩẫậ", "e" + _CIRCUMFLEX: "êếềểễệ", "o" + _CIRCUMFLEX: "ôốồổỗộ", "a" + _BREVE: "ăắằẳẵặ",
}  # fmt: skip
_VNI_ALONE = str.maketrans("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ")


def _vni_table() -> dict[str, str]:
    """From letter and sign to the letter meant; the case of the letter counts, whatever the sign's."""
    table = {}
    for written, meant in _VNI_PAIRS.items():
        for sign, letter in zip(written[1:], meant, strict=False):
            for each in {sign, sign.upper()}:
                table[written[0] + each] = letter
                table[written[0].upper() + each] = letter.upper()
    return table


_VNI = _vni_table()


def steps(font: str | None) -> tuple[Step, ...]:
    """What to do to text in this font."""
    name = (font or "").strip().casefold()
    if name.startswith(".vn"):
        capitals = name.endswith("h")
        return ((RepairKind.TCVN3, lambda text: _if_better(text, from_tcvn3(text, capitals=capitals))),)
    if name.startswith(("vni-", "vni ")):
        return ((RepairKind.VNI, lambda text: _if_better(text, from_vni(text))),)
    return ()


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Text typed for a TCVN3 font; ``capitals``: for one that draws small letters as capitals (.VnTimeH).

    >>> from_tcvn3("LuËt MÆt trËn")
    'Luật Mặt trận'
    """
    made = text.translate(_TCVN3)
    return made.upper() if capitals else made


def from_vni(text: str) -> str:
    """Text typed for a VNI font.

    >>> from_vni("Caâu 1: Ñaùp aùn")
    'Câu 1: Đáp án'
    """
    made, at = [], 0
    while at < len(text):
        pair = _VNI.get(text[at : at + 2])
        made.append(text[at].translate(_VNI_ALONE) if pair is None else pair)
        at += 1 if pair is None else 2
    return "".join(made)


def _if_better(text: str, converted: str) -> str:
    """Unicode text that was pasted into a legacy font stays: it has letters beyond 255, or reads worse afterwards."""
    if any(ord(sign) > 0xFF and sign.isalpha() for sign in text):
        return text
    return converted if count_syllables(converted) >= count_syllables(text) else text
