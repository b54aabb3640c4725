"""История платежей: each payment once, what became of it, and nothing older than its reader."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from lkcap.kit.db import Database
from lkcap.kit.month import Month
from lkcap.payments.allocation import Part
from lkcap.payments.history_rows import list_pending
from tests.browserless import Browser, Page
from tests.factory import Books
from tests.payments.conftest import ALICE, NUMBER
from tests.payments.taken import NEWS, NOON, ZONE, Till
from tests.references.conftest import reader_account

BORIS = "boris@example.com"
HEADER = ["Дата", "Сумма", "Как заплачено", "На что пошло", "Состояние"]
OCTOBER, NOVEMBER = (
    Part("principal", Month(2026, month), 87997, is_full=True) for month in (10, 11)
)
EARLIER = Part("principal", None, 5000, is_full=True)
AHEAD = Part("principal", None, 100, is_full=True, is_advance=True)
PENALTY = Part("penalty", None, 32, is_full=True)


@pytest.fixture
def till(november: Books) -> Till:
    november.load()
    november.subscriber(ALICE, NUMBER)
    return Till(november)


async def opened(browser: Browser, address: str = "/payments", login: str = ALICE) -> Page:
    await browser.login(login)
    return await browser.page(address)


def rows(page: Page) -> list[list[str]]:
    """The payments, without the header and the total."""
    return page.table("payments")[1:-1]


async def test_a_payment_shows_as_soon_as_the_bank_has_told(till: Till, browser: Browser):
    await till.pay(87997, 32, (NOVEMBER, PENALTY))
    page = await opened(browser)
    assert page.h1 == "История платежей"
    assert page.table("payments") == [
        HEADER,
        [
            "14.11.2026 Подтверждение платежа от 14.11.2026, PDF",
            "880,29 взнос 879,97, пеня 0,32",
            "На сайте картой карта •• 1111",
            "Взнос за ноябрь 2026, пеня",
            "в пути",
        ],
        ["Итого за 2026 год", "880,29", "", "", ""],
    ]
    assert page.amounts == [88029, 88029, 87997, 32, 88029]
    assert "банк деньги принял, на лицевом счёте они уже учтены" in page.text


async def test_billings_entries_take_its_place_under_its_own_day(till: Till, browser: Browser):
    news = await till.pay(87997, 32, (NOVEMBER, PENALTY))
    ref = {"op": "payment", "posted_on": "2026-11-17", "bank_ref": news.trx_id}
    till.books.entry("2026-11", amount="800,00", for_period="2026-10", document="п/п 1", **ref)
    till.books.entry("2026-11", amount="80,29", for_period="2026-11", document="п/п 1", **ref)
    till.books.load()
    page = await opened(browser)
    assert [row[1:] for row in rows(page)] == [
        ["880,29", "На сайте картой карта •• 1111", "Взнос за октябрь – ноябрь 2026", "учтено"]
    ]
    assert rows(page)[0][0].startswith("14.11.2026")
    assert "в пути" not in page.text


async def test_a_payment_that_billing_sent_first_shows_once(till: Till, browser: Browser):
    till.books.entry("2026-11", op="payment", amount="879,97", bank_ref="FA4E0001").load()
    order = await till.order(87997)
    await till.news(order, replace(NEWS, amount=87997))
    (row,) = rows(await opened(browser))
    assert row[2:] == ["На сайте картой карта •• 1111", "Взнос за ноябрь 2026", "учтено"]


async def test_what_a_registry_confirms_is_not_in_transit(till: Till, browser: Browser):
    news = await till.pay()
    till.books.rows(
        "INSERT INTO payment_match (payment_id, load_id) SELECT payment_id, 1 FROM payment"
        " WHERE trx_id = %s",
        news.trx_id,
    )
    (row,) = rows(await opened(browser))
    assert row[4] == "учтено"
    page = await browser.page("/statement?mode=extended")
    assert "в пути" not in page.text


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ((OCTOBER, NOVEMBER), "Взнос за октябрь – ноябрь 2026"),
        ((EARLIER, NOVEMBER, AHEAD), "Взнос за прежние месяцы, ноябрь 2026, следующие месяцы"),
        ((AHEAD,), "Взнос"),
        ((), "Взнос"),
    ],
)
async def test_what_it_went_to_is_told_by_months(till: Till, browser: Browser, parts, told):
    await till.pay(sum(part.amount for part in parts) or 1, 0, parts)
    (row,) = rows(await opened(browser))
    assert row[3] == told


async def test_months_are_told_of_the_first_and_exact_payment_of_an_order(
    till: Till, browser: Browser
):
    order = await till.order(87997, 0, (NOVEMBER,))
    await till.news(order, replace(NEWS, amount=87997))
    await till.news(order, replace(NEWS, trx_id="FA4E0099", amount=87997))
    assert [row[3] for row in rows(await opened(browser))] == ["Взнос", "Взнос за ноябрь 2026"]


async def test_other_payments_say_what_the_ledger_says(till: Till, browser: Browser):
    books = till.books
    paper = {"op": "payment", "document": "п/п 104512", "details": "через почту"}
    books.entry("2026-10", amount="100,00", posted_on="2026-10-05", **paper)
    books.entry("2026-10", amount="1,00", posted_on="2026-10-05", kind="penalty", **paper)
    books.entry("2026-10", amount="-20,00", op="payment", posted_on="2026-10-06", document="в. 12")
    books.entry("2026-10", amount="7,00", op="payment", posted_on="2026-10-04", for_period="")
    books.load()
    assert rows(await opened(browser)) == [
        ["06.10.2026", "−20,00", "в. 12", "Возврат", "учтено"],
        ["05.10.2026", "101,00 взнос 100,00, пеня 1,00", "п/п 104512, через почту",
         "Взнос за октябрь 2026, пеня за октябрь 2026", "учтено"],
        ["04.10.2026", "7,00", "Способ оплаты не указан", "Взнос", "учтено"],
    ]  # fmt: skip


async def test_two_payments_of_a_day_are_two_rows_and_the_lines_of_one_are_one(
    till: Till, browser: Browser
):
    for ref, month in (("R-1", "2026-09"), ("R-1", "2026-10"), ("R-2", "2026-11")):
        till.books.entry(
            "2026-11", op="payment", amount="10,00", bank_ref=ref, for_period=month, document="п/п"
        )
    till.books.load()
    page = await opened(browser)
    assert [row[1] for row in rows(page)] == ["20,00", "10,00"]
    assert rows(page)[0][3] == "Взнос за сентябрь – октябрь 2026"


async def test_payments_are_parted_by_years_the_newest_first(till: Till, browser: Browser):
    for period, amount in (("2024-12", "1,00"), ("2026-01", "3,00"), ("2026-02", "4,00")):
        till.books.entry(period, op="payment", amount=amount)
    till.books.load()
    page = await opened(browser)
    assert [row[1] for row in page.table("payments")[1:]] == ["4,00", "3,00", "7,00"]
    assert [one for one in page.links if "year=" in one] == [
        "/payments?year=2026", "/payments?year=2024",
    ]  # fmt: skip
    page = await browser.page("/payments?year=2024")
    assert [row[1] for row in page.table("payments")[1:]] == ["1,00", "1,00"]
    page = await browser.page("/payments?year=2025")
    assert "За 2025 год платежей нет." in page.text
    assert not page.all("#payments")


@pytest.mark.parametrize("year", ["x", "20266", "²026", "0000", "-1"])
async def test_a_year_that_is_none_is_senseless(till: Till, browser: Browser, year: str):
    await browser.login(ALICE)
    assert (await browser.get(f"/payments?year={year}")).status == 422


async def test_the_year_is_that_of_the_funds_zone(till: Till, browser: Browser):
    moscow_evening = NOON.replace(year=2025, month=12, day=31, hour=23, minute=30)
    await till.pay(at=moscow_evening + timedelta(hours=1))
    (row,) = rows(await opened(browser))
    assert row[0].startswith("01.01.2026")


async def test_without_payments_it_says_so(till: Till, browser: Browser):
    page = await opened(browser)
    assert "Платежей пока нет" in page.text
    assert "/payment" in page.links
    assert not page.all("table")


async def test_an_order_without_an_answer_stands_on_top(till: Till, browser: Browser):
    order = await till.order(87997, 32)
    page = await opened(browser)
    assert "Ждём ответ банка: 880,29 ₽" in page.text
    assert f"/payment/{order}" in page.links
    await till.news(order, replace(NEWS, amount=88029))
    page = await browser.page("/payments")
    assert f"/payment/{order}" not in page.links
    assert len(rows(page)) == 1


async def test_cancelled_old_and_unsent_orders_are_not_told_of(till: Till, browser: Browser):
    await till.cancel(await till.order())
    await till.order(is_sent=False)
    old = await till.order()
    till.books.rows(
        "UPDATE payment_order SET sent_at = sent_at - interval '73 hours' WHERE order_id = %s", old
    )
    page = await opened(browser)
    assert "Ждём ответ" not in page.text
    assert not [link for link in page.links if link.startswith("/payment/")]


@pytest.fixture
async def boris(till: Till) -> Till:
    """The new owner since the 10th of November; who paid before him was Alice."""
    books = till.books
    for period in ("2026-09", "2026-10"):
        books.entry(period, op="payment", amount="5,00", document="тайна")
    books.entry("2026-11", op="payment", amount="6,00", posted_on="2026-10-31", document="тайна")
    books.entry("2026-11", op="payment", amount="7,00", posted_on="2026-11-09", document="тайна")
    books.load()
    await till.pay(800, 0, (OCTOBER,), at=NOON.replace(day=9))
    await till.pay(900, at=NOON.replace(day=10))
    books.account(valid_from="2026-11-10", last_name="Новосёлов").load()
    books.subscriber(BORIS, NUMBER)
    return till


async def test_a_new_owner_sees_nothing_older_and_no_words_of_the_former(
    boris: Till, browser: Browser
):
    page = await opened(browser, login=BORIS)
    assert rows(page) == [
        ["10.11.2026 Подтверждение платежа от 10.11.2026, PDF", "9,00",
         "На сайте картой карта •• 1111", "Взнос", "в пути"],
        ["09.11.2026", "8,00", "", "Взнос", "в пути"],
        ["09.11.2026", "7,00", "", "Взнос", "учтено"],
    ]  # fmt: skip
    assert "тайна" not in page.html


@pytest.mark.parametrize(("days", "count"), [(-1, 1), (2, 0)])
async def test_orders_of_the_former_owner_are_not_told(till: Till, days: int, count: int):
    await till.order()
    since = datetime.now(ZONE).date() + timedelta(days)
    reader = reader_account(till.books, since=since)
    database = Database(till.books.database)
    async with database.connection() as conn:
        assert len(await list_pending(conn, reader, ZONE)) == count
    await database.close()


async def test_anothers_payments_are_not_seen(till: Till, browser: Browser):
    till.books.account("86000000025", premises="28").load()
    till.books.subscriber(BORIS, "86000000025")
    await till.pay()
    assert "Платежей пока нет" in (await opened(browser, login=BORIS)).text


async def test_the_statement_marks_what_is_in_transit_and_drops_it_when_billed(
    till: Till, browser: Browser
):
    news = await till.pay(87997)
    page = await opened(browser, "/statement?mode=extended")
    assert "Платёж в пути" in page.by_id("statement")
    before = (await browser.get("/statement.csv?mode=general")).body
    till.books.entry("2026-11", op="payment", amount="879,97", bank_ref=news.trx_id).load()
    page = await browser.page("/statement?mode=extended")
    assert page.by_id("statement").count("Платёж") == 1
    assert "в пути" not in page.text
    assert (await browser.get("/statement.csv?mode=general")).body == before


async def test_a_file_of_the_statement_keeps_its_columns(till: Till, browser: Browser):
    await till.pay(87997)
    await browser.login(ALICE)
    lines = (await browser.get("/statement.csv?mode=extended")).body.decode().splitlines()
    assert len({line.count(";") for line in lines}) == 1
    assert lines[0].endswith("closing;operation;date;document;for_period;amount")


async def test_a_receipt_does_not_tell_of_what_was_taken_back(till: Till, browser: Browser):
    news = await till.pay(87997, at=NOON.replace(month=10))
    till.books.entry(
        "2026-10", op="payment", amount="1,00", bank_ref=news.trx_id, posted_on="2026-10-05"
    ).load()
    (told,) = till.books.rows(
        "SELECT count(*) FROM entry WHERE op = 'payment' AND period = '2026-10-01'"
    )
    assert told == (3,)
    await browser.login(ALICE)
    await browser.get("/receipts/2026-10.pdf")
    ((paid_on,),) = till.books.rows("SELECT receipt -> 'claim' ->> 'last_paid_on' FROM receipt")
    assert paid_on == "2026-10-05"
