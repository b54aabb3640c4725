"""A registry that tells of a known payment order in other bytes is held back for a person."""

import pytest

from lkcap.exchange.payments import load_payments
from lkcap.exchange.registries.model import BadRegistry
from lkcap.exchange.report import Report
from lkcap.exchange.undo import undo
from tests.exchange.registry import CLOCK, OWN, outcomes
from tests.exchange.texts import put
from tests.factory import Books

ROW = "10-11-2026;14-15-03;8598/0123;СБОЛ;{};" + OWN + ";;;1126;100,00;99,00;1,00"
TRAILER = "=1;100,00;99,00;1,00;{};11-11-2026"


def sber(books: Books, operation: str, order: str = "000777", **options: bool) -> Report:
    text = "\r\n".join([ROW.format(operation), TRAILER.format(order)]) + "\r\n"
    path = put(books, f"{operation}.txt", text)
    return load_payments(books.database, path, "sber", clock=CLOCK, **options)


@pytest.fixture
def opened(books: Books) -> Books:
    books.house().account().entry("2026-10").load()
    return books


def test_another_file_of_the_same_payment_order_is_held_back(opened: Books):
    first = sber(opened, "U-1")
    with pytest.raises(BadRegistry) as refused:
        sber(opened, "U-2")
    (fault,) = refused.value.faults
    assert "п/п 000777 от 11.11.2026, 1\u00a0строка на 100,00" in fault.reason
    assert f"загрузка № {first.load_id}, U-1.txt, " in fault.reason
    assert opened.rows("SELECT trx_id FROM payment") == [("U-1",)]


def test_the_same_bytes_are_no_other_file(opened: Books):
    sber(opened, "U-1")
    assert outcomes(sber(opened, "U-1")) == {"known": (1, 10000)}


def test_a_person_who_has_compared_them_lets_it_in(opened: Books):
    sber(opened, "U-1")
    assert outcomes(sber(opened, "U-2", may_repeat_total=True)) == {"new": (1, 10000)}


@pytest.mark.parametrize("order", ["000778", ""])
def test_another_payment_order_or_none_is_another_registry(opened: Books, order: str):
    sber(opened, "U-1", order and "000777")
    assert outcomes(sber(opened, "U-2", order)) == {"new": (1, 10000)}


def test_a_registry_that_was_undone_stands_in_nobody_s_way(opened: Books):
    first = sber(opened, "U-1")
    undo(opened.database, first.load_id, clock=CLOCK, staff_id=None, why="не тот")
    assert outcomes(sber(opened, "U-2")) == {"new": (1, 10000)}


def test_a_trial_claims_nothing(opened: Books):
    sber(opened, "U-1", dry_run=True)
    assert outcomes(sber(opened, "U-2")) == {"new": (1, 10000)}
