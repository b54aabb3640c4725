"""Who gets to the desk: login, password and code together, a role, and half an hour of idleness."""

import asyncio

import pytest

from lkcap.config import Config
from tests.browserless import Browser
from tests.factory import Books
from tests.staff.desk import PASSWORD, Desk, code, send


async def test_a_stranger_is_sent_to_the_desks_own_login_and_back(browser: Browser, desk: Desk):
    assert (await browser.get("/staff/journal?login=anna")).location == "/staff/login"
    answer = await desk.log_in(browser, desk.employ("admin"))
    assert answer.location == "/staff/journal?login=anna"


async def test_a_page_that_does_not_exist_is_closed_to_a_stranger(browser: Browser):
    assert (await browser.get("/staff/secrets")).location == "/staff/login"


async def test_a_subscriber_is_a_stranger_at_the_desk(browser: Browser, books: Books):
    books.house().account().load()
    books.subscriber("anna@example.ru", "86000000017")
    await browser.login("86000000017")
    assert (await browser.get("/staff/people")).location == "/staff/login"


async def test_an_employee_is_a_stranger_in_the_cabinet(browser: Browser, desk: Desk):
    await desk.enter(browser, "admin")
    assert (await browser.get("/account")).location == "/"


@pytest.mark.parametrize(
    ("login", "password", "said"),
    [
        ("anna", PASSWORD, code()),
        ("operator", "не тот пароль", code()),
        ("operator", PASSWORD, "000000"),
        ("operator", PASSWORD, "шесть!"),
        ("operator", PASSWORD, code(-9)),
    ],
)
async def test_login_password_and_code_must_fit_together(
    browser: Browser, desk: Desk, login: str, password: str, said: str
):
    desk.employ("operator")
    answer = await desk.log_in(browser, login, password=password, said=said)
    assert answer.status == 422
    assert "Логин, пароль и код вместе не подошли" in answer.page.text
    assert password not in answer.body.decode()


async def test_a_code_opens_the_door_once(browser: Browser, neighbour: Browser, desk: Desk):
    said = code()
    assert (await desk.log_in(browser, desk.employ("operator"), said=said)).status == 303
    assert (await desk.log_in(neighbour, "operator", said=said)).status == 422


async def test_ten_logins_at_once_with_one_code_let_one_in(browser: Browser, desk: Desk):
    desk.employ("operator")
    token = (await browser.page("/staff/login")).csrf[0]
    fields = {"login": "operator", "password": PASSWORD, "code": code()}
    answers = await asyncio.gather(
        *(browser.post("/staff/login", csrf=token, **fields) for _ in range(8))
    )
    assert [one.status for one in answers].count(303) == 1


async def test_an_address_that_guesses_is_refused_and_the_employee_is_not(
    browser: Browser, desk: Desk, config: Config
):
    desk.employ("operator")
    for _ in range(config.limits.login.count):
        assert (await desk.log_in(browser, "operator", password="мимо")).status == 422
    answer = await desk.log_in(browser, "operator")
    assert (answer.status, "Retry-After" in answer.headers) == (429, True)


async def test_right_logins_are_not_counted(browser: Browser, desk: Desk, books: Books):
    await desk.enter(browser, "admin")
    assert books.rows("SELECT coalesce(sum(attempts), 0) FROM limit_window") == [(0,)]


async def test_a_dismissed_employee_is_out_at_once(
    browser: Browser, neighbour: Browser, desk: Desk
):
    await desk.enter(browser, "operator")
    await desk.enter(neighbour, "admin")
    answer = await send(neighbour, "/staff/people", "/staff/people/operator/disable")
    assert answer.location == "/staff/people"
    assert (await browser.get("/staff")).location == "/staff/login"
    assert (await desk.log_in(browser, "operator", said=code(1))).status == 422


async def test_nobody_can_dismiss_himself(browser: Browser, desk: Desk):
    await desk.enter(browser, "admin")
    answer = await send(browser, "/staff/people", "/staff/people/ADMIN/disable")
    assert answer.status == 422


async def test_half_an_hour_of_idleness_ends_the_session(
    browser: Browser, desk: Desk, books: Books
):
    await desk.enter(browser, "admin")
    books.rows("UPDATE staff_session SET seen_at = seen_at - interval '29 minutes'")
    await browser.page("/staff/people")
    books.rows("UPDATE staff_session SET seen_at = seen_at - interval '31 minutes'")
    assert (await browser.get("/staff/people")).location == "/staff/login"


async def test_a_one_time_password_opens_only_the_page_for_a_new_one(browser: Browser, desk: Desk):
    await desk.log_in(browser, desk.employ("admin", one_time=True))
    assert (await browser.get("/staff/people")).location == "/staff/password"
    mine = "два медведя ловят рыбу"
    fields = {"current": PASSWORD, "new": mine, "repeat": mine}
    answer = await send(browser, "/staff/password", "/staff/password", **fields)
    assert answer.location == "/staff"
    await browser.page("/staff/people")


async def test_a_weak_password_is_not_taken(browser: Browser, desk: Desk):
    await desk.enter(browser, "operator")
    fields = {"current": PASSWORD, "new": "password1", "repeat": "password2"}
    answer = await send(browser, "/staff/password", "/staff/password", **fields)
    assert answer.status == 422
    assert "Пароли не совпали" in answer.page.text


async def test_other_browsers_are_logged_out_by_a_new_password(
    browser: Browser, neighbour: Browser, desk: Desk
):
    await desk.enter(browser, "admin")
    assert (await desk.log_in(neighbour, "admin", said=code(1))).status == 303
    mine = "два медведя ловят рыбу"
    fields = {"current": PASSWORD, "new": mine, "repeat": mine}
    await send(browser, "/staff/password", "/staff/password", **fields)
    assert (await neighbour.get("/staff/people")).location == "/staff/login"


@pytest.mark.parametrize("role", ["operator", "accountant", "editor"])
@pytest.mark.parametrize("path", ["/staff/people", "/staff/journal"])
async def test_people_and_journal_are_the_administrators(
    browser: Browser, desk: Desk, role: str, path: str
):
    await desk.enter(browser, role)
    page = await browser.page(path, 403)
    assert page.h1 == "Эта страница не для вашей роли"


async def test_logout_ends_the_session(browser: Browser, desk: Desk):
    await desk.enter(browser, "admin")
    answer = await send(browser, "/staff/people", "/staff/logout")
    assert answer.location == "/staff/login"
    assert (await browser.get("/staff/people")).location == "/staff/login"
