"""Closed by default, and nobody sees what is not his."""

import pytest
from aiohttp import web

from tests.auth.conftest import ALICE, BOB, CHARLIE, FAR, HOME
from tests.browserless import Browser
from tests.factory import Books

PAGES = ("/account", "/statement", "/statement?mode=extended", "/statement.csv", "/house")
ALICES = (HOME, "Примерова", "Кедровая", "879,97")


def closed_routes(app: web.Application) -> set[tuple[str, str]]:
    return {
        (route.method, route.resource.canonical)
        for route in app.router.routes()
        if not getattr(route.handler, "public", False)
        and not isinstance(route.resource, web.StaticResource)
    }


async def test_every_closed_route_sends_an_anonymous_reader_to_its_door(
    app: web.Application, browser: Browser
):
    closed = closed_routes(app)
    assert ("GET", "/account") in closed
    for method, path in closed:
        url = browser.server.make_url(path)
        async with browser.http.request(method, url, allow_redirects=False) as answer:
            door = "/staff/login" if path.startswith("/staff") else "/"
            assert (answer.status, answer.headers["Location"]) == (303, door), (method, path)


async def test_an_unknown_address_looks_like_a_closed_one(browser: Browser):
    for path in ("/nothing", "/account/", "/statement.pdf", "/admin", "/Account", "/static.css"):
        answer = await browser.get(path)
        assert (answer.status, answer.location) == (303, "/"), path


async def test_another_method_opens_nothing(browser: Browser):
    url = browser.server.make_url("/account")
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"):
        async with browser.http.request(method, url, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/"), method


async def test_get_login_shows_the_form(browser: Browser):
    page = await browser.page("/login")
    assert [one["name"] for one in page.fields] == ["account", "login", "password"]
    assert "Вы не авторизованы" in page.text


@pytest.mark.usefixtures("people")
async def test_charlie_sees_nothing_of_alice(browser: Browser):
    await browser.login(CHARLIE)
    for path in PAGES:
        answer = await browser.get(path)
        assert answer.status == 200, path
        assert not [one for one in ALICES if one in answer.body.decode()], path


async def test_bob_sees_the_account_he_shares_with_alice(browser: Browser, people: Books):
    people.subscriber(BOB, HOME)
    await browser.login(BOB)
    for path in PAGES[:2]:
        assert HOME in (await browser.page(path)).text
    assert "Кедровая" in (await browser.page("/house")).text


@pytest.mark.usefixtures("people")
async def test_a_stranger_s_account_looks_like_one_that_does_not_exist(browser: Browser):
    await browser.login(ALICE)
    for number in (FAR, "00000000000", "", "5500123"):
        answer = await browser.post("/account/switch", account=number)
        assert (answer.status, answer.page.h1) == (404, "Страница не найдена")
    assert HOME in (await browser.page("/account")).text


async def test_a_switch_needs_the_token(browser: Browser, people: Books):
    people.subscriber(ALICE, FAR)
    await browser.login(ALICE)
    assert (await browser.post("/account/switch", csrf="x", account=FAR)).status == 403
    assert f"Лицевой счет {HOME}" in (await browser.page("/account")).text


async def test_a_switch_is_of_this_browser_alone(
    browser: Browser, neighbour: Browser, people: Books
):
    people.subscriber(ALICE, FAR)
    await browser.login(ALICE)
    await neighbour.login(ALICE)
    await browser.post("/account/switch", account=FAR)
    assert f"Лицевой счет {FAR}" in (await browser.page("/account")).text
    assert f"Лицевой счет {HOME}" in (await neighbour.page("/account")).text


async def test_the_menu_shows_balances_of_every_account_of_the_login(
    browser: Browser, people: Books
):
    people.subscriber(ALICE, FAR)
    await browser.login(ALICE)
    text = (await browser.page("/account")).text
    assert f"{FAR} г. Дальний, ул. Сосновая, д. 2, кв. 5 К оплате 111,11 ₽" in text


async def test_an_account_that_was_sold_leaves_the_menu(browser: Browser, people: Books):
    people.subscriber(ALICE, FAR)
    await browser.login(ALICE)
    people.account(FAR, house_id="H-2", premises="5", valid_from="2026-11-01", last_name="Новая")
    people.load()
    assert FAR not in (await browser.page("/account")).text
    assert (await browser.post("/account/switch", account=FAR)).status == 404
