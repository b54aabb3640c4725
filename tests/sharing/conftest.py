"""Alice has two accounts and a family; Bob has one of his own; what was written to whom."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import SecretStr

from lkcap.config import Config
from lkcap.mail.letter import unseal
from lkcap.profile.tokens import hash_of
from tests.browserless import Answer, Browser
from tests.conftest import KEY, PASSWORD, settings
from tests.factory import Books
from tests.payments.conftest import FUND

ALICE, BOB, MARIA = "alice@example.com", "bob@example.com", "maria@example.com"
HOME, GARAGE, FAR = "86000000017", "86000000025", "86000000033"
GOOD_PASSWORD = "шкаф под лестницей и три кота"
OWNER = "Примерова\u00a0А.\u00a0П."

Letters = Callable[[], list[tuple[str, str, dict[str, Any]]]]


# As if she had been invited and had come; her password is the one every test knows.
OPENED = """
    INSERT INTO account_share (owner_id, account_id, owner_key, called, email, may, invited_at,
                               relative_id, accepted_at)
    SELECT owner.subscriber_id, link.account_id, link.owner_key, 'родственник', relative.email, %s,
           now(), relative.subscriber_id, now()
      FROM subscriber owner
      JOIN subscriber_account link USING (subscriber_id)
      JOIN account USING (account_id)
      JOIN subscriber relative ON relative.email = %s
     WHERE owner.email = %s AND account.number = %s
"""


def opened(books: Books, number: str, owner: str, relative: str, may: str) -> Books:
    books.subscriber(relative).rows(OPENED, may, relative, owner, number)
    return books


# As if somebody were invited, whether or not he has a login.
OFFERED = """
    INSERT INTO account_share (owner_id, account_id, owner_key, called, email, may, invited_at,
                               token_hash, expires_at)
    SELECT owner.subscriber_id, link.account_id, link.owner_key, 'родственник', %s, 'view',
           now(), %s, now() + interval '1 hour'
      FROM subscriber owner
      JOIN subscriber_account link USING (subscriber_id)
      JOIN account USING (account_id)
     WHERE owner.email = %s AND account.number = %s
"""


def offered(books: Books, number: str, owner: str, email: str, token: str) -> Books:
    books.rows(OFFERED, email, hash_of(token), owner, number)
    return books


@pytest.fixture
def config(database: str) -> Config:
    return Config(**settings(database, fund=FUND))


@pytest.fixture
def people(books: Books) -> Books:
    books.house().house(house_id="H-2", address="г. Дальний, ул. Сосновая, д. 2")
    books.account(HOME).account(GARAGE, premises="7", premises_kind="parking", els="99ЯЯ000003")
    books.account(FAR, house_id="H-2", last_name="Чужова", els="99ЯЯ000002")
    books.entry("2026-09").entry("2026-10")
    books.load()
    return books.subscriber(ALICE, HOME, GARAGE).subscriber(BOB, FAR)


@pytest.fixture
def letters(books: Books) -> Letters:
    """(name, to, facts) of what is queued, the oldest first."""

    def read() -> list[tuple[str, str, dict[str, Any]]]:
        rows = books.rows(
            "SELECT name, recipient, facts FROM letter WHERE facts IS NOT NULL ORDER BY letter_id"
        )
        keys = [SecretStr(KEY)]
        return [(name, to, unseal(bytes(facts), keys)) for name, to, facts in rows]

    return read


@pytest.fixture
async def alice(people: Books, browser: Browser) -> Browser:
    assert (await browser.login(ALICE)).status == 303
    return browser


@dataclass(slots=True)
class Family:
    """Alice's side of it, and the link that the letter brought."""

    alice: Browser
    letters: Letters

    async def invite(self, email: str = MARIA, may: str = "view", account: str = HOME) -> Answer:
        said = {"called": "дочь Мария", "email": email, "may": may, "account": account}
        return await self.alice.post("/settings/sharing", **said)

    @property
    def link(self) -> str:
        """The path in the last invitation."""
        found = [facts["link"] for name, _, facts in self.letters() if name == "share_invitation"]
        return str(found[-1]).removeprefix("http://127.0.0.1")

    async def person(self) -> str:
        """The address of the first one of the list."""
        page = await self.alice.page("/settings/sharing")
        return next(one for one in page.links if one.removeprefix("/settings/sharing/").isdigit())

    async def revoke(self) -> Answer:
        return await self.alice.post(f"{await self.person()}/revoke")


@pytest.fixture
def family(alice: Browser, letters: Letters) -> Family:
    return Family(alice, letters)


async def join(browser: Browser, link: str, password: str = GOOD_PASSWORD, **more: str) -> Answer:
    """Set a password by the link, as who has no login does."""
    token = (await browser.page(link)).csrf[0]
    said = {"new": password, "repeat": password, "consent": "yes"} | more
    return await browser.post(link, csrf=token, **said)


@pytest.fixture
async def maria(family: Family, neighbour: Browser) -> Browser:
    """She looks at her mother's account, and has none of her own."""
    assert (await family.invite()).status == 303
    assert (await join(neighbour, family.link)).location == "/account"
    return neighbour


@pytest.fixture
async def payer(family: Family, neighbour: Browser) -> Browser:
    """The same with the right to pay."""
    assert (await family.invite(may="pay")).status == 303
    assert (await join(neighbour, family.link)).location == "/account"
    return neighbour


@pytest.fixture
async def bob(people: Books, browser: Browser) -> AsyncIterator[Browser]:
    async with Browser(browser.server, PASSWORD) as one:
        assert (await one.login(BOB)).status == 303
        yield one
