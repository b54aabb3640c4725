"""A code of another device, asked for after the right password."""

from datetime import timedelta

import pyotp
import pytest
from aiohttp import web

from lkcap.auth import totp
from lkcap.auth.second import recovery_hash
from lkcap.kit.keys import CLOCK, CONFIG
from tests.auth.conftest import ALICE, HOME, id_of, one_time
from tests.browserless import Answer, Browser
from tests.factory import Books

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SPARE = "abcd-efgh-jkmn-pqrs"


@pytest.fixture
def guarded(app: web.Application, people: Books) -> Books:
    """Alice has switched codes on, and has one spare code left."""
    people.rows(
        "UPDATE subscriber SET totp_secret = %s WHERE email = %s",
        totp.encrypted(app[CONFIG], SECRET),
        ALICE,
    )
    spare = (id_of(people, ALICE), recovery_hash(SPARE))
    people.rows("INSERT INTO recovery_code VALUES (%s, %s)", *spare)
    return people


def code_of_now(app: web.Application, steps: int = 0) -> str:
    moment = app[CLOCK].now() + timedelta(seconds=30 * steps)
    return pyotp.TOTP(SECRET).at(moment)


async def answer_with(browser: Browser, code: str) -> Answer:
    page = await browser.page("/login")
    return await browser.post("/login", csrf=page.csrf[0], code=code)


async def test_the_right_password_asks_for_the_code(
    app: web.Application, browser: Browser, guarded: Books
):
    await browser.get("/house")
    answer = await browser.login(ALICE)
    assert (answer.status, answer.location) == (303, "/login")
    page = await browser.page("/login")
    assert [one["name"] for one in page.fields] == ["code"]
    assert guarded.rows("SELECT * FROM login_session") == []
    assert (await browser.get("/account")).location == "/"
    code = code_of_now(app)
    answer = await answer_with(browser, f" {code[:3]} {code[3:]}")
    assert (answer.status, answer.location) == (303, "/account")
    assert HOME in (await browser.page("/account")).text


@pytest.mark.usefixtures("guarded")
async def test_a_wrong_password_never_asks_for_it(browser: Browser):
    assert (await browser.login(ALICE, "wrong-password")).status == 422
    assert [one["name"] for one in (await browser.page("/login")).fields] == [
        "account",
        "login",
        "password",
    ]


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "１２３４５６", "x" * 500, "-"])
async def test_a_wrong_code_opens_nothing(browser: Browser, people: Books, code: str):
    await browser.login(ALICE)
    answer = await answer_with(browser, code)
    answer.page.check()
    assert answer.status == 422
    assert "Код не подходит" in answer.page.text
    assert people.rows("SELECT outcome FROM login_event") == [("wrong_code",)]


async def test_no_code_is_taken_twice(app: web.Application, browser: Browser, guarded: Books):
    code = code_of_now(app)
    await browser.login(ALICE)
    assert (await answer_with(browser, code)).status == 303
    await browser.post("/logout")
    await browser.login(ALICE)
    assert (await answer_with(browser, code)).status == 422
    assert (await answer_with(browser, code_of_now(app, 1))).status == 303


async def test_a_spare_code_opens_once(browser: Browser, guarded: Books):
    await browser.login(ALICE)
    assert (await answer_with(browser, "Abcd efgh jkmn pqrs")).status == 303
    await browser.post("/logout")
    await browser.login(ALICE)
    assert (await answer_with(browser, SPARE)).status == 422


async def test_with_the_key_gone_a_spare_code_still_opens(browser: Browser, guarded: Books):
    guarded.rows("UPDATE subscriber SET totp_secret = 'of another key' WHERE email = %s", ALICE)
    await browser.login(ALICE)
    assert (await answer_with(browser, "123456")).status == 422
    assert (await answer_with(browser, SPARE)).status == 303


@pytest.mark.usefixtures("guarded")
async def test_the_way_back_to_the_password_is_there(browser: Browser):
    await browser.login(ALICE)
    assert "/" in (await browser.page("/login")).links
    assert [one["name"] for one in (await browser.page("/")).fields] == [
        "account",
        "login",
        "password",
    ]


@pytest.mark.parametrize("event", ["password", "block"])
async def test_what_happened_meanwhile_counts(
    app: web.Application, browser: Browser, guarded: Books, event: str
):
    await browser.login(ALICE)
    column = {"password": "password_changed_at", "block": "blocked_at"}[event]
    guarded.rows(f"UPDATE subscriber SET {column} = now()")
    assert (await answer_with(browser, code_of_now(app))).status == 422
    assert guarded.rows("SELECT * FROM login_session") == []


async def test_a_code_without_a_password_is_nobody_s(
    app: web.Application, browser: Browser, guarded: Books
):
    answer = await browser.post("/login", code=code_of_now(app))
    assert (answer.status, answer.location) == (303, "/")


async def test_a_one_time_password_does_not_go_round_it(
    app: web.Application, browser: Browser, guarded: Books
):
    answer = await browser.login(ALICE, await one_time(app, guarded, ALICE))
    assert answer.location == "/login"
    assert (await browser.get("/settings/password/new")).location == "/"
    answer = await answer_with(browser, code_of_now(app))
    assert answer.location == "/settings/password/new"


@pytest.mark.parametrize("limits", [{"login": "4/15m"}])
async def test_guesses_of_the_code_are_counted_for_the_login(
    browser: Browser, neighbour: Browser, guarded: Books
):
    for one in (browser, neighbour):
        await one.login(ALICE)
    statuses = [(await answer_with(browser, "000000")).status for _ in range(4)]
    assert statuses == [422] * 4
    assert (await answer_with(neighbour, "000000")).status == 429
