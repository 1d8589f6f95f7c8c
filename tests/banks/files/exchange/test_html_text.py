import time

import pytest

from quizsvc.banks.files.exchange.html_text import LONGEST_HTML, text_of_html


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<p>Một</p><p>hai<br/>ba</p>", "Một\nhai\nba"),
        ("<p>a\n   b</p>", "a b"),
        ("<ul><li>x</li><li>y</li></ul>", "- x\n- y"),
        ("<ol><li>x</li><li>y<ol start='4'><li>z</li></ol></li><li>w</li></ol>", "1. x\n2. y\n4. z\n3. w"),
        ("10 m<sup>2</sup>, H<sub>2</sub>O, x<sup>ab</sup>, y<sub>i</sub>", "10 m², H₂O, x^(ab), y_(i)"),
        ("x<sup>2", "x²"),
        ("5 &lt; 6 &amp;amp; &#272;&nbsp;a", "5 < 6 &amp; Đ\xa0a"),
        ("<pre>a\n b</pre>", "a\nb"),
        ('Đ<b>ậ</b>m <span style="a > b">c</span>', "Đậm c"),
        ("a<!-- bỏ <b> -->b<script>if (a<b) {}</script>c<STYLE>p{}</STYLE>d", "abcd"),
    ],
)
def test_what_a_page_shows_is_the_text(written: str, text: str) -> None:
    found = text_of_html(written)

    assert found.text == text
    assert found.notes == []


@pytest.mark.parametrize(
    "written", ["nếu x <y thì y> x", "a <b và c> d", "a < b", "<5", "a <", "</ 5>", "<!-- chưa đóng", "a<>b"]
)
def test_a_sign_that_begins_no_tag_stays(written: str) -> None:
    assert text_of_html(written).text == written


@pytest.mark.parametrize(
    ("written", "text", "note"),
    [
        ("<math><mi>x</mi></math>", "<math><mi>x</mi></math>", "unknown-tag"),
        ("không <s>được</s>", "không được", "struck"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc", "table"),
        ('<a href="@@PLUGINFILE@@/x.mp3">Nghe</a>', "Nghe", "media"),
        ("<video controls>x</video>", "x", "media"),
    ],
)
def test_what_text_cannot_show_is_noted(written: str, text: str, note: str) -> None:
    found = text_of_html(written)

    assert (found.text, found.notes) == (text, [note])


def test_images_come_with_source_and_words() -> None:
    found = text_of_html('<p>Biển <img alt="Cấm &quot;rẽ&quot;" src="a&amp;b.png"> này</p>')

    assert found.images == [("a&b.png", 'Cấm "rẽ"')]
    assert found.text == "Biển này"


def test_a_picture_written_into_the_text_does_not_count_as_text() -> None:
    source = "data:image/png;base64," + "QUJD" * LONGEST_HTML

    found = text_of_html(f'<p>a<img src="{source}">b</p>')

    assert found.images == [(source, "")]
    assert found.text == "ab"


def test_too_much_markup_is_not_read() -> None:
    assert text_of_html("<b>" * LONGEST_HTML).notes == ["too-long"]


@pytest.mark.parametrize(
    "unit", ["<a ", '<a x="', "<!--", "</", "&#", "<script>", "<b x=1 ", "<", "<sup>", "<ul><li>", "<b\t"]
)
def test_no_text_takes_long(unit: str) -> None:
    started = time.perf_counter()

    text_of_html((unit * LONGEST_HTML)[:LONGEST_HTML])

    assert time.perf_counter() - started < 2


def test_absurd_numbers_of_entities_stay() -> None:
    assert text_of_html("&#" + "9" * 6000 + ";").text == "&#" + "9" * 6000 + ";"
