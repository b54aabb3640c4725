"""What a load tells otherwise than we have it is kept: every row of it, until another load heals it
or its load is undone."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkcap.exchange.loads import LoadRefused
from lkcap.exchange.report import Report
from lkcap.exchange.undo import undo
from tests.exchange.registry import CLOCK, OWN, line, take, wrong
from tests.exchange.test_linking import billed
from tests.factory import Books
from tests.payments.taken import NEWS, Till

KEPT = "SELECT line, thing, ours, theirs FROM difference ORDER BY difference_id"
OPEN = "SELECT ours, theirs FROM open_difference ORDER BY difference_id"


@pytest.fixture
def opened(books: Books) -> Iterator[Books]:
    """An account that owes 879,97 and one that owes nothing; the books must agree afterwards."""
    books.house().account().account("22", premises="28").entry("2026-10").load()
    yield books
    assert wrong(books) == {}


def balances(books: Books, *rows: tuple[str, str, str], **options: object) -> Report:
    """(account, month, closing of the principal)."""
    told = [
        {"account": account, "period": period, "kind": "principal", "closing": closing}
        for account, period, closing in rows
    ]
    return books.load_rows("balances", told, **options)


def undone(books: Books, load: Report) -> None:
    undo(books.database, load.load_id, clock=CLOCK, staff_id=None, why="не тот файл")


def counted(books: Books, load: Report) -> Sequence[tuple[int, int]]:
    """Rows that the load has kept as differing, and those its report tells of."""
    ((rows,),) = books.rows(
        "SELECT count(*) FROM difference WHERE load_id = %s AND ours <> theirs", load.load_id
    )
    return rows, load.differ + len(load.other_sums)


async def test_a_registry_s_other_sum_is_kept_with_its_line(opened: Books):
    paid = await Till(opened).pay(10000)
    load = take(opened, line("U-1"), line(paid.trx_id, amount="99,00"))
    assert opened.rows(KEPT) == [(3, f"gpb/{paid.trx_id}/", 10000, 9900)]
    assert opened.rows("SELECT load_id, file, trx_id FROM difference") == [
        (load.load_id, "payments.csv", paid.trx_id)
    ]
    assert not load.is_clean


async def test_rows_of_one_operation_are_taken_together(opened: Books):
    paid = await Till(opened).pay(10000)
    halves = line(paid.trx_id, amount="60,00"), line(paid.trx_id, amount="40,00")
    assert take(opened, *halves).is_clean
    assert opened.rows(KEPT) == []


async def test_a_registry_that_was_matched_before_may_still_differ(opened: Books):
    paid = await Till(opened).pay(10000)
    assert take(opened, line(paid.trx_id)).is_clean
    load = take(opened, line(paid.trx_id, amount="99,00"))
    assert load.other_sums == [(paid.trx_id, 10000, 9900)]
    assert opened.rows(OPEN) == [(10000, 9900)]


async def test_a_corrected_registry_heals_what_the_first_one_told(opened: Books):
    paid = await Till(opened).pay(10000)
    take(opened, line(paid.trx_id, amount="99,00"))
    load = take(opened, line(paid.trx_id))
    assert (opened.rows(OPEN), load.other_sums, load.is_clean) == ([], [], True)
    undone(opened, load)
    assert opened.rows(OPEN) == [(10000, 9900)]


async def test_a_registry_that_is_undone_differs_no_more(opened: Books):
    paid = await Till(opened).pay(10000)
    undone(opened, take(opened, line(paid.trx_id, amount="99,00")))
    assert opened.rows(OPEN) == []
    assert len(opened.rows(KEPT)) == 1


async def test_a_payment_taken_anew_is_still_the_same_thing(opened: Books):
    till = Till(opened)
    paid = await till.pay(10032)
    take(opened, line(paid.trx_id, amount="99,00"))
    undone(opened, billed(opened, ref=paid.trx_id))
    assert len(opened.rows("SELECT 1 FROM payment")) == 2
    assert take(opened, line(paid.trx_id, amount="100,32")).is_clean
    assert opened.rows(OPEN) == []


async def test_money_found_for_an_account_is_compared_too(opened: Books):
    till = Till(opened)
    await till.news("a" * 32, replace(NEWS, trx_id="FA4E7777", amount=10000))
    load = take(opened, line("FA4E7777", amount="99,00"))
    assert load.other_sums == [("FA4E7777", 10000, 9900)]


def test_a_balance_is_kept_with_its_account_and_month(opened: Books):
    load = balances(opened, (OWN, "2026-10", "879,97"), (OWN, "2026-11", "880,00"))
    ((account_id,),) = opened.rows("SELECT account_id FROM account WHERE number = %s", OWN)
    assert opened.rows(KEPT) == [(3, f"{account_id}/2026-11-01/principal", 87997, 88000)]
    assert counted(opened, load) == (1, 1)


def test_a_balance_that_is_ours_again_is_open_no_more(opened: Books):
    balances(opened, (OWN, "2026-11", "880,00"), ("22", "2026-11", "1,00"))
    opened.entry("2026-11", op="correction", amount="0,03").load()
    healing = balances(opened, (OWN, "2026-11", "880,00"))
    assert (counted(opened, healing), healing.is_clean) == ((0, 0), True)
    assert opened.rows(OPEN) == [(0, 100)]


def test_a_comparison_may_be_undone(opened: Books):
    load = balances(opened, (OWN, "2026-11", "880,00"))
    before = opened.rows("SELECT count(*), sum(amount) FROM entry")
    undone(opened, load)
    assert opened.rows(OPEN) == []
    assert opened.rows("SELECT count(*), sum(amount) FROM entry") == before


def test_a_balance_told_twice_in_one_file_is_told_once(opened: Books):
    rows = (OWN, "2026-11", "880,00"), (OWN, "2026-11", "880,00"), (OWN, "2026-11", "881,00")
    load = balances(opened, *rows, max_bad=Fraction(1))
    assert (load.differ, load.aside) == (1, 1)
    assert "с тем же ключом" in load.problems[0].reason
    assert opened.rows(OPEN) == [(87997, 88000)]


@pytest.mark.parametrize("options", [{"dry_run": True, "max_bad": Fraction(1)}, {}])
def test_what_did_not_go_in_has_told_nothing(opened: Books, options: dict[str, object]):
    with suppress(LoadRefused):
        balances(opened, (OWN, "2026-11", "880,00"), ("404", "2026-11", "0"), **options)
    assert opened.rows(KEPT) == []


def test_a_file_of_many_batches_keeps_every_row(opened: Books, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lkcap.exchange.batches.BATCH_ROWS", 7)
    months = [f"20{year}-{month:02d}" for year in range(15, 26) for month in range(1, 13)]
    load = balances(opened, *((OWN, month, "1,00") for month in months))
    assert counted(opened, load) == (len(months), len(months))
    assert [row for (row,) in opened.rows("SELECT line FROM difference ORDER BY 1")] == list(
        range(2, len(months) + 2)
    )


# A load tells of some of three months: what each closes with, in roubles; or one before is undone.
TOLD = st.dictionaries(st.sampled_from(["2026-08", "2026-09", "2026-11"]), st.sampled_from([0, 7]))
STEPS = st.lists(st.one_of(TOLD.filter(bool), st.integers(0, 5)), max_size=8)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_open_is_what_the_last_load_that_counts_tells_otherwise(opened: Books, steps: list):
    opened.rows("TRUNCATE difference CASCADE")
    told: list[tuple[Report, dict[str, int]]] = []
    for step in steps:
        if isinstance(step, int):
            if step < len(told):
                undone(opened, told.pop(step)[0])
            continue
        load = balances(opened, *(("22", month, str(sum_)) for month, sum_ in step.items()))
        assert counted(opened, load) == (sum(map(bool, step.values())),) * 2
        told.append((load, step))
    last = {month: sum_ for _, one in told for month, sum_ in one.items()}
    found = opened.rows(
        "SELECT to_char(period, 'YYYY-MM'), difference.theirs FROM open_difference JOIN difference"
        " USING (difference_id) ORDER BY 1"
    )
    assert [(month, theirs // 100) for month, theirs in found] == sorted(
        (month, sum_) for month, sum_ in last.items() if sum_
    )
