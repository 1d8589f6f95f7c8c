"""Small files of each format for tests, and the questions in them as plain tuples."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from quizsvc.banks.files.found import FoundFile, FoundQuestion

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def codes(question: FoundQuestion) -> list[str]:
    return [remark.code for remark in question.remarks]


def lines(question: FoundQuestion) -> dict[str, int | None]:
    """Remark code → line."""
    return {remark.code: remark.where.line for remark in question.remarks}


def only(found: FoundFile) -> FoundQuestion:
    """The one question of the file."""
    assert len(found.questions) == 1
    return found.questions[0]


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def moodle(*questions: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>\n").encode()


def multichoice(
    text: str, answers: Iterable[tuple[str, str]], *, single: str = "true", more: str = "", text_format: str = "html"
) -> str:
    """``answers``: fraction, text."""
    written = "\n".join(
        f'<answer fraction="{fraction}" format="{text_format}"><text><![CDATA[{each}]]></text></answer>'
        for fraction, each in answers
    )
    question = f'<questiontext format="{text_format}"><text><![CDATA[{text}]]></text></questiontext>'
    return f'<question type="multichoice">\n{question}\n<single>{single}</single>\n{more}\n{written}\n</question>'


def item21(
    body: str,
    *,
    right: Iterable[str] = ("A",),
    cardinality: str = "single",
    mapping: str = "",
    choice: str = 'shuffle="true" maxChoices="1"',
    choices: Iterable[tuple[str, str]] = (("A", "Một"), ("B", "Hai"), ("C", "Ba")),
    version: str = "v2p1",
    more: str = "",
) -> str:
    """A QTI 2.x item; ``body``: the prompt, ``more``: elements after the body."""
    values = "".join(f"<value>{name}</value>" for name in right)
    correct = f"<correctResponse>{values}</correctResponse>" if values else ""
    shown = "\n".join(f'<simpleChoice identifier="{name}">{text}</simpleChoice>' for name, text in choices)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_{version}" identifier="i" title="t" adaptive="false"
  timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="identifier">{correct}{mapping}
</responseDeclaration>
<itemBody><choiceInteraction responseIdentifier="RESPONSE" {choice}><prompt>{body}</prompt>
{shown}
</choiceInteraction></itemBody>
{more}
</assessmentItem>"""


def manifest(*resources: tuple[str, str]) -> str:
    """``resources``: type, path."""
    written = "\n".join(
        f'<resource identifier="r{number}" type="{kind}" href="{path}"><file href="{path}"/></resource>'
        for number, (kind, path) in enumerate(resources)
    )
    return (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><organizations/>\n'
        f"<resources>\n{written}\n</resources></manifest>"
    )
