"""The link of an invitation: what it opens, to whom, how long and how many times."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from lkcap.kit.keys import CLOCK
from tests.browserless import Browser
from tests.factory import Books
from tests.sharing.conftest import BOB, FAR, GOOD_PASSWORD, HOME, MARIA, Family, Letters, join

STATE = "SELECT relative_id, accepted_at FROM account_share"


async def test_who_has_no_login_sets_a_password_and_is_in(
    family: Family, neighbour: Browser, people: Books, letters: Letters
):
    await family.invite()
    page = await neighbour.page(family.link)
    assert "Примерова А. П. открывает вам" in page.text
    assert HOME not in page.text
    assert (await join(neighbour, family.link)).location == "/account"
    assert HOME in (await neighbour.page("/account")).text
    rows = "SELECT email_confirmed_at, consent_at, consent_version FROM subscriber WHERE email = %s"
    assert None not in people.rows(rows, MARIA)[0]
    name, to, facts = letters()[-1]
    assert (name, to, facts["called"]) == ("share_accepted", "alice@example.com", "дочь Мария")


async def test_the_new_login_comes_back_by_its_e_mail_alone(maria: Browser):
    await maria.post("/logout")
    assert (await maria.login(HOME, GOOD_PASSWORD)).status == 422
    assert (await maria.login(MARIA, GOOD_PASSWORD)).location == "/account"


async def test_opening_it_changes_nothing(family: Family, neighbour: Browser, people: Books):
    await family.invite()
    before = people.rows("SELECT * FROM account_share")
    for _ in range(3):
        await neighbour.page(family.link)
    assert people.rows("SELECT * FROM account_share") == before
    assert people.rows("SELECT count(*) FROM subscriber") == [(2,)]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"new": "", "repeat": ""}, "new"), ({"repeat": "другой пароль совсем"}, "repeat"),
        ({"new": "12345678", "repeat": "12345678"}, "new"),
        ({"new": MARIA, "repeat": MARIA}, "new"), ({"consent": ""}, "consent"),
    ],
)  # fmt: skip
async def test_a_poor_password_or_no_consent_makes_no_login(
    family: Family, neighbour: Browser, people: Books, said: dict[str, str], field: str
):
    await family.invite()
    answer = await join(neighbour, family.link, **said)
    answer.page.check()
    assert answer.status == 422
    assert answer.page.by_id(f"{field}-error")
    assert people.rows(STATE) == [(None, None)]
    assert people.rows("SELECT count(*) FROM subscriber") == [(2,)]


async def test_who_has_a_login_comes_in_and_accepts(
    family: Family, neighbour: Browser, people: Books
):
    await family.invite(email=BOB)
    page = await neighbour.page(family.link)
    assert f"{family.link}/accept" in page.links
    assert (await neighbour.get(f"{family.link}/accept")).location == "/"
    assert (await neighbour.login(BOB)).location == f"{family.link}/accept"
    await neighbour.page(f"{family.link}/accept")
    assert people.rows(STATE) == [(None, None)]
    assert (await neighbour.post(f"{family.link}/accept")).location == "/settings/sharing"
    page = await neighbour.page("/account")
    assert HOME in page.text
    assert FAR in page.text


async def test_another_login_gets_nothing_by_the_link(family: Family, bob: Browser, people: Books):
    await family.invite()
    unknown = (await bob.page("/invitation/none/accept", status=404)).text
    assert (await bob.page(f"{family.link}/accept", status=404)).text == unknown
    assert (await bob.post(f"{family.link}/accept")).status == 404
    assert people.rows(STATE) == [(None, None)]


async def test_the_owner_cannot_accept_himself(family: Family, people: Books):
    await family.invite()
    people.rows("UPDATE subscriber SET email = %s WHERE email = 'alice@example.com'", MARIA)
    assert (await family.alice.post(f"{family.link}/accept")).status == 404


async def test_an_address_that_is_not_confirmed_gets_nothing(
    family: Family, bob: Browser, people: Books
):
    await family.invite(email=BOB)
    people.rows("UPDATE subscriber SET email_confirmed_at = NULL WHERE email = %s", BOB)
    assert (await bob.post(f"{family.link}/accept")).status == 404


async def test_a_link_opens_once(family: Family, maria: Browser, bob: Browser):
    await maria.post("/logout")
    await maria.page(family.link, status=404)
    assert (await maria.post(family.link)).status == 404
    assert (await bob.post(f"{family.link}/accept")).status == 404


async def test_of_two_browsers_the_first_one_makes_the_login(
    family: Family, neighbour: Browser, people: Books
):
    await family.invite()
    token = (await neighbour.page(family.link)).csrf[0]
    said = {"new": GOOD_PASSWORD, "repeat": GOOD_PASSWORD, "consent": "yes", "csrf": token}
    answers = await asyncio.gather(*(neighbour.post(family.link, **said) for _ in range(3)))
    assert "/account" in [one.headers.get("Location") for one in answers]
    assert people.rows("SELECT count(*) FROM subscriber") == [(3,)]
    assert people.rows("SELECT count(*) FROM letter WHERE name = 'share_accepted'") == [(1,)]


async def test_after_three_days_it_is_dead(
    app: web.Application, family: Family, neighbour: Browser, people: Books
):
    await family.invite()
    ((until,),) = people.rows("SELECT expires_at FROM account_share")
    assert timedelta(hours=71) < until - app[CLOCK].now() <= timedelta(hours=72)
    people.rows("UPDATE account_share SET expires_at = %s", datetime.now(UTC) - timedelta(days=400))
    await neighbour.page(family.link, status=404)
    assert (await neighbour.post(family.link, new="x")).status == 404
    page = await family.alice.page("/settings/sharing")
    assert "больше не действует" in page.by_id("waiting")


async def test_a_login_whose_accounts_are_gone_accepts_first(
    family: Family, neighbour: Browser, people: Books
):
    people.rows("DELETE FROM subscriber_account WHERE account_id = "
                "(SELECT account_id FROM account WHERE number = %s)", FAR)  # fmt: skip
    assert (await neighbour.login(BOB)).status == 422
    await family.invite(email=BOB)
    page = await neighbour.page(family.link)
    assert "уже есть вход" in page.text
    assert (await neighbour.post(family.link, csrf=page.csrf[0])).location == "/login"
    assert (await neighbour.login(BOB)).location == "/account"


async def test_a_blocked_login_accepts_nothing(family: Family, neighbour: Browser, people: Books):
    people.rows("UPDATE subscriber SET blocked_at = now() WHERE email = %s", BOB)
    await family.invite(email=BOB)
    await neighbour.page(family.link)
    await neighbour.post(family.link, new=GOOD_PASSWORD, repeat=GOOD_PASSWORD)
    assert people.rows(STATE) == [(None, None)]


async def test_the_consent_can_be_read_before(browser: Browser):
    page = await browser.page("/invitation/consent")
    assert "152-ФЗ" in page.text
