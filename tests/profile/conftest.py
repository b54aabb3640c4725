"""Alice owns two accounts, Bob one; what was written to whom."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import SecretStr

from lkcap.mail.letter import unseal
from tests.browserless import Browser
from tests.conftest import KEY
from tests.factory import Books

ALICE, BOB = "alice@example.com", "bob@example.com"
HOME, GARAGE, FAR = "86000000017", "86000000025", "86000000033"
NEW = "anna-new@example.com"
GOOD_PASSWORD = "шкаф под лестницей и три кота"

Letters = Callable[[], list[tuple[str, str, dict[str, Any]]]]


@pytest.fixture
def people(books: Books) -> Books:
    books.house().house(house_id="H-2", address="г. Дальний, ул. Сосновая, д. 2")
    books.account(HOME).account(GARAGE, premises="7", premises_kind="parking", els="99ЯЯ000003")
    books.account(FAR, house_id="H-2", last_name="Чужова", els="99ЯЯ000002")
    books.load()
    return books.subscriber(ALICE, HOME, GARAGE).subscriber(BOB, FAR)


@pytest.fixture
async def alice(people: Books, browser: Browser) -> Browser:
    await browser.login(ALICE)
    return browser


@pytest.fixture
async def bob(people: Books, neighbour: Browser) -> Browser:
    await neighbour.login(BOB)
    return neighbour


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


def id_of(books: Books, email: str) -> int:
    ((found,),) = books.rows("SELECT subscriber_id FROM subscriber WHERE email = %s", email)
    return int(found)


def account_of(books: Books, number: str) -> int:
    ((found,),) = books.rows("SELECT account_id FROM account WHERE number = %s", number)
    return int(found)
