"""The statement as CSV and XLSX: the same table, exactly (contract §5)."""

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.browserless import Browser
from tests.exchange.texts import entry
from tests.factory import Books

ALICE = "alice@example.com"
OWN = "86000000017"
HEADER = (
    "period;service;opening;charged;recalculated;acts;actual;paid;corrected;written_off;closing"
)
FORMULAS = ["=1+1", "+2+cmd|' /C calc'!A0", "-2+SUM(A1)", "@SUM(A1)", '=HYPERLINK("http://x";"y")']


@pytest.fixture
async def alice(browser: Browser, books: Books) -> Browser:
    books.house().account()
    books.entry("2026-08", op="opening", amount="1234567,80")
    books.entry("2026-09", op="act", amount="-0,05", document='акт; «7»\nот "20.09"')
    books.entry("2026-09", op="payment", amount="1300000", for_period="", posted_on="2026-09-02")
    books.entry("2026-10", op="charge", service="Ёмкий; взнос").load()
    books.subscriber(ALICE, OWN)
    await browser.login(ALICE)
    return browser


async def rows(browser: Browser, query: str) -> list[list[str]]:
    answer = await browser.get(f"/statement.csv?{query}")
    return list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))


async def test_a_general_table_is_exact_to_the_byte(alice: Browser):
    answer = await alice.get("/statement.csv?from=2026-08&to=2026-10&mode=general")
    assert (
        answer.body
        == (
            "\ufeff"
            f"{HEADER}\r\n"
            "2026-08;;1234567,80;0,00;0,00;0,00;0,00;0,00;0,00;0,00;1234567,80\r\n"
            "2026-09;;1234567,80;0,00;-0,05;-0,05;-0,05;1300000,00;0,00;0,00;-65432,25\r\n"
            "2026-10;;-65432,25;879,97;0,00;0,00;879,97;0,00;0,00;0,00;-64552,28\r\n"
            "total;;1234567,80;879,97;-0,05;-0,05;879,92;1300000,00;0,00;0,00;-64552,28\r\n"
        ).encode()
    )


async def test_a_detailed_table_has_every_service_in_every_month(alice: Browser):
    table = await rows(alice, "from=2026-08&to=2026-10")
    assert ";".join(table[0]) == HEADER
    assert [row[:2] for row in table[1:]] == [
        [month, service]
        for month in ("2026-08", "2026-09", "2026-10")
        for service in ("Взнос на капитальный ремонт", "Ёмкий; взнос")
    ] + [["total", ""]]


async def test_services_go_by_name_whatever_the_letters(alice: Browser, books: Books):
    for name in ("Жук", "Ель", "ёж", "елань"):
        books.entry("2026-11", service=name)
    books.load()
    table = await rows(alice, "from=2026-11")
    assert [row[1] for row in table[1:-1]] == [
        "Взнос на капитальный ремонт", "ёж", "елань", "Ель", "Ёмкий; взнос", "Жук",
    ]  # fmt: skip


async def test_an_extended_table_tells_operations_by_date_then_number(alice: Browser):
    table = await rows(alice, "from=2026-09&to=2026-09&mode=extended")
    assert table[0] == [*HEADER.split(";"), "operation", "date", "document", "for_period", "amount"]
    service = "Взнос на капитальный ремонт"
    nothing = [""] * 9
    assert table[2:4] == [
        ["2026-09", service, *nothing, "payment", "2026-09-02", "", "", "1300000,00"],
        ["2026-09", service, *nothing, "act", "2026-09-20", 'акт; «7»\nот "20.09"', "2026-09",
         "-0,05"],
    ]  # fmt: skip
    assert [len(row) for row in table] == [16] * len(table)
    assert (table[1][11:], table[-1][0], table[-1][11:]) == ([""] * 5, "total", [""] * 5)


