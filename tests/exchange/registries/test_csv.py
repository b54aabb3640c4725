"""Payments in our own CSV: any order of columns, any of the project's spellings."""

from datetime import UTC, date, datetime

import pytest

from lkcap.exchange.registries.model import Totals
from lkcap.exchange.registries.reading import read_registry
from tests.exchange.registries.files import data, faults, read, replaced


@pytest.mark.parametrize("name", ["payments.csv", "payments-commas.csv"])
def test_every_spelling_says_the_same(name):
    registry = read(name, "csv")
    assert [
        (row.operation_id, row.account, row.amount, row.transfer, row.commission, row.document)
        for row in registry.rows
    ] == [
        ("T-1", "00086000000017", 1234_56, 1222_22, 12_34, "777"),
        ("T-2", "86000000025", 500_00, None, None, ""),
        ("T-3", "", -7, -7, 0, ""),
    ]
    assert registry.totals == Totals(3, 1734_49, None, None)


def test_a_column_nobody_knows_is_passed_over_with_a_notice():
    assert read("payments-commas.csv", "csv").notices == ("столбцы не нужны и пропущены: note",)
    assert read("payments.csv", "csv").notices == ()


def test_an_instant_keeps_the_day_it_is_written_with():
    content = replaced(data("payments.csv"), b"14:15:03+05:00", b"01:15:03+05:00")
    first, second, _ = read_registry(content, "csv").rows
    assert (first.paid_on, first.paid_at) == (
        date(2026, 1, 30),
        datetime(2026, 1, 29, 20, 15, 3, tzinfo=UTC),
    )
    assert (second.paid_on, second.paid_at) == (date(2026, 1, 30), None)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2026-01-30T14:15:03+05:00", "2026-01-30T14:15:03", "строка 2: дата платежа: не дата"),
        ("2026-01-30T14:15:03+05:00", "2026-01-30T25:15:03Z", "строка 2: дата платежа: нет такого"),
        ("2026-01-30T14:15:03+05:00", "0001-01-01T00:00:00+05:00", "строка 2: дата платежа: год"),
        ("2026-01-30T14:15:03+05:00", "", "строка 2: дата платежа: пусто"),
        ("T-2", "", "строка 3: номер операции: пусто"),
        ("T-2", "T\t2", "строка 3: номер операции: управляющий знак"),
        (";500;", ";;", "строка 3: сумма операции: пусто"),
        (";500;", ";0,00;", "строка 3: сумма операции: ноль"),
        (";500;", ";500,001;", "строка 3: сумма операции: не сумма в рублях"),
        (";12,34;", ";-;", "строка 2: комиссия: не сумма в рублях"),
        ("-0,07;0;", "-0,07;0;;лишнее", "строка 4: ячеек 7, а в заголовке 6"),
        ("operation_id;", "id;", "файл: нет столбцов: operation_id"),
        (";account;", ";счёт;", "файл: нет столбцов: account"),
    ],
)
def test_a_bad_row_refuses_the_file(old, new, reason):
    content = replaced(data("payments.csv"), old.encode(), new.encode())
    assert faults(content, "csv")[0].startswith(reason)


def test_every_bad_row_is_told():
    content = data("payments.csv").replace(b"2026-01-30", b"30 January")
    assert len(faults(content, "csv")) == 2
