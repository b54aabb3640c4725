"""Entries are booked once, whole, and for ever (contract §4, §6.3)."""

from datetime import date
from fractions import Fraction

import pytest

from tests.exchange.texts import entry
from tests.factory import Books

ALL = Fraction(1)
OWN = "86000000017"


def booked(books: Books, columns: str = "entry_id, amount") -> list[tuple[object, ...]]:
    return books.rows(f"SELECT {columns} FROM entry ORDER BY entry_id")


def aside(books: Books) -> list[tuple[object, ...]]:
    return books.rows("SELECT line, field, reason FROM set_aside ORDER BY load_id, line")


@pytest.fixture
def opened(books: Books) -> Books:
    books.house().account(OWN).account("22", premises="28").load()
    return books


def test_an_entry_keeps_every_word_it_came_with(opened: Books):
    entry(
        opened, "2026-09", entry_id="B/1 — ё", kind="penalty", op="payment", amount="1 234,5",
        posted_on="05.09.2026", for_period="2026-08", document="п/п 9; «срочно»", bank_ref="1005",
        details="a × b",
    ).load()  # fmt: skip
    columns = (
        "entry_id, document, bank_ref, details, posted_on, for_period, period, op, kind, amount"
    )
    assert booked(opened, columns) == [
        (
            "B/1 — ё", "п/п 9; «срочно»", "1005", "a × b", date(2026, 9, 5), date(2026, 8, 1),
            date(2026, 9, 1), "payment", "penalty", 123450,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("period", "2026-08"),
        ("service", "Взнос по решению собрания"),
        ("kind", "penalty"),
        ("op", "recalculation"),
        ("amount", "879,98"),
        ("posted_on", "2026-09-21"),
        ("for_period", ""),
        ("document", "другой"),
        ("bank_ref", "1"),
        ("details", "иначе"),
    ],
)
def test_a_known_number_with_other_content_is_set_aside(opened: Books, column, value):
    opened.entry("2026-09", entry_id="B").load()
    before = opened.rows("SELECT * FROM entry")
    report = entry(opened, "2026-09", entry_id="B", **{column: value}).load(max_bad=ALL)
    assert (report.new, report.aside) == (0, 1)
    assert aside(opened) == [
        (2, "entry_id", "запись с этим номером уже есть, и её содержание другое")
    ]
    assert opened.rows("SELECT * FROM entry") == before


def test_a_known_number_on_another_account_is_set_aside(opened: Books):
    opened.entry("2026-09", entry_id="B").load()
    opened.entry("2026-09", entry_id="B", account="22").load(max_bad=ALL)
    assert aside(opened) == [
        (2, "account", "запись с этим номером уже есть на другом лицевом счёте")
    ]
    assert opened.rows("SELECT count(*), sum(balance) FROM account_balance") == [(1, 87997)]


def test_equal_rows_of_one_file_are_one(opened: Books):
    opened.entry("2026-09", entry_id="B").entry("2026-09", entry_id="B")
    report = opened.load()
    assert (report.new, report.aside, booked(opened)) == (1, 0, [("B", 87997)])


@pytest.mark.parametrize("other", [{"amount": "1,00"}, {"account": "22"}, {"op": "opening"}])
def test_of_different_rows_with_one_number_the_first_counts(opened: Books, other):
    opened.entry("2026-09", entry_id="B").entry("2026-09", **({"entry_id": "B"} | other))
    report = opened.load(max_bad=ALL)
    assert (report.new, report.aside, booked(opened)) == (1, 1, [("B", 87997)])
    assert [line for line, *_ in aside(opened)] == [3]


def test_two_honest_equal_payments_are_two(opened: Books):
    for number in ("P-1", "P-2"):
        opened.entry("2026-09", entry_id=number, op="payment", amount="100,00", document="п/п 7")
    assert opened.load().new == 2
    assert opened.rows("SELECT balance FROM account_balance") == [(-20000,)]


@pytest.mark.parametrize(("period", "taken"), [("2026-11", 1), ("2026-12", 0), ("2027-01", 0)])
def test_a_month_after_today_is_not_open_yet(opened: Books, period, taken):
    opened.entry(period, posted_on="2026-11-20").load(max_bad=ALL)
    assert len(booked(opened)) == taken
    assert [field for _, field, _ in aside(opened)] == ["period"] * (1 - taken)


def test_the_last_day_of_a_month_opens_nothing_the_first_does(opened: Books):
    opened.entry("2026-12", entry_id="B")
    path = opened.write()
    last, first = date(2026, 11, 30), date(2026, 12, 1)
    assert opened.load_path("package", path, max_bad=ALL, today=last).aside == 1
    assert opened.load_path("package", path, today=first).new == 1


@pytest.mark.parametrize(
    ("op", "amount", "document", "taken"),
    [
        ("charge", "-1,00", "сторно B-1", 1),
        ("charge", "-1,00", "", 0),
        ("charge", "-1,00", "  ", 0),
        ("charge", "0,00", "", 1),
        ("write_off", "-1,00", "определение", 1),
        ("write_off", "-1,00", "", 0),
        ("payment", "-1,00", "", 1),
        ("recalculation", "-1,00", "", 1),
        ("act", "-1,00", "", 1),
        ("correction", "-1,00", "", 1),
        ("opening", "-1,00", "", 1),
    ],
)
def test_a_negative_charge_or_write_off_names_its_document(
    opened: Books, op, amount, document, taken
):
    opened.entry("2026-09", op=op, amount=amount, document=document).load(max_bad=ALL)
    assert len(booked(opened)) == taken
    assert [field for _, field, _ in aside(opened)] == ["document"] * (1 - taken)


def test_entries_after_the_account_is_closed_are_taken(opened: Books):
    opened.account("33", closed_on="2026-08-31").load()
    opened.entry("2026-10", account="33", op="payment", amount="5,00").load()
    assert opened.rows("SELECT balance FROM account_balance") == [(-500,)]


def test_entries_before_the_account_is_opened_are_taken(opened: Books):
    opened.entry("2010-01", posted_on="2010-01-20").load()
    assert booked(opened, "period") == [(date(2010, 1, 1),)]
