"""What once went wrong, or could: damaged files, late states, rows far apart."""

import gzip
import io
import zipfile
from fractions import Fraction

import pytest

from lkcap.exchange.table import BadFile
from tests.exchange.texts import HOUSES, put
from tests.factory import ACCOUNT, Books

ALL = Fraction(1)


@pytest.mark.parametrize("cell", ["\\N", "a\\N", "\\N\\N"])
def test_backslash_n_cell_is_text(books: Books, cell):
    books.load_rows("houses", [{"house_id": cell, "address": cell, "fias": cell}])
    assert books.rows("SELECT code, address, fias FROM house") == [(cell, cell, cell)]


def test_nul_names_its_column(books: Books):
    content = b"house_id;address\nH-1;a\0b\nH-3;d\n"
    books.load_path("houses", put(books, "houses.csv", content), max_bad=ALL)
    assert books.rows("SELECT line, field, raw FROM set_aside ORDER BY line") == [
        (2, "address", "H-1;ab")
    ]


def test_an_unclosed_quote_swallows_nothing(books: Books):
    books.house().load()
    text = 'house_id;valid_from;rate;note\nH-1;2024-01-01;1,00;"до\nH-1;2025-01-01;2,00;b\nH-1;2026-01-01;3,00;c\n'
    try:
        report = books.load_path("tariffs", put(books, "tariffs.csv", text), max_bad=ALL)
    except BadFile:
        return
    assert report.rows >= 3 or report.aside


@pytest.mark.parametrize("rate", ["99999999,00", "21474836,48"])
def test_a_rate_too_big_is_set_aside(books: Books, rate):
    books.load_rows("houses", [{"house_id": "H-1", "address": "d", "rate": rate}], max_bad=ALL)
    assert books.rows("SELECT line, field FROM set_aside") == [(2, "rate")]


@pytest.mark.parametrize("cell", ["20261122", "2026-W47-7", "2026-W47"])
def test_only_two_forms_of_dates(books: Books, cell):
    books.load_rows(
        "houses", [{"house_id": "H-1", "address": "d", "in_programme_since": cell}], max_bad=ALL
    )
    assert books.rows("SELECT line, field FROM set_aside") == [(2, "in_programme_since")]


def test_corrupt_gz_middle(books: Books):
    rows = "".join(f"H-{one};Кедровая, {one * 7919 % 1000}\n" for one in range(9000))
    body = bytearray(gzip.compress(f"house_id;address\n{rows}".encode()))
    for at in range(2000, 2100):
        body[at] ^= 0xFF
    path = books.folder / "houses.csv.gz"
    path.write_bytes(bytes(body))
    with pytest.raises(BadFile):
        books.load_path("houses", path)


def test_corrupt_zip(books: Books):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("houses.csv", HOUSES)
    body = bytearray(out.getvalue())
    body[60] ^= 0xFF
    path = books.folder / "p.zip"
    path.write_bytes(bytes(body))
    with pytest.raises(BadFile):
        books.load_path("package", path)


def test_cp1251_after_a_long_ascii_head(books: Books):
    rows = "".join(f"H-{one};Kedrovaya {one}\n" for one in range(60000))
    text = f"house_id;address\n{rows}H-X;Кедровая\n"
    path = put(books, "houses.csv", text, "cp1251")
    books.load_path("houses", path)
    assert books.rows("SELECT address FROM house WHERE code='H-X'") == [("Кедровая",)]


def test_cp1251_in_last_bytes(books: Books):
    books.load_path("houses", put(books, "houses.csv", "house_id;address\nH-1;дв\n", "cp1251"))
    assert books.rows("SELECT address FROM house") == [("дв",)]


def test_an_older_state_does_not_move_the_account_back(books: Books):
    books.house().house(house_id="H-2").account().account(
        house_id="H-2", valid_from="2025-01-01"
    ).entry("2026-01").load()
    books.account(area="50").load()
    assert books.rows("SELECT code FROM account JOIN house USING (house_id)") == [("H-2",)]


def test_an_older_state_does_not_reopen(books: Books):
    books.house().account().account(valid_from="2025-01-01", closed_on="2025-06-01").load()
    books.account(area="50").load()
    assert books.rows(
        "SELECT closed_on IS NULL FROM account JOIN account_state_on(account_id, '2026-11-22') s "
        "USING (account_id)"
    ) == [(False,)]


