"""Every kind sets its bad rows aside with file, line, column and reason; the rest goes in."""

from fractions import Fraction

import pytest

from lkcap.exchange.loads import LoadRefused, Report
from tests.factory import ACCOUNT, ENTRY, HOUSE, Books

ALL = Fraction(1)
EMPTY = "пусто, а должно быть заполнено"

# Of each kind a good row, how many of it there are in the database, and what spoils it.
GOOD: dict[str, tuple[dict[str, object], str]] = {
    "houses": (dict(HOUSE), "SELECT count(*) FROM house WHERE code = 'H-1'"),
    "accounts": (
        dict(ACCOUNT) | {"account": "2"},
        "SELECT count(*) FROM account WHERE number = '2'",
    ),
    "entries": (
        dict(ENTRY) | {"entry_id": "E", "period": "2026-09", "posted_on": "2026-09-20"},
        "SELECT count(*) FROM entry",
    ),
    "works": (
        {"house_id": "H-1", "position": "1", "kind": "Ремонт крыши", "status": "done"},
        "SELECT count(*) FROM work",
    ),
    "tariffs": (
        {"house_id": "H-1", "valid_from": "2025-01-01", "rate": "17,12"},
        "SELECT count(*) FROM tariff",
    ),
    "requisites": (
        {
            "house_id": "H-1",
            "valid_from": "2020-01-01",
            "name": "Фонд",
            "inn": "8600000014",
            "account": "40703810600000000042",
            "bank_name": "ДЕМО БАНК",
            "bic": "049999999",
        },
        "SELECT count(*) FROM requisites",
    ),
}
# A row like another one with the same key would be set aside for that.
OWN = {
    "accounts": lambda place: {"account": f"100{place}"},
    "entries": lambda place: {"entry_id": f"E-{place}"},
}
BAD = [
    ("houses", "house_id", "", EMPTY),
    ("houses", "address", " ", EMPTY),
    ("houses", "year_built", "198", "целое число от 1600"),
    ("houses", "year_built", "1987,5", "целое число"),
    ("houses", "floors", "-5", "целое число"),
    ("houses", "entrances", "много", "целое число"),
    ("houses", "total_area", "3412.60.1", "не площадь"),
    ("houses", "premises_area", "-1", "не площадь"),
    ("houses", "fund_method", "оператор", "нет такого значения"),
    ("houses", "rate", "-17,12", "не может быть отрицательной"),
    ("houses", "rate", "99999999,00", "слишком большая ставка"),
    ("houses", "rate", "21474836,48", "слишком большая ставка"),
    ("houses", "spent", "1,234", "не сумма в рублях"),
    ("houses", "in_programme_since", "31.02.2014", "не дата"),
    ("houses", "in_programme_since", "20261122", "не дата"),
    ("houses", "in_programme_since", "2026-W47-7", "не дата"),
    ("houses", "in_programme_since", "2026-W47", "не дата"),
    ("accounts", "account", "", EMPTY),
    ("accounts", "account", "1,2", "не номер счёта"),
    ("accounts", "valid_from", "2014-13-01", "не дата"),
    ("accounts", "house_id", "", EMPTY),
    ("accounts", "house_id", "H-404", "нет такого дома"),
    ("accounts", "premises", "", EMPTY),
    ("accounts", "premises_kind", "flat", "нет такого значения"),
    ("accounts", "area", "0", "не может быть нулевой"),
    ("accounts", "share", "0", "больше нуля"),
    ("accounts", "share", "0/3", "больше нуля"),
    ("accounts", "share", "1/0", "ноль в знаменателе"),
    ("accounts", "share", "1,5", "не больше единицы"),
    ("accounts", "share", "4/3", "не больше единицы"),
    ("accounts", "share", "-1/3", "не доля"),
    ("accounts", "share", "треть", "не доля"),
    ("accounts", "owner_kind", "ooo", "нет такого значения"),
    ("accounts", "last_name", "", EMPTY),
    ("accounts", "closed_on", "2010-01-01", "закрыт раньше, чем открыт"),
    ("accounts", "aliases", "55@вчера", "не дата"),
    ("accounts", "aliases", "55@", "после @ нужна дата"),
    ("accounts", "aliases", "@2020-01-01", "не номер"),
    ("entries", "entry_id", "", EMPTY),
    ("entries", "entry_id", "B" * 9000, "длиннее 200 знаков"),
    ("entries", "account", "404", "нет такого лицевого счёта"),
    ("entries", "period", "2026-13", "нет такого месяца"),
    ("entries", "period", "09.2026", "не месяц"),
    ("entries", "period", "2026-12", "ещё не открыт"),
    ("entries", "service", "", EMPTY),
    ("entries", "kind", "fee", "нет такого значения"),
    ("entries", "op", "refund", "нет такого значения"),
    ("entries", "amount", "", EMPTY),
    ("entries", "amount", "1,234.50", "не сумма в рублях"),
    ("entries", "amount", "0,005", "не сумма в рублях"),
    ("entries", "amount", "1e3", "не сумма в рублях"),
    ("entries", "amount", "999999999999999", "слишком большая"),
    ("entries", "posted_on", "", EMPTY),
    ("entries", "posted_on", "2026-09-31", "не дата"),
    ("entries", "for_period", "сентябрь", "не месяц"),
    ("works", "house_id", "H-404", "нет такого дома"),
    ("works", "position", "0", "целое число от 1"),
    ("works", "kind", "", EMPTY),
    ("works", "last_year", "давно", "целое число"),
    ("works", "planned_year", "20270", "целое число"),
    ("works", "planned_cost", "-1", "не может быть отрицательной"),
    ("works", "status", "готово", "нет такого значения"),
    ("works", "finished_on", "2024-10", "не дата"),
    ("works", "actual_cost", "дорого", "не сумма"),
    ("tariffs", "house_id", "H-404", "нет такого дома"),
    ("tariffs", "valid_from", "", EMPTY),
    ("tariffs", "rate", "", EMPTY),
    ("tariffs", "rate", "-1", "не может быть отрицательной"),
    ("requisites", "house_id", "H-404", "нет такого дома"),
    ("requisites", "valid_from", "", EMPTY),
    ("requisites", "name", "", EMPTY),
    ("requisites", "inn", "", EMPTY),
    ("requisites", "account", "", EMPTY),
    ("requisites", "bank_name", "", EMPTY),
    ("requisites", "bic", "", EMPTY),
]


