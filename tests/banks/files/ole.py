"""Files of Office before 2007, as far as their directory goes."""

from __future__ import annotations


def ole_file(*streams: str) -> bytes:
    """The signature of an OLE container and a sector of its directory ([MS-CFB] 2.6)."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little") + bytes(62)
        for name in ("Root Entry", *streams)
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entries
