"""A load that is undone: every entry taken back once, and what stood on it as it was before."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from lkcap.exchange.report import Report
from lkcap.exchange.undo import Undone, undo
from lkcap.kit.errors import Refused
from lkcap.payments.linking import Linked
from tests.exchange.registry import CLOCK, OWN, entries, line, outcomes, owed, take, wrong
from tests.exchange.test_linking import PAID, TRX, billed, paid
from tests.factory import Books
from tests.payments.taken import Till

ALL = "SELECT period, op, amount FROM entry WHERE load_id > 0 ORDER BY period, op, amount"


@pytest.fixture
def opened(books: Books) -> Iterator[Books]:
    """879,97 owed and 0,32 of penalty; the books must agree whatever the test has done."""
    books.house().account().account("22", premises="28").entry("2026-10")
    books.add("entries", dict(books.files["entries"][0]), entry_id="P-1", kind="penalty",
              amount="0,32")  # fmt: skip
    books.load()
    yield books
    assert wrong(books) == {}


def undone(books: Books, load: Report | int, why: str = "не тот файл") -> Undone:
    load_id = load if isinstance(load, int) else load.load_id
    return undo(books.database, load_id, clock=CLOCK, staff_id=None, why=why)


def totals(books: Books) -> list[list[tuple[object, ...]]]:
    """Of houses and of the fund, without what is nought."""
    return [
        books.rows(f"SELECT * FROM {table} WHERE {what} ORDER BY 1, 2, 3")
        for table, what in (
            ("house_year", "(charged, paid) <> (0, 0)"), ("house_debt", "debt <> 0"),
            ("fund_year", "(charged, paid) <> (0, 0)"), ("fund_total", "true"),
        )
    ]  # fmt: skip


def test_every_entry_has_its_storno_in_its_own_month(opened: Books):
    before = totals(opened), owed(opened)
    load = opened.entry("2026-09").entry("2026-11", op="payment", amount="500,00").load()
    assert undone(opened, load).entries == 2
    assert (totals(opened), owed(opened)) == before
    assert opened.rows(
        "SELECT e.op, e.amount, s.amount, e.period = s.period, s.document FROM entry e"
        " JOIN entry s ON s.entry_id = 'storno:' || e.entry_id ORDER BY e.period"
    ) == [
        ("charge", 87997, -87997, True, f"сторно загрузки № {load.load_id}"),
        ("payment", 50000, -50000, True, f"сторно загрузки № {load.load_id}"),
    ]


def test_an_opening_and_every_other_operation_are_taken_back(opened: Books):
    before = totals(opened), owed(opened), owed(opened, "22")
    for op in ("opening", "charge", "recalculation", "act", "correction", "write_off"):
        opened.entry("2026-10", account="22", op=op, amount="10,00", document="док. 7")
    load = opened.load()
    undone(opened, load)
    assert totals(opened) == before[0]
    assert owed(opened, "22") == {"principal": (0, 0)}


def test_a_load_is_undone_once(opened: Books):
    load = opened.entry("2026-09").load()
    undone(opened, load)
    with pytest.raises(Refused, match="уже отменена"):
        undone(opened, load)
    assert len(opened.rows(ALL)) == 4


def test_three_employees_at_once_undo_it_once(opened: Books):
    load = opened.entry("2026-09").load()

    def try_it(_: int) -> int:
        with suppress(Refused):
            return undone(opened, load).entries
        return 0

    with ThreadPoolExecutor(3) as threads:
        assert sorted(threads.map(try_it, range(3))) == [0, 0, 1]


@pytest.mark.parametrize("which", ["unknown", "undo", "houses"])
def test_what_booked_nothing_is_not_undone(opened: Books, which: str):
    if which == "houses":
        load_id = opened.load_rows("tariffs", [{"house_id": "H-1", "valid_from": "2026-01-01",
                                                "rate": "17,12"}]).load_id  # fmt: skip
    elif which == "undo":
        load_id = undone(opened, opened.entry("2026-09").load()).undo_load_id
    else:
        load_id = 404
    with pytest.raises(Refused):
        undone(opened, load_id)


def test_numbers_of_entries_taken_back_are_not_taken_again(opened: Books):
    load = opened.entry("2026-09").load()
    undone(opened, load)
    row = {"entry_id": "B-0002", "account": OWN, "period": "2026-09", "kind": "principal",
           "service": "Взнос на капитальный ремонт", "op": "charge", "amount": "879,97",
           "posted_on": "2026-09-20", "for_period": "2026-09"}  # fmt: skip
    again = opened.load_rows("entries", [row], max_bad=1)
    assert (again.new, again.aside) == (0, 1)
    assert "отменена вместе с её загрузкой" in again.problems[0].reason


def test_a_registry_s_payments_count_no_more_and_it_may_come_again(opened: Books):
    lines = line("U-1"), line("U-2", account="404"), line("U-3", account="22")
    before = owed(opened)
    load = take(opened, *lines)
    told = undone(opened, load)
    assert (told.withdrawn, told.kept) == (3, 0)
    assert owed(opened) == before
    assert opened.rows("SELECT sum(amount) FROM entry WHERE load_id = 0") == [(0,)]
    again = take(opened, *lines)
    assert outcomes(again) == {"new": (2, 20000), "suspense": (1, 10000)}
    assert owed(opened)["principal"] == (87997, -10000)


def test_a_registry_may_be_undone_again_after_it_came_again(opened: Books):
    lines = line("U-1"), line("U-1")
    for _ in range(3):
        undone(opened, take(opened, *lines))
    assert owed(opened)["principal"] == (87997, 0)


async def test_what_the_bank_itself_has_told_of_stays(opened: Books):
    load = take(opened, line(TRX, amount="100,32"), line("U-2"))
    await paid(opened)
    told = undone(opened, load)
    assert (told.withdrawn, told.kept) == (1, 1)
    assert owed(opened)["principal"] == (87997, -10032)


async def test_what_it_had_confirmed_is_in_transit_again(opened: Books):
    await paid(opened)
    load = take(opened, line(TRX, amount="100,32"))
    assert outcomes(load) == {"matched": (1, 10032)}
    undone(opened, load)
    assert opened.rows("SELECT * FROM payment_match") == []
    assert outcomes(take(opened, line(TRX, amount="100,32"))) == {"matched": (1, 10032)}


def test_an_account_that_it_had_found_is_looked_for_again(opened: Books):
    take(opened, line("U-1", account="404"))
    opened.account("404", premises="40").load()
    load = take(opened, line("U-1", account="404"))
    assert outcomes(load) == {"found": (1, 10000)}
    assert undone(opened, load).suspended == 1
    assert owed(opened, "404") == {"principal": (0, 0)}
    assert outcomes(take(opened, line("U-1", account="404"))) == {"found": (1, 10000)}
    assert owed(opened, "404") == {"principal": (0, -10000)}


async def test_a_payment_that_billing_had_counts_again(opened: Books):
    await paid(opened)
    before = owed(opened)
    load = billed(opened)
    assert load.linked == Linked(1, [])
    assert undone(opened, load).counted_again == 1
    assert owed(opened) == before


async def test_it_is_linked_anew_by_billing_s_next_entries(opened: Books):
    await paid(opened)
    undone(opened, billed(opened))
    again = billed(opened)
    assert again.linked == Linked(1, [])
    assert owed(opened) == {"principal": (77997, 0), "penalty": (0, 0)}


async def test_the_bank_s_message_again_books_nothing_after_it(opened: Books):
    till = Till(opened)
    order = await till.order(10000, 32)
    await till.news(order, PAID)
    undone(opened, billed(opened))
    before = owed(opened)
    await till.news(order, PAID)
    assert owed(opened) == before
    assert opened.rows("SELECT verdict FROM bank_message ORDER BY message_id") == [
        ("booked",), ("repeat",),
    ]  # fmt: skip


def test_a_registry_that_billing_had_goes_without_a_trace(opened: Books):
    load = take(opened, line(TRX, amount="100,32"))
    billed(opened)
    undone(opened, load)
    assert owed(opened) == {"principal": (77997, 0), "penalty": (0, 0)}
    assert sum(amount for _, _, amount, _ in entries(opened)) == 0
