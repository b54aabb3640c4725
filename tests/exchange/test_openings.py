"""An opening is the first of its account, service and kind, in whatever order it comes (§4)."""

from fractions import Fraction
from itertools import permutations

import pytest

from lkcap.exchange.loads import Report
from tests.exchange.texts import entry
from tests.factory import Books

ALL = Fraction(1)
LATE = "раньше этого входящего остатка уже есть записи"
EARLY = "раньше входящего остатка, который уже загружен"
OPENING, CHARGE = "opening", "charge"


@pytest.fixture
def opened(books: Books) -> Books:
    books.house().account().account("22", premises="28").load()
    return books


def send(books: Books, *rows: tuple[str, str, str], **said: object) -> Report:
    """Rows as (number, op, period), taken whatever is set aside."""
    for number, op, period in rows:
        books.entry(period, entry_id=number, op=op, **said)
    return books.load(max_bad=ALL)


def booked(books: Books) -> list[str]:
    return [one for (one,) in books.rows("SELECT entry_id FROM entry ORDER BY entry_id")]


def reasons(books: Books) -> list[tuple[object, ...]]:
    """(whether it was an opening, column, reason) of every row set aside."""
    return books.rows(
        "SELECT strpos(raw, ';opening;') > 0, field, reason FROM set_aside ORDER BY load_id, line"
    )


GOOD = [("O", OPENING, "2026-08"), ("A", CHARGE, "2026-08"), ("B", CHARGE, "2026-09")]
BAD = [("O", OPENING, "2026-08"), ("A", CHARGE, "2026-07"), ("B", CHARGE, "2026-09")]
ORDERS, BAD_ORDERS = list(permutations(GOOD)), list(permutations(BAD))
ORDER_NAMES = ["".join(number for number, *_ in rows) for rows in ORDERS]


@pytest.mark.parametrize("rows", ORDERS, ids=ORDER_NAMES)
def test_an_opening_of_the_first_month_is_taken_in_any_order(opened: Books, rows):
    send(opened, *rows)
    assert (booked(opened), reasons(opened)) == (["A", "B", "O"], [])


@pytest.mark.parametrize("rows", ORDERS, ids=ORDER_NAMES)
def test_an_opening_of_the_first_month_is_taken_across_loads(opened: Books, rows):
    for row in rows:
        send(opened, row)
    assert (booked(opened), reasons(opened)) == (["A", "B", "O"], [])


@pytest.mark.parametrize("rows", BAD_ORDERS, ids=ORDER_NAMES)
def test_an_opening_after_another_entry_is_set_aside_in_any_order(opened: Books, rows):
    send(opened, *rows)
    assert (booked(opened), reasons(opened)) == (["A", "B"], [(True, "period", LATE)])


def test_an_opening_loaded_later_than_an_earlier_entry_is_set_aside(opened: Books):
    send(opened, BAD[1])
    send(opened, BAD[0], BAD[2])
    assert (booked(opened), reasons(opened)) == (["A", "B"], [(True, "period", LATE)])


def test_an_entry_earlier_than_a_loaded_opening_is_set_aside(opened: Books):
    send(opened, BAD[0])
    send(opened, BAD[1], BAD[2])
    assert (booked(opened), reasons(opened)) == (["B", "O"], [(False, "period", EARLY)])


def test_of_two_openings_the_later_month_is_set_aside(opened: Books):
    send(opened, ("O2", OPENING, "2026-09"), ("O1", OPENING, "2026-08"))
    assert (booked(opened), reasons(opened)) == (["O1"], [(True, "period", LATE)])


def test_an_entry_that_is_itself_set_aside_does_not_stand_in_the_way(opened: Books):
    opened.entry("2026-07", entry_id="A", amount="-1,00")
    send(opened, ("O", OPENING, "2026-08"))
    assert booked(opened) == ["O"]


def test_the_day_of_posting_does_not_matter(opened: Books):
    opened.entry("2026-09", entry_id="A", posted_on="2026-01-01")
    opened.entry("2026-08", entry_id="O", op=OPENING, posted_on="2026-11-20").load()
    assert booked(opened) == ["A", "O"]


@pytest.mark.parametrize(
    "other",
    [{"kind": "penalty"}, {"service": "Пеня"}, {"account": "22"}],
    ids=lambda one: next(iter(one)),
)
def test_another_kind_service_or_account_does_not_matter(opened: Books, other):
    entry(opened, "2026-01", entry_id="A", **other)
    send(opened, ("O", OPENING, "2026-08"))
    assert (booked(opened), reasons(opened)) == (["A", "O"], [])


def test_openings_are_judged_alike_whatever_the_size_of_a_batch(
    opened: Books, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("lkcap.exchange.batches.BATCH_ROWS", 1)
    monkeypatch.setattr("lkcap.exchange.booking.BATCH_ROWS", 1)
    send(opened, ("O2", OPENING, "2026-09"), *BAD, ("O1", OPENING, "2026-07"))
    assert booked(opened) == ["A", "B", "O1"]
    assert reasons(opened) == [(True, "period", LATE)] * 2
    assert opened.rows("SELECT balance FROM account_balance") == [(3 * 87997,)]


def test_of_two_openings_of_one_number_the_second_is_set_aside_however_far(
    opened: Books, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("lkcap.exchange.batches.BATCH_ROWS", 2)
    opened.entry("2026-01", op=OPENING, amount="1", entry_id="O")
    for _ in range(4):
        opened.entry("2026-02")
    opened.entry("2026-01", op=OPENING, amount="2", entry_id="O")
    report = opened.load(max_bad=ALL)
    assert (report.new, report.aside) == (5, 1)
    assert opened.rows("SELECT amount FROM entry WHERE entry_id = 'O'") == [(100,)]


def test_an_opening_under_a_number_known_elsewhere_stands_in_no_ones_way(opened: Books):
    opened.entry("2026-01", account="22", entry_id="X", op=OPENING).load()
    send(opened, ("X", OPENING, "2026-01"), ("Y", OPENING, "2026-02"))
    assert booked(opened) == ["X", "Y"]
    assert [field for _, field, _ in reasons(opened)] == ["account"]


def test_an_opening_set_aside_keeps_its_row_for_the_journal(opened: Books):
    send(opened, *BAD[1:])
    opened.entry("2026-08", entry_id="O", op=OPENING, document="остаток; \\ и\tтабуляция")
    opened.load(max_bad=ALL)
    ((line, raw),) = opened.rows("SELECT line, raw FROM set_aside")
    assert line == 2
    assert raw.endswith(";2026-08;2026-08-20;2026-08;остаток; \\ и\tтабуляция")
