"""A one-time password opens once, and only the page where a new one is set."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web

from lkcap.auth.one_time import issue
from lkcap.auth.passwords import as_one_time, one_time_password
from lkcap.kit.db import transaction
from lkcap.kit.keys import CLOCK
from tests.auth.conftest import ALICE, BOB, HOME, id_of, one_time
from tests.browserless import Browser
from tests.factory import Books

NEW = "шкаф под лестницей"
PAGE = "/settings/password/new"


async def set_new(browser: Browser, new: str = NEW, repeat: str | None = None) -> object:
    page = await browser.page(PAGE)
    sent = {"new": new, "repeat": new if repeat is None else repeat}
    return await browser.post(PAGE, csrf=page.csrf[0], **sent)


async def test_it_leads_to_a_new_password_and_then_to_the_cabinet(
    app: web.Application, browser: Browser, people: Books
):
    answer = await browser.login(ALICE, await one_time(app, people, ALICE))
    assert (answer.status, answer.location) == (303, PAGE)
    answer = await set_new(browser)
    assert (answer.status, answer.location) == (303, "/account")
    assert HOME in (await browser.page("/account")).text
    await browser.post("/logout")
    assert (await browser.login(ALICE)).status == 422
    assert (await browser.login(HOME, NEW)).location == "/account"


async def test_every_other_page_leads_back_and_tells_nothing(
    app: web.Application, browser: Browser, people: Books
):
    await browser.login(ALICE, await one_time(app, people, ALICE))
    for path in ("/", "/login", "/account", "/statement.csv", "/nothing", "/receipts/2026-10.pdf"):
        answer = await browser.get(path)
        assert (answer.status, answer.location) == (303, PAGE), path
    answer = await browser.post("/account/switch", csrf="x", account=HOME)
    assert (answer.status, answer.location) == (303, PAGE)
    for path in (PAGE, "/fund", "/restore"):
        page = await browser.page(path)
        assert not [one for one in ("Кедровая", "879,97") if one in page.html], path
        # a program that keeps passwords is told whose the new one will be, and nobody else
        assert (HOME in page.html) == (path == PAGE)
    assert "Вы не авторизованы" in (await browser.page(PAGE)).text


async def test_it_opens_once(app: web.Application, browser: Browser, people: Books):
    password = await one_time(app, people, ALICE)
    assert (await browser.login(ALICE, password)).status == 303
    page = await browser.page(PAGE)
    answer = await browser.post("/logout", csrf=page.csrf[-1])
    assert (answer.status, answer.location) == (303, "/")
    assert (await browser.login(ALICE, password)).status == 422
    assert people.rows("SELECT * FROM one_time_password") == []


async def test_of_two_at_once_one_is_let_in(
    app: web.Application, browser: Browser, neighbour: Browser, people: Books
):
    password = await one_time(app, people, ALICE)
    answers = await asyncio.gather(browser.login(ALICE, password), neighbour.login(ALICE, password))
    assert sorted(one.status for one in answers) == [303, 422]


async def test_the_usual_password_works_until_a_new_one_is_set(
    app: web.Application, browser: Browser, people: Books
):
    await one_time(app, people, ALICE)
    assert (await browser.login(ALICE)).location == "/account"


async def test_a_later_one_replaces_the_earlier(
    app: web.Application, browser: Browser, people: Books
):
    first, second = [await one_time(app, people, ALICE) for _ in range(2)]
    assert (await browser.login(ALICE, first)).status == 422
    assert (await browser.login(ALICE, second)).location == PAGE


async def test_it_lives_as_long_as_was_told(app: web.Application, browser: Browser, people: Books):
    now, whose = app[CLOCK].now(), id_of(people, ALICE)
    for made, status in ((now - timedelta(hours=71), 303), (now - timedelta(hours=73), 422)):
        async with transaction(app) as conn:
            password = await issue(app, conn, whose, made, hours=72)
        assert (await browser.login(ALICE, password)).status == status


async def test_a_limited_session_lasts_an_hour(
    app: web.Application, browser: Browser, people: Books
):
    await browser.login(ALICE, await one_time(app, people, ALICE))
    people.rows("UPDATE login_session SET created_at = now() - interval '61 minutes'")
    assert (await browser.get(PAGE)).location == "/"


async def test_a_login_without_a_password_opens_by_it_alone(
    app: web.Application, browser: Browser, people: Books
):
    people.rows("UPDATE subscriber SET password_hash = NULL")
    for guess in ("", "None", "correct-horse-1"):
        assert (await browser.login(ALICE, guess or " ")).status == 422
    assert (await browser.login(ALICE, await one_time(app, people, ALICE))).location == PAGE


async def test_a_new_password_ends_all_other_sessions(
    app: web.Application, browser: Browser, neighbour: Browser, people: Books
):
    await neighbour.login(ALICE)
    await browser.login(ALICE, await one_time(app, people, ALICE))
    assert (await neighbour.get("/account")).status == 200
    await set_new(browser)
    assert (await neighbour.get("/account")).location == "/"
    assert (await browser.get("/account")).status == 200


@pytest.mark.parametrize(
    ("new", "repeat", "told"),
    [
        ("", "", "Введите новый пароль"),
        ("short", "short", "Пароль короче 8 знаков"),
        (NEW, "another", "Пароли не совпадают"),
        ("qwertyui", "qwertyui", "известен всем"),
        (ALICE, ALICE, "адресом вашей почты или номером счёта"),
        ("680 015 500", "680 015 500", "адресом вашей почты или номером счёта"),
    ],
)
async def test_a_bad_new_password_comes_back_with_the_form(
    app: web.Application, browser: Browser, people: Books, new: str, repeat: str, told: str
):
    await browser.login(ALICE, await one_time(app, people, ALICE))
    answer = await set_new(browser, new, repeat)
    answer.page.check()
    assert answer.status == 422
    assert told in answer.page.text
    assert not [one for one in answer.page.fields if "value" in one and "readonly" not in one]
    assert (await browser.get("/account")).location == PAGE


async def test_the_page_is_for_those_who_came_with_one(browser: Browser, people: Books):
    assert (await browser.get(PAGE)).location == "/"
    await browser.login(ALICE)
    assert (await browser.get(PAGE)).location == "/account"
    answer = await browser.post(PAGE, new=NEW, repeat=NEW)
    assert (answer.status, answer.location) == (303, "/account")
    assert people.rows("SELECT count(*) FROM subscriber WHERE password_changed_at IS NULL") == [
        (2,)
    ]


async def test_it_needs_the_token(app: web.Application, browser: Browser, people: Books):
    await browser.login(ALICE, await one_time(app, people, ALICE))
    assert (await browser.post(PAGE, csrf="x", new=NEW, repeat=NEW)).status == 403


async def test_a_co_owner_s_one_time_password_opens_his_own_login(
    app: web.Application, browser: Browser, people: Books
):
    people.subscriber(BOB, HOME)
    await browser.login(HOME, await one_time(app, people, BOB))
    assert people.rows("SELECT email FROM login_session JOIN subscriber USING (subscriber_id)") == [
        (BOB,)
    ]


def test_a_one_time_password_is_known_by_its_look():
    made = one_time_password()
    assert as_one_time(f"  {made.upper()} ") == made
    for other in ("", "correct-horse-1", made[:-1], f"{made}x", "l234-5678-9abc"):
        assert as_one_time(other) is None
