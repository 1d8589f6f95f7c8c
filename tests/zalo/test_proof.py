"""The proof that goes with a token."""

from __future__ import annotations

from quizsvc.zalo.proof import app_secret_proof


def test_known_proof():
    expected = "130775456f4c490c702fa9340723689743c215633e27126ef38a9c1a94854572"
    assert app_secret_proof("app_secret_demo", "access_token_demo") == expected


def test_key_and_message_are_not_swapped():
    assert app_secret_proof("a", "b") != app_secret_proof("b", "a")
