"""What is due now, in words a person understands. Today is 22 November 2026."""

import random

import pytest

from lkcap.kit.money import parse_roubles
from tests.accounts.conftest import ALICE, NUMBER, Opener, told
from tests.browserless import Browser
from tests.factory import Books

# October is due on 15 November, a Sunday, so until the 16th; November until 15 December.
OPEN, LATE = "2026-11", "2026-10"


@pytest.fixture
def ledger(books: Books) -> Books:
    return books.house().account()


async def test_a_charge_of_the_open_month_is_due_in_time(ledger: Books, account_page: Opener):
    ledger.entry(OPEN)
    page = await account_page()
    assert page.by_id("due") == "К оплате 879,97 ₽ до 15 декабря"
    assert "Долга за прошлые месяцы нет, срок ещё не прошёл." in told(page)


async def test_the_overdue_part_is_told_apart(ledger: Books, account_page: Opener):
    ledger.entry(LATE).entry(OPEN, amount="120,03")
    page = await account_page()
    assert page.by_id("due") == (
        "Долг 1 000,00 ₽, из них 879,97 ₽ нужно было заплатить до 16 ноября"
    )


async def test_a_debt_that_is_all_overdue_is_told_whole(ledger: Books, account_page: Opener):
    ledger.entry(LATE)
    page = await account_page()
    assert page.by_id("due") == "Долг 879,97 ₽, его нужно было заплатить до 16 ноября"


async def test_the_day_a_penalty_begins_is_told_before_it_begins(
    ledger: Books, account_page: Opener
):
    ledger.entry(LATE)
    assert "С 17 декабря начнётся пеня, сейчас её нет." in told(await account_page())


async def test_a_penalty_that_runs_is_not_promised_for_later(ledger: Books, account_page: Opener):
    ledger.entry("2026-06").entry(OPEN, kind="penalty", amount="5,00")
    page = await account_page()
    assert page.by_id("due").startswith("Долг 884,97 ₽, из них 879,97 ₽")
    assert "начнётся пеня" not in told(page)
    assert "Из них пеня 5,00 ₽. Она растёт за каждый день, пока долг не погашен." in told(page)


async def test_a_debt_brought_in_by_an_opening_names_no_day(ledger: Books, account_page: Opener):
    ledger.entry(OPEN, op="opening", amount="500,00")
    page = await account_page()
    assert page.by_id("due") == "Долг 500,00 ₽, его нужно было заплатить раньше"


async def test_a_recalculation_never_makes_more_overdue_than_is_due(
    ledger: Books, account_page: Opener
):
    ledger.entry(LATE, amount="1500,00").entry(OPEN, op="recalculation", amount="-1000,00")
    assert (await account_page()).by_id("due") == (
        "Долг 500,00 ₽, его нужно было заплатить до 16 ноября"
    )


async def test_a_debt_of_a_closed_account_was_due_after_its_last_charge(
    books: Books, account_page: Opener
):
    books.house().account(closed_on="2026-03-31").entry("2026-03")
    page = await account_page()
    assert page.by_id("due") == "Долг 879,97 ₽, его нужно было заплатить до 15 апреля"
    assert "Счёт закрыт, новых взносов не будет." in told(page)


async def test_nothing_due_says_when_the_next_one_is(ledger: Books, account_page: Opener):
    ledger.entry(OPEN).entry(OPEN, op="payment")
    page = await account_page()
    assert page.by_id("due") == "Долга нет"
    assert "Следующий взнос до 15 января." in told(page)


async def test_a_month_not_charged_yet_is_the_next_one_to_pay(ledger: Books, account_page: Opener):
    ledger.entry(LATE).entry(LATE, op="payment")
    assert "Следующий взнос до 15 декабря." in told(await account_page())


async def test_an_overpayment_is_told_with_its_sum(ledger: Books, account_page: Opener):
    ledger.entry(OPEN).entry(OPEN, op="payment", amount="1579,97")
    page = await account_page()
    assert page.by_id("due") == "Переплата 700,00 ₽, зачтётся сама"
    assert page.table("sum")[-1] == ["Переплата", "−700,00"]


async def test_an_advance_of_the_contribution_does_not_cover_a_penalty(
    ledger: Books, account_page: Opener
):
    ledger.entry(LATE, op="payment", amount="100,00")
    ledger.entry(OPEN, kind="penalty", amount="7,50")
    page = await account_page()
    assert page.by_id("due") == "К оплате 7,50 ₽"
    assert "Переплата по взносу её не закрывает" in told(page)


async def test_a_penalty_left_alone_is_not_said_to_grow(ledger: Books, account_page: Opener):
    ledger.entry("2026-06").entry(LATE, op="payment")
    ledger.entry(LATE, kind="penalty", amount="7,50")
    page = await account_page()
    assert page.by_id("due") == "К оплате 7,50 ₽"
    assert "пока долг не погашен" not in told(page)


async def test_an_account_without_operations_owes_nothing(ledger: Books, account_page: Opener):
    page = await account_page()
    assert page.by_id("due") == "Долга нет"
    assert "sum" not in page.tables


async def test_the_months_that_are_paid_are_lit(ledger: Books, account_page: Opener):
    for period in ("2026-08", "2026-09", LATE, OPEN):
        ledger.entry(period)
    ledger.entry(OPEN, op="payment", amount="1759,94")
    text = told(await account_page())
    for month in ("август 2026, оплачен", "сентябрь 2026, оплачен", "октябрь 2026, ещё к оплате"):
        assert month in text


def random_ledger(books: Books, account: str, dice: random.Random) -> None:
    for period in dice.sample(["2026-07", "2026-09", LATE, OPEN], 3):
        for kind in ("principal", "penalty"):
            for op in dice.sample(["charge", "payment", "recalculation", "act", "correction"], 2):
                negative = op in ("recalculation", "act", "correction") and dice.random() < 0.5
                amount = f"{'-' * negative}{dice.randrange(1, 200_000) / 100:.2f}"
                books.entry(period, account=account, kind=kind, op=op, amount=amount)


async def test_the_column_sum_adds_up_to_what_is_due(browser: Browser, books: Books):
    dice, numbers = random.Random(20261122), [f"8600000{place:04d}" for place in range(12)]
    books.house()
    for number in numbers:
        books.account(number, premises=number[-2:])
        random_ledger(books, number, dice)
    books.load()
    books.subscriber(ALICE, *numbers)
    await browser.login(ALICE)
    for number in numbers:
        await browser.post("/account/switch", account=number)
        rows = (await browser.page("/account")).tables["sum"]
        amounts = [parse_roubles(row[1].strip()) for row in rows]
        assert sum(amounts[:-1]) == amounts[-1], (number, rows)
        assert rows[-1][0] == ("К оплате" if amounts[-1] >= 0 else "Переплата")


async def test_the_page_and_the_statement_agree(
    browser: Browser, ledger: Books, account_page: Opener
):
    random_ledger(ledger, NUMBER, random.Random(3))
    page, closing = await account_page(), 0
    for kind in ("principal", "penalty"):
        found = await browser.page(f"/statement?mode=general&debt={kind}")
        closing += max(0, parse_roubles(found.table("statement")[-1][-1].split(" пере")[0]))
    assert max(0, parse_roubles(page.table("sum")[-1][1])) == closing
