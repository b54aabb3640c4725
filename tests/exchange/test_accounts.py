"""Accounts with dated states, shares, other numbers, and moves between houses (contract §6.2)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from lkcap.config import DataConfig
from lkcap.ledger import books as verification
from tests.browserless import Browser
from tests.factory import Books

ALL = Fraction(1)
OWN = "86000000017"


def states(books: Books, columns: str) -> list[tuple[object, ...]]:
    return books.rows(f"SELECT {columns} FROM account_state ORDER BY account_id, valid_from")


def numbers(books: Books) -> list[tuple[object, ...]]:
    return books.rows("SELECT number_key, number, valid_from FROM account_number ORDER BY 1")


def test_a_row_without_its_own_date_holds_from_the_opening(books: Books):
    books.house().account(opened_on="2014-09-01").load()
    assert states(books, "valid_from, area") == [(date(2014, 9, 1), Decimal("51.4"))]


def test_a_state_with_no_date_at_all_is_set_aside(books: Books):
    books.house().account(opened_on="").load(max_bad=ALL)
    assert books.rows("SELECT field, reason FROM set_aside") == [
        ("valid_from", "не заполнены ни valid_from, ни opened_on")
    ]


def test_an_account_has_several_states_in_any_order_and_over_loads(books: Books):
    books.house().account(valid_from="2025-02-01", area="60").account().load()
    books.account(valid_from="2020-01-01", area="55").load()
    assert states(books, "valid_from, area") == [
        (date(2014, 9, 1), Decimal("51.4")),
        (date(2020, 1, 1), Decimal(55)),
        (date(2025, 2, 1), Decimal(60)),
    ]
    assert books.rows("SELECT count(*) FROM account") == [(1,)]


def test_a_state_is_corrected_in_its_place(books: Books):
    books.house().account().load()
    assert books.account(area="52", els="").load().new == 1
    assert states(books, "valid_from, area, els") == [(date(2014, 9, 1), Decimal(52), None)]


def test_two_different_states_of_one_day_are_not_guessed_between(books: Books):
    report = books.house().account().account(area="99").load(max_bad=ALL)
    assert (report.aside, states(books, "area")) == (1, [(Decimal("51.4"),)])


@pytest.mark.parametrize(
    ("share", "kept"),
    [("1", (1, 1)), ("1/3", (1, 3)), ("2/6", (1, 3)), ("0,5", (1, 2)), ("0.125", (1, 8)),
     ("", (1, 1)), ("1,0", (1, 1)), ("3/3", (1, 1)), ("143/1000", (143, 1000))],
)  # fmt: skip
def test_a_share_is_kept_as_an_exact_fraction(books: Books, share, kept):
    books.house().account(share=share).load()
    assert states(books, "share_numerator, share_denominator") == [kept]


def test_other_numbers_are_kept_with_their_dates_and_found_without_dashes(books: Books):
    books.house().account(aliases=" 55-00 123, 680015500123@2020-01-01,ab-7@01.02.2021 ").load()
    assert numbers(books) == [
        ("5500123", "55-00 123", None),
        ("680015500123", "680015500123", date(2020, 1, 1)),
        (OWN, OWN, None),
        ("AB-7".replace("-", ""), "ab-7", date(2021, 2, 1)),
    ]


def test_other_numbers_come_with_any_state_and_stay(books: Books):
    books.house().account(aliases="11").account(valid_from="2025-01-01", aliases="22").load()
    books.account(aliases="33").load()
    assert [key for key, *_ in numbers(books)] == ["11", "22", "33", OWN]


def test_a_new_number_is_a_change_of_the_account(books: Books):
    books.house().account().load()
    assert books.account(aliases="777").load().new == 1
    assert [key for key, *_ in numbers(books)] == ["777", OWN]


def test_one_old_number_may_be_of_two_accounts(books: Books):
    books.house().account(aliases="55").account("22", premises="28", aliases="55").load()
    assert books.rows("SELECT count(*) FROM account_number WHERE number_key = '55'") == [(2,)]


def test_an_organisation_without_a_name_is_set_aside(books: Books):
    books.house().account(owner_kind="organization", last_name="")
    books.account("22", owner_kind="organization", organization="ООО «Ромашка»", last_name="")
    books.load(max_bad=ALL)
    assert books.rows("SELECT line, field FROM set_aside") == [(2, "organization")]
    assert states(books, "organization, last_name") == [("ООО «Ромашка»", None)]


@pytest.mark.parametrize(
    ("second", "since"),
    [
        ({"last_name": "ПРИМЕРОВА "}, None),
        ({"last_name": "Новосёлова"}, date(2025, 2, 1)),
        ({"middle_name": "Ильинична"}, date(2025, 2, 1)),
        ({"area": "60", "premises": "27а"}, None),
        ({"owner_kind": "organization", "organization": "ООО"}, date(2025, 2, 1)),
    ],
)
def test_an_ownership_begins_where_the_owner_changes(books: Books, second, since):
    books.house().account().account(valid_from="2025-02-01", **second).load()
    assert states(books, "owner_since") == [(None,), (since,)]


def test_an_owner_is_one_whatever_way_his_name_is_spelled(books: Books):
    books.house().account(last_name="Семёнов").account(
        valid_from="2020-01-01", last_name="семенов"
    ).load()
    assert states(books, "owner_since") == [(None,), (None,)]


def test_an_owner_who_comes_back_begins_anew(books: Books):
    books.house().account().account(valid_from="2020-01-01", last_name="Другая")
    books.account(valid_from="2022-01-01").account(valid_from="2023-01-01", area="60").load()
    since = [None, date(2020, 1, 1), date(2022, 1, 1), date(2022, 1, 1)]
    assert states(books, "owner_since") == [(one,) for one in since]


def test_a_state_told_later_moves_the_beginning_of_an_ownership(books: Books):
    books.house().account().account(valid_from="2025-02-01", last_name="Новая").load()
    books.account(valid_from="2024-10-01", last_name="Новая").load()
    assert states(books, "owner_since") == [(None,)] + [(date(2024, 10, 1),)] * 2


async def test_a_document_of_the_former_owner_is_kept_from_the_new_one(browser: Browser, books):
    books.house().account()
    books.entry("2026-10", posted_on="2026-10-14", document="п/п 7 Примерова А.П.", op="payment")
    books.account(valid_from="2026-10-15", last_name="Новосёлов").load()
    books.subscriber("b@example.com", OWN)
    await browser.login("b@example.com")
    answer = await browser.get("/statement.csv?mode=extended")
    assert (answer.status, "879,97" in answer.body.decode()) == (200, True)
    assert "Примерова" not in answer.body.decode()


def books_differ(books: Books, capsys: pytest.CaptureFixture[str]) -> str:
    """What verify-books finds; nothing when all is well."""
    found = verification.run(DataConfig(database_url=books.database))
    told = capsys.readouterr().out
    return told if found else ""


def test_an_account_moves_to_another_house_with_all_its_money(books: Books, capsys):
    books.house().house(house_id="H-2").account().account("22", premises="28")
    books.entry("2025-03").entry("2026-09", op="payment", amount="79,97")
    books.entry("2026-09", account="22", amount="10,00").load()
    books.account(valid_from="2026-10-01", house_id="H-2").entry("2026-11", amount="1,00").load()
    years = "SELECT code, year, charged, paid FROM house_year JOIN house USING (house_id)"
    assert books.rows(f"{years} WHERE charged <> 0 OR paid <> 0 ORDER BY 1, 2") == [
        ("H-1", 2026, 1000, 0),
        ("H-2", 2025, 87997, 0),
        ("H-2", 2026, 100, 7997),
    ]
    debts = "SELECT code, debt FROM house_debt JOIN house USING (house_id)"
    assert books.rows(f"{debts} WHERE kind = 'principal' ORDER BY 1") == [
        ("H-1", 1000),
        ("H-2", 80100),
    ]
    assert books_differ(books, capsys) == ""


@pytest.mark.parametrize("path", ["21", "121", "212"])
def test_moves_there_and_back_lose_nothing(books: Books, capsys, path):
    books.house().house(house_id="H-2").account().entry("2026-09").load()
    for year, house in enumerate(path, 2020):
        books.account(valid_from=f"{year}-01-01", house_id=f"H-{house}")
        books.entry("2026-10", amount="-3,33", op="correction").load()
    owed = 87997 - 333 * len(path)
    assert books.rows("SELECT sum(debt), sum(abs(debt)) FROM house_debt") == [(owed, owed)]
    assert books_differ(books, capsys) == ""


def house_of_today(books: Books) -> list[tuple[object, ...]]:
    return books.rows("SELECT code FROM account JOIN house USING (house_id)")


def test_an_older_state_told_later_does_not_move_the_account_back(books: Books):
    books.house().house(house_id="H-2").account().entry("2026-01")
    books.account(house_id="H-2", valid_from="2025-01-01").load()
    books.account(area="50").load()
    assert house_of_today(books) == [("H-2",)]


def test_a_state_of_the_future_does_not_move_the_account_today(books: Books):
    books.house().house(house_id="H-2").account().entry("2026-01").load()
    books.account(valid_from="2027-01-01", house_id="H-2").load()
    assert house_of_today(books) == [("H-1",)]


def test_an_older_state_told_later_does_not_open_a_closed_account(books: Books):
    books.house().account().account(valid_from="2025-01-01", closed_on="2025-06-01").load()
    books.account(area="50").load()
    assert books.rows(
        "SELECT valid_from, closed_on FROM account"
        " CROSS JOIN account_state_on(account.account_id, '2026-11-22')"
    ) == [(date(2025, 1, 1), date(2025, 6, 1))]


def test_an_advance_of_one_account_covers_no_neighbour(books: Books, capsys):
    books.house().account().account("22", premises="28").entry("2026-09", amount="10,00")
    books.entry("2026-09", account="22", op="payment", amount="30,00").load()
    books.entry("2026-10", account="22", amount="35,00").load()
    assert books.rows("SELECT debt FROM house_debt WHERE kind = 'principal'") == [(1500,)]
    assert books_differ(books, capsys) == ""
