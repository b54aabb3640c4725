"""«Never twice»: billing's entries stand for a payment, whichever came first (contract §6)."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Thread

import psycopg2
import pytest

from lkcap.exchange.report import Report
from lkcap.kit.batch import batch
from lkcap.kit.db import Database
from lkcap.payments import booking, linking
from lkcap.payments.linking import Difference, link
from tests.exchange.registry import OWN, entries, line, outcomes, owed, take, wrong
from tests.factory import Books
from tests.payments.taken import MESSAGE, NEWS, ZONE, Till

TRX = "FA4E7777"
# How often a test looks for what another thread does: seconds on any machine.
LOOKS = 500
PAID = replace(NEWS, trx_id=TRX, amount=10032)


@pytest.fixture
def opened(books: Books) -> Iterator[Books]:
    """879,97 owed and 0,32 of penalty; the books must agree whatever the test has done."""
    books.house().account().account("22", premises="28").entry("2026-10")
    books.add("entries", dict(books.files["entries"][0]), entry_id="P-1", kind="penalty",
              amount="0,32")  # fmt: skip
    books.load()
    yield books
    assert wrong(books) == {}


def billed(
    books: Books, amount: str = "100,00", penalty: str = "0,32", ref: str = TRX, **said: object
) -> Report:
    """Billing's own entries of a payment, loaded."""
    books.entry("2026-11", op="payment", amount=amount, bank_ref=ref, **said)
    usual = books.files["entries"][-1]
    if penalty:
        books.add("entries", usual, entry_id=f"{usual['entry_id']}-P", kind="penalty",
                  amount=penalty)  # fmt: skip
    return books.load()


async def paid(books: Books) -> None:
    """An order of 100,00 and 0,32 that the bank says is paid."""
    till = Till(books)
    await till.news(await till.order(10000, 32), PAID)


def links(books: Books) -> list[tuple[object, ...]]:
    return books.rows(
        "SELECT trx_id, l.load_id FROM payment_link l JOIN payment USING (payment_id)"
    )


BILLED_ALONE = {"principal": (77997, 0), "penalty": (0, 0)}


async def test_a_payment_counts_in_transit_until_billing_has_it(opened: Books):
    await paid(opened)
    assert owed(opened) == {"principal": (87997, -10000), "penalty": (32, -32)}
    report = billed(opened)
    assert report.linked == linking.Linked(1, [])
    assert owed(opened) == BILLED_ALONE
    assert links(opened) == [(TRX, report.load_id)]


async def test_nothing_is_deleted_of_a_payment_that_billing_has(opened: Books):
    await paid(opened)
    billed(opened)
    assert sorted(amount for _, _, amount, _ in entries(opened)) == [-10000, -32, 32, 10000]


async def test_billing_s_entries_may_come_before_the_bank_s_message(opened: Books):
    assert billed(opened).linked == linking.Linked(0, [])
    await paid(opened)
    assert owed(opened) == BILLED_ALONE
    assert (entries(opened), len(links(opened))) == ([], 1)


async def test_the_same_load_again_takes_nothing_back_twice(opened: Books):
    await paid(opened)
    billed(opened)
    opened.entry("2026-11", account="22").load()
    link(opened.database, opened.today)
    assert owed(opened) == BILLED_ALONE
    assert len(entries(opened)) == 4


async def test_entries_of_one_payment_may_come_in_two_loads(opened: Books):
    await paid(opened)
    first = billed(opened, penalty="")
    assert first.linked
    assert (first.linked.count, len(first.linked.differences)) == (1, 1)
    opened.entry("2026-11", op="payment", amount="0,32", bank_ref=TRX)
    opened.files["entries"][-1] = dict(opened.files["entries"][-1]) | {"kind": "penalty"}
    second = opened.load()
    assert second.linked == linking.Linked(0, [])
    assert owed(opened) == BILLED_ALONE


async def test_billing_s_sum_and_split_win_and_the_difference_is_told(opened: Books):
    await paid(opened)
    report = billed(opened, "90,00", "0,10")
    assert report.linked
    assert report.linked.differences == [Difference(OWN, TRX, 10000, 32, OWN, 9000, 10)]
    assert report.is_clean
    assert owed(opened) == {"principal": (78997, 0), "penalty": (22, 0)}


async def test_billing_may_have_the_money_on_another_account(opened: Books):
    await paid(opened)
    report = billed(opened, account="22")
    assert report.linked
    assert report.linked.differences == [Difference(OWN, TRX, 10000, 32, "22", 10000, 32)]
    assert owed(opened) == {"principal": (87997, 0), "penalty": (32, 0)}


async def test_the_rrn_will_do_on_the_account_of_the_payment(opened: Books):
    await paid(opened)
    assert billed(opened, ref=str(PAID.rrn)).linked == linking.Linked(1, [])
    assert owed(opened) == BILLED_ALONE


