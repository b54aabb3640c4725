"""The desk finds a subscriber, looks at him and helps him; the journal remembers each look."""

import pytest
from pydantic import SecretStr

from lkcap.auth import totp
from lkcap.config import Config
from lkcap.mail.letter import unseal
from tests.browserless import Browser
from tests.conftest import KEY
from tests.factory import Books
from tests.staff.desk import SECRET, Desk, send

MAIL = "anna@example.ru"


@pytest.fixture
async def operator(browser: Browser, desk: Desk, books: Books) -> Browser:
    """At work, with one subscriber of two accounts to look at."""
    books.house().account().account("86000000025", premises="28").load()
    books.subscriber(MAIL, "86000000017", "86000000025")
    await desk.enter(browser, "operator")
    return browser


async def card(operator: Browser) -> str:
    """The address of the subscriber's card."""
    page = await operator.page(f"/staff/subscribers?q={MAIL}")
    return next(link for link in page.links if link.startswith("/staff/subscribers/"))


@pytest.mark.parametrize("said", ["anna@", "ANNA@EXAMPLE", "860 000 000-17", MAIL])
async def test_a_subscriber_is_found_by_mail_or_by_number(operator: Browser, said: str):
    page = await operator.page(f"/staff/subscribers?q={said}")
    assert page.table("found")[1][:2] == [MAIL, "86000000017, 86000000025"]


@pytest.mark.parametrize("said", ["an", "bella@", "%", "8600000001"])
async def test_nobody_is_found_by_less(operator: Browser, said: str):
    page = await operator.page(f"/staff/subscribers?q={said}")
    assert "found" not in page.tables


async def test_every_look_is_in_the_journal(operator: Browser, books: Books):
    await operator.page(await card(operator))
    seen = books.rows("SELECT action, subject FROM staff_journal ORDER BY journal_id DESC LIMIT 2")
    assert seen == [("смотрел карточку", MAIL), ("искал абонента", MAIL)]


async def test_the_card_shows_accounts_and_logins(operator: Browser, neighbour: Browser):
    await neighbour.login(MAIL, "не тот")
    await neighbour.login(MAIL)
    page = await operator.page(await card(operator))
    assert [row[0] for row in page.table("links")[1:]] == ["86000000017", "86000000025"]
    assert [row[1] for row in page.table("logins")[1:]] == ["Вход", "Неверный пароль"]


async def test_a_blocked_subscriber_is_out_at_once_and_comes_back(
    operator: Browser, neighbour: Browser
):
    home = await card(operator)
    await neighbour.login(MAIL)
    assert (await send(operator, home, f"{home}/block")).location == home
    assert (await neighbour.get("/account")).location == "/"
    assert (await neighbour.login(MAIL)).status == 422
    await send(operator, home, f"{home}/unblock")
    assert (await neighbour.login(MAIL)).status == 303


async def test_an_unlinked_account_is_not_seen_any_more(
    operator: Browser, neighbour: Browser, books: Books
):
    home = await card(operator)
    ((account_id,),) = books.rows("SELECT account_id FROM account WHERE number = '86000000025'")
    path = f"{home}/accounts/{account_id}/unlink"
    assert (await send(operator, home, path)).location == home
    assert (await send(operator, home, path)).status == 404
    await neighbour.login(MAIL)
    assert "86000000025" not in (await neighbour.page("/account")).text


async def test_a_one_time_password_goes_out_by_letter(operator: Browser, books: Books):
    home = await card(operator)
    await send(operator, home, f"{home}/password")
    assert books.rows("SELECT name, recipient FROM letter") == [("access_renewed", MAIL)]
    assert "одноразовый действует до" in (await operator.page(home)).text


async def test_the_code_of_who_has_lost_his_telephone_is_switched_off(
    operator: Browser, neighbour: Browser, books: Books, config: Config
):
    secret = totp.encrypted(config, SECRET)
    books.rows("UPDATE subscriber SET totp_secret = %s WHERE email = %s", secret, MAIL)
    home = await card(operator)
    assert (await neighbour.login(MAIL)).location != "/account"
    for _ in range(2):
        assert (await send(operator, home, f"{home}/code/off")).location == home
    assert (await neighbour.login(MAIL)).location == "/account"
    ((name, recipient, facts),) = books.rows("SELECT name, recipient, facts FROM letter")
    assert (name, recipient) == ("code_off", MAIL)
    assert unseal(bytes(facts), [SecretStr(KEY)])["by_fund"]
    assert "Отключить код" not in (await operator.page(home)).text


@pytest.mark.parametrize("role", ["accountant", "editor"])
async def test_other_roles_see_no_subscribers(browser: Browser, desk: Desk, role: str):
    await desk.enter(browser, role)
    await browser.page("/staff/subscribers?q=anna", 403)
    await browser.page("/staff/subscribers/1", 403)


@pytest.mark.parametrize("name", ["999999", "0", "x", "1" * 40])
async def test_a_subscriber_who_is_not_there_is_not_found(operator: Browser, name: str):
    await operator.page(f"/staff/subscribers/{name}", 404)
