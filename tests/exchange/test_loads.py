"""A load is one transaction: trial, repetition, and what is tried again (contract §6)."""

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest

from lkcap.exchange.loads import LoadRefused
from tests.factory import ACCOUNT, Books, Row

ALL = Fraction(1)
EVERYTHING = (
    "house", "house_history", "tariff", "requisites", "work", "premises", "account",
    "account_state", "account_number", "service", "entry", "account_balance", "house_year",
    "house_debt", "fund_year", "fund_total",
)  # fmt: skip


def everything(books: Books, *more: str) -> dict[str, list[tuple[object, ...]]]:
    return {one: books.rows(f"SELECT * FROM {one} ORDER BY 1, 2") for one in EVERYTHING + more}


def region(books: Books) -> Books:
    books.house().house(house_id="H-2", spent="10,00").account().account("22", house_id="H-2")
    books.entry("2026-09", op="opening", amount="-5,00").entry("2026-09").entry("2026-10")
    return books.entry("2026-10", op="payment", amount="9,99").entry("2026-11", account="22")


def test_a_trial_tells_everything_and_changes_nothing(books: Books):
    region(books).load()
    before = everything(books, "load", "set_aside")
    books.house(rate="18,00").account("33").account("44", area="0").entry("2026-11")
    report = books.load(dry_run=True, max_bad=ALL)
    assert (report.rows, report.new, report.aside) == (4, 3, 1)
    assert everything(books, "load", "set_aside") == before


def test_a_trial_is_refused_as_the_load_would_be(books: Books):
    with pytest.raises(LoadRefused):
        books.house(rate="дорого").load(dry_run=True)
    assert books.rows("SELECT * FROM load") == []


def test_the_same_package_again_changes_nothing(books: Books):
    path = region(books).write()
    first = books.load_path("package", path)
    before = everything(books)
    second = books.load_path("package", path)
    assert everything(books) == before
    assert (first.new, second.new, second.rows) == (9, 0, 9)
    assert books.rows("SELECT rows_new, rows_same FROM load ORDER BY 1") == [(0, 9), (9, 0)]


def test_the_same_package_twice_at_once_is_booked_once(books: Books):
    path = region(books).write()
    with ThreadPoolExecutor(3) as threads:
        reports = list(threads.map(lambda _: books.load_path("package", path), range(3)))
    assert sorted(report.new for report in reports) == [0, 0, 9]
    assert books.rows("SELECT sum(balance) FROM account_balance") == [(262492,)]


def test_the_journal_knows_what_came(books: Books):
    region(books).load()
    ((kind, format_, source, digest, size, today),) = books.rows(
        "SELECT kind, format, source, sha256, size_bytes, today FROM load"
    )
    assert (kind, format_, source, today) == ("package", "", "package-0", books.today)
    assert len(digest) == 64
    assert size > 500


def test_rows_set_aside_are_tried_again_when_the_cause_is_gone(books: Books):
    books.house().account().entry("2026-09").entry("2026-09", account="22")
    books.entry("2026-09", account="22", op="opening", amount="1,00")
    path = books.write()
    assert books.load_path("package", path, max_bad=ALL).aside == 2
    books.account("22").load()
    report = books.load_path("package", path)
    assert [(file.new, file.same, file.aside) for file in report.files] == [
        (0, 1, 0),
        (0, 1, 0),
        (2, 1, 0),
    ]
    assert books.rows("SELECT count(*), sum(balance) FROM account_balance") == [(2, 176094)]
    assert books.rows("SELECT count(*) FROM set_aside") == [(2,)]


def test_a_later_file_names_what_an_earlier_load_brought(books: Books):
    books.house().load()
    books.account().load()
    books.entry("2026-09").load()
    assert books.rows("SELECT kind, balance FROM account_balance") == [("principal", 87997)]


def test_files_of_any_size_say_the_same(books: Books, monkeypatch: pytest.MonkeyPatch):
    """A batch smaller than the file: neighbours in it may not meet."""
    monkeypatch.setattr("lkcap.exchange.batches.BATCH_ROWS", 2)
    path = region(books).write()
    assert books.load_path("package", path).new == 9
    assert books.load_path("package", path).new == 0
    assert books.rows("SELECT sum(amount), count(*) FROM entry") == [(264490, 5)]
    assert books.rows("SELECT sum(balance) FROM account_balance") == [(262492,)]


REPEATS: dict[str, list[Row]] = {
    "houses": [
        *({"house_id": f"X-{one}", "address": "д."} for one in range(5)),
        {"house_id": "X-0", "address": "другой"},
    ],
    "accounts": [
        *(dict(ACCOUNT) | {"account": f"10{one}"} for one in range(5)),
        dict(ACCOUNT) | {"account": "100", "area": "99"},
    ],
    "tariffs": [
        *({"house_id": "H-1", "valid_from": f"202{one}-01-01", "rate": "1"} for one in range(5)),
        {"house_id": "H-1", "valid_from": "2020-01-01", "rate": "2"},
    ],
}


@pytest.mark.parametrize("kind", REPEATS)
def test_of_two_rows_of_one_key_the_second_is_set_aside_however_far(
    books: Books, monkeypatch: pytest.MonkeyPatch, kind
):
    monkeypatch.setattr("lkcap.exchange.batches.BATCH_ROWS", 2)
    books.house().load()
    report = books.load_rows(kind, REPEATS[kind], max_bad=ALL)
    assert (report.new, report.aside) == (5, 1)
    assert books.rows("SELECT line FROM set_aside") == [(7,)]
