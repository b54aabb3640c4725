"""A fund with two keys, Alice with a year of books, and a way to issue without a browser."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lkcap.auth.model import ReaderAccount
from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.month import Month
from lkcap.references.model import Reference
from lkcap.references.service import issue
from lkcap.statement.forms import Wish
from tests.browserless import Browser
from tests.conftest import settings
from tests.factory import Books
from tests.receipts.conftest import FUND

ALICE, NUMBER = "alice@example.com", "86000000017"
YEAR = Wish(Month(2025, 12), Month(2026, 11))

Issue = Callable[..., Awaitable[Reference]]


def write_key(path: Path) -> str:
    key = Ed25519PrivateKey.generate()
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(path)


@pytest.fixture
def keys(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Files: the key that signs, and the one before it."""
    folder = tmp_path_factory.mktemp("keys")
    return [write_key(folder / "new.pem"), write_key(folder / "old.pem")]


@pytest.fixture
def config(database: str, keys: list[str]) -> Config:
    return signed_by(database, keys)


def signed_by(database: str, keys: list[str], **more: object) -> Config:
    """The site's settings with these keys, or with none."""
    site = {"public_url": "http://lk.example.com", "fund": FUND, "reference_keys": tuple(keys)}
    return Config(**settings(database, **site | more))


@pytest.fixture
def year(books: Books) -> Books:
    """Alice owes 774.47 and a penalty of 0.32; loaded."""
    books.house().account()
    books.entry("2025-12", amount="1216,58", op="opening", for_period="")
    books.entry("2026-10", amount="1216,58", op="payment")
    books.entry("2026-10", amount="879,97")
    books.entry("2026-10", amount="-105,50", op="recalculation", document="распоряжение № 118")
    books.entry("2026-10", amount="0,32", kind="penalty")
    books.load()
    return books.subscriber(ALICE, NUMBER)


@pytest.fixture
async def alice(year: Books, browser: Browser) -> Browser:
    await browser.login(ALICE)
    return browser


def reader_account(books: Books, number: str = NUMBER, since: date | None = None) -> ReaderAccount:
    """The account as the door hands it to a page."""
    ((subscriber_id, account_id),) = books.rows(
        "SELECT subscriber_id, account_id FROM account JOIN subscriber_account USING (account_id)"
        " WHERE number = %s",
        number,
    )
    return ReaderAccount(
        subscriber_id=subscriber_id, seen_at=datetime.now(UTC), is_current=True,
        account_id=account_id, number=number, house_id=1, address="", premises_kind="living",
        premises="1", owner_since=since, principal=0, penalty=0,
    )  # fmt: skip


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Database]:
    one = Database(database)
    yield one
    await one.close()


@pytest.fixture
def issued(config: Config, books: Books, pool: Database) -> Issue:
    """Issue the reference of an account, of the last twelve months unless said."""

    async def issued(wish: Wish = YEAR, number: str = NUMBER, config: Config = config) -> Reference:
        return await issue(pool, config, reader_account(books, number), wish)

    return issued
