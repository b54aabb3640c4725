"""Alice and Bob own one account, Charlie another in another house."""

import pytest
from aiohttp import web
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from lkcap.app import make_app
from lkcap.auth.one_time import issue
from lkcap.config import Config
from lkcap.kit.db import transaction
from lkcap.kit.keys import CLOCK
from lkcap.kit.limits import PAUSES, Pauses
from lkcap.kit.workers import Workers
from tests.browserless import Answer, Browser
from tests.conftest import settings
from tests.factory import Books

ALICE, BOB, CHARLIE = "alice@example.com", "bob@example.com", "charlie@example.com"
HOME, FAR = "86000000017", "86000000025"


class Noted(Pauses):
    """Nobody waits; how long everybody should have is written down."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    async def wait(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def people(books: Books) -> Books:
    books.house().house(house_id="H-2", address="г. Дальний, ул. Сосновая, д. 2")
    books.account(HOME, aliases="5500123,680-015-500@2020-01-01")
    books.account(FAR, house_id="H-2", premises="5", last_name="Чужова", els="99ЯЯ000002")
    books.entry("2026-10").entry("2026-10", account=FAR, amount="111,11").load()
    return books.subscriber(ALICE, HOME).subscriber(CHARLIE, FAR)


@pytest.fixture
def pauses() -> Noted:
    return Noted()


@pytest.fixture
def limits() -> dict[str, str]:
    """Wide where a test is not about them."""
    return {"login": "1000/15m", "restore": "1000/1h"}


@pytest.fixture
def config(database: str, limits: dict[str, str]) -> Config:
    return Config(**settings(database, limits=limits, trusted_proxies="127.0.0.1"))


@pytest.fixture
def app(config: Config, workers: Workers, pauses: Noted) -> web.Application:
    app = make_app(config, PasswordHasher.from_parameters(CHEAPEST), workers)
    app[PAUSES] = pauses
    return app


def id_of(books: Books, email: str) -> int:
    ((found,),) = books.rows("SELECT subscriber_id FROM subscriber WHERE email = %s", email)
    return int(found)


async def one_time(app: web.Application, books: Books, email: str) -> str:
    """A one-time password of the login, as a letter would bring it."""
    async with transaction(app) as conn:
        return await issue(app, conn, id_of(books, email), app[CLOCK].now())


async def enter(
    browser: Browser, login: str, password: str, *, address: str = "203.0.113.7"
) -> Answer:
    """Log in from an address of the internet."""
    form = {"csrf": await browser.token(), "login": login, "password": password}
    url, headers = browser.server.make_url("/login"), {"X-Forwarded-For": address}
    async with browser.http.post(
        url, data=form, headers=headers, allow_redirects=False
    ) as response:
        return Answer(response.status, response.headers, await response.read())
