"""What every answer carries and every form must bring; who may open which page."""

import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import TypeVar

from aiohttp import web
from aiohttp.http_exceptions import BadHttpMessage
from aiohttp_session import get_session
from aiohttp_session.cookie_storage import EncryptedCookieStorage
from cryptography.fernet import Fernet, MultiFernet

from lkcap.config import Config
from lkcap.kit.errors import BadCsrf
from lkcap.kit.keys import Handler

H = TypeVar("H", bound=Handler)


def public(handler: H) -> H:
    """Open a page to everyone. Without this mark a page needs a login."""
    handler.public = True  # type: ignore[attr-defined]
    return handler


def without_token(handler: H) -> H:
    """Take a form that is not a browser's: a bank's call, believed for reasons of its own."""
    handler.without_token = True  # type: ignore[attr-defined]
    return handler


def is_public(request: web.Request) -> bool:
    route = request.match_info.route
    if isinstance(route.resource, web.StaticResource):
        return True
    return getattr(request.match_info.handler, "public", False)


def is_desk(request: web.Request) -> bool:
    """Whether the page is of the fund's employees, who have a door of their own."""
    return request.path == "/staff" or request.path.startswith("/staff/")


def cipher(config: Config) -> MultiFernet:
    """What only this site can read: the first of SECRET_KEYS writes, all of them read."""
    return MultiFernet([Fernet(key.get_secret_value()) for key in config.secret_keys])


class CookieStorage(EncryptedCookieStorage):
    """The session cookie: the first key writes, all of them read, so that keys can be changed.

    It holds a random session id and whose it is, the CSRF token, where the answers of a form are
    that came too late, and before login the page wanted and who has given the right password and
    owes a code.
    """

    def __init__(self, config: Config) -> None:
        super().__init__(
            Fernet(config.secret_keys[0].get_secret_value()),
            cookie_name="__Host-lkcap" if config.is_https else "lkcap",
            secure=config.is_https,
            httponly=True,
            samesite="Lax",
        )
        self._fernet = cipher(config)  # type: ignore[assignment]

    def save_cookie(
        self, response: web.StreamResponse, cookie_data: str, *, max_age: int | None = None
    ) -> None:
        """A browser drops a `__Host-` cookie only on the terms it was set on."""
        if cookie_data:
            super().save_cookie(response, cookie_data, max_age=max_age)
        else:
            response.del_cookie(
                self.cookie_name, path="/", secure=self.cookie_params["secure"], httponly=True
            )


async def csrf_token(request: web.Request) -> str:
    session = await get_session(request)
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(24)
    return str(session["csrf"])


@web.middleware
async def csrf(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A form must carry the token of the session it was shown in."""
    is_form = request.method in ("POST", "PUT", "PATCH", "DELETE")
    if not is_form or getattr(request.match_info.handler, "without_token", False):
        return await handler(request)
    if request.match_info.http_exception is None and not await carries_token(request):
        raise BadCsrf
    return await handler(request)


async def carries_token(request: web.Request) -> bool:
    """Raises HTTPBadRequest, or that it is too large, for a body that is no form of ours."""
    sent = str((await _form(request)).get("csrf", ""))
    shown = str((await get_session(request)).get("csrf", ""))
    # a session that was shown no form has no token, and an empty one opens nothing
    return bool(shown) and hmac.compare_digest(sent.encode(), shown.encode())


async def _form(request: web.Request) -> Mapping[str, object]:
    """The fields that came; a body that is no form is the sender's mistake, not ours."""
    try:
        return await request.post()
    except (ValueError, LookupError, BadHttpMessage) as error:
        raise web.HTTPBadRequest from error


def _csp(config: Config, origins: Iterable[str]) -> str:
    form_action = " ".join(dict.fromkeys(("'self'", *origins, *config.payment_origins)))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self'; connect-src 'self'; manifest-src 'self'; "
        f"form-action {form_action}; frame-ancestors 'none'; base-uri 'none'"
    )


def fixed_headers(config: Config, origins: Iterable[str] = ()) -> Mapping[str, str]:
    """The same on every answer of this site; a form may end at `origins` too."""
    fixed = {
        "Content-Security-Policy": _csp(config, origins),
        "X-Content-Type-Options": "nosniff",
        # for browsers and scanners that do not know frame-ancestors
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }
    if config.is_https:
        fixed["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    return fixed


FIXED_HEADERS = web.AppKey("lkcap_fixed_headers", Mapping[str, str])
# Of one answer, where the site's own policy would not do.
POLICY = web.RequestKey("lkcap_policy", str)


def with_frames(app: web.Application) -> str:
    """The site's policy for a page that shows another one of ours in a frame."""
    return f"{app[FIXED_HEADERS]['Content-Security-Policy']}; frame-src 'self'"


async def headers(request: web.Request, response: web.StreamResponse) -> None:
    """On every answer, errors too (on_response_prepare)."""
    answer = response.headers
    answer.update(request.app[FIXED_HEADERS])
    if policy := request.get(POLICY):
        answer["Content-Security-Policy"] = policy
    if isinstance(request.match_info.route.resource, web.StaticResource):
        # a font keeps its address for ever; the sheet that names it is marked by its content
        good = response.status in (200, 206, 304)
        forever = good and ("v" in request.query or ".woff2" in request.path)
        answer["Cache-Control"] = "public, max-age=31536000, immutable" if forever else "no-cache"
    else:
        answer.setdefault("Cache-Control", "no-store")
    answer.popall("Server", None)
