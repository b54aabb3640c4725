"""A forgotten password: a letter to its owner, and one answer to everybody."""

import asyncio

import pytest
from aiohttp import web
from pydantic import SecretStr

from lkcap.app import make_app
from lkcap.auth.passwords import PASSWORDS
from lkcap.config import Config
from lkcap.kit.limits import PAUSES
from lkcap.mail.letter import unseal
from tests.auth.conftest import ALICE, BOB, CHARLIE, FAR, HOME, Noted
from tests.browserless import Answer, Browser
from tests.conftest import KEY, settings
from tests.factory import Books
from tests.kit.conftest import Opener, opened

__all__ = ["opened"]

SENT = "/restore?sent=yes"


def letters(books: Books) -> list[tuple[str, str, dict[str, object]]]:
    found = books.rows("SELECT name, recipient, facts FROM letter ORDER BY letter_id")
    return [(name, to, unseal(bytes(facts), [SecretStr(KEY)])) for name, to, facts in found]


async def ask(browser: Browser, account: str = HOME, email: str = ALICE) -> Answer:
    return await browser.post("/restore", account=account, email=email)


async def test_the_front_page_leads_there(browser: Browser):
    assert "/restore" in (await browser.page("/")).links
    page = await browser.page("/restore")
    assert [one["name"] for one in page.fields] == ["account", "email"]
    assert "Восстановить" in page.text


async def test_the_letter_s_password_opens_the_page_of_a_new_one(browser: Browser, people: Books):
    answer = await ask(browser)
    assert (answer.status, answer.location) == (303, SENT)
    page = await browser.page(SENT)
    assert "Если счёт и адрес подходят друг другу, мы отправили письмо" in page.text
    ((name, to, facts),) = letters(people)
    assert (name, to, facts["account"]) == ("password_restored", ALICE, HOME)
    assert (await browser.login(ALICE, facts["password"])).location == "/settings/password/new"


@pytest.mark.usefixtures("people")
async def test_friendly_spellings_fit(browser: Browser, people: Books):
    for account, email in (
        ("860 0000-0017", "Alice@Example.COM"),
        (" 5500123", f" {ALICE} "),
        ("680015500", ALICE),
    ):
        await ask(browser, account, email)
    assert [to for _, to, _ in letters(people)] == [ALICE] * 3


async def test_the_answer_is_the_same_and_there_is_no_letter(browser: Browser, people: Books):
    right = await ask(browser, FAR, CHARLIE)
    for account, email in (
        (HOME, CHARLIE),
        (FAR, ALICE),
        ("86000000099", ALICE),
        ("%", ALICE),
        (HOME, "nobody@example.com"),
    ):
        answer = await ask(browser, account, email)
        assert (answer.status, answer.location, answer.body) == (303, SENT, right.body)
    assert [to for _, to, _ in letters(people)] == [CHARLIE]


async def test_the_work_is_the_same_and_ends_at_a_beat(
    app: web.Application, browser: Browser, people: Books, pauses: Noted, monkeypatch
):
    hashed: list[str] = []
    original = app[PASSWORDS].hashed

    async def noted(password: str, *rest: object) -> str:
        hashed.append(password)
        return await original(password, *rest)

    monkeypatch.setattr(app[PASSWORDS], "hashed", noted)
    for email in (ALICE, "nobody@example.com"):
        await ask(browser, email=email)
    assert len(hashed) == len(pauses.seconds) == 2
    assert all(0 < one <= 0.5 for one in pauses.seconds)


async def test_a_blocked_login_and_a_former_owner_get_no_letter(browser: Browser, people: Books):
    people.rows("UPDATE subscriber SET blocked_at = now() WHERE email = %s", CHARLIE)
    people.account(HOME, valid_from="2026-11-01", last_name="Новая").load()
    assert (await ask(browser)).location == SENT
    assert (await ask(browser, FAR, CHARLIE)).location == SENT
    assert letters(people) == []


async def test_of_many_in_an_hour_three_are_mailed(browser: Browser, people: Books):
    people.subscriber(BOB, HOME)
    answers = await asyncio.gather(*(ask(browser) for _ in range(6)))
    assert {(one.status, one.location) for one in answers} == {(303, SENT)}
    assert len(letters(people)) == 3
    await ask(browser, email=BOB)
    assert len(letters(people)) == 4
    people.rows("UPDATE limit_window SET ends_at = now()")
    await ask(browser)
    assert len(letters(people)) == 5


async def test_an_address_may_ask_so_many_times(database: str, opened: Opener):
    app = make_app(Config(**settings(database, limits={"restore": "2/1h"})))
    app[PAUSES] = Noted()
    browser = await opened(app)
    statuses = [(await ask(browser)).status for _ in range(3)]
    assert statuses == [303, 303, 429]


@pytest.mark.parametrize(
    ("account", "email", "told"),
    [
        ("", ALICE, "Введите номер лицевого счёта"),
        (HOME, "", "Введите адрес почты"),
        (HOME, "alice", "Это не похоже на адрес почты"),
        (HOME, "a@b.ru, c@d.ru", "Это не похоже на адрес почты"),
    ],
)
async def test_a_form_with_mistakes_comes_back(
    browser: Browser, people: Books, account: str, email: str, told: str
):
    answer = await ask(browser, account, email)
    answer.page.check()
    assert answer.status == 422
    assert told in answer.page.text
    assert [one.get("value", "") for one in answer.page.fields] == [account, email]
    assert letters(people) == []
