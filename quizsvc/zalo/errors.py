"""What can stand in the way when Zalo is asked about a person."""

from __future__ import annotations

from quizsvc.core.problems import Problem


class ZaloTokenRejected(Problem):
    """The token is wrong, expired or revoked: the Mini App should get a new one."""

    slug = "zalo-token-rejected"
    title = "Zalo không chấp nhận lần đăng nhập này, hãy mở lại ứng dụng và thử lại"
    title_en = "Zalo did not accept this access token"
    status = 401


class ZaloUserNotVisible(Problem):
    slug = "zalo-user-not-visible"
    title = "Zalo không cho ứng dụng xem tài khoản này"
    title_en = "Zalo does not let the app see this account"
    status = 403


class ZaloConsentNeeded(Problem):
    slug = "zalo-consent-needed"
    title = "Bạn chưa cho phép ứng dụng dùng thông tin này từ Zalo"
    title_en = "The person has not allowed the app to use this Zalo information"
    status = 403


class ZaloPhoneCodeInvalid(Problem):
    """The phone token is damaged, empty or not one for a phone number."""

    slug = "zalo-phone-code-invalid"
    title = "Mã chia sẻ số điện thoại không hợp lệ, hãy chia sẻ lại số điện thoại"
    title_en = "The phone token is not valid"
    status = 400


class ZaloPhoneCodeUsed(Problem):
    """A phone token works once and for two minutes: the Mini App should get a new one."""

    slug = "zalo-phone-code-used"
    title = "Mã chia sẻ số điện thoại đã dùng hoặc hết hạn, hãy chia sẻ lại số điện thoại"
    title_en = "The phone token has been used or has expired"
    status = 409


class ZaloUnavailable(Problem):
    """Zalo does not answer, or answers with a failure of its own."""

    slug = "zalo-unavailable"
    title = "Zalo tạm thời chưa trả lời, hãy thử lại sau ít giây"
    title_en = "Zalo is not available now"
    status = 503

    def __init__(self, *, retry_after: int = 5) -> None:
        super().__init__(f"Hãy thử lại sau {retry_after} giây.", headers={"Retry-After": str(retry_after)})


class ZaloRegionRefused(Problem):
    """Zalo gives personal data only to addresses in Vietnam, and ours is not one: only the operator can mend it."""

    slug = "zalo-region-refused"
    title = "Zalo đang từ chối máy chủ này, chúng tôi đã ghi nhận"
    title_en = "Zalo refuses the address of this server"
    status = 503


class ZaloMisconfigured(Problem):
    """Zalo refuses our secret or our request: only the operator can mend it, signing in again does not help."""

    slug = "zalo-misconfigured"
    title = "Kết nối với Zalo đang được cài đặt sai, chúng tôi đã ghi nhận"
    title_en = "The connection to Zalo is configured wrongly"
    status = 500


SIGN_IN_PROBLEMS: tuple[type[Problem], ...] = (
    ZaloTokenRejected,
    ZaloUserNotVisible,
    ZaloConsentNeeded,
    ZaloUnavailable,
    ZaloRegionRefused,
    ZaloMisconfigured,
)
"""What ``ZaloClient.profile`` may raise, for an endpoint's declaration."""

PHONE_PROBLEMS: tuple[type[Problem], ...] = (*SIGN_IN_PROBLEMS, ZaloPhoneCodeInvalid, ZaloPhoneCodeUsed)
"""What ``ZaloClient.phone_number`` may raise."""
