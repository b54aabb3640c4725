"""The charts of «Информация»: their heights are the numbers of their tables."""

import re

import pytest

from lkcap.accounts.years import Year, columns
from tests.accounts.conftest import NUMBER, Opener, told
from tests.browserless import Browser, Page
from tests.factory import Books


def table(page: Page, title: str) -> list[list[str]]:
    (found,) = [rows for rows in page.all("table") if title in rows.cssselect("caption")[0].text]
    return [
        [re.sub(r"\s", " ", cell.text_content()).strip() for cell in row.cssselect("th, td")]
        for row in found.cssselect("tbody tr")
    ]


@pytest.fixture
def ledger(books: Books) -> Books:
    """300 charged in 2024, 100 paid in 2025, 500 in 2026."""
    books.house().account().entry("2024-05", amount="300,00")
    books.entry("2025-02", op="payment", amount="90,00")
    books.entry("2025-02", kind="penalty", op="payment", amount="10,00")
    return books.entry("2026-03", op="payment", amount="500,00")


async def test_every_year_has_its_money_and_its_balance(ledger: Books, account_page: Opener):
    page = await account_page()
    assert table(page, "Деньги счёта по годам") == [
        ["2026", "0,00", "500,00"],
        ["2025", "0,00", "100,00"],
        ["2024", "300,00", "0,00"],
    ]
    assert table(page, "Остаток счёта") == [
        ["2026", "−300,00 переплата"],
        ["2025", "200,00 долг"],
        ["2024", "300,00 долг"],
    ]


async def test_both_pictures_have_a_name_and_a_description(ledger: Books, account_page: Opener):
    page = await account_page()
    pictures = page.all("svg[role=img]")
    assert len(pictures) == 2
    for one in pictures:
        for name in one.get("aria-labelledby").split():
            assert page.by_id(name)


def test_a_debt_stands_on_the_line_and_an_overpayment_hangs_under_it():
    debt, nothing, advance = columns(
        [Year(2024, 0, 0, 30_000), Year(2025, 0, 0, 0), Year(2026, 0, 0, -10_000)]
    )
    assert debt.zero == nothing.y == nothing.zero == advance.zero == 115
    assert (debt.zero - debt.y, advance.y - advance.zero) == (105, 35)
    assert (debt.is_debt, advance.is_debt) == (True, False)


def test_there_is_no_picture_of_nothing():
    assert columns([]) == columns([Year(2026, 100, 100, 0)]) == []


async def test_an_account_without_entries_has_no_picture(books: Books, account_page: Opener):
    books.house().account()
    assert not (await account_page()).all("svg[role=img]")


async def test_a_new_owner_s_picture_begins_with_him(browser: Browser, ledger: Books):
    ledger.account(valid_from="2026-01-10", last_name="Новосёлов", first_name="Борис").load()
    ledger.subscriber("boris@example.com", NUMBER)
    await browser.login("boris@example.com")
    page = await browser.page("/account")
    assert table(page, "Деньги счёта по годам") == [["2026", "0,00", "500,00"]]
    assert table(page, "Остаток счёта") == [["2026", "−300,00 переплата"]], "with what he took over"
    assert "2024" not in told(page).partition("по годам")[2]
