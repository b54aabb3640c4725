"""A form whose token no longer fits: refused, but its page comes back with what was typed."""

import pytest
from aiohttp import web

from lkcap.kit.returning import LOGIN_PAGES, WORDS
from tests.auth.conftest import ALICE
from tests.auth.late import value
from tests.browserless import Answer, Browser
from tests.factory import Books

OLD = WORDS["old"]
EMAIL = {"email": "anna-new@example.com", "password": "кот под лестницей"}


async def send_from(browser: Browser, path: str, origin: str = "", **fields: str) -> Answer:
    """A form with a token of a session that is no more, as a browser of now sends it."""
    url = browser.server.make_url(path)
    headers = {"Origin": origin or str(browser.server.make_url("/")).rstrip("/")}
    async with browser.http.post(
        url, data={"csrf": "old"} | fields, headers=headers, allow_redirects=False
    ) as answer:
        return Answer(answer.status, answer.headers, await answer.read())


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/register", {"address": "ул. Кедровая, д. 14", "last_name": "Примерова"}),
        ("/pay", {"account": "86000000017"}),
        ("/restore", {"account": "86000000017", "email": "anna@example.com"}),
        ("/login", {"login": "anna@example.com", "password": "кот"}),
        ("/verify", {"code": "ABCD-EFGH"}),
    ],
)
async def test_an_old_page_comes_back_with_its_answers(
    browser: Browser, books: Books, path: str, typed: dict[str, str]
):
    answer = await send_from(browser, path, **typed)
    page = answer.page
    page.check()
    assert answer.status == 403
    assert OLD in page.text
    for name, said in typed.items():
        (field,) = page.all(f"form[action='{path}'] [name={name}]")
        assert field.get("value", "") == ("" if name == "password" else said)
    assert books.rows("SELECT count(*) FROM kept_answers") == [(0,)]


async def test_its_new_token_is_good(browser: Browser, people: Books):
    page = (await send_from(browser, "/login", login=ALICE, password="x")).page
    answer = await browser.post("/login", csrf=page.csrf[0], login=ALICE, password=browser.password)
    assert answer.status == 303


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1.evil"])
async def test_another_site_fills_in_no_form_of_ours(browser: Browser, origin: str):
    answer = await send_from(browser, "/register", origin, last_name="Примерова")
    assert (answer.status, answer.page.h1) == (403, "Форма устарела")
    assert "Примерова" not in answer.page.html


async def test_who_has_logged_in_in_another_window_is_led_back(browser: Browser, people: Books):
    await browser.login(ALICE)
    await browser.login(ALICE)
    answer = await send_from(browser, "/settings/email", **EMAIL)
    assert (answer.status, answer.page.h1) == (403, "Форма устарела")
    (way,) = answer.page.all("main a.button")
    assert (way.get("href"), way.text) == ("/settings/email", "Открыть форму заполненной")
    await browser.get("/settings/email")
    page = await browser.page("/settings")
    assert OLD in page.text
    assert value(page, "email") == EMAIL["email"]


async def test_the_pages_that_tell_of_it_are_those_of_the_login(app: web.Application):
    public = {
        one.resource.canonical
        for one in app.router.routes()
        if one.resource and getattr(one.handler, "public", False)
    }
    assert public >= LOGIN_PAGES
