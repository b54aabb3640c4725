"""What stands between the server and a view, outermost first: log, session, errors, vision."""

import secrets
import time
from functools import lru_cache
from http import HTTPStatus

import structlog
from aiohttp import web
from prometheus_client import Histogram

from lkcap.kit.errors import DatabaseUnavailable, DomainError
from lkcap.kit.keys import CONFIG, REQUEST_ID, Handler
from lkcap.kit.pages import VISION_COOKIE, render

log = structlog.get_logger()
YEAR_SECONDS = 365 * 24 * 3600

SECONDS = Histogram(
    "lkcap_request_seconds", "Time to answer a request", ("method", "route", "status")
)


# Looking a label set up costs more than the observation; routes and statuses are few.
_observed = lru_cache(1024)(SECONDS.labels)


def _route(request: web.Request) -> str:
    """The pattern of the address: an address itself may hold a number or a token."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "-"


@web.middleware
async def request_log(request: web.Request, handler: Handler) -> web.StreamResponse:
    request[REQUEST_ID] = secrets.token_hex(8)
    started = time.perf_counter()
    status = HTTPStatus.INTERNAL_SERVER_ERROR.value
    try:
        with structlog.contextvars.bound_contextvars(request_id=request[REQUEST_ID]):
            response = await handler(request)
            status = response.status
            return response
    except web.HTTPException as answer:
        status = answer.status
        raise
    finally:
        seconds = time.perf_counter() - started
        route = _route(request)
        _observed(request.method, route, status).observe(seconds)
        log.info(
            "request",
            request_id=request[REQUEST_ID],
            method=request.method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
        )


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The one place where an error becomes a page."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        response = await _page(request, _told(request, HTTPStatus(error.status)))
        if "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
        return response
    except DomainError as error:
        if isinstance(error, DatabaseUnavailable):
            log.error("database unavailable", reason=str(error))
        said = str(error) if error.is_for_reader else ""
        response = await _page(request, error.status, said, error.title, error.way)
        response.headers.update(error.headers)
        return response
    except Exception:
        log.exception("unhandled error")
        return await _page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _told(request: web.Request, status: HTTPStatus) -> HTTPStatus:
    """A folder of static files is forbidden, but to the reader it is just no page."""
    is_static = isinstance(request.match_info.route.resource, web.StaticResource)
    return HTTPStatus.NOT_FOUND if is_static and status is HTTPStatus.FORBIDDEN else status


TITLES = {
    HTTPStatus.BAD_REQUEST: "Форма не прочиталась",
    HTTPStatus.FORBIDDEN: "Форма устарела",
    HTTPStatus.NOT_FOUND: "Страница не найдена",
    HTTPStatus.METHOD_NOT_ALLOWED: "Так эту страницу не открыть",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Слишком большая форма",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Такой страницы не бывает",
    HTTPStatus.TOO_MANY_REQUESTS: "Слишком много попыток",
    HTTPStatus.SERVICE_UNAVAILABLE: "Кабинет временно не отвечает",
}
ADVICE = {
    HTTPStatus.BAD_REQUEST: "Вернитесь на страницу, обновите её и отправьте форму ещё раз.",
    HTTPStatus.FORBIDDEN: "Вернитесь на страницу, обновите её и отправьте форму ещё раз.",
    HTTPStatus.NOT_FOUND: "Проверьте адрес или начните с главной страницы.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Начните с главной страницы.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Вернитесь и отправьте меньше.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "В адресе страницы ошибка.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Попробуйте через несколько минут. Деньги и данные целы.",
}


async def _page(
    request: web.Request,
    status: HTTPStatus,
    said: str = "",
    title: str = "",
    way: tuple[str, str] | None = None,
) -> web.Response:
    context = {
        "title": title or TITLES.get(status, "Что-то сломалось у нас"),
        "advice": said
        or ADVICE.get(status, "Мы уже знаем об этом. Попробуйте ещё раз чуть позже."),
        "way": way or ("/", "На главную страницу"),
        "request_id": request[REQUEST_ID] if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None,
    }
    return await render("errors/error.html", request, context, status=status)


@web.middleware
async def vision(request: web.Request, handler: Handler) -> web.StreamResponse:
    """`?vision=large` on any page: keep the choice in a cookie, return to the page without it."""
    choice = request.query.get("vision")
    known = request.match_info.http_exception is None
    if choice not in ("large", "normal") or request.method != "GET" or not known:
        return await handler(request)
    answer = web.HTTPSeeOther(request.rel_url.without_query_params("vision"))
    answer.set_cookie(
        VISION_COOKIE,
        choice,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.app[CONFIG].is_https,
    )
    raise answer
