"""What banks said and somebody must look at: it is seen until the money is given back."""

from dataclasses import replace
from datetime import datetime

import pytest

from lkcap.kit.db import Database
from lkcap.payments import orders
from lkcap.payments.message import Message, Verdict
from tests.browserless import Browser
from tests.factory import Books
from tests.payments.conftest import NUMBER
from tests.payments.taken import NEWS, NOON, ZONE, Till

PAGE = "/staff/reconciliation"
REFUSED = f"{PAGE}/messages"
DONE = """
INSERT INTO refund (payment_id, principal, penalty, why, asked_by, asked_at, state, form)
SELECT payment_id, principal, penalty, 'лишнее', staff_id, now(), 'done', 'a form'
  FROM payment, staff WHERE trx_id = %s
"""
FORGED = Message("gpb", "register", "198.51.100.9", "/bank/gpb/register?amount=1", "")
STRAY = Message("sngb", "notify", "198.51.100.9", "paymentid=1&trackid=2", "REDIRECT=/")


@pytest.fixture
def till(books: Books, trx_id: str) -> Till:
    return Till(books)


async def odd(olga: Browser, days: str = "") -> list[list[str]]:
    page = await olga.page(f"{PAGE}{days}")
    page.check()
    return page.tables.get("odd-rows", [[]])[1:]


async def refuse(books: Books, message: Message, reason: str, *, is_to_ask: bool = False) -> None:
    database = Database(books.database)
    async with database.connection() as conn:
        await orders.refuse(conn, message, reason, is_to_ask=is_to_ask)
    await database.close()


async def test_a_payment_as_ordered_is_not_odd(olga: Browser):
    assert await odd(olga) == []


async def test_another_sum_than_ordered_is_seen_with_both(olga: Browser, till: Till):
    order_id = await till.order(87997)
    await till.news(order_id, replace(NEWS, amount=88000))
    (row,) = await odd(olga)
    assert row[:4] == ["14.11.2026 12:05", NUMBER, "879,97", "880,00"]
    assert row[-1] == "проведено, сумма не та, что в заказе"


async def test_a_second_payment_is_seen_until_it_is_given_back(
    olga: Browser, books: Books, till: Till
):
    order_id = await till.order(87997)
    for trx_id in ("FA4E-1", "FA4E-2"):
        await till.news(order_id, replace(NEWS, trx_id=trx_id, amount=87997))
    (row,) = await odd(olga)
    assert row[-1] == "второй платёж по заказу, проведён авансом"
    ((payment_id,),) = books.rows("SELECT payment_id FROM payment WHERE trx_id = 'FA4E-2'")
    assert f"/staff/payments/{payment_id}" in (await olga.page(PAGE)).links
    books.rows(DONE, "FA4E-2")
    assert await odd(olga) == []


async def test_what_is_signed_and_cannot_be_booked_is_shown_as_it_came(olga: Browser, books: Books):
    database = Database(books.database)
    async with database.connection() as conn:
        for _ in range(3):
            await orders.note(conn, "", None, FORGED, Verdict.SENSELESS)
    await database.close()
    today = datetime.now(ZONE).date()
    (row,) = await odd(olga, f"?since={today}&until={today}")
    assert row[1:4] == ["не понят", "–", "–"]
    assert FORGED.raw in row[-1]


async def test_two_payments_told_in_the_same_words_are_two(olga: Browser, till: Till):
    for trx_id in ("FA4E-1", "FA4E-2"):
        await till.news(await till.order(87997), replace(NEWS, trx_id=trx_id, amount=88000))
    assert len(await odd(olga)) == 2


async def test_other_days_are_other_messages(olga: Browser, till: Till):
    await till.news(await till.order(87997), replace(NEWS, amount=88000))
    day = NOON.date()
    assert len(await odd(olga, f"?since={day}&until={day}")) == 1
    assert await odd(olga, "?since=2026-11-01&until=2026-11-13") == []


async def test_without_refused_messages_the_page_says_so(olga: Browser):
    page = await olga.page(REFUSED)
    page.check()
    assert "Таких нет." in page.text


async def test_refused_messages_are_shown_as_they_came(olga: Browser, books: Books):
    await refuse(books, FORGED, "подпись не сходится")
    await refuse(books, STRAY, "заказ неизвестен", is_to_ask=True)
    page = await olga.page(REFUSED)
    page.check()
    stray, forged = (one.text_content() for one in page.all("main details"))
    assert ", результат, подпись не сходится" in forged
    assert FORGED.raw in forged
    assert FORGED.address in forged
    assert "спросим" not in forged
    assert "уведомление, заказ неизвестен; банк ещё спросим" in stray


async def test_a_flood_is_turned_over_by_pages(olga: Browser, books: Books):
    for number in range(103):
        await refuse(books, replace(FORGED, raw=f"№ {number}"), "подпись не сходится")
    page = await olga.page(REFUSED)
    assert len(page.all("main details")) == 100
    (older,) = [one for one in page.links if "before=" in one]
    page = await olga.page(older)
    assert [one.text_content() for one in page.all("main details p.code")] == ["№ 2", "№ 1", "№ 0"]
    assert not [one for one in page.links if "before=" in one]
