"""A bank's registry in the books: whole or not at all, and never twice (contract §6.8)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from lkcap.exchange.payments import load_payments
from lkcap.exchange.registries.model import BadRegistry
from tests.exchange.registries.files import data, read
from tests.exchange.registry import CLOCK, OWN, entries, line, outcomes, owed, take, written, wrong
from tests.exchange.test_loads import everything
from tests.exchange.texts import put
from tests.factory import Books
from tests.payments.taken import NEWS, Till

PAID = replace(NEWS, trx_id="FA4E7777", amount=10000)
MONEY = ("payment", "payment_link", "payment_match", "set_aside")


@pytest.fixture
def opened(books: Books) -> Iterator[Books]:
    """An account that owes 879,97 and two more; the books must agree whatever the test has done."""
    books.house().account(aliases="5500123").account("22", premises="28", aliases="OLD-7")
    books.account("33", premises="29", aliases="OLD-7,22@2020-01-01").entry("2026-10").load()
    yield books
    assert wrong(books) == {}


def test_a_row_is_booked_in_the_month_of_its_day(opened: Books):
    report = take(opened, line("U-1", "2026-10-31", OWN, "100,50"))
    assert (outcomes(report), report.is_clean) == ({"new": (1, 10050)}, True)
    assert entries(opened) == [(OWN, "principal", 10050, "U-1")]
    assert owed(opened) == {"principal": (87997, -10050)}
    assert opened.rows(
        "SELECT period, posted_on, service_id = (SELECT service_id FROM entry WHERE op = 'charge')"
        " FROM entry WHERE load_id = 0"
    ) == [(date(2026, 10, 1), date(2026, 10, 31), True)]


def test_a_payment_row_names_its_load_and_no_order(opened: Books):
    report = take(opened, line())
    assert opened.rows("SELECT CAST(source AS text), trx_id, order_id, load_id FROM payment") == [
        ("csv", "U-1", None, report.load_id)
    ]


def test_a_penalty_told_apart_is_booked_as_one(opened: Books):
    path = put(opened, "f2.dbf", data("f2-cp866.dbf"))
    rows = read("f2-cp866.dbf", "dbf").rows
    for number, account in enumerate({row.account for row in rows} - {OWN}, 50):
        opened.account(account, premises=str(number)).load()
    load_payments(opened.database, path, "dbf", clock=CLOCK)
    told = [(row.amount - (row.penalty or 0), row.penalty or 0) for row in rows]
    assert opened.rows("SELECT principal, penalty FROM payment ORDER BY payment_id") == told
    booked = [(kind, amount) for _, kind, amount, _ in entries(opened)]
    assert sum(amount for kind, amount in booked if kind == "penalty") == sum(b for _, b in told)
    assert sum(amount for _, amount in booked) == sum(a + b for a, b in told)


@pytest.mark.parametrize("number", [OWN, "86-000 000017", "5500123"])
def test_any_number_of_the_account_will_do(opened: Books, number):
    take(opened, line(account=number))
    assert entries(opened) == [(OWN, "principal", 10000, "U-1")]


def test_the_number_an_account_has_today_goes_before_another_s_old_one(opened: Books):
    take(opened, line(account="22"))
    assert entries(opened) == [("22", "principal", 10000, "U-1")]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("404", "нет такого лицевого счёта: 404; сумма 100,00"),
        ("0" + OWN, f"нет такого лицевого счёта: 0{OWN}; сумма 100,00"),
        ("OLD-7", "номер есть у нескольких лицевых счетов: OLD-7; сумма 100,00"),
        ("", "лицевой счёт не назван; сумма 100,00"),
    ],
)
def test_money_of_nobody_known_waits_for_a_person(opened: Books, number, reason):
    report = take(opened, line("U-1"), line("U-2", account=number))
    assert outcomes(report) == {"new": (1, 10000), "suspense": (1, 10000)}
    assert [(one.line, one.reason) for one in report.problems] == [(3, reason)]
    assert opened.rows("SELECT trx_id FROM payment WHERE account_id IS NULL") == [("U-2",)]
    assert opened.rows("SELECT line, field, reason FROM set_aside") == [(3, "account", reason)]
    assert not report.is_clean


def test_money_older_than_the_opening_waits_for_a_person(opened: Books):
    opened.account("44", premises="30").entry("2026-09", account="44", op="opening").load()
    report = take(opened, line(day="2026-08-31", account="44"), line("U-2", "2026-09-01", "44"))
    assert outcomes(report) == {"new": (1, 10000), "suspense": (1, 10000)}
    assert "раньше входящего остатка" in report.problems[0].reason


def test_the_same_registry_again_changes_nothing(opened: Books):
    lines = line("U-1"), line("U-2", account="404"), line("U-3", account="22")
    take(opened, *lines)
    before = everything(opened, *MONEY[:3])
    report = take(opened, *lines)
    assert outcomes(report) == {"known": (2, 20000), "waits": (1, 10000)}
    assert everything(opened, *MONEY[:3]) == before
    assert opened.rows("SELECT rows_new, rows_same, rows_aside FROM load WHERE load_id = 3") == [
        (0, 2, 1)
    ]


def test_the_same_registry_thrice_at_once_is_booked_once(opened: Books):
    path = written(opened, line("U-1"), line("U-2", account="22"))
    with ThreadPoolExecutor(3) as threads:
        reports = list(
            threads.map(
                lambda _: load_payments(opened.database, path, "csv", clock=CLOCK), range(3)
            )
        )
    assert sorted(report.new for report in reports) == [0, 0, 2]
    assert len(entries(opened)) == 2


def test_money_in_suspense_is_booked_once_when_its_account_is_known(opened: Books):
    lines = line("U-1", account="404"), line("U-2")
    take(opened, *lines)
    opened.account("404", premises="40").load()
    report = take(opened, *lines)
    assert outcomes(report) == {"found": (1, 10000), "known": (1, 10000)}
    assert report.is_clean
    assert outcomes(take(opened, *lines)) == {"known": (2, 20000)}
    assert entries(opened) == [
        ("404", "principal", 10000, "U-1"), (OWN, "principal", 10000, "U-2"),
    ]  # fmt: skip


def test_rows_of_one_operation_are_payments_each(opened: Books):
    lines = [line("U-1"), line("U-1", amount="50,00"), line("U-1"), line("U-1", account="22")]
    take(opened, *lines)
    assert sorted(entries(opened)) == [
        ("22", "principal", 10000, "U-1"), (OWN, "principal", 5000, "U-1"),
        (OWN, "principal", 10000, "U-1"), (OWN, "principal", 10000, "U-1"),
    ]  # fmt: skip
    assert outcomes(take(opened, *lines[::-1])) == {"known": (4, 35000)}


def test_a_refund_is_a_negative_payment(opened: Books):
    take(opened, line("U-1"), line("U-2", amount="-100,00"))
    assert owed(opened) == {"principal": (87997, 0)}


def test_a_fund_that_has_charged_nobody_books_under_the_usual_service(books: Books):
    books.house().account().load()
    take(books, line())
    assert books.rows("SELECT name FROM service JOIN entry USING (service_id)") == [
        ("Взнос на капитальный ремонт",)
    ]
    assert wrong(books) == {}


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        (line("U-2", day="2026-12-01"), "строка 3: дата платежа: 01.12.2026 ещё не наступило"),
        (line("U-2", amount="много"), "строка 3: сумма операции: не сумма в рублях: «много»"),
    ],
)
def test_a_bad_row_refuses_the_whole_file(opened: Books, spoilt, reason):
    with pytest.raises(BadRegistry) as refused:
        take(opened, line(), spoilt)
    assert list(map(str, refused.value.faults)) == [reason]
    assert opened.rows("SELECT count(*) FROM payment") == [(0,)]
    assert opened.rows("SELECT count(*) FROM load") == [(1,)]


def test_a_trial_tells_everything_and_changes_nothing(opened: Books):
    before = everything(opened, "load", *MONEY)
    report = take(opened, line(), line("U-2", account="404"), dry_run=True)
    assert outcomes(report) == {"new": (1, 10000), "suspense": (1, 10000)}
    assert everything(opened, "load", *MONEY) == before


async def test_a_payment_that_the_bank_s_message_brought_is_matched(opened: Books):
    paid = await Till(opened).pay(10000)
    report = take(opened, line(paid.trx_id), line("U-2"))
    assert outcomes(report) == {"matched": (1, 10000), "new": (1, 10000)}
    assert owed(opened) == {"principal": (87997, -20000)}
    assert outcomes(take(opened, line(paid.trx_id))) == {"known": (1, 10000)}


async def test_the_rrn_matches_only_together_with_the_account(opened: Books):
    paid = await Till(opened).pay(10000)
    report = take(opened, line(str(paid.rrn)), line(str(paid.rrn), account="22"))
    assert outcomes(report) == {"matched": (1, 10000), "new": (1, 10000)}


async def test_a_refund_is_not_taken_for_the_payment_it_gives_back(opened: Books):
    paid = await Till(opened).pay(10000)
    assert outcomes(take(opened, line(paid.trx_id, amount="-100,00"))) == {"new": (1, -10000)}
    assert owed(opened) == {"principal": (87997, 0)}


async def test_a_matched_payment_of_another_sum_is_told(opened: Books):
    paid = await Till(opened).pay(10000)
    report = take(opened, line(paid.trx_id, amount="99,00"))
    assert report.other_sums == [(paid.trx_id, 10000, 9900)]
    assert owed(opened) == {"principal": (87997, -10000)}


async def test_a_message_after_the_registry_only_tells_the_order(opened: Books):
    till = Till(opened)
    take(opened, line("FA4E7777"))
    order_id = await till.order(10000)
    await till.news(order_id, PAID)
    await till.news(order_id, PAID)
    assert opened.rows("SELECT trx_id, order_id, rrn FROM payment") == [
        ("FA4E7777", order_id, "613344519801")
    ]
    assert opened.rows("SELECT CAST(state AS text) FROM payment_order") == [("paid",)]
    assert owed(opened) == {"principal": (87997, -10000)}


async def test_suspended_money_does_not_stop_the_message_that_knows_its_account(opened: Books):
    till = Till(opened)
    lines = [line("FA4E7777", account="404")]
    take(opened, *lines)
    await till.news(await till.order(10000), PAID)
    opened.account("404", premises="40").load()
    assert outcomes(take(opened, *lines)) == {"matched": (1, 10000)}
    assert entries(opened) == [(OWN, "principal", 10000, "FA4E7777")]
