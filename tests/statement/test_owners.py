"""A new owner sees from his first month, and nothing older; the former one sees nothing (§4)."""

import csv
import io

import pytest

from lkcap.exchange.loads import Report
from tests.browserless import Browser
from tests.factory import Books

OWN = "86000000017"
ALICE, BORIS = "alice@example.com", "boris@example.com"
BORIS_OWNS = {"last_name": "Новосёлов", "first_name": "Борис", "middle_name": "Ильич"}
SECRET = "плательщик Примерова"
DAYS = ["2026-10-01", "2026-10-10", "2026-10-15", "2026-10-16", "2026-10-31"]


def region(books: Books) -> Books:
    """Alice owes 100.00 and has paid 60.00 before; 10.00 a month since."""
    books.house().account()
    books.entry("2026-07", op="opening", amount="100,00", document=SECRET)
    books.entry("2026-08", op="payment", amount="60,00", document=SECRET, details=SECRET)
    books.entry("2026-09", service="Старый взнос", amount="0,00", document=SECRET)
    return books.entry("2026-10", amount="10,00").entry("2026-11", amount="10,00")


@pytest.fixture
def day() -> str:
    return "2026-10-15"


@pytest.fixture
async def boris(browser: Browser, books: Books, day: str) -> Browser:
    """The new owner since a day of October, logged in."""
    region(books).account(valid_from=day, **BORIS_OWNS).load()
    books.subscriber(BORIS, OWN)
    await browser.login(BORIS)
    return browser


@pytest.mark.parametrize("day", DAYS)
async def test_the_new_owner_sees_from_his_first_month_with_the_carried_balance(boris: Browser):
    answer = await boris.get("/statement.csv?from=2020-01&mode=general")
    table = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))
    assert [(row[0], row[2], row[3], row[10]) for row in table[1:]] == [
        ("2026-10", "40,00", "10,00", "50,00"),
        ("2026-11", "50,00", "10,00", "60,00"),
        ("total", "40,00", "20,00", "60,00"),
    ]
    assert not [row for row in table if row[7] not in ("0,00", "paid")]
    page = await boris.page("/statement")
    assert 'value="2026-10"' in page.html
    assert 'value="2026-09"' not in page.html


@pytest.mark.parametrize("mode", ["general", "detailed", "extended"])
async def test_nothing_older_is_shown_in_any_mode(boris: Browser, mode):
    for debt in ("principal", "penalty"):
        query = f"from=2014-01&debt={debt}&mode={mode}"
        page = await boris.page(f"/statement?{query}")
        file = (await boris.get(f"/statement.csv?{query}")).body.decode()
        for told in (page.html, file):
            assert SECRET not in told
            assert "Примеров" not in told
        # no service ever had a penalty: its months stand in the general table alone
        assert ("2026-10" in file) == (debt == "principal" or mode == "general")
        assert not [month for month in ("2026-07", "2026-08", "2026-09") if month in file]
        shown = page.table("statement")
        assert "октябрь 2026" in str(shown)
        assert not [name for name in ("июль", "август", "сентябрь") if name in str(shown)]


async def test_a_range_wholly_before_his_is_empty(boris: Browser):
    answer = await boris.get("/statement.csv?from=2026-07&to=2026-09")
    assert len(answer.body.splitlines()) == 2
    page = await boris.page("/statement?from=2026-07&to=2026-09")
    assert len(page.table("statement")) == 2
    assert set(page.amounts) <= {0}


async def test_the_information_page_names_the_new_owner_alone(boris: Browser):
    page = await boris.page("/account")
    assert "Новосёлов" in page.text
    assert "Примеров" not in page.text
    assert "60,00" in page.by_id("due")


async def test_details_of_his_first_month_before_his_day_are_kept_from_him(
    browser: Browser, books: Books
):
    region(books)
    books.entry("2026-10", posted_on="2026-10-14", details=SECRET, amount="1,00")
    books.entry("2026-10", posted_on="2026-10-15", details="свой расчёт", amount="2,00")
    books.account(valid_from="2026-10-15", **BORIS_OWNS).load()
    books.subscriber(BORIS, OWN)
    await browser.login(BORIS)
    page = await browser.page("/statement?mode=extended")
    assert SECRET not in page.html
    assert "свой расчёт" in page.html
    # the sums are all there: the month adds up
    assert {100, 200, 1000} <= set(page.amounts)


def sell(books: Books, day: str, **options: object) -> Report:
    return books.account(valid_from=day, **BORIS_OWNS).load(**options)


@pytest.mark.parametrize(
    ("day", "is_his"), [("2026-11-21", False), ("2026-11-22", False), ("2026-11-23", True)]
)
async def test_the_former_owners_session_ends_on_the_day(browser, books: Books, day, is_his):
    region(books).load()
    books.subscriber(ALICE, OWN)
    await browser.login(ALICE)
    assert (await browser.get("/statement")).status == 200
    sell(books, day)
    for path in ("/statement", "/statement.csv", "/statement.xlsx", "/account", "/house"):
        answer = await browser.get(path)
        assert answer.status == (200 if is_his else 303), path


@pytest.mark.parametrize("login", [ALICE, OWN, "86-000 000017", "5500123"])
async def test_the_former_owner_is_let_in_by_no_name(browser: Browser, books: Books, login):
    region(books).load()
    books.account(aliases="5500123").load()
    books.subscriber(ALICE, OWN)
    assert (await browser.login(login)).status == 303
    await browser.post("/logout")
    sell(books, "2026-11-22")
    assert (await browser.login(login)).status == 422


async def test_the_former_owner_keeps_his_other_account(browser: Browser, books: Books):
    region(books).account("22", premises="28").load()
    books.subscriber(ALICE, OWN, "22")
    await browser.login(ALICE)
    sell(books, "2026-11-22")
    page = await browser.page("/account")
    assert "22" in page.by_id("facts")
    assert OWN not in page.html
    assert (await browser.post("/account/switch", account=OWN)).status == 404


async def test_both_owners_at_once_see_each_his_own(browser, neighbour, books: Books):
    """The former one still has another account; the new one has this one."""
    region(books).account("22", premises="28").load()
    books.subscriber(ALICE, OWN, "22")
    sell(books, "2026-11-15")
    books.subscriber(BORIS, OWN)
    await browser.login(ALICE)
    await neighbour.login(BORIS)
    assert SECRET not in (await browser.page("/statement?mode=extended&from=2026-01")).html
    assert SECRET not in (await neighbour.page("/statement?mode=extended&from=2026-01")).html
    assert "Новосёлов" not in (await browser.page("/account")).html


async def test_an_owner_who_comes_back_sees_from_his_return(browser: Browser, books: Books):
    region(books).load()
    books.subscriber(ALICE, OWN)
    sell(books, "2026-09-01")
    books.account(valid_from="2026-11-01").load()
    await browser.login(ALICE)
    answer = await browser.get("/statement.csv?from=2026-01&mode=general")
    assert [line[:7] for line in answer.body.decode().split("\r\n")[1:]] == [
        "2026-11",
        "total;;",
        "",
    ]


async def test_a_new_area_or_spelling_hides_nothing_from_the_owner(browser, books: Books):
    region(books).load()
    books.subscriber(ALICE, OWN)
    books.account(valid_from="2026-10-01", area="60", last_name=" примерова").load()
    await browser.login(ALICE)
    answer = await browser.get("/statement.csv?from=2026-01&mode=general")
    assert answer.body.decode().count("\r\n") == 7
