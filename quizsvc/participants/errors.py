"""What can go wrong with an account."""

from __future__ import annotations

from quizsvc.core.problems import Problem


class RefreshReused(Problem):
    slug = "refresh-reused"
    title = "Phiên đăng nhập đã bị kết thúc để bảo vệ tài khoản, hãy đăng nhập lại"
    title_en = "The refresh token was used before; the session is ended"
    status = 401
