"""Guessers are slowed down; the owner of a login is never locked out."""

import asyncio
from collections import Counter
from http.cookies import SimpleCookie

import pytest
from aiohttp import web

from lkcap.kit.limits import LONGEST_PAUSE
from tests.auth.conftest import ALICE, BOB, CHARLIE, HOME, Noted, enter, id_of, one_time
from tests.browserless import Answer, Browser
from tests.factory import Books

TEN = pytest.mark.parametrize("limits", [{"login": "10/15m"}])
DEVICE = "lkcap_device"


async def guess(browser: Browser, times: int, login: str = ALICE, network: str = "10.1") -> Counter:
    """Wrong passwords, each from an address of its own."""
    csrf, url = await browser.token(), browser.server.make_url("/login")
    free = asyncio.Semaphore(32)

    async def one(n: int) -> int:
        form = {"csrf": csrf, "login": login, "password": f"wrong-{n}"}
        headers = {"X-Forwarded-For": f"{network}.{n // 250}.{n % 250}"}
        async with (
            free,
            browser.http.post(url, data=form, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status

    return Counter(await asyncio.gather(*map(one, range(times))))


def cookies_of(answer: Answer) -> SimpleCookie:
    return SimpleCookie("; ".join(answer.headers.getall("Set-Cookie")))


@TEN
@pytest.mark.usefixtures("people")
async def test_past_the_limit_an_address_is_told_when_to_come_back(browser: Browser):
    statuses = [(await enter(browser, ALICE, "wrong")).status for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    refused = await enter(browser, ALICE, browser.password)
    refused.page.check()
    assert (refused.status, refused.page.h1) == (429, "Слишком много попыток")
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert (await enter(browser, ALICE, browser.password, address="203.0.113.8")).status == 303


@TEN
@pytest.mark.usefixtures("people")
async def test_a_right_password_does_not_count(browser: Browser, neighbour: Browser):
    for _ in range(12):
        assert (await enter(browser, ALICE, browser.password)).status == 303
        browser.http.cookie_jar.clear()
    statuses = [(await enter(neighbour, CHARLIE, "wrong")).status for _ in range(11)]
    assert statuses == [422] * 10 + [429]


@TEN
@pytest.mark.usefixtures("people")
async def test_a_login_tried_from_everywhere_is_slowed_down(browser: Browser, pauses: Noted):
    for n in range(12):
        assert await guess(browser, 1, network=f"10.{n}") == {422: 1}
    assert pauses.seconds[:6] == [0] * 6
    assert pauses.seconds[6:] == sorted(pauses.seconds[6:])
    assert pauses.seconds[-1] == LONGEST_PAUSE


@TEN
@pytest.mark.usefixtures("people")
async def test_an_unknown_login_is_slowed_down_the_same_way(browser: Browser, pauses: Noted):
    await guess(browser, 12, login="nobody@example.com")
    unknown, pauses.seconds = sorted(pauses.seconds), []
    await guess(browser, 12)
    assert sorted(pauses.seconds) == unknown


@TEN
@pytest.mark.usefixtures("people")
async def test_spellings_of_a_login_are_one(browser: Browser, pauses: Noted):
    for n, login in enumerate((HOME, "860 000 00017", "86-000-000-017") * 4):
        await guess(browser, 1, login=login, network=f"10.{n}")
    assert pauses.seconds[-1] == LONGEST_PAUSE


@TEN
@pytest.mark.usefixtures("people")
async def test_the_owner_s_browser_is_known_and_does_not_wait(
    browser: Browser, neighbour: Browser, pauses: Noted
):
    await enter(browser, ALICE, browser.password)
    await browser.post("/logout")
    await guess(neighbour, 30)
    # his address is the guessers' own, and still
    for _ in range(11):
        await enter(neighbour, CHARLIE, "wrong")
    pauses.seconds.clear()
    for login in (ALICE, HOME):
        assert (await enter(browser, login, browser.password)).status == 303
        await browser.post("/logout")
    assert pauses.seconds == []


@TEN
@pytest.mark.usefixtures("people")
async def test_a_known_browser_may_not_guess_on_either(browser: Browser):
    await enter(browser, ALICE, browser.password)
    await browser.post("/logout")
    statuses = [(await enter(browser, ALICE, "wrong")).status for _ in range(11)]
    assert statuses == [422] * 10 + [429]


@TEN
async def test_a_browser_is_known_by_its_own_subscriber_alone(
    browser: Browser, people: Books, pauses: Noted
):
    people.subscriber(BOB, HOME)
    await enter(browser, BOB, browser.password)
    await browser.post("/logout")
    for _ in range(10):
        await enter(browser, ALICE, "wrong")
    assert pauses.seconds[-1] > 0
    assert (await enter(browser, ALICE, "wrong")).status == 429


@TEN
async def test_after_a_new_password_browsers_are_strangers(
    app: web.Application, browser: Browser, neighbour: Browser, people: Books, pauses: Noted
):
    await enter(neighbour, ALICE, browser.password)
    await browser.login(ALICE, await one_time(app, people, ALICE))
    page = await browser.page("/settings/password/new")
    new = {"new": "шкаф под лестницей", "repeat": "шкаф под лестницей"}
    await browser.post("/settings/password/new", csrf=page.csrf[0], **new)
    pauses.seconds.clear()
    await enter(neighbour, ALICE, "wrong")
    assert pauses.seconds == [0]
    await browser.post("/logout")
    assert (await enter(browser, ALICE, "шкаф под лестницей")).status == 303
    assert pauses.seconds == [0]


@pytest.mark.usefixtures("people")
async def test_the_cookie_says_nothing_to_others_and_is_not_for_scripts(browser: Browser):
    answer = await enter(browser, ALICE, browser.password)
    cookie = cookies_of(answer)[DEVICE]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Lax", "/", "31536000")
    assert "alice" not in cookie.value
    await browser.post("/logout")
    for broken in ("", "nonsense", cookie.value[:-5], cookies_of(answer)["lkcap"].value):
        browser.http.cookie_jar.update_cookies({DEVICE: broken}, browser.server.make_url("/"))
        assert (await enter(browser, ALICE, browser.password)).status == 303
        await browser.post("/logout")


async def test_the_cookie_alone_opens_nothing(browser: Browser, people: Books):
    answer = await enter(browser, ALICE, browser.password)
    known = cookies_of(answer)[DEVICE].value
    browser.http.cookie_jar.clear()
    for name in (DEVICE, "lkcap"):
        assert (await browser.get("/account", Cookie=f"{name}={known}")).location == "/"


@TEN
async def test_ten_thousand_wrong_logins_leave_the_door_open_to_its_owner(
    browser: Browser, neighbour: Browser, people: Books, pauses: Noted
):
    await enter(browser, ALICE, browser.password)
    await browser.post("/logout")
    flood = asyncio.create_task(guess(neighbour, 10_000))
    while people.rows("SELECT count(*) < 5000 FROM login_event") == [(True,)]:  # noqa: ASYNC110
        await asyncio.sleep(0.2)
    assert (await enter(browser, ALICE, browser.password)).status == 303
    await browser.post("/logout")
    assert await flood == {422: 10_000}
    neighbour.http.cookie_jar.clear()
    assert (await enter(neighbour, HOME, browser.password)).status == 303
    assert (await enter(browser, ALICE, browser.password)).status == 303
    assert max(pauses.seconds) == LONGEST_PAUSE
    whose = id_of(people, ALICE)
    assert people.rows(
        "SELECT count(*) FROM login_event WHERE subscriber_id = %s AND outcome = %s",
        whose,
        "wrong_password",
    ) == [(10_000,)]
