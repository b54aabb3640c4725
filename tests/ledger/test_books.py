"""`verify-books` finds whatever was kept wrong, and where (contract §1)."""

import pytest

from lkcap.config import DataConfig
from lkcap.ledger.books import run
from tests.exchange.texts import entry
from tests.factory import Books

OWN = "86000000017"


@pytest.fixture
def verify(books: Books, capsys: pytest.CaptureFixture[str]):
    """The exit code and the lines of what differs, in two houses and both kinds."""
    books.house().house(house_id="H-2", spent="10,00")
    books.account().account("22", house_id="H-2", premises="1")
    books.entry("2025-08", op="opening", amount="-10,00").entry("2025-09").entry("2026-10")
    entry(books, "2026-10", kind="penalty", amount="5,55")
    books.entry("2026-10", op="payment", amount="100,00").entry("2026-11", account="22").load()

    def verified() -> tuple[int, list[str]]:
        code = run(DataConfig(database_url=books.database))
        lines = capsys.readouterr().out.splitlines()
        return code, [line.strip() for line in lines if line.startswith("  ")]

    return verified


def test_books_as_loaded_agree(verify):
    assert verify() == (0, [])


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        (
            "UPDATE account_balance SET balance = balance - 1 WHERE kind = 'penalty'",
            ["счёт 86000000017, penalty: записано 5,54, по операциям 5,55",
             "дом H-1, penalty задолженность: записано 5,55, по операциям 5,54"],
        ),
        (
            "DELETE FROM account_balance WHERE balance = 87997",
            ["счёт 22, principal: записано 0,00, по операциям 879,97",
             "дом H-2, principal задолженность: записано 879,97, по операциям 0,00"],
        ),
        (
            "INSERT INTO account_balance VALUES (77, 'principal', 3)",
            ["счёт № 77, principal: записано 0,03, по операциям 0,00"],
        ),
        (
            "UPDATE house_year SET charged = 1 WHERE year = 2025",
            ["дом H-1, principal 2025 начислено: записано 0,01, по операциям 879,97",
             "фонд, principal 2025 начислено: записано 879,97, по операциям 0,01"],
        ),
        (
            "UPDATE house_year SET paid = paid + 100 WHERE kind = 'principal' AND paid > 0",
            ["дом H-1, principal 2026 собрано: записано 101,00, по операциям 100,00",
             "фонд, principal 2026 собрано: записано 100,00, по операциям 101,00"],
        ),
        (
            "UPDATE house_debt SET debt = 0 WHERE kind = 'penalty'",
            ["дом H-1, penalty задолженность: записано 0,00, по операциям 5,55",
             "фонд, задолженность по пеням: записано 5,55, по операциям 0,00"],
        ),
        (
            "UPDATE fund_year SET paid = 0 WHERE kind = 'principal' AND year = 2026",
            ["фонд, principal 2026 собрано: записано 0,00, по операциям 100,00"],
        ),
        (
            "DELETE FROM fund_year WHERE kind = 'penalty'",
            ["фонд, penalty 2026 начислено: записано 0,00, по операциям 5,55"],
        ),
        (
            "UPDATE fund_total SET principal_debt = principal_debt + 1",
            ["фонд, задолженность по взносам: записано 2529,92, по операциям 2529,91"],
        ),
        (
            "UPDATE entry SET period = '2026-09-01' WHERE op = 'opening'",
            ["счёт 86000000017, входящий остаток B-0001 позже других записей:"
             " записано -10,00, по операциям 0,00"],
        ),
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_found_in_its_place(verify, books: Books, tampering, found):
    books.rows(tampering)
    assert verify() == (3, found)


def test_an_entry_that_got_past_the_loads_is_found_everywhere(verify, books: Books):
    books.rows("UPDATE entry SET amount = amount + 1 WHERE kind = 'penalty'")
    assert verify() == (
        3,
        [
            "счёт 86000000017, penalty: записано 5,55, по операциям 5,56",
            "дом H-1, penalty 2026 начислено: записано 5,55, по операциям 5,56",
        ],
    )


def test_equal_and_opposite_errors_do_not_hide_each_other(verify, books: Books):
    books.rows("UPDATE account_balance SET balance = balance + 1 WHERE balance = 555")
    books.rows("UPDATE account_balance SET balance = balance - 1 WHERE balance = 87997")
    code, found = verify()
    assert (code, len(found)) == (3, 4)
