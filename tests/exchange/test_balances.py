"""`balances`: the billing system's own figures are compared, nothing is changed (contract §6.6)."""

from fractions import Fraction

import pytest

from lkcap.exchange.loads import Report
from tests.exchange.test_loads import everything
from tests.exchange.texts import entry
from tests.factory import Books

OWN = "86000000017"


@pytest.fixture
def opened(books: Books) -> Books:
    books.house().account().account("22", premises="28")
    books.entry("2026-08", op="opening", amount="-100,00").entry("2026-09", amount="50,00")
    books.entry("2026-09", op="write_off", amount="1,00").entry("2026-11", amount="7,00")
    entry(books, "2026-10", kind="penalty", amount="3,33").load()
    return books


def compare(books: Books, *rows: tuple[str, str, str, str], **options: object) -> Report:
    names = ("account", "period", "kind", "closing")
    return books.load_rows(
        "balances", [dict(zip(names, row, strict=True)) for row in rows], **options
    )


@pytest.mark.parametrize(
    ("account", "period", "kind", "closing"),
    [
        (OWN, "2026-07", "principal", "0"),
        (OWN, "2026-08", "principal", "-100,00"),
        (OWN, "2026-09", "principal", "-51,00"),
        (OWN, "2026-10", "principal", "-51.00"),
        (OWN, "2026-11", "principal", "-44,00"),
        (OWN, "2026-09", "penalty", "0,00"),
        (OWN, "2026-10", "penalty", "3,33"),
        ("22", "2026-10", "penalty", "0"),
    ],
)
def test_a_closing_that_is_ours_is_no_difference(opened: Books, account, period, kind, closing):
    report = compare(opened, (account, period, kind, closing))
    assert (report.is_clean, report.differences, report.rows) == (True, [], 1)


def test_what_differs_is_listed_and_nothing_is_changed(opened: Books):
    before = everything(opened)
    report = compare(
        opened,
        (OWN, "2026-09", "principal", "-51,01"),
        (OWN, "2026-10", "penalty", "-3,33"),
        (OWN, "2026-10", "principal", "-51,00"),
        ("22", "2026-10", "principal", "5,00"),
    )
    assert report.differences == [
        ("22", "2026-10", "principal", 500, 0),
        (OWN, "2026-09", "principal", -5101, -5100),
        (OWN, "2026-10", "penalty", -333, 333),
    ]
    assert (report.is_clean, report.aside, report.new) == (False, 0, 0)
    assert everything(opened) == before


def test_a_balance_of_an_unknown_account_is_set_aside(opened: Books):
    report = compare(opened, ("404", "2026-09", "principal", "0"), max_bad=Fraction(1))
    assert (report.aside, report.differences) == (1, [])
    assert opened.rows("SELECT line, field, reason FROM set_aside") == [
        (2, "account", "нет такого лицевого счёта")
    ]


def test_a_package_compares_after_its_entries_are_in(opened: Books):
    opened.entry("2026-11", amount="1,00")
    opened.files["balances"] = [
        {"account": OWN, "period": "2026-11", "kind": "principal", "closing": "-43,00"}
    ]
    assert opened.load().is_clean
