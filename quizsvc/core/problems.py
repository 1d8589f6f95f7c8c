"""The one error family: what a caller did wrong or what stands in the way, as RFC 9457 answers."""

from __future__ import annotations

from typing import Any, ClassVar


class Problem(Exception):
    """A named fact that ends a request.

    ``slug`` is the contract (``type`` is ``/problems/<slug>``) and never changes; ``title`` is constant, Vietnamese,
    with an English twin. ``detail`` speaks about this case. ``extra`` members are part of the answer.
    ``constraint`` names the database constraint whose violation means this problem.
    """

    slug: ClassVar[str]
    title: ClassVar[str]
    title_en: ClassVar[str]
    status: ClassVar[int]
    constraint: ClassVar[str | None] = None
    extra_fields: ClassVar[dict[str, Any]] = {}
    """Name → marshmallow field of each extra member, for the published description."""

    def __init__(self, detail: str | None = None, *, headers: dict[str, str] | None = None, **extra: Any) -> None:
        super().__init__(detail or self.title_en)
        self.detail = detail
        self.extra = extra
        self.headers = headers or {}


def all_problems(base: type[Problem] = Problem) -> list[type[Problem]]:
    """Every problem that has been declared, by slug."""
    found = {kind.slug: kind for kind in _descendants(base) if "slug" in vars(kind)}
    return [found[slug] for slug in sorted(found)]


def _descendants(base: type[Problem]) -> list[type[Problem]]:
    return [kind for child in base.__subclasses__() for kind in (child, *_descendants(child))]


class Malformed(Problem):
    slug = "malformed"
    title = "Nội dung gửi lên không đọc được"
    title_en = "The body is not readable JSON"
    status = 400


class TokenInvalid(Problem):
    slug = "token-invalid"
    title = "Phiên đăng nhập không hợp lệ"
    title_en = "The token is not valid"
    status = 401


class TokenExpired(Problem):
    slug = "token-expired"
    title = "Phiên đăng nhập đã hết hạn"
    title_en = "The token has expired"
    status = 401


class Forbidden(Problem):
    slug = "forbidden"
    title = "Bạn không có quyền làm việc này"
    title_en = "You may not do this"
    status = 403


class NotFound(Problem):
    slug = "not-found"
    title = "Không tìm thấy"
    title_en = "Not found"
    status = 404


class TooManyRequests(Problem):
    slug = "too-many-requests"
    title = "Bạn thao tác quá nhanh, hãy thử lại sau ít giây"
    title_en = "Too many requests"
    status = 429


class ValidationFailed(Problem):
    """``errors``: one ``{"pointer", "detail"}`` for each fault, all at once; pointers follow RFC 6901."""

    slug = "validation"
    title = "Dữ liệu gửi lên chưa hợp lệ"
    title_en = "The input is not valid"
    status = 422

    def __init__(self, errors: list[dict[str, str]], detail: str | None = None) -> None:
        super().__init__(detail, errors=errors)


class PreviewMissing(Problem):
    slug = "preview-mismatch"
    title = "Hãy xem trước đúng tệp này rồi mới ghi"
    title_en = "The file must be the one that was previewed"
    status = 409
