"""`export payments`: a file that an accountant's program reads (contract §6.9)."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lkcap.cli import main
from tests.exchange.registry import OWN, line, take
from tests.factory import Books
from tests.payments.taken import NEWS, ZONE, Till

HEADER = (
    "order;account;paid_at;principal;penalty;fee;bank;trx_id;rrn;auth_code;status;reconciled_on"
)
NOON = datetime(2026, 11, 14, 12, 5, 33, tzinfo=ZONE)


@pytest.fixture
def opened(books: Books, monkeypatch: pytest.MonkeyPatch) -> Books:
    monkeypatch.setenv("LKCAP_DATABASE_URL", books.database)
    monkeypatch.setenv("LKCAP_TODAY", "2026-11-22")
    return books.house().account().entry("2026-10")


def export(books: Books, since: str = "2026-11-01", until: str = "2026-11-30") -> str:
    path = books.folder / "out.csv"
    assert main(["export", "payments", "--since", since, "--until", until, "-o", str(path)]) == 0
    assert not path.with_name("out.csv.part").exists()
    return path.read_bytes().decode("utf-8")


def rows(text: str) -> Sequence[dict[str, str]]:
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines(), delimiter=";"))


async def test_a_payment_by_card_has_every_column(opened: Books):
    opened.load()
    till = Till(opened)
    order_id = await till.order(123456, 32, fee=1852)
    await till.news(order_id, replace(NEWS, amount=123488))
    assert export(opened) == (
        f"\ufeff{HEADER}\r\n{order_id};{OWN};2026-11-14T12:05:33+05:00;1234,56;0,32;18,52;gpb;"
        "FA4E0001;613344519801;104418;paid;\r\n"
    )


def test_a_registry_s_row_has_no_order_and_is_reconciled_at_once(opened: Books):
    opened.load()
    take(opened, line("U-1"), line("=HYPERLINK(1)", account="404", amount="-5,00"))
    today = opened.rows("SELECT to_char(now() AT TIME ZONE 'Asia/Yekaterinburg', 'YYYY-MM-DD')")
    ((day,),) = today
    assert export(opened).splitlines()[1:] == [
        f";{OWN};2026-11-10T00:00:00+05:00;100,00;0,00;;csv;U-1;;;paid;{day}",
        f";;2026-11-10T00:00:00+05:00;-5,00;0,00;;csv;'=HYPERLINK(1);;;suspense;{day}",
    ]


@pytest.mark.parametrize("by", ["registry", "billing"])
async def test_a_payment_is_reconciled_by_whoever_confirms_it(opened: Books, by):
    opened.load()
    paid = await Till(opened).pay(10000)
    assert [one["reconciled_on"] for one in rows(export(opened))] == [""]
    if by == "registry":
        take(opened, line(paid.trx_id))
    else:
        opened.entry("2026-11", op="payment", amount="100,00", bank_ref=paid.trx_id).load()
    (only,) = rows(export(opened))
    assert only["reconciled_on"] > "2026"


async def test_days_are_the_fund_s_and_the_last_one_is_in(opened: Books):
    opened.load()
    midnight = datetime(2026, 11, 15, tzinfo=ZONE)
    for seconds in (-1, 0, 86399, 86400):
        await Till(opened).pay(10000, at=midnight + timedelta(seconds=seconds))
    assert [one["paid_at"] for one in rows(export(opened, "2026-11-15", "15.11.2026"))] == [
        "2026-11-15T00:00:00+05:00", "2026-11-15T23:59:59+05:00",
    ]  # fmt: skip


async def test_payments_stand_by_the_bank_s_time(opened: Books):
    opened.load()
    for days in (3, 1, 2):
        await Till(opened).pay(days, at=NOON + timedelta(days=days))
    assert [one["principal"] for one in rows(export(opened))] == ["0,01", "0,02", "0,03"]


def test_without_a_file_it_goes_to_standard_output(
    opened: Books, capsysbinary: pytest.CaptureFixture[bytes]
):
    opened.load()
    assert main(["export", "payments", "--since", "2026-11-01", "--until", "2026-11-30"]) == 0
    assert capsysbinary.readouterr().out == f"\ufeff{HEADER}\r\n".encode()


def test_many_rows_come_piece_by_piece(opened: Books, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lkcap.payments.export.BYTES_AT_ONCE", 100)
    opened.load()
    take(opened, *(line(f"U-{number}") for number in range(50)))
    assert [one["trx_id"] for one in rows(export(opened))] == [f"U-{one}" for one in range(50)]


@pytest.mark.parametrize(
    ("since", "until", "code"), [("2026-11-02", "2026-11-01", 1), ("2026-11-02", "завтра", 2)]
)
def test_days_that_make_no_sense_are_refused(opened: Books, since, until, code):
    try:
        found: object = main(["export", "payments", "--since", since, "--until", until])
    except SystemExit as usage:
        found = usage.code
    assert found == code


def test_a_file_that_cannot_be_written_is_refused(opened: Books, tmp_path: Path):
    opened.load()
    there = str(tmp_path / "no" / "out.csv")
    days = ("--since", "2026-11-01", "--until", "2026-11-30")
    assert main(["export", "payments", *days, "-o", there]) == 1
