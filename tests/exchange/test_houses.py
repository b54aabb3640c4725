"""Houses, and what belongs to them: works, tariffs, requisites (contract §6.1, §6.4, §6.5)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.exchange.texts import entry, put
from tests.factory import Books

ALL = Fraction(1)
# The columns of the open-data file, as published.
PUBLISHED = (  # noqa: SIM905 - one line of the file, not a list of ours
    "LAT,LON,HOUSE_ID,ADDRESS,YEAR,LASTUPDATE,SERVICEDATE_START,SERIE,HOUSE_TYPE,CAPFOND,"
    "MGMT_COMPANY,MGMT_COMPANY_LINK,AVAR,LEVELS_MAX,LEVELS_MIN,DOORS,ROOM_COUNT,ROOM_COUNT_LIVE,"
    "ROOM_COUNT_NONLIVE,AREA,AREA_LIVE,AREA_NONLIVE,AREA_GEN,AREA_LAND,AREA_PARK,CADNO,"
    "ENERGY_CLASS,BLAG_PLAYGROUND,BLAG_SPORT,BLAG_OTHER,OTHER"
).split(",")
NOTHING = "Не заполнено"
BLANK = "Незаполнено"


def published(*houses: dict[str, str]) -> str:
    lines = [",".join(PUBLISHED)]
    for house in houses:
        lines.append(",".join(f'"{house.get(name, NOTHING)}"' for name in PUBLISHED))
    return "\n".join(lines) + "\n"


def test_a_house_is_kept_with_areas_as_they_are_and_money_in_kopecks(books: Books):
    books.house(floors="5", entrances="4", fias="a-1").load()
    ((*kept, load_id),) = books.rows("SELECT * FROM house")
    assert kept[1:] == [
        "H-1", "г. Северореченск, ул. Кедровая, д. 14", "a-1", 1987, 5, 4, Decimal("3412.60"),
        Decimal("3105.20"), "operator", 1712, 125000000, date(2014, 9, 1),
    ]  # fmt: skip
    assert load_id == 1


def test_what_is_not_known_is_nothing_and_never_zero(books: Books):
    books.load_rows("houses", [{"house_id": "H-1", "address": "Кедровая, 14"}])
    ((*kept, _),) = books.rows("SELECT * FROM house")
    assert kept[3:] == [None] * 10


def test_a_known_house_is_updated_and_its_history_is_kept(books: Books):
    books.house().house(house_id="H-2").load()
    report = books.house(rate="18,00", fund_method="").house(house_id="H-2").load()
    assert (report.new, report.files[0].same) == (1, 1)
    assert books.rows("SELECT rate, fund_method, load_id FROM house WHERE code = 'H-1'") == [
        (1800, None, 2)
    ]
    history = "SELECT changed_by, was->>'code', was->>'rate', was->>'fund_method', was->>'load_id'"
    assert books.rows(f"{history} FROM house_history") == [(2, "H-1", "1712", "operator", "1")]


def test_every_change_leaves_its_own_line_of_history(books: Books):
    for spent in ("1,00", "2,00", "2,00", "3,00"):
        books.house(spent=spent).load()
    history = books.rows("SELECT changed_by, was->>'spent' FROM house_history ORDER BY 1")
    assert history == [(2, "100"), (4, "200")]


def test_of_two_different_rows_of_one_house_the_second_is_set_aside(books: Books):
    report = books.house().house().house(rate="99,00").load(max_bad=ALL)
    assert (report.new, report.aside) == (1, 1)
    assert books.rows("SELECT rate FROM house") == [(1712,)]


def test_the_open_data_file_is_read_as_published(books: Books):
    full = {
        "HOUSE_ID": "9201097", "ADDRESS": "обл. Лесная, г. Озёрный, ул. Алая, д. 1",
        "YEAR": "1961", "LEVELS_MAX": "5", "LEVELS_MIN": "3", "DOORS": "4", "AREA": "12332.70",
        "AREA_LIVE": "2600.00", "CAPFOND": "На счете регионального оператора",
    }  # fmt: skip
    unknown = {"HOUSE_ID": "2", "ADDRESS": "д. 2", "AREA": BLANK, "AREA_LIVE": BLANK}
    zeros = {"HOUSE_ID": "3", "ADDRESS": "д. 3", "CAPFOND": "Не определен"} | dict.fromkeys(
        ("YEAR", "LEVELS_MAX", "DOORS", "AREA", "AREA_LIVE"), "0.00"
    )
    own = {
        "HOUSE_ID": "4",
        "ADDRESS": "д. 4",
        "CAPFOND": "На специальном счете у регионального оператора",
    }
    other = own | {"HOUSE_ID": "5", "CAPFOND": "На специальном счете организации"}
    text = published(full, unknown, zeros, own, other)
    report = books.load_path("houses", put(books, "export.csv", text), "reformagkh")
    assert (report.new, report.aside, report.files[0].ignored) == (5, 0, ())
    columns = "code, year_built, floors, entrances, total_area, premises_area, fund_method"
    nothing = (None,) * 5
    assert books.rows(f"SELECT {columns}, rate, spent FROM house ORDER BY house_id") == [
        ("9201097", 1961, 5, 4, Decimal("12332.70"), Decimal("2600.00"), "operator", None, None),
        ("2", *nothing, None, None, None),
        ("3", *nothing, None, None, None),
        ("4", *nothing, "special_operator", None, None),
        ("5", *nothing, "special_other", None, None),
    ]


def test_a_bad_row_of_the_open_data_file_is_set_aside(books: Books):
    good = {"HOUSE_ID": "1", "ADDRESS": "д. 1"}
    text = published(good, {"HOUSE_ID": "2", "ADDRESS": ""})
    path = put(books, "export.csv.gz", text)
    report = books.load_path("houses", path, "reformagkh", max_bad=ALL)
    assert (report.new, report.aside) == (1, 1)
    assert books.rows("SELECT file, line, field FROM set_aside") == [
        ("export.csv.gz", 3, "address")
    ]


def test_what_the_open_data_file_does_not_say_is_kept(books: Books):
    books.house(house_id="77").load()
    path = put(books, "export.csv", "HOUSE_ID,ADDRESS,YEAR\n77,Кедровая,1990\n")
    assert books.load_path("houses", path, "reformagkh").new == 1
    assert books.rows("SELECT year_built, rate, spent FROM house") == [(1990, 1712, 125000000)]


WORK = {
    "house_id": "H-1", "position": "1", "kind": "Ремонт крыши", "last_year": "2011",
    "planned_year": "2027", "planned_cost": "5610000,00", "status": "planned",
}  # fmt: skip


def test_works_are_kept_and_updated_in_their_place(books: Books):
    books.house().load()
    books.load_rows("works", [WORK, WORK | {"position": "2", "status": "in_progress"}])
    done = {"status": "done", "finished_on": "15.10.2026", "actual_cost": "5600000,01"}
    report = books.load_rows("works", [WORK | done, WORK | {"position": "2", "status": "moved"}])
    assert report.new == 2
    columns = "position, status, planned_cost, finished_on, actual_cost"
    assert books.rows(f"SELECT {columns} FROM work ORDER BY position") == [
        (1, "done", 561000000, date(2026, 10, 15), 560000001),
        (2, "moved", 561000000, None, None),
    ]


def test_tariffs_are_dated_and_corrected_in_their_place(books: Books):
    books.house().load()
    rows = [
        {"house_id": "H-1", "valid_from": "2025-01-01", "rate": "17,12"},
        {"house_id": "H-1", "valid_from": "2024-01-01", "rate": "15.69"},
    ]
    books.load_rows("tariffs", rows)
    report = books.load_rows("tariffs", [rows[0] | {"rate": "17,20"}, rows[1]])
    assert (report.new, report.files[0].same) == (1, 1)
    assert books.rows("SELECT valid_from, rate FROM tariff ORDER BY 1") == [
        (date(2024, 1, 1), 1569),
        (date(2025, 1, 1), 1720),
    ]


def test_requisites_are_dated_and_corrected_in_their_place(books: Books):
    books.house().load()
    row = {
        "house_id": "H-1", "valid_from": "2020-01-01", "name": "Фонд", "inn": "8600000014",
        "kpp": "860001001", "account": "40703810600000000042", "bank_name": "ДЕМО БАНК",
        "bic": "049999999", "corr_account": "30101810300000000999",
    }  # fmt: skip
    books.load_rows("requisites", [row])
    later = row | {"valid_from": "2026-01-01", "penalty_account": "4", "gpb_account_id": "77"}
    report = books.load_rows("requisites", [row | {"kpp": ""}, later])
    assert report.new == 2
    columns = "valid_from, inn, kpp, account, penalty_account, gpb_account_id"
    own = "40703810600000000042"
    assert books.rows(f"SELECT {columns} FROM requisites ORDER BY 1") == [
        (date(2020, 1, 1), "8600000014", None, own, None, None),
        (date(2026, 1, 1), "8600000014", "860001001", own, "4", "77"),
    ]


@pytest.mark.parametrize("kind", ["works", "tariffs"])
def test_of_two_different_rows_of_one_key_the_second_is_set_aside(books: Books, kind):
    books.house().load()
    row = WORK | {"valid_from": "2025-01-01", "rate": "1,00"}
    report = books.load_rows(kind, [row, row | {"rate": "2,00", "kind": "Лифт"}], max_bad=ALL)
    assert (report.new, report.aside) == (1, 1)


def test_the_fund_is_the_sum_of_its_houses_as_of_the_load(books: Books):
    books.house(spent="10,00").house(house_id="H-2", spent="").account()
    entry(books, "2026-09", kind="penalty", amount="3,00").entry("2026-09").load()
    assert books.rows(
        "SELECT as_of, houses, accounts, spent, principal_debt, penalty_debt FROM fund_total"
    ) == [(books.today, 2, 1, 1000, 87997, 300)]
