"""Readers and writers of the formats that question banks are exchanged in.

A reader takes bytes and the file's name and gives a ``FoundFile``; a writer takes a ``WrittenBank`` and gives ``Exported``.

``FileRefused`` is the only exception that readers raise. A question of a kind that contests do not have is not left out: it
comes with an error that says so.
"""

from quizsvc.banks.files.exchange.aiken import read_aiken
from quizsvc.banks.files.exchange.detect import exchange_format
from quizsvc.banks.files.exchange.gift import read_gift
from quizsvc.banks.files.exchange.moodle_xml import read_moodle_xml
from quizsvc.banks.files.exchange.opentdb import read_opentdb
from quizsvc.banks.files.exchange.qti import read_qti
from quizsvc.banks.files.exchange.write_gift import write_gift
from quizsvc.banks.files.exchange.write_moodle_xml import write_moodle_xml
from quizsvc.banks.files.exchange.write_qti21 import write_qti21

__all__ = [
    "exchange_format",
    "read_aiken",
    "read_gift",
    "read_moodle_xml",
    "read_opentdb",
    "read_qti",
    "write_gift",
    "write_moodle_xml",
    "write_qti21",
]
