"""Whether a word can be a Vietnamese syllable: onset, rime and tone as the spelling allows them.

The rimes are those of Vietnamese orthography (e.g. Đoàn Thiện Thuật, Ngữ âm tiếng Việt); a rime that ends in c, ch, p or t
has only the tones sắc and nặng. Foreign words and names are no syllables, so this can only ever raise a suspicion.
"""

from __future__ import annotations

import functools
import re
import unicodedata

_ONSETS = tuple(re.findall(r"\w+", "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x"))
_RIMES = frozenset(
    re.findall(
        r"\w+",
        """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
    ê êch êm ên êng ênh êp êt êu i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu ych ynh yt
    o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt ơng u uc ui um un ung up ut ua uân uâng uât uây uê uêch uênh uêu
    uôc uôi uôm uôn uông uôt uơ uy uych uynh uyt uyu uya uyn uyp uyên uyêt
    ư ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu
    """,
    )
)
_TONES = {"\u0301": "sắc", "\u0300": "huyền", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
_STOPPED = ("c", "ch", "p", "t")
_WORD = re.compile(r"[^\W\d_]+")


@functools.lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether the spelling allows the word, in any case.

    >>> [is_syllable(word) for word in ("nước", "nướ", "Quyết", "cỏc", "c")]
    [True, False, True, False, False]
    """
    plain, tones = _without_tone(word.casefold())
    if len(tones) > 1:
        return False
    for onset in ("", *_ONSETS):
        rime = plain[len(onset) :]
        if plain.startswith(onset) and rime in _RIMES and (rime != "" or onset == ""):
            return not rime.endswith(_STOPPED) or (bool(tones) and tones[0] in ("sắc", "nặng"))
    # «gì», «gìn»: the i belongs to onset and rime
    return plain in ("gi", "gin", "giêng") and len(tones) <= 1


def words(text: str) -> list[str]:
    """The words of a text: runs of letters."""
    return _WORD.findall(text)


def count_syllables(text: str) -> int:
    """How many words of the text are Vietnamese syllables."""
    return sum(is_syllable(word) for word in words(text))


def _without_tone(word: str) -> tuple[str, list[str]]:
    tones = []
    kept = []
    for sign in unicodedata.normalize("NFD", word):
        if sign in _TONES:
            tones.append(_TONES[sign])
        else:
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept)), tones
