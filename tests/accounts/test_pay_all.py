"""Several accounts of one login paid one after another: each order is one account (contract §7)."""

import pytest

from tests.accounts.conftest import ALICE, NUMBER, told
from tests.browserless import Browser, Page
from tests.factory import Books

SECOND, THIRD = "86000000025", "86000000033"


@pytest.fixture
def ledger(books: Books) -> Books:
    """The first account owes both kinds, the second has paid ahead, the third owes 100,00."""
    books.house().account().account(SECOND, premises="28").account(THIRD, premises="29")
    books.entry("2026-10").entry("2026-10", kind="penalty", amount="0,32")
    books.entry("2026-10", account=SECOND, op="payment", amount="50,00")
    return books.entry("2026-10", account=THIRD, amount="100,00")


@pytest.fixture
async def alice(browser: Browser, ledger: Books) -> Browser:
    ledger.load()
    ledger.subscriber(ALICE, NUMBER, SECOND, THIRD)
    await browser.login(ALICE)
    return browser


def sums(page: Page) -> dict[str, list[str]]:
    return {row[0].split()[0]: row[1:] for row in page.table("turns")[1:]}


async def test_who_gets_what_is_seen_before_anything_is_paid(alice: Browser):
    page = await alice.page("/payment/all")
    assert page.h1 == "По всем счетам к оплате 980,29 ₽"
    assert sums(page) == {
        NUMBER: ["879,97", "0,32", "880,29"],
        SECOND: ["0,00", "0,00", "0,00"],
        THIRD: ["100,00", "0,00", "100,00"],
        "Всего": ["979,97", "0,32", "980,29"],
    }
    assert "Переплата 50,00 ₽, зачтётся сама" in told(page)


async def test_the_next_account_that_owes_is_opened_for_payment(alice: Browser):
    page = await alice.page("/payment/all")
    (button,) = page.all("main button")
    assert button.get("value") == NUMBER
    answer = await alice.post("/account/switch", account=THIRD, then="payment")
    assert (answer.status, answer.location) == (303, "/payment")
    assert "100,00 ₽" in (await alice.page("/payment")).h1


async def test_a_switch_goes_nowhere_else(alice: Browser):
    answer = await alice.post("/account/switch", account=THIRD, then="//example.com")
    assert answer.location == "/account"


async def begun(books: Books, number: str, *, minutes: int, state: str = "created") -> None:
    books.rows(
        """INSERT INTO payment_order (order_id, account_id, bank, state, principal, penalty,
                                      service_id, expires_at, sent_at)
           SELECT 'o' || account_id, account_id, 'gpb', CAST(%s AS order_state), 1, 0, 1,
                  now() + make_interval(mins => %s), now()
             FROM account WHERE number = %s""",
        state, minutes, number,
    )  # fmt: skip


async def test_an_account_whose_payer_is_at_the_bank_is_passed_over(alice: Browser, ledger: Books):
    await begun(ledger, NUMBER, minutes=10)
    page = await alice.page("/payment/all")
    assert "ждём ответа банка: второй раз не платите" in told(page)
    assert page.all("main button")[0].get("value") == THIRD


@pytest.mark.parametrize(("minutes", "state"), [(-1, "created"), (10, "failed")])
async def test_an_order_that_is_over_holds_nothing_back(
    alice: Browser, ledger: Books, minutes: int, state: str
):
    await begun(ledger, NUMBER, minutes=minutes, state=state)
    page = await alice.page("/payment/all")
    assert page.all("main button")[0].get("value") == NUMBER


async def test_where_nothing_is_owed_nothing_is_offered(browser: Browser, books: Books):
    books.house().account().load()
    books.subscriber(ALICE, NUMBER)
    await browser.login(ALICE)
    page = await browser.page("/payment/all")
    assert page.h1 == "По всем счетам долга нет"
    assert not page.all("main button")


async def test_nobody_sees_it_without_a_login(browser: Browser):
    answer = await browser.get("/payment/all")
    assert (answer.status, answer.location) == (303, "/")


async def test_a_neighbour_s_accounts_are_not_in_it(browser: Browser, ledger: Books):
    ledger.load()
    ledger.subscriber(ALICE, NUMBER).subscriber("bob@example.com", THIRD)
    await browser.login("bob@example.com")
    assert set(sums(await browser.page("/payment/all"))) == {THIRD, "Всего"}
    answer = await browser.post("/account/switch", account=NUMBER, then="payment")
    assert answer.status == 404
