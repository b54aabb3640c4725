"""Rows of the statement as markup: cells say what their place does not."""

from datetime import date

import pytest
from lxml.html import fragment_fromstring

from lkcap.kit.month import Month
from lkcap.kit.pages import STATIC
from lkcap.statement.cells import amounts, operation_cells
from lkcap.statement.forms import Wish
from lkcap.statement.model import COLUMNS, Operation, Row
from lkcap.statement.pickers import range_options
from tests.browserless import Browser
from tests.factory import Books

FIRST, LAST = Month(2014, 9), Month(2026, 11)
SHEET = (STATIC / "css" / "site.css").read_text("utf-8")


def row(**said: int) -> Row:
    usual = dict.fromkeys([column.field for column in COLUMNS], 0) | said
    return Row(period=date(2026, 10, 1), service="Взнос", since=None, **usual)


def operation(op: str, amount: int) -> Operation:
    day = date(2026, 10, 20)
    return Operation(day, "Взнос", op, day, None, None, amount, None, False)


def cells(markup: str):
    return fragment_fromstring(f"<table><tr>{markup}</tr></table>").cssselect("td")


def test_a_row_has_nine_amounts_and_fades_what_is_nothing():
    found = cells(amounts(row(charged=87997, actual=87997, closing=-500)))
    assert [int(one[0].get("value")) for one in found] == [0, 87997, 0, 0, 87997, 0, 0, 0, -500]
    faded = [place for place, one in enumerate(found) if one.get("class") == "nil"]
    assert faded == [2, 3, 5, 6, 7], "a balance never is"
    assert "переплата" in found[-1].text_content()


@pytest.mark.parametrize(
    ("op", "places"),
    [("charge", [1]), ("recalculation", [2]), ("act", [2, 3]), ("payment", [5]),
     ("correction", [6]), ("write_off", [7])],
)  # fmt: skip
def test_an_operation_stands_under_the_column_it_adds_to(op: str, places: list[int]):
    found = cells(operation_cells(operation(op, -100)))
    assert len(found) == len(COLUMNS)
    assert [place for place, one in enumerate(found) if len(one)] == places
    assert all(found[place].get("class") == "neg" for place in places)
    assert "neg" not in operation_cells(operation(op, 100))


def test_a_phone_names_the_columns_as_the_table_does():
    """The head is the first child of its row, the columns follow it."""
    for place, column in enumerate(COLUMNS, 2):
        rule = SHEET.partition(f".ledger td:nth-child({place}){{")[2]
        while "--name" not in rule.partition("}")[0]:
            rule = rule.partition(f".ledger td:nth-child({place}){{")[2]
        assert f'--name:"{column.title}"' in rule.partition("}")[0]
        assert (f'--sign:"{column.sign} "' in rule.partition("}")[0]) or not column.sign


def test_the_years_near_the_chosen_months_are_whole_and_far_ones_stand_for_themselves():
    lists = range_options(FIRST, LAST, Wish(Month(2019, 3), Month(2020, 2)))
    assert 'value="2019-03" selected' in lists["from"]
    assert 'value="2020-02" selected' in lists["to"]
    for year in (2019, 2020, 2025):
        assert lists["from"].count(f'value="{year}-') == 12
    assert lists["to"].count('value="2026-') == 11
    far = [lists[name].count('value="2016-') for name in ("from", "to")]
    assert far == [1, 1]
    assert ('"2016-01"' in lists["from"], '"2016-12"' in lists["to"]) == (True, True)
    assert '"2014-09"' in lists["from"], "the first month of all"


def test_a_wish_older_than_the_account_is_shown_as_its_first_month():
    lists = range_options(FIRST, LAST, Wish(Month(2001, 1), Month(2002, 1)))
    assert 'value="2014-09" selected' in lists["from"]
    assert 'value="2014-09" selected' in lists["to"]


async def test_adjusted_rows_say_so(browser: Browser, books: Books):
    books.house().account().entry("2026-09").entry("2026-10").entry(
        "2026-10", op="act", amount="-100,00"
    ).load()
    books.subscriber("alice@example.com", "86000000017")
    await browser.login("alice@example.com")
    page = await browser.page("/statement")
    adjusted = [one.cssselect("data")[2].get("value") for one in page.all("tr.adjusted")]
    assert adjusted == ["-10000", "-10000"], "the month's and the total"
