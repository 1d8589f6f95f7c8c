"""Zalo for development: whoever signs in says who they are. Production refuses to start with it."""

from __future__ import annotations

import re
import unicodedata

from quizsvc.zalo.errors import ZaloPhoneCodeInvalid, ZaloTokenRejected
from quizsvc.zalo.replies import LONGEST_NAME, UNSHOWABLE, ZaloProfile, international

ACCESS_TOKEN = re.compile(r"sandbox:([0-9]{1,20})(?::(.+))?")
PHONE_TOKEN = re.compile(r"sandbox-phone:([0-9]+)")


class SandboxZalo:
    """Accepts ``sandbox:<digits>``, ``sandbox:<digits>:<name>`` and ``sandbox-phone:<digits>``, and nothing else."""

    def profile(self, access_token: str) -> ZaloProfile:
        found = ACCESS_TOKEN.fullmatch(access_token)
        if found is None:
            raise ZaloTokenRejected
        user_id, name = found.groups()
        if name is None:
            return ZaloProfile(user_id)
        name = unicodedata.normalize("NFC", name)
        if len(name) > LONGEST_NAME or UNSHOWABLE.search(name) or not name.strip():
            raise ZaloTokenRejected
        return ZaloProfile(user_id, name)

    def phone_number(self, access_token: str, phone_token: str) -> str:
        self.profile(access_token)
        found = PHONE_TOKEN.fullmatch(phone_token)
        number = international(found.group(1)) if found else None
        if number is None:
            raise ZaloPhoneCodeInvalid
        return number
