"""What every answer carries, whatever it answers."""

import pytest
from aiohttp import web

from lkcap.app import make_app
from lkcap.config import Config
from lkcap.kit.security import public
from tests.browserless import Answer, Browser
from tests.conftest import settings
from tests.kit.conftest import Opener

ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
SHEET = "/static/css/site.css"
FONT = "/static/fonts/lk-sans-400.woff2"


@public
async def broken(_: web.Request) -> web.Response:
    raise RuntimeError("secret detail")


# What an answer says of itself, besides.
OF_THE_ANSWER = {
    "Accept-Ranges",
    "Cache-Control",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Length",
    "Content-Type",
    "Date",
    "Etag",
    "Last-Modified",
    "Location",
    "Set-Cookie",
    "Transfer-Encoding",
    "Vary",
}


def has_all(answer: Answer) -> bool:
    """Exactly these: nothing tells what the site is made of, and over plain http no HSTS."""
    headers = answer.headers
    assert set(headers) - set(ALWAYS) <= OF_THE_ANSWER
    return {name: headers.getall(name, []) for name in ALWAYS} == {
        name: [value] for name, value in ALWAYS.items()
    }


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/account", 303), ("/nothing", 303), (SHEET, 200), ("/static/nothing", 404)],
)
async def test_an_anonymous_answer_carries_the_headers(browser: Browser, path: str, status: int):
    answer = await browser.get(path)
    assert answer.status == status
    assert has_all(answer)


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/statement?mode=no", 422)])
async def test_a_refusal_carries_the_headers(reader: Browser, path: str, status: int):
    answer = await reader.get(path)
    assert answer.status == status
    assert has_all(answer)
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_refused_form_carries_the_headers(browser: Browser):
    for answer in (
        await browser.post("/login", login="x", password="y"),
        await browser.post("/login", csrf="no"),
    ):
        assert answer.status in (422, 403)
        assert has_all(answer)


async def test_a_paper_carries_the_headers(reader: Browser):
    for path in ("/receipts/2026-10.pdf", "/reference.pdf?from=2026-10&to=2026-10"):
        answer = await reader.get(path)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
        assert has_all(answer)
        assert answer.headers["Cache-Control"] == "no-store"


async def test_a_refusal_for_too_many_attempts_carries_the_headers(database: str, opened: Opener):
    config = Config(**settings(database, limits={"guest": "1/1h"}))
    browser = await opened(make_app(config))
    assert (await browser.post("/pay", account="1")).status == 422
    answer = await browser.post("/pay", account="1")
    assert (answer.status, set(answer.headers) - set(ALWAYS) - OF_THE_ANSWER) == (
        429,
        {"Retry-After"},
    )


async def test_logout_makes_the_browser_forget_what_it_kept(reader: Browser):
    answer = await reader.post("/logout")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


async def test_our_own_failure_carries_the_headers(app: web.Application, opened: Opener):
    app.router.add_get("/broken", broken)
    answer = await (await opened(app)).get("/broken")
    assert answer.status == 500
    assert has_all(answer)


async def test_nothing_behind_login_is_stored(reader: Browser):
    for path in ("/account", "/statement", "/statement.csv", "/house", "/"):
        assert (await reader.get(path)).headers["Cache-Control"] == "no-store", path


async def test_a_marked_static_file_is_kept_for_ever(browser: Browser):
    page = (await browser.get("/")).body.decode()
    marked = page.partition('href="/static/css/site.css?')[2].partition('"')[0]
    for path in (f"{SHEET}?{marked}", FONT):
        answer = await browser.get(path)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (await browser.get(SHEET)).headers["Cache-Control"] == "no-cache"


async def test_asking_again_for_a_kept_file_does_not_unkeep_it(browser: Browser):
    first = await browser.get(FONT)
    again = await browser.get(FONT, **{"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


async def test_a_form_may_end_at_the_bank_s_origins(database: str, opened: Opener):
    config = Config(**settings(database, payment_origins="https://pay.example,https://b.example"))
    policy = (await (await opened(make_app(config))).get("/")).headers["Content-Security-Policy"]
    assert "form-action 'self' https://pay.example https://b.example;" in policy


async def test_a_form_may_end_at_the_chosen_bank(database: str, opened: Opener):
    terms = dict.fromkeys(("merchant", "terminal", "psk", "token"), "x")
    names = ("init_url", "status_url", "tran_url")
    addresses = dict.fromkeys(names, "https://ecm.example:443/a")
    chosen = {"bank": "sngb", "sngb": terms | addresses, "payment_origins": "https://b.example"}
    config = Config(**settings(database, **chosen))
    policy = (await (await opened(make_app(config))).get("/")).headers["Content-Security-Policy"]
    assert "form-action 'self' https://ecm.example https://b.example;" in policy


async def test_under_https_the_browser_is_told_to_stay_there(database: str, opened: Opener):
    https = {"public_url": "https://lk.example.ru", "smtp_url": "smtp://x", "today": None}
    answer = await (await opened(make_app(Config(**settings(database, **https))))).get("/")
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
