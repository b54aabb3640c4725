"""«Отписаться» from a letter (RFC 8058): no cookie, no login, said twice it is the same."""

import base64

import pytest
from aiohttp import ClientSession, DummyCookieJar
from cryptography.fernet import Fernet

from lkcap.config import Config
from lkcap.profile import unsubscribe
from tests.browserless import Browser
from tests.conftest import KEY, settings
from tests.factory import Books
from tests.profile.conftest import ALICE, BOB, FAR, HOME, account_of, id_of
from tests.profile.test_receipts import subscribed


@pytest.fixture
def path(people: Books, config: Config) -> str:
    """Of Alice's letter; Bob is subscribed too."""
    people.rows(
        "INSERT INTO receipt_subscription"
        " SELECT subscriber_id, account_id, now() FROM subscriber_account"
        "   JOIN account USING (account_id) WHERE number IN (%s, %s)", HOME, FAR,
    )  # fmt: skip
    token = unsubscribe.token(config, id_of(people, ALICE), account_of(people, HOME))
    return f"/unsubscribe/{token}"


async def one_click(browser: Browser, path: str) -> int:
    """As a mail program sends it."""
    async with (
        ClientSession(cookie_jar=DummyCookieJar()) as http,
        http.post(
            browser.server.make_url(path),
            data={"List-Unsubscribe": "One-Click"},
            allow_redirects=False,
        ) as answer,
    ):
        return answer.status


async def test_one_click_ends_it_and_a_second_changes_nothing(
    path: str, browser: Browser, people: Books
):
    assert [await one_click(browser, path) for _ in range(2)] == [200, 200]
    assert subscribed(people) == [(BOB, FAR)]


async def test_looking_at_it_changes_nothing(path: str, browser: Browser, people: Books):
    page = await browser.page(path)
    assert page.h1 == "Больше не присылать квитанции?"
    assert subscribed(people) == [(ALICE, HOME), (BOB, FAR)]


async def test_the_page_tells_no_more_than_the_end_of_the_number(path: str, browser: Browser):
    page = await browser.page(path)
    assert "•••••••0017" in page.text
    for secret in (HOME, ALICE, "Примеров", "Кедровая"):
        assert secret not in page.html


async def test_there_is_a_way_back(path: str, browser: Browser, people: Books):
    answer = await browser.post(path)
    answer.page.check()
    assert answer.page.h1 == "Квитанции больше не приходят"
    answer = await browser.post(f"{path}/back")
    assert (answer.status, answer.location) == (303, path)
    assert subscribed(people) == [(ALICE, HOME), (BOB, FAR)]


async def test_the_way_back_needs_its_token(path: str, browser: Browser, people: Books):
    await browser.post(path)
    assert (await browser.post(f"{path}/back", csrf="wrong")).status == 403
    assert subscribed(people) == [(BOB, FAR)]


async def test_there_is_none_to_an_account_that_is_another_s_now(
    path: str, browser: Browser, people: Books
):
    people.rows("UPDATE subscriber_account SET owner_key = 'former'")
    answer = await browser.post(path)
    assert answer.status == 200
    assert not answer.page.all(f'form[action="{path}/back"]')
    await browser.post(f"{path}/back")
    assert subscribed(people) == [(BOB, FAR)]


async def test_a_login_that_is_gone_is_not_an_error(path: str, browser: Browser, people: Books):
    people.rows("DELETE FROM subscriber_account")
    assert await one_click(browser, path) == 200


@pytest.mark.parametrize("length", [0, 8, 24, 25])
async def test_what_we_have_not_signed_is_no_page(path: str, browser: Browser, length: int):
    token = base64.urlsafe_b64encode(b"\1" * length).decode() or "x"
    assert (await browser.get(f"/unsubscribe/{token}")).status == 404
    assert await one_click(browser, f"/unsubscribe/{token}") == 404


async def test_every_letter_of_a_token_counts(path: str, browser: Browser):
    token = path.rpartition("/")[2]
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        forged = token[:place] + other + token[place + 1 :]
        assert (await browser.get(f"/unsubscribe/{forged}")).status == 404


def test_letters_outlive_a_change_of_keys(database: str, config: Config):
    sent = unsubscribe.token(config, 7, 9)
    new_key = Fernet.generate_key().decode()
    rotated = Config(**settings(database, secret_keys=f"{new_key},{KEY}"))
    assert unsubscribe.read(rotated, sent) == (7, 9)
    assert unsubscribe.token(rotated, 7, 9) != sent
    assert unsubscribe.read(Config(**settings(database, secret_keys=new_key)), sent) is None


def test_a_token_is_an_address_of_a_header(config: Config):
    token = unsubscribe.token(config, 2**31 - 1, 2**31 - 1)
    assert len(token) == 32
    assert token.replace("-", "").replace("_", "").isalnum()