@pytest.mark.parametrize("kind", GOOD)
def test_bad_rows_are_set_aside_with_column_and_reason_and_the_good_one_goes_in(books: Books, kind):
    books.house(house_id="H-9").load()
    if kind != "houses":
        books.house().account().load()
    good, count = GOOD[kind]
    spoiled = [(column, cell, reason) for one, column, cell, reason in BAD if one == kind]
    rows = [
        good | OWN.get(kind, lambda _: {})(place) | {column: cell}
        for place, (column, cell, _) in enumerate(spoiled)
    ]
    report = books.load_rows(kind, [*rows, good], max_bad=ALL)
    found = books.rows("SELECT line, field, reason FROM set_aside ORDER BY line")
    assert [(line, field) for line, field, _ in found] == [
        (line, column) for line, (column, *_) in enumerate(spoiled, 2)
    ]
    for (column, cell, reason), (*_, told) in zip(spoiled, found, strict=True):
        assert reason in told, (column, cell, told)
    assert (report.aside, report.new, books.rows(count)) == (len(spoiled), 1, [(1,)])


def test_a_row_set_aside_is_kept_as_it_came_with_its_file_and_load(books: Books):
    books.house(rate="дорого").load(max_bad=ALL)
    ((load_id, file, line, field, reason, raw),) = books.rows("SELECT * FROM set_aside")
    assert (load_id, file, line, field) == (1, "houses.csv", 2, "rate")
    assert reason == "не сумма в рублях: «дорого»"
    assert raw.startswith("H-1;г. Северореченск, ул. Кедровая, д. 14;1987;3412,60;")


def tariffs(books: Books, good: int, bad: int, **options: object) -> Report:
    cells = ["1,00"] * good + ["-1,00"] * bad
    rows = [
        {"house_id": "H-1", "valid_from": f"{1901 + place}-01-01", "rate": cell}
        for place, cell in enumerate(cells)
    ]
    return books.load_rows("tariffs", rows, **options)


def test_exactly_one_row_in_a_hundred_may_be_set_aside(books: Books):
    books.house().load()
    report = tariffs(books, 99, 1, max_bad=Fraction("0.01"))
    assert (report.new, report.aside) == (99, 1)
    assert books.rows("SELECT rows_new, rows_same, rows_aside FROM load WHERE load_id = 2") == [
        (99, 0, 1)
    ]


def test_above_the_limit_nothing_goes_in_not_even_the_load(books: Books):
    books.house().load()
    before = books.rows("SELECT * FROM load")
    with pytest.raises(LoadRefused) as refused:
        tariffs(books, 98, 1, max_bad=Fraction("0.01"))
    assert (refused.value.report.rows, refused.value.report.aside) == (99, 1)
    assert [problem.line for problem in refused.value.report.problems] == [100]
    assert books.rows("SELECT * FROM load") == before
    assert books.rows("SELECT * FROM tariff") == books.rows("SELECT * FROM set_aside") == []


def test_a_report_names_the_first_hundred_and_counts_them_all(books: Books):
    books.house().load()
    report = tariffs(books, 0, 130, max_bad=ALL)
    assert (len(report.problems), report.aside) == (100, 130)
    assert books.rows("SELECT count(*) FROM set_aside") == [(130,)]
