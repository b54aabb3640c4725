"""An ordinary page is at most 30 KB of HTML, whoever looks at it; what is longer says here why.

Twelve years of an account, every month charged and paid: nobody has a longer history.
"""

from datetime import UTC, datetime

import pytest
from aiohttp import web

from lkcap.auth.one_time import issue
from lkcap.config import Config
from lkcap.kit.db import transaction
from lkcap.kit.month import Month, months
from tests.browserless import Browser
from tests.conftest import PASSWORD, settings
from tests.everywhere import is_page, page_of, pages_of, plain, unlinked
from tests.factory import Books
from tests.payments.conftest import FUND
from tests.staff.desk import Desk

KB = 1024
PAGE_MAX = 30 * KB
ALICE, NEWCOMER, RICH = "alice@example.com", "new@example.com", "rich@example.com"
HOME, FAR, TWO = "86000000017", "86000000025", "86000000033"
FIRST, LAST = Month(2014, 9), Month(2026, 11)
MEETING = "Взнос по решению собрания"
# Views of a page that its forms and links lead to.
VIEWS = (
    "/statement?mode=general",
    "/statement?mode=extended",
    "/statement?debt=penalty",
    "/statement?debt=penalty&mode=extended",
    "/statement?from=2019-03&to=2020-02",
    "/account/why?kind=penalty",
    "/account/plan?monthly=500",
    "/payments?year=2020",
    "/receipts?year=2020",
    "/pay?account=86000000017",
    "/guide?q=счёт",
    *(f"/guide?part={part}" for part in ("1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8")),
)
# What is as long as the thing itself, compressed like every page; the most it may be.
LONG = {
    # each month asked for has its row of nine amounts, 0.6 KB a month in the shortest mode
    "/statement?from=2014-09&mode=general": 100 * KB,
    "/statement?from=2014-09": 150 * KB,
    "/statement?from=2014-09&mode=extended": 260 * KB,
    # the whole manual at once, for printing and for the search of a browser
    "/guide?part=all": 40 * KB,
}
# Of an account with two services the extended mode has twice the rows.
TWO_SERVICES_EXTENDED_MAX = 48 * KB


def write_twelve_years(books: Books, account: str, *services: str) -> None:
    """Charged at the end of each month, paid on the eighth of the next, a penalty now and then."""
    for month in months(FIRST, LAST):
        for service in services:
            about = {"account": account, "service": service}
            working = {"document": f"начисление {month}", "details": "18,49 ₽ × 51,2 м²"}
            books.entry(str(month), posted_on=month.last_day, **about, **working)
            if month > FIRST:
                paid = {"document": "п/п 104512", "for_period": str(month + -1)}
                books.entry(str(month), op="payment", posted_on=f"{month}-08", **about, **paid)
        if month.month % 3 == 0:
            books.entry(str(month), account=account, kind="penalty", amount="13,16")


@pytest.fixture
def region(books: Books) -> Books:
    books.house().account(HOME).account(TWO, premises="28", els="99ЯЯ000003")
    books.account(FAR, premises="29", els="99ЯЯ000002")
    for year in range(2014, 2044, 3):
        books.add("works", {
            "house_id": "H-1", "position": year, "kind": "Ремонт крыши", "status": "planned",
            "planned_year": year, "planned_cost": "5610000,00",
        })  # fmt: skip
    write_twelve_years(books, HOME, "Взнос на капитальный ремонт")
    write_twelve_years(books, TWO, "Взнос на капитальный ремонт", MEETING)
    books.load()
    return books.subscriber(ALICE, HOME).subscriber(RICH, TWO).subscriber(NEWCOMER, FAR)


@pytest.fixture
def config(database: str) -> Config:
    wide = dict.fromkeys(("login", "restore", "register", "guest", "verify"), "10000/15m")
    return Config(**settings(database, limits=wide, fund=FUND))


@pytest.fixture
async def alice(region: Books, browser: Browser) -> Browser:
    await browser.login(ALICE)
    return browser


@pytest.fixture
async def admin(config: Config, neighbour: Browser) -> Browser:
    await Desk(config).enter(neighbour, "admin")
    return neighbour


class Scales:
    """Opens page after page, one of each kind, and weighs them."""

    def __init__(self, pages: set[str]) -> None:
        self.pages = pages
        self.opened: set[str] = set()
        self.heavy: list[str] = []

    async def walk(self, browser: Browser, first: list[str]) -> None:
        waiting, asked = list(first), set(first)
        while waiting:
            for link in await self.weigh(browser, waiting.pop(0)):
                if link not in asked and self._names_something_new(link):
                    asked.add(link)
                    waiting.append(link)

    def _names_something_new(self, link: str) -> bool:
        """Pages that name nothing are opened by themselves."""
        kind = page_of(link, self.pages) if is_page(link) else None
        return kind is not None and "{" in kind and kind not in self.opened

    async def weigh(self, browser: Browser, address: str, most: int = PAGE_MAX) -> list[str]:
        """The links of the page; none where it is closed to this reader."""
        answer = await browser.get(address)
        if answer.status != 200 or "html" not in answer.headers["Content-Type"]:
            return []
        self.opened.add(page_of(address, self.pages) or address)
        if len(answer.body) > most:
            self.heavy.append(f"{address}: {len(answer.body)} bytes")
        return answer.page.links


@pytest.fixture
def scales(app: web.Application) -> Scales:
    return Scales(pages_of(app))


async def newcomer(app: web.Application, browser: Browser, books: Books) -> Browser:
    """Who came with a one-time password."""
    ((whose,),) = books.rows("SELECT subscriber_id FROM subscriber WHERE email = %s", NEWCOMER)
    async with transaction(app) as conn:
        password = await issue(app, conn, whose, datetime.now(UTC))
    await browser.login(NEWCOMER, password)
    return browser


async def test_every_page_is_of_ordinary_size(
    app: web.Application, scales: Scales, alice: Browser, admin: Browser, region: Books,
    config: Config,
):  # fmt: skip
    await alice.post("/settings/code", password=PASSWORD)
    first = plain(scales.pages)
    others = list(await unlinked(alice, region, config, ALICE))
    await scales.walk(admin, [*first, *others])
    await scales.walk(alice, [*first, *others, *VIEWS])
    async with Browser(alice.server, PASSWORD) as stranger:
        await scales.walk(stranger, [*first, *others])
        await scales.walk(await newcomer(app, stranger, region), ["/settings/password/new"])
    assert scales.heavy == []
    assert scales.pages - scales.opened == set(), "pages that nobody has opened"


async def test_two_services_have_an_ordinary_statement(
    scales: Scales, browser: Browser, region: Books
):
    await browser.login(RICH)
    for address in ("/statement", "/statement?mode=general", "/statement?debt=penalty"):
        await scales.weigh(browser, address)
    await scales.weigh(browser, "/statement?mode=extended", TWO_SERVICES_EXTENDED_MAX)
    assert scales.heavy == []


async def test_what_is_long_is_as_long_as_it_must_be(scales: Scales, alice: Browser):
    for address, most in LONG.items():
        await scales.weigh(alice, address, most)
        assert len((await alice.get(address)).body) > PAGE_MAX, f"{address} is ordinary by now"
    assert scales.heavy == []
