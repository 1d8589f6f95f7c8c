"""Bold, colour and the rest as they look: from the run, its styles, the document's defaults and the theme."""

from __future__ import annotations

import pytest

from quizsvc.banks.files.documents import PLAIN, Marks
from tests.banks.files.docx.making import cell, lines, only_table, paragraph, row, run, table

STYLES = """
<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Bold"><w:basedOn w:val="Base"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Red"><w:rPr><w:color w:val="FF0000"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Link"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="table" w:styleId="Grid"><w:rPr><w:i/></w:rPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>
"""  # noqa: E501
DEFAULT_BOLD = "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>"
THEME = (
    '<a:clrScheme name="x"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    '<a:accent2><a:srgbClr val="C0504D"/></a:accent2></a:clrScheme>'
    '<a:fontScheme name="x"><a:minorFont><a:latin typeface=".VnTime"/></a:minorFont></a:fontScheme>'
)


def marks_of(inner: str, properties: str = "", styles: str = STYLES, **parts: str) -> Marks:
    (line,) = lines(paragraph(inner, properties=properties), styles=styles, **parts)
    return line.runs[0].marks


@pytest.mark.parametrize(
    ("run_properties", "paragraph_properties", "is_bold"),
    [
        ("<w:b/>", "", True),
        ('<w:b w:val="0"/>', '<w:pStyle w:val="Bold"/>', False),
        ("", '<w:pStyle w:val="Bold"/>', True),
        ('<w:rStyle w:val="Strong"/>', "", True),
        ('<w:rStyle w:val="Strong"/>', '<w:pStyle w:val="Bold"/>', False),
        ('<w:rStyle w:val="Strong"/><w:b/>', '<w:pStyle w:val="Bold"/>', True),
        ('<w:rStyle w:val="Red"/>', '<w:pStyle w:val="Bold"/>', True),
        ('<w:rStyle w:val="nobody"/>', "", False),
        ('<w:b w:val="off"/>', "", False),
        ("", '<w:pStyle w:val="Loop"/>', False),
    ],
)
def test_bold_through_the_styles(run_properties: str, paragraph_properties: str, is_bold: bool) -> None:
    assert marks_of(run("x", run_properties), paragraph_properties).bold is is_bold


def test_what_the_defaults_make_bold_only_direct_formatting_takes_back() -> None:
    styles = DEFAULT_BOLD + STYLES
    assert marks_of(run("x"), styles=styles).bold
    assert marks_of(run("x", '<w:rStyle w:val="Strong"/>'), styles=styles).bold
    assert not marks_of(run("x", '<w:b w:val="0"/>'), styles=styles).bold


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:u w:val="single"/><w:i/>', Marks(underline=True, italic=True)),
        ('<w:u w:val="none"/>', PLAIN),
        ("<w:dstrike/>", Marks(strike=True)),
        ('<w:color w:val="FF0000"/>', Marks(colour="FF0000")),
        ('<w:color w:val="auto"/>', PLAIN),
        ('<w:color w:val="000000"/>', PLAIN),
        ('<w:color w:val="333333"/>', PLAIN),
        ('<w:color w:val="081B3A"/>', PLAIN),
        ('<w:color w:val="002060"/>', Marks(colour="002060")),
        ('<w:color w:val="C0504D" w:themeColor="accent2"/>', Marks(colour="C0504D")),
        ('<w:color w:val="FFFFFF" w:themeColor="text1"/>', PLAIN),
        ('<w:highlight w:val="yellow"/>', Marks(highlight="FFFF00")),
        ('<w:highlight w:val="none"/>', PLAIN),
        ('<w:shd w:val="clear" w:color="auto" w:fill="92D050"/>', Marks(highlight="92D050")),
        ('<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/>', PLAIN),
        ('<w:shd w:val="clear" w:color="auto" w:fill="F8F9FA"/>', PLAIN),
        ('<w:shd w:val="clear" w:color="auto" w:fill="auto"/>', PLAIN),
        ('<w:shd w:val="pct50" w:color="FF0000" w:fill="FFFFFF"/>', Marks(highlight="FF8080")),
        ('<w:rStyle w:val="Link"/>', PLAIN),
        ("<w:caps/>", PLAIN),
    ],
)
def test_other_marks(properties: str, expected: Marks) -> None:
    assert marks_of(run("x", properties), theme=THEME) == expected


def test_a_darker_colour_of_the_theme_is_what_word_computes() -> None:
    colour = marks_of(run("x", '<w:color w:themeColor="accent2" w:themeShade="80"/>'), theme=THEME).colour
    word = bytes.fromhex("632423")
    assert colour is not None
    assert max(abs(ours - theirs) for ours, theirs in zip(bytes.fromhex(colour), word, strict=True)) <= 2


def test_the_ground_of_a_paragraph_counts_as_a_highlight() -> None:
    assert marks_of(run("x"), '<w:shd w:val="clear" w:fill="FFFF00"/>').highlight == "FFFF00"


def test_tables_give_their_own_look_to_their_text() -> None:
    made = table(
        row(cell("tiêu đề"), cell("y")),
        row(cell("x"), cell("z", '<w:shd w:val="clear" w:fill="FFFF00"/>')),
        properties='<w:tblStyle w:val="Grid"/><w:tblLook w:val="0020"/>',
    )
    found = [[each.lines[0].runs[0].marks for each in cells] for cells in only_table(made, styles=STYLES).rows]
    assert found == [
        [Marks(bold=True, italic=True)] * 2,
        [Marks(italic=True), Marks(italic=True, highlight="FFFF00")],
    ]


def test_headings() -> None:
    body = "".join(
        paragraph("x", properties=each)
        for each in (
            '<w:pStyle w:val="H1"/>',
            '<w:pStyle w:val="T"/>',
            "",
            '<w:pStyle w:val="H1"/><w:outlineLvl w:val="9"/>',
        )
    )
    assert [line.is_heading for line in lines(body, styles=STYLES)] == [True, True, False, False]


def test_the_font_of_the_theme_tells_how_to_read_the_text() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/></w:rPr>'
        "</w:rPrDefault></w:docDefaults>"
    )
    (line,) = lines(paragraph("LuËt ®Êt ®ai"), styles=styles, theme=THEME)
    assert line.text == "Luật đất đai"
