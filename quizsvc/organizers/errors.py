"""What stands in the way of organizers."""

from __future__ import annotations

from quizsvc.core.problems import Problem


class LastOwner(Problem):
    slug = "last-owner"
    title = "Đơn vị phải luôn còn ít nhất một chủ quản"
    title_en = "A unit must keep at least one owner"
    status = 409
