"""A session ends while somebody writes: what he has typed waits for him, and for nobody else."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web

from lkcap.config import Config
from lkcap.kit import answers
from lkcap.kit.answers import LIFETIME
from lkcap.kit.returning import KEPT, WORDS
from lkcap.tidy import run as tidy
from tests.auth.conftest import ALICE, CHARLIE, FAR, HOME
from tests.auth.late import expire, kept, send_late, value
from tests.auth.test_second import answer_with, code_of_now, guarded
from tests.browserless import Browser
from tests.conftest import settings
from tests.factory import Books

__all__ = ["guarded"]

LATE = WORDS["late"]
EMAIL = {"email": "anna-new@example.com", "password": "кот под лестницей"}


async def test_the_settings_form_is_filled_in_after_the_login(browser: Browser, people: Books):
    await browser.login(ALICE)
    answer = await send_late(browser, people, "/settings", "/settings/email", **EMAIL)
    assert (answer.status, answer.location) == (303, "/")
    assert KEPT in (await browser.page("/")).text
    assert (await browser.login(ALICE)).location == "/settings/email"
    # which leads on to the page that has the form
    assert (await browser.get("/settings/email")).location == "/settings"
    page = await browser.page("/settings")
    assert LATE in page.text
    assert value(page, "email") == EMAIL["email"]
    assert value(page, "password") == ""
    assert people.rows("SELECT count(*) FROM letter WHERE name LIKE 'email%%'") == [(0,)]


async def test_it_is_shown_once(browser: Browser, people: Books):
    await browser.login(ALICE)
    await send_late(browser, people, "/settings", "/settings/email", **EMAIL)
    await browser.login(ALICE)
    await browser.get("/settings/email")
    await browser.page("/settings")
    assert kept(people) == []
    page = await browser.page("/settings")
    assert LATE not in page.text
    assert value(page, "email") == ""


async def test_neither_password_nor_token_is_in_the_table(browser: Browser, people: Books):
    await browser.login(ALICE)
    await send_late(browser, people, "/settings", "/settings/email", **EMAIL)
    assert kept(people) == [{"email": EMAIL["email"]}]
    ((sealed, token_hash),) = people.rows("SELECT answers, token_hash FROM kept_answers")
    assert b"anna" not in bytes(sealed)
    assert len(bytes(token_hash)) == 32


async def test_of_a_form_of_passwords_nothing_is_kept(browser: Browser, people: Books):
    await browser.login(ALICE)
    secret = {"current": "x", "new": "шкаф и три кота", "repeat": "шкаф и три кота"}
    await send_late(browser, people, "/settings", "/settings/password", **secret)
    assert kept(people) == []
    assert KEPT not in (await browser.page("/")).text
    assert (await browser.login(ALICE)).location == "/account"


async def test_another_person_in_the_same_browser_never_sees_it(browser: Browser, people: Books):
    await browser.login(ALICE)
    await send_late(browser, people, "/settings", "/settings/email", **EMAIL)
    await browser.login(CHARLIE)
    await browser.get("/settings/email")
    for _ in range(2):
        page = await browser.page("/settings")
        assert EMAIL["email"] not in page.html
        assert LATE not in page.text


async def test_in_another_browser_its_owner_does_not_see_it_either(
    browser: Browser, neighbour: Browser, people: Books
):
    await browser.login(ALICE)
    await send_late(browser, people, "/settings", "/settings/email", **EMAIL)
    await neighbour.login(ALICE)
    assert value(await neighbour.page("/settings"), "email") == ""


async def test_after_an_hour_it_is_gone(browser: Browser, people: Books):
    await browser.login(ALICE)
    await send_late(browser, people, "/settings", "/settings/email", **EMAIL)
    hour = LIFETIME + timedelta(minutes=1)
    people.rows("UPDATE kept_answers SET kept_at = now() - %s::interval", hour)
    await browser.login(ALICE)
    await browser.get("/settings/email")
    assert value(await browser.page("/settings"), "email") == ""
    assert await asyncio.to_thread(tidy, Config(**settings(people.database))) == 0
    assert people.rows("SELECT count(*) FROM kept_answers") == [(0,)]


async def test_the_login_page_does_not_promise_it_then(
    browser: Browser, people: Books, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(answers, "LIFETIME", timedelta(0))
    await browser.login(ALICE)
    await send_late(browser, people, "/settings", "/settings/email", **EMAIL)
    assert KEPT not in (await browser.page("/")).text


async def test_tidy_leaves_what_is_younger(browser: Browser, people: Books):
    await browser.login(ALICE)
    await send_late(browser, people, "/settings", "/settings/email", **EMAIL)
    assert await asyncio.to_thread(tidy, Config(**settings(people.database))) == 0
    assert len(kept(people)) == 1


async def test_a_session_that_tidy_has_dropped_still_tells_whose_it_was(
    browser: Browser, people: Books
):
    await browser.login(ALICE)
    token = (await browser.page("/settings")).csrf[0]
    people.rows("DELETE FROM login_session")
    await browser.post("/settings/email", csrf=token, **EMAIL)
    assert kept(people) == [{"email": EMAIL["email"]}]


async def chosen(browser: Browser) -> str:
    """The account of the header."""
    page = await browser.page("/settings")
    return str(page.all("summary b, .nobody b")[0].text)


async def test_the_login_brings_back_to_the_account_it_was_about(browser: Browser, people: Books):
    people.subscriber("two@example.com", HOME, FAR)
    await browser.login("two@example.com")
    assert await chosen(browser) == HOME
    await browser.post("/account/switch", account=FAR)
    await send_late(browser, people, "/settings", "/settings/email", **EMAIL)
    await browser.login("two@example.com")
    assert await chosen(browser) == FAR
    await browser.post("/logout")
    await browser.login("two@example.com")
    assert await chosen(browser) == HOME


async def test_what_was_typed_for_one_account_waits_while_another_is_chosen(
    browser: Browser, people: Books
):
    people.subscriber("two@example.com", HOME, FAR)
    await browser.login("two@example.com")
    await send_late(browser, people, "/settings", "/settings/email", **EMAIL)
    await browser.login("two@example.com")
    await browser.get("/settings/email")
    await browser.post("/account/switch", account=FAR)
    assert value(await browser.page("/settings"), "email") == ""
    await browser.post("/account/switch", account=HOME)
    assert value(await browser.page("/settings"), "email") == EMAIL["email"]


async def test_the_code_of_a_second_device_comes_between(
    app: web.Application, browser: Browser, guarded: Books
):
    await browser.login(ALICE)
    await answer_with(browser, code_of_now(app))
    await send_late(browser, guarded, "/settings", "/settings/email", **EMAIL)
    await browser.login(ALICE)
    assert KEPT in (await browser.page("/login")).text
    answer = await answer_with(browser, code_of_now(app, 1))
    assert (answer.status, answer.location) == (303, "/settings/email")
    await browser.get(answer.location)
    assert value(await browser.page("/settings"), "email") == EMAIL["email"]


async def test_a_stranger_fills_no_table(browser: Browser, people: Books):
    for token in (await browser.token(), "wrong", ""):
        answer = await browser.post("/settings/email", csrf=token, **EMAIL)
        assert answer.location == "/"
    assert kept(people) == []


async def test_without_its_token_nothing_is_kept(browser: Browser, people: Books):
    await browser.login(ALICE)
    expire(people)
    await browser.post("/settings/email", csrf="wrong", **EMAIL)
    assert kept(people) == []


async def test_a_person_has_one_row_and_it_is_of_one_browser(
    browser: Browser, neighbour: Browser, people: Books
):
    await browser.login(ALICE)
    await neighbour.login(ALICE)
    tokens = [(await one.page("/settings")).csrf[0] for one in (browser, neighbour)]
    expire(people)
    await browser.post("/settings/email", csrf=tokens[0], email="first@example.com")
    await neighbour.post("/settings/email", csrf=tokens[1], email="second@example.com")
    assert kept(people) == [{"email": "second@example.com"}]
    for one, shown in ((browser, ""), (neighbour, "second@example.com")):
        await one.login(ALICE)
        await one.get("/settings/email")
        assert value(await one.page("/settings"), "email") == shown


async def test_a_form_that_is_too_large_is_not_kept(browser: Browser, people: Books):
    await browser.login(ALICE)
    huge = {"email": "x" * 70_000}
    answer = await send_late(browser, people, "/settings", "/settings/email", **huge)
    assert (answer.status, answer.location) == (303, "/")
    assert kept(people) == []


async def test_other_bodies_than_a_form_of_text_are_not_kept(browser: Browser, people: Books):
    await browser.login(ALICE)
    token = (await browser.page("/settings")).csrf[0]
    expire(people)
    url = browser.server.make_url("/settings/email")
    bodies = ((b'{"email": "a"}', "application/json"), (b"--b\r\nbroken", "multipart/form-data"))
    for body, kind in bodies:
        async with browser.http.post(
            url, data=body, headers={"Content-Type": kind}, allow_redirects=False
        ) as answer:
            assert answer.status == 303
    assert token
    assert kept(people) == []


@pytest.mark.parametrize(
    "referer", ["https://evil.example/settings", "//evil.example", "javascript:alert(1)"]
)
async def test_what_the_browser_says_of_the_page_before_leads_nowhere(
    browser: Browser, people: Books, referer: str
):
    await browser.login(ALICE)
    token = (await browser.page("/settings")).csrf[0]
    expire(people)
    url = browser.server.make_url("/settings/email")
    headers = {"Referer": referer}
    form = {"csrf": token} | EMAIL
    async with browser.http.post(url, data=form, headers=headers, allow_redirects=False) as sent:
        assert sent.headers["Location"] == "/"
    assert (await browser.login(ALICE)).location == "/settings/email"


async def test_a_button_that_is_no_form_keeps_nothing(browser: Browser, people: Books):
    await browser.login(ALICE)
    await send_late(browser, people, "/settings", "/logout")
    await browser.login(ALICE)
    await send_late(browser, people, "/account", "/account/switch", account="86000000017")
    assert kept(people) == []
