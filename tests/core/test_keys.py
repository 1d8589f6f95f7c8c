"""Keys are derived by purpose, and an old one still reads what it wrote."""

from __future__ import annotations

from quizsvc.core.keys import Keys, derive

OLD, NEW = "old-key-of-forty-characters-0123456789ab", "new-key-of-forty-characters-0123456789ab"


def test_purposes_share_nothing():
    assert len({derive(OLD, purpose) for purpose in ("access-token", "refresh-token", "personal-data")}) == 3
    assert derive(OLD, "lookup") != derive(NEW, "lookup")


def test_what_an_old_key_wrote_is_read_after_rotation():
    before = Keys.from_secrets([OLD])
    after = Keys.from_secrets([NEW, OLD])
    assert after.decrypt(before.encrypt("+84912345678")) == "+84912345678"
    assert Keys.from_secrets([NEW]).decrypt(before.encrypt("+84912345678")) is None
    assert list(after.signing)[1:] == list(before.signing)


def test_a_keyed_hash_is_stable_and_needs_the_key():
    keys = Keys.from_secrets([OLD])
    assert keys.keyed_hash("1:2") == keys.keyed_hash("1:2")
    assert keys.keyed_hash("1:2") != Keys.from_secrets([NEW]).keyed_hash("1:2")
