"""Receipts by mail (manual §3.8.4), reminders, and the look of the page."""

import pytest

from lkcap.profile.model import REMINDERS
from tests.browserless import Browser, text_of
from tests.factory import Books
from tests.profile.conftest import ALICE, BOB, GARAGE, HOME, account_of


def subscribed(books: Books) -> list[tuple[str, str]]:
    return books.rows(
        "SELECT email, number FROM receipt_subscription"
        " JOIN subscriber USING (subscriber_id) JOIN account USING (account_id) ORDER BY 1, 2"
    )


def button(page) -> str:
    return text_of(page.all('form[action="/settings/receipts"] button')[0])


async def test_the_page_shows_the_words_of_the_manual(alice: Browser):
    page = await alice.page("/settings")
    assert page.h1 == "Настройки личного кабинета"
    for word in ("Смена адреса", "Адрес электронной почты", "Пароль от личного кабинета"):
        assert word in page.text
    buttons = [text_of(one) for one in page.all("main button")]
    for word in ("Подписаться", "Изменить", "Сменить пароль"):
        assert word in buttons
    for word in ("Текущий пароль", "Новый пароль", "Подтвердите новый пароль"):
        assert word in page.text


async def test_the_menu_leads_to_it(alice: Browser):
    page = await alice.page("/account")
    assert page.all('.nav a[href="/settings"]')
    assert (await alice.page("/settings")).all('.nav a[href="/settings"][aria-current]')


async def test_the_current_account_is_subscribed_and_no_other(alice: Browser, people: Books):
    assert button(await alice.page("/settings")) == "Подписаться"
    answer = await alice.post("/settings/receipts", subscribe="yes")
    assert (answer.status, answer.location) == (303, "/settings")
    page = await alice.page("/settings")
    assert button(page) == "Отписаться"
    assert f"Счёт {GARAGE}: подписки нет" in page.text
    assert subscribed(people) == [(ALICE, HOME)]


async def test_said_twice_it_is_the_same(alice: Browser, people: Books):
    for wish in ("yes", "yes", "no", "no"):
        assert (await alice.post("/settings/receipts", subscribe=wish)).status == 303
    assert subscribed(people) == []


async def test_after_a_switch_it_is_the_other_account(alice: Browser, people: Books):
    await alice.post("/account/switch", account=GARAGE)
    await alice.post("/settings/receipts", subscribe="yes")
    assert subscribed(people) == [(ALICE, GARAGE)]


@pytest.mark.parametrize("wish", ["", "maybe", "YES"])
async def test_a_senseless_wish_changes_nothing(alice: Browser, people: Books, wish: str):
    assert (await alice.post("/settings/receipts", subscribe=wish)).status == 422
    assert subscribed(people) == []


async def test_the_subscription_ends_with_the_link(alice: Browser, people: Books):
    await alice.post("/settings/receipts", subscribe="yes")
    people.rows("DELETE FROM subscriber_account WHERE account_id = %s", account_of(people, HOME))
    assert subscribed(people) == []


async def test_reminders_are_off_until_they_are_ticked(alice: Browser, people: Books):
    page = await alice.page("/settings")
    assert len(page.all("input[name=kind]")) == len(REMINDERS)
    assert not page.all("input[name=kind][checked]")
    assert (await alice.post("/settings/reminders", kind="overdue")).status == 303
    page = await alice.page("/settings")
    assert [one.get("value") for one in page.all("input[name=kind][checked]")] == ["overdue"]
    await alice.post("/settings/reminders", kind="due_soon")
    assert people.rows("SELECT kind FROM reminder") == [("due_soon",)]
    await alice.post("/settings/reminders")
    assert people.rows("SELECT kind FROM reminder") == []


async def test_the_table_knows_the_same_reminders(people: Books):
    for kind in REMINDERS:
        people.rows("INSERT INTO reminder SELECT subscriber_id, %s FROM subscriber", kind)
    assert people.rows("SELECT count(*) FROM reminder") == [(2 * len(REMINDERS),)]


async def test_an_unknown_reminder_is_refused(alice: Browser, people: Books):
    assert (await alice.post("/settings/reminders", kind="everything")).status == 422
    assert people.rows("SELECT count(*) FROM reminder") == [(0,)]


async def test_the_look_is_chosen_here_too(alice: Browser):
    answer = await alice.get("/settings?vision=large")
    assert answer.location == "/settings"
    page = await alice.page("/settings")
    assert page.tree.get("data-vision") == "large"
    assert page.all("#vision-large[checked]")


@pytest.mark.parametrize(
    "path",
    [
        "/settings", "/settings/devices", "/settings/code", "/settings/code/new",
        "/settings/code/qr.png", "/settings/accounts", "/settings/data.json", "/settings/delete",
    ],
)  # fmt: skip
async def test_an_anonymous_reader_comes_back_after_login(
    people: Books, browser: Browser, path: str
):
    answer = await browser.get(path)
    assert (answer.status, answer.location) == (303, "/")
    assert (await browser.login(BOB)).location == path


async def test_a_one_time_password_opens_none_of_it(alice: Browser, people: Books):
    people.rows("UPDATE login_session SET is_limited = true")
    for path in ("/settings", "/settings/data.json", "/settings/devices"):
        assert (await alice.get(path)).location == "/settings/password/new"
