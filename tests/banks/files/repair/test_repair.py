"""Text repair: what is changed, what stays, and that each change is told."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.banks.files.documents import RepairKind, Where
from quizsvc.banks.files.repair import looks_broken, repair_run, repair_text, stray_spaces, suspected_encoding
from quizsvc.banks.files.repair.syllables import is_syllable, words

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]

# The tables of TCVN 5712:1993 (its columns A to F, small letters) and of the VNI keyboard, written out independently.
TCVN3 = dict(
    zip(
        "aµ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËeÌÐÎÏÑªÒÕÓÔÖi×ÝØÜÞoßãáâä«åèæçé¬êíëìîuïóñòô\u00adõøö÷ùyúýûüþ®",
        LETTERS,
        strict=True,
    )
)
VNI_LETTERS = """
    a aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä e eø eù eû eõ eï eâ eà eá eå eã eä i ì í æ ó ò
    o oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï u uø uù uû uõ uï ö öø öù öû öõ öï y yø yù yû yõ î ñ
"""
VNI = dict(zip(VNI_LETTERS.split(), LETTERS, strict=True))


def written_in(table: dict[str, str], text: str) -> str:
    back = {letter: written for written, letter in table.items()}
    return "".join(back.get(sign, sign) for sign in text)


SENTENCE = "cơ quan nào được quyền xử lý kỷ luật đối với người khiếu nại, tố cáo sai sự thật ở xã, phường, thị trấn"


@pytest.mark.parametrize(
    ("font", "table"), [(".VnTime", TCVN3), (".VnArial", TCVN3), ("VNI-Times", VNI), ("VNI-Helve", VNI)]
)
def test_text_in_a_legacy_font_becomes_unicode(font: str, table: dict[str, str]) -> None:
    repaired, records = repair_run(written_in(table, SENTENCE), font, Where("x.docx", paragraph=3))

    assert repaired == SENTENCE
    assert [record.kind for record in records] == [RepairKind.TCVN3 if font.startswith(".Vn") else RepairKind.VNI]
    assert records[0].before == written_in(table, SENTENCE)
    assert records[0].after == SENTENCE


@given(st.lists(st.sampled_from(LETTERS), min_size=1))
def test_every_letter_of_both_tables_is_known(letters: list[str]) -> None:
    from quizsvc.banks.files.repair.legacy import from_tcvn3, from_vni

    text = " ".join(letters)

    assert from_tcvn3(written_in(TCVN3, text)) == text
    assert from_vni(written_in(VNI, text)) == text


def test_a_font_of_capitals_gives_capitals() -> None:
    assert repair_text(written_in(TCVN3, "điều lệ"), ".VnTimeH")[0] == "ĐIỀU LỆ"


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times"])
def test_unicode_pasted_into_a_legacy_font_stays(font: str) -> None:
    assert repair_text("các cán bộ xã", font) == ("các cán bộ xã", ())
    assert repair_text("các", font) == ("các", ())


def test_the_same_bytes_without_a_font_stay_and_are_suspected() -> None:
    written = written_in(TCVN3, SENTENCE)

    assert repair_text(written.replace("\u00ad", ""))[0] == unicodedata.normalize(
        "NFC", written.replace("\u00ad", "")
    ).replace("Ð", "Đ").replace("ð", "đ")
    assert suspected_encoding(written) is RepairKind.TCVN3
    assert suspected_encoding(written_in(VNI, SENTENCE)) is RepairKind.VNI


@pytest.mark.parametrize(
    "text", [SENTENCE, "Café, déjà vu, naïve và São Paulo", "All in plain English, nothing else", "§ 5 ¾"]
)
def test_sound_text_is_not_suspected(text: str) -> None:
    assert suspected_encoding(text) is None


@pytest.mark.parametrize(
    ("written", "meant", "kind"),
    [
        ("Nhà nƣớc chƣa", "Nhà nước chưa", RepairKind.LOOKALIKE),
        ("Ðiều 5, ðiểm a", "Điều 5, điểm a", RepairKind.LOOKALIKE),
        ("А. Có", "A. Có", RepairKind.LOOKALIKE),
        ("Ｂ．Không", "B.Không", RepairKind.LOOKALIKE),
        ("Đáp\N{NO-BREAK SPACE}án", "Đáp án", RepairKind.SPACE),
        ("công\N{ZERO WIDTH SPACE} dân", "công dân", RepairKind.INVISIBLE),
        (unicodedata.normalize("NFD", "Đáp án"), "Đáp án", RepairKind.NFC),
    ],
)
def test_signs_are_repaired_and_told(written: str, meant: str, kind: RepairKind) -> None:
    assert repair_text(written) == (meant, (kind,))


def test_a_word_in_another_alphabet_stays() -> None:
    assert repair_text("Москва")[0] == "Москва"


@given(st.text(), st.sampled_from([None, ".VnTime", ".VnTimeH", "VNI-Times", "Arial"]))
def test_repairing_again_without_the_font_changes_nothing(text: str, font: str | None) -> None:
    repaired, _ = repair_text(text, font)

    assert repair_text(repaired) == (repaired, ())


def test_stray_spaces_are_found_with_the_word_they_break() -> None:
    found = stray_spaces("quyền củ a công dân, nhà nướ c, t ộc trong hị t")

    assert [(each.pieces, each.joined) for each in found] == [
        ("củ a", "của"),
        ("nướ c", "nước"),
        ("t ộc", "tộc"),
        ("hị t", "hịt"),
    ]


@pytest.mark.parametrize("text", ["theo điểm a khoản 2", "tham gia ý kiến", "Cả A và B", "mục c, chữ a", SENTENCE])
def test_sound_text_has_no_stray_spaces(text: str) -> None:
    assert stray_spaces(text) == []


def test_every_word_of_our_own_banks_is_a_syllable_or_foreign() -> None:
    from pathlib import Path

    banks = Path(__file__).parents[4] / "quizzes" / "banks"
    found = {word for file in banks.glob("*.yaml") for word in words(file.read_text(encoding="utf-8")) if not word.isascii()}

    assert len(found) > 500
    assert {word for word in found if not is_syllable(word)} <= {"đ"}


@pytest.mark.parametrize(
    "text", ["!\"! #$%&' ()* +,-. /0! \"#$ %&'", "Câu \ufffd\ufffd\ufffd h\ufffdi n\ufffdo \ufffd\ufffd\ufffd đúng, sai?"]
)
def test_garbage_is_recognised(text: str) -> None:
    assert looks_broken(text)


def test_a_sound_text_is_no_garbage() -> None:
    assert not looks_broken(SENTENCE)
    assert not looks_broken("1-A; 2-B; 3-C; 4-D; 5-A")
