"""Alice and Bob own one account, Charlie another in another house."""

import pytest

from tests.factory import Books

ALICE, BOB, CHARLIE = "alice@example.com", "bob@example.com", "charlie@example.com"
HOME, FAR = "86000000017", "86000000025"


@pytest.fixture
def people(books: Books) -> Books:
    books.house().house(house_id="H-2", address="г. Дальний, ул. Сосновая, д. 2")
    books.account(HOME, aliases="5500123,680-015-500@2020-01-01")
    books.account(FAR, house_id="H-2", premises="5", last_name="Чужова", els="99ЯЯ000002")
    books.entry("2026-10").entry("2026-10", account=FAR, amount="111,11").load()
    return books.subscriber(ALICE, HOME).subscriber(CHARLIE, FAR)
