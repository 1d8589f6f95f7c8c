"""What a request may use of the process: its settings, clock, chance and keys."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app

from quizsvc.core.chance import Chance
from quizsvc.core.clock import Clock
from quizsvc.core.keys import Keys
from quizsvc.core.settings import Settings

EXTENSION = "quizsvc"


@dataclass(frozen=True)
class Runtime:
    """Made once by ``create_app``; tests pass their own clock and chance."""

    settings: Settings
    clock: Clock
    chance: Chance
    keys: Keys


def install(app: Flask, runtime: Runtime) -> None:
    """Attach ``runtime`` to ``app``."""
    app.extensions[EXTENSION] = runtime


def runtime() -> Runtime:
    """The runtime of the current application."""
    found: Runtime = current_app.extensions[EXTENSION]
    return found