async def test_operations_of_one_day_go_by_their_numbers(alice: Browser, books: Books):
    for number in ("b", "Б", "B-10", "B-2", "a"):
        books.entry("2026-11", entry_id=number, document=number)
    books.load()
    table = await rows(alice, "from=2026-11&mode=extended")
    assert [row[13] for row in table if row[11:12] == ["charge"]] == ["B-10", "B-2", "a", "b", "Б"]


async def test_a_range_before_the_account_is_a_header_and_a_total(alice: Browser):
    assert await rows(alice, "from=2020-01&to=2020-12&mode=general") == [
        HEADER.split(";"),
        ["total", "", *["0,00"] * 9],
    ]


async def test_the_files_say_what_they_are(alice: Browser):
    query = "from=2026-08&to=2026-10&debt=penalty&mode=general"
    for suffix, kind in (("csv", "text/csv; charset=utf-8"), ("xlsx", "officedocument")):
        answer = await alice.get(f"/statement.{suffix}?{query}")
        name = f"statement-{OWN}-2026-08-2026-10-penalty-general.{suffix}"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert kind in answer.headers["Content-Type"]
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
async def test_a_file_is_only_for_its_reader_and_of_a_sensible_query(alice, neighbour, suffix):
    answer = await neighbour.get(f"/statement.{suffix}")
    assert (answer.status, answer.location) == (303, "/")
    for query in ("mode=all", "debt=fee", "from=2026-13", "from=2026-10&to=2026-09", "to=вчера"):
        assert (await alice.get(f"/statement.{suffix}?{query}")).status == 422, query


async def sheet(browser: Browser, query: str) -> list[tuple[object, ...]]:
    answer = await browser.get(f"/statement.xlsx?{query}")
    book = load_workbook(io.BytesIO(answer.body))
    return [tuple(row) for row in book.active.iter_rows(values_only=True)]


def plain(cell: object) -> str:
    """A cell of the sheet as the CSV writes it."""
    if isinstance(cell, int | float):
        return f"{Decimal(str(cell)):.2f}".replace(".", ",")
    return str(cell or "")


@pytest.mark.parametrize("debt", ["principal", "penalty"])
@pytest.mark.parametrize("mode", ["general", "detailed", "extended"])
async def test_the_sheet_is_the_same_table(alice: Browser, books: Books, mode, debt):
    entry(books, "2026-10", kind="penalty", amount="0,10").load()
    query = f"from=2026-08&to=2026-11&mode={mode}&debt={debt}"
    table, cells = await rows(alice, query), await sheet(alice, query)
    assert [[plain(cell) for cell in row] for row in cells] == table


async def test_numbers_of_the_sheet_are_numbers_and_words_are_words(alice: Browser):
    cells = await sheet(alice, "from=2026-08&to=2026-10&mode=extended")
    for row in cells[1:]:
        assert isinstance(row[0], str)
        if row[11]:
            assert isinstance(row[15], int | float)
            assert [type(cell) for cell in row[2:11]] == [type(None)] * 9
        else:
            assert all(isinstance(cell, int | float) for cell in row[2:11]), row
    assert cells[-1][2:5] == (1234567.8, 879.97, -0.05)


@pytest.mark.parametrize("text", FORMULAS)
async def test_a_text_like_a_formula_is_only_a_text(alice: Browser, books: Books, text):
    books.entry("2026-11", document=text, service=text).load()
    query = "from=2026-11&to=2026-11&mode=extended"
    table = await rows(alice, query)
    told = next(row for row in table if row[11:12] == ["charge"])
    assert (told[1], told[13]) == (f"'{text}", f"'{text}")
    answer = await alice.get(f"/statement.xlsx?{query}")
    found = [
        cell
        for row in load_workbook(io.BytesIO(answer.body)).active.iter_rows()
        for cell in row
        if cell.value == text
    ]
    assert {cell.data_type for cell in found} == {"s"}
    assert not [cell for cell in found if cell.hyperlink]