def test_two_members_of_one_name(books: Books):
    path = books.folder / "p.zip"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("a/houses.csv", HOUSES)
        z.writestr("b/houses.csv", HOUSES.replace("H-", "X-"))
    try:
        report = books.load_path("package", path)
    except BadFile:
        return
    assert report.notices or report.rows == 4


def test_new_alias_counts_as_change(books: Books):
    books.house().account().load()
    report = books.account(aliases="777").load()
    assert books.rows("SELECT count(*) FROM account_number") == [(2,)]
    assert report.new == 1


@pytest.mark.parametrize("kind", ["houses", "accounts", "tariffs"])
def test_duplicates_far_apart(books: Books, kind, monkeypatch):
    monkeypatch.setattr("lkcap.exchange.batches.BATCH_ROWS", 2)
    books.house().load()
    rows = {
        "houses": [{"house_id": f"X-{n}", "address": "d"} for n in range(5)]
        + [{"house_id": "X-0", "address": "other"}],
        "accounts": [dict(ACCOUNT, account=f"10{n}") for n in range(5)]
        + [dict(ACCOUNT, account="100", area="99")],
        "tariffs": [
            {"house_id": "H-1", "valid_from": f"202{n}-01-01", "rate": "1"} for n in range(5)
        ]
        + [{"house_id": "H-1", "valid_from": "2020-01-01", "rate": "2"}],
    }[kind]
    report = books.load_rows(kind, rows, max_bad=ALL)
    assert report.aside == 1


def test_duplicate_openings_far_apart(books: Books, monkeypatch):
    monkeypatch.setattr("lkcap.exchange.batches.BATCH_ROWS", 2)
    books.house().account().load()
    books.entry("2026-01", op="opening", amount="1", entry_id="O")
    for _ in range(4):
        books.entry("2026-02")
    books.entry("2026-01", op="opening", amount="2", entry_id="O")
    report = books.load(max_bad=ALL)
    assert report.aside == 1


def test_a_reformagkh_file_keeps_what_it_does_not_say(books: Books):
    books.house(house_id="77").load()
    path = put(books, "r.csv", "HOUSE_ID,ADDRESS,YEAR\n77,Кедровая,1990\n")
    books.load_path("houses", path, "reformagkh")
    assert books.rows("SELECT rate, spent FROM house") == [(1712, 125000000)]


def test_a_text_too_long_is_set_aside(books: Books):
    import random
    import string

    random.seed(1)
    word = "".join(random.choices(string.ascii_letters, k=9000))
    books.house().account().entry("2026-09", entry_id=word)
    report = books.load(max_bad=ALL)
    assert report.aside == 1


def test_a_future_state_does_not_move_the_account_today(books: Books):
    books.house().house(house_id="H-2").account().entry("2026-01").load()
    books.account(valid_from="2027-01-01", house_id="H-2").load()
    assert books.rows("SELECT code FROM account JOIN house USING (house_id)") == [("H-1",)]


def test_encrypted_zip(books: Books):
    path = books.folder / "p.zip"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("houses.csv", HOUSES)
    body = bytearray(path.read_bytes())
    at = body.index(b"PK\x01\x02")
    body[at + 8] |= 1
    body[6] |= 1
    path.write_bytes(bytes(body))
    with pytest.raises(BadFile):
        books.load_path("package", path)


@pytest.mark.parametrize("tampering", ["spent = spent + 1", "accounts = 9", "houses = 9"])
def test_fund_total(books: Books, tampering, capsys):
    from lkcap.config import DataConfig
    from lkcap.ledger.books import run

    books.house().account().entry("2026-09").load()
    books.rows(f"UPDATE fund_total SET {tampering}")
    assert run(DataConfig(database_url=books.database)) == 3


async def test_document_of_former_owner(browser, books: Books):
    books.house().account().entry(
        "2026-10", posted_on="2026-10-14", document="п/п 7 Примерова А.П.", op="payment"
    )
    books.account(valid_from="2026-10-15", last_name="Новосёлов").load()
    books.subscriber("b@example.com", "86000000017")
    await browser.login("b@example.com")
    assert "Примерова" not in (await browser.get("/statement.csv?mode=extended")).body.decode()


def test_a_known_bad_opening_does_not_block_another(books: Books):
    books.house().account().account("22", premises="2").entry(
        "2026-01", account="22", entry_id="X", op="opening"
    ).load()
    books.entry("2026-01", entry_id="X", op="opening").entry(
        "2026-02", entry_id="Y", op="opening"
    ).load(max_bad=ALL)
    assert books.rows("SELECT count(*) FROM entry WHERE entry_id='Y'") == [(1,)]
