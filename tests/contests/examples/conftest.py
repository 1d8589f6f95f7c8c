"""Fixtures: the command line, as the tests of commands use it."""

from tests.commands.conftest import command

__all__ = ["command"]