async def test_the_rrn_of_another_account_is_another_payment(opened: Books):
    await paid(opened)
    assert billed(opened, account="22", ref=str(PAID.rrn)).linked == linking.Linked(0, [])
    assert owed(opened) == {"principal": (87997, -10000), "penalty": (32, -32)}


async def test_a_reference_that_is_no_payment_links_nothing(opened: Books):
    await paid(opened)
    opened.entry("2026-11", op="correction", amount="-100,32", bank_ref=TRX).load()
    assert links(opened) == []


@pytest.mark.parametrize("is_billed_first", [False, True])
def test_a_registry_s_row_is_not_counted_beside_billing_s_entry(opened: Books, is_billed_first):
    if is_billed_first:
        billed(opened, penalty="", ref="U-1")
    registry = take(opened, line("U-1"))
    if not is_billed_first:
        billed(opened, penalty="", ref="U-1")
    assert outcomes(registry) == {"new": (1, 10000)}
    assert registry.linked == linking.Linked(int(is_billed_first), [])
    assert owed(opened)["principal"] == (77997, 0)


def test_one_operation_for_two_accounts_is_linked_account_by_account(opened: Books):
    take(opened, line("U-1"), line("U-1", account="22"))
    report = billed(opened, penalty="", ref="U-1")
    assert report.linked == linking.Linked(1, [])
    assert (owed(opened)["principal"], owed(opened, "22")["principal"]) == (
        (77997, 0),
        (0, -10000),
    )


def test_two_rows_of_one_operation_and_account_are_compared_together(opened: Books):
    take(opened, line("U-1", amount="60,00"), line("U-1", amount="40,00"))
    assert billed(opened, penalty="", ref="U-1").linked == linking.Linked(2, [])
    assert owed(opened)["principal"] == (77997, 0)


def test_money_in_suspense_that_billing_has_is_never_booked(opened: Books):
    lines = [line("U-1", account="404")]
    take(opened, *lines)
    opened.account("404", premises="40").load()
    billed(opened, penalty="", ref="U-1", account="404")
    assert outcomes(take(opened, *lines)) == {"found": (1, 10000)}
    assert owed(opened, "404") == {"principal": (-10000, 0)}


async def test_a_trial_load_links_nothing(opened: Books):
    await paid(opened)
    opened.entry("2026-11", op="payment", amount="100,00", bank_ref=TRX)
    assert opened.load(dry_run=True).linked is None
    assert links(opened) == []


async def test_what_a_dead_load_left_is_linked_by_the_next_one(
    opened: Books, monkeypatch: pytest.MonkeyPatch
):
    def die(*_: object) -> None:
        raise psycopg2.OperationalError("server closed the connection")

    await paid(opened)
    monkeypatch.setattr("lkcap.exchange.loads.link", die)
    assert "это сделает tidy" in billed(opened).notices[-1]
    assert list(wrong(opened)) == ["платежи, учтённые дважды"]
    assert link(opened.database, opened.today).count == 1


async def test_linking_waits_for_a_booking_under_way(opened: Books):
    """Neither has seen the other's rows, and they do not meet at the balance of one account."""
    order_id = await Till(opened).order(10000, 32)
    database = Database(opened.database)
    async with database.transaction() as conn:
        await booking.orders.join_bookings(conn)
        order = await booking.orders.lock_order(conn, order_id)
        await booking._book(conn, ZONE, order, order_id, PAID, MESSAGE)
        # its entries go with the next message
        await booking.orders.find_order(conn, order_id)
        loading = asyncio.create_task(asyncio.to_thread(billed, opened, account="22"))
        await asyncio.to_thread(wait_for_lock, opened)
        assert not loading.done()
    linked = (await loading).linked
    await database.close()
    assert linked
    assert linked.count == 1
    assert owed(opened) == {"principal": (87997, 0), "penalty": (32, 0)}


async def test_a_booking_waits_for_linking_and_sees_the_entries(opened: Books):
    till = Till(opened)
    order_id, done = await till.order(10000, 32), Event()
    billed(opened)

    def hold() -> None:
        with batch(opened.database) as transaction:
            transaction.run(linking.STOP_BOOKINGS)
            done.wait()

    holder = Thread(target=hold)
    holder.start()
    try:
        wait_for(opened, "granted")
        message = asyncio.create_task(till.news(order_id, PAID))
        await asyncio.to_thread(wait_for_lock, opened)
        assert not message.done()
    finally:
        done.set()
        holder.join()
    await message
    assert owed(opened) == BILLED_ALONE


def wait_for_lock(books: Books) -> None:
    wait_for(books, "NOT granted")


def wait_for(books: Books, state: str) -> None:
    """Until somebody is seen at the lock of bookings."""
    seen = f"SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 5200003 AND {state}"
    for _ in range(LOOKS):
        if books.rows(seen):
            return
    raise AssertionError(f"nobody at the lock: {state}")
