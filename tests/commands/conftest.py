"""The command line in this process: arguments and environment in, exit status and text out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog

from quizsvc.__main__ import main
from tests.conftest import TEST_KEY

OURS = ("QUIZSVC_", "ZALO_", "REDIS_URL", "DATABASE_URL", "SECRET_KEY")


@dataclass(frozen=True)
class Done:
    """How a command ended. ``said`` is its output, ``complained`` what it wrote to standard error."""

    status: int
    said: str
    complained: str


Command = Callable[..., Done]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """``command(database_url, "grant", "owner", …)`` runs quizsvc as a shell would, exit status and all."""
    kept = structlog.get_config()
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)

    def run(database_url: str, *arguments: Any, **more: str) -> Done:
        for name, value in ({"DATABASE_URL": database_url, "SECRET_KEY": TEST_KEY} | more).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["quizsvc", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return Done(int(ended.value.code or 0), written.out, written.err)

    yield run
    structlog.configure(**kept)
