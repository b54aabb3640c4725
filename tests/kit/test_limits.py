"""A form may be sent so many times from one address; all processes count together."""

import asyncio
from collections import Counter

import pytest
from aiohttp import web

from lkcap.app import make_app
from lkcap.config import Config, Limit
from lkcap.kit.limits import (
    EVERYONE_TIMES,
    LONGEST_PAUSE,
    NETWORK_TIMES,
    PAUSES,
    Pauses,
    TooMany,
    count,
    count_guess,
    give_back,
    pause_after,
)
from lkcap.kit.limits import (
    Counter as Whose,
)
from lkcap.kit.security import public
from lkcap.tidy import run as tidy
from tests.browserless import Browser
from tests.conftest import settings
from tests.factory import Books
from tests.kit.conftest import Opener

TEN = Limit(count=10, seconds=900)
TWO = Limit(count=2, seconds=900)
WINDOW = "SELECT attempts, ends_at FROM limit_window"


@public
async def knock(request: web.Request) -> web.Response:
    await count(request, request.match_info["form"], TEN)
    return web.Response(text="come in")


@public
async def guess(request: web.Request) -> web.Response:
    await count_guess(request, "guess", TWO)
    return web.Response(text="come in")


class Noted(Pauses):
    """Nobody waits; how long everybody should have is written down."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    async def wait(self, seconds: float) -> None:
        self.seconds.append(seconds)


def knocked(database: str) -> web.Application:
    """A process of the site with a form to be counted, behind a proxy on the same machine."""
    app = make_app(Config(**settings(database, trusted_proxies="127.0.0.1")))
    app.router.add_get("/knock/{form}", knock)
    app.router.add_get("/guess", guess)
    app[PAUSES] = Noted()
    return app


@pytest.fixture
async def visitor(database: str, opened: Opener) -> Browser:
    return await opened(knocked(database))


async def statuses(
    browser: Browser, times: int, form: str = "verify", address: str = ""
) -> Counter:
    """How often each status came, all asked at once."""
    headers = {"X-Forwarded-For": address} if address else {}
    asked = [browser.get(f"/knock/{form}", **headers) for _ in range(times)]
    return Counter(answer.status for answer in await asyncio.gather(*asked))


async def test_of_fifty_at_once_exactly_ten_pass(visitor: Browser):
    assert await statuses(visitor, 50) == {200: 10, 429: 40}


async def test_two_processes_count_together(visitor: Browser, database: str, opened: Opener):
    other = await opened(knocked(database))
    one, two = await asyncio.gather(statuses(visitor, 25), statuses(other, 25))
    assert one + two == {200: 10, 429: 40}


async def test_each_form_and_each_address_counts_for_itself(visitor: Browser):
    assert await statuses(visitor, 11) == {200: 10, 429: 1}
    assert await statuses(visitor, 1, form="guest") == {200: 1}
    assert await statuses(visitor, 1, address="203.0.113.7") == {200: 1}


async def test_one_network_of_ipv6_is_one_address(visitor: Browser):
    assert await statuses(visitor, 10, address="2001:db8::1") == {200: 10}
    assert await statuses(visitor, 1, address="2001:db8::2") == {429: 1}
    assert await statuses(visitor, 1, address="2001:db8:0:1::1") == {200: 1}


async def test_the_refused_are_told_when_to_come_back(visitor: Browser, books: Books):
    await statuses(visitor, 10)
    books.rows("UPDATE limit_window SET ends_at = now() + interval '12 minutes'")
    answer = await visitor.get("/knock/verify")
    answer.page.check()
    assert (answer.status, answer.page.h1) == (429, "Слишком много попыток")
    assert "Попробуйте через 12 минут." in answer.page.text
    assert 11 * 60 < int(answer.headers["Retry-After"]) <= 12 * 60


async def test_the_refused_do_not_prolong_the_window(visitor: Browser, books: Books):
    await statuses(visitor, 10)
    ((_, ends_at),) = books.rows(WINDOW)
    await statuses(visitor, 5)
    assert books.rows(WINDOW) == [(15, ends_at)]


async def test_the_window_begins_at_the_first_attempt(visitor: Browser, books: Books):
    await statuses(visitor, 1)
    assert books.rows("SELECT ends_at > now() + interval '14 minutes' FROM limit_window") == [
        (True,)
    ]
    assert books.rows("SELECT ends_at <= now() + interval '15 minutes' FROM limit_window") == [
        (True,)
    ]


async def test_after_the_window_another_one_begins(visitor: Browser, books: Books):
    await statuses(visitor, 11)
    books.rows("UPDATE limit_window SET ends_at = now()")
    assert await statuses(visitor, 11) == {200: 10, 429: 1}
    assert books.rows("SELECT ends_at > now() + interval '14 minutes' FROM limit_window") == [
        (True,)
    ]


async def test_an_attempt_stays_counted_when_the_form_fails(database: str, opened: Opener):
    @public
    async def broken(request: web.Request) -> web.Response:
        await count(request, "broken", Limit(count=1, seconds=60))
        raise RuntimeError

    app = knocked(database)
    app.router.add_get("/broken", broken)
    browser = await opened(app)
    assert [(await browser.get("/broken")).status for _ in range(2)] == [500, 429]


async def guessed(browser: Browser, *addresses: str) -> list[int]:
    """Statuses of guesses from these addresses, one after another."""
    return [(await browser.get("/guess", **{"X-Forwarded-For": one})).status for one in addresses]


@pytest.mark.parametrize("network", ["203.0.113.{}", "2001:db8:0:{}::1"])
async def test_a_network_has_so_many_times_an_address_s_guesses(visitor: Browser, network: str):
    addresses = [network.format(n) for n in range(1, NETWORK_TIMES + 2)]
    whole = [one for one in addresses[:-1] for _ in range(2)]
    assert await guessed(visitor, *whole) == [200] * len(whole)
    assert await guessed(visitor, addresses[-1]) == [429]
    assert await guessed(visitor, "198.51.100.1", "2001:db8:1::1") == [200, 200]


async def test_all_together_have_so_many_times_as_much(visitor: Browser, books: Books):
    await guessed(visitor, "203.0.113.1")
    books.rows(
        "UPDATE limit_window SET attempts = %s WHERE address = 'everyone'", 2 * EVERYONE_TIMES - 1
    )
    assert await guessed(visitor, "198.51.100.1", "192.0.2.1") == [200, 429]


async def test_who_is_refused_uses_nothing_up_of_the_others(visitor: Browser, books: Books):
    assert await guessed(visitor, *["203.0.113.1"] * 5) == [200, 200, 429, 429, 429]
    assert sorted(books.rows("SELECT address, attempts FROM limit_window")) == [
        ("203.0.113.0/24", 2),
        ("203.0.113.1", 5),
        ("everyone", 2),
    ]


async def test_whose_share_is_used_up_most_decides_the_pause(database: str, opened: Opener):
    app = knocked(database)
    browser = await opened(app)
    await guessed(browser, *[f"203.0.113.{n}" for n in range(1, 2 * NETWORK_TIMES + 1)])
    half = NETWORK_TIMES + 1
    assert app[PAUSES].seconds[:half] == [0.0] * half
    assert app[PAUSES].seconds[half:] == sorted(set(app[PAUSES].seconds[half:]))
    assert 0 < app[PAUSES].seconds[-1] < LONGEST_PAUSE


@pytest.mark.parametrize("limit", [1, 2, 3, 20, 4000])
def test_a_pause_grows_from_nothing_to_the_longest(limit: int):
    one = Limit(count=limit, seconds=900)
    pauses = [pause_after(n, one) for n in range(1, 2 * limit + 2)]
    assert pauses[0] == 0
    assert set(pauses[: limit // 2]) <= {0}
    assert pauses == sorted(pauses)
    assert max(pauses[:limit]) < LONGEST_PAUSE
    assert pauses[limit] == pauses[-1] == LONGEST_PAUSE


async def test_too_many_who_wait_are_a_load_themselves():
    pauses = Pauses(most=2)
    await pauses.wait(0)
    waiting = [asyncio.create_task(pauses.wait(60)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(TooMany) as refused:
        await pauses.wait(1.5)
    assert refused.value.seconds == 2
    await pauses.wait(0)
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await pauses.wait(0.001)


async def test_an_attempt_given_back_does_not_count(database: str, opened: Opener):
    app = knocked(database)
    browser = await opened(app)
    await statuses(browser, 10, address="203.0.113.7")
    await give_back(app, Whose("verify", "203.0.113.7"))
    await give_back(app, Whose("verify", "203.0.113.99"))
    assert await statuses(browser, 2, address="203.0.113.7") == {200: 1, 429: 1}


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (1, "1 минуту"),
        (60, "1 минуту"),
        (61, "2 минуты"),
        (720, "12 минут"),
        (1201, "21 минуту"),
        (3541, "1 час"),
        (3600, "1 час"),
        (3601, "1 час 1 минуту"),
        (7500, "2 часа 5 минут"),
    ],
)
def test_the_time_left_is_told_in_minutes_never_too_early(seconds: int, told: str):
    refusal = TooMany(seconds)
    assert str(refusal).replace("\N{NO-BREAK SPACE}", " ") == f"Попробуйте через {told}."
    assert refusal.headers == {"Retry-After": str(seconds)}


async def test_tidy_forgets_the_windows_that_have_ended(
    visitor: Browser, books: Books, capsys: pytest.CaptureFixture[str]
):
    await statuses(visitor, 1, form="guest")
    books.rows("UPDATE limit_window SET ends_at = now()")
    await statuses(visitor, 1, form="verify")
    assert await asyncio.to_thread(tidy, Config(**settings(books.database))) == 0
    assert books.rows("SELECT form FROM limit_window") == [("verify",)]
    assert "отживших счётчиков форм убрано: 1" in capsys.readouterr().out
