"""Asking Zalo who someone is, and which phone number is theirs."""

from __future__ import annotations

from flask import Flask, current_app

from quizsvc.zalo.client import ZaloClient
from quizsvc.zalo.errors import PHONE_PROBLEMS, SIGN_IN_PROBLEMS

__all__ = ["PHONE_PROBLEMS", "SIGN_IN_PROBLEMS", "install", "zalo"]

EXTENSION = "quizsvc.zalo"


def install(app: Flask, client: ZaloClient) -> None:
    """Let requests of ``app`` ask ``client``."""
    app.extensions[EXTENSION] = client


def zalo() -> ZaloClient:
    """The client of the current application."""
    found: ZaloClient = current_app.extensions[EXTENSION]
    return found
