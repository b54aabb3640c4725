"""What a reference says, that it stays, and whose it is. Today is 22 November 2026."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.errors import NotFound, SenselessQuery
from lkcap.kit.month import Month
from lkcap.references import words
from lkcap.references.model import Movement
from lkcap.references.service import issue
from lkcap.statement.forms import Wish
from lkcap.statement.model import Kind, Statement
from lkcap.statement.queries import get_statement
from tests.browserless import plain
from tests.factory import Books
from tests.ledger.test_identities import EPOCH, OPEN_MONTH, Ledger, ledgers, write
from tests.references.conftest import ALICE, NUMBER, YEAR, Issue, reader_account, signed_by

TODAY = date(2026, 11, 22)
FIELDS = ("opening", "actual", "paid", "corrected", "written_off", "closing")


def figures(statement: Statement) -> list[tuple[int, ...]]:
    """The columns of a reference in a statement, the total last."""
    rows = [*(one.row for one in statement.months), statement.total]
    return [tuple(getattr(row, name) for name in FIELDS) for row in rows]


def told(movement: Movement) -> list[tuple[int, ...]]:
    return [*(line.sums.amounts for line in movement.lines), movement.total.amounts]


@hypothesis_settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ledger=ledgers())
async def test_its_numbers_are_the_statement_s(
    books: Books, config: Config, pool: Database, ledger: Ledger
):
    number = write(books, ledger)
    account = reader_account(books.subscriber(f"{number}@example.com", number), number)
    for wish in (Wish(EPOCH, OPEN_MONTH), Wish(EPOCH + 3, EPOCH + 9)):
        reference = await issue(pool, config, account, wish)
        for kind in Kind:
            movement: Movement = getattr(reference, kind)
            async with pool.connection() as conn:
                statement = await get_statement(conn, account, replace(wish, kind=kind))
            assert told(movement) == figures(statement)
            assert movement.balance == ledger.balance(kind)
            # a service that begins later brings its opening in without a movement
            later = [Month.of(line.period) for line in movement.lines[1:]]
            assert movement.total.begun == sum(ledger.opened(kind, month) for month in later)
            assert not [line for line in movement.lines if line.sums.begun]


@pytest.mark.parametrize(
    ("principal", "penalty", "said"),
    [
        (0, 0, "На 22 ноября 2026 г. задолженности нет."),
        (77447, 32, "На 22 ноября 2026 г. задолженность 774,79 ₽: взнос 774,47 ₽, пеня 0,32 ₽."),
        (77447, 0, "На 22 ноября 2026 г. задолженность 774,47 ₽: взнос 774,47 ₽, пеня 0,00 ₽."),
        (-70000, 0, "На 22 ноября 2026 г. задолженности нет, переплата по взносу 700,00 ₽."),
        (-5, -7, "На 22 ноября 2026 г. задолженности нет, "
                 "переплата по взносу 0,05 ₽ и по пене 0,07 ₽."),
        (-10000, 750, "На 22 ноября 2026 г. задолженность 7,50 ₽: взнос 0,00 ₽, пеня 7,50 ₽. "
                      "Переплата по взносу 100,00 ₽ пеню не закрывает."),
        (123456, -1, "На 22 ноября 2026 г. задолженность 1 234,56 ₽: взнос 1 234,56 ₽, "
                     "пеня 0,00 ₽. Переплата по пене 0,01 ₽ взнос не закрывает."),
    ],
)  # fmt: skip
async def test_the_result_is_one_sentence(
    year: Books, issued: Issue, principal: int, penalty: int, said: str
):
    one = await issued()
    one = replace(
        one,
        principal=replace(one.principal, balance=principal),
        penalty=replace(one.penalty, balance=penalty),
    )
    assert plain(words.result(one)) == said


async def test_the_balance_is_of_today_whatever_the_range(year: Books, issued: Issue):
    one = await issued(Wish(Month(2026, 1), Month(2026, 2)))
    assert (one.principal.balance, one.penalty.balance) == (77447, 32)
    assert one.principal.total.closing == 121658
    assert (one.first, one.last) == (date(2026, 1, 1), date(2026, 2, 1))


async def test_months_before_the_account_are_not_promised(year: Books, issued: Issue):
    one = await issued(Wish(Month(2014, 1), Month(2026, 11)))
    assert one.first == date(2025, 12, 1)
    assert len(one.principal.lines) == 12


async def test_an_account_without_books_owes_nothing(books: Books, issued: Issue):
    books.house().account().load()
    books.subscriber(ALICE, NUMBER)
    one = await issued()
    assert (one.principal.lines, one.due) == ((), 0)
    assert one.first == date(2025, 12, 1)


async def test_months_to_come_have_no_reference(year: Books, issued: Issue):
    with pytest.raises(SenselessQuery):
        await issued(Wish(Month(2026, 12), Month(2026, 11)))


async def test_a_load_between_changes_nothing_that_was_given(year: Books, issued: Issue):
    before = await issued()
    year.entry("2026-11", amount="100,00").account(area="60").load()
    assert await issued() == before
    other = await issued(Wish(Month(2026, 1), Month(2026, 11)))
    assert other.principal.balance == before.principal.balance + 10000


async def test_earlier_books_that_come_later_do_not_make_another(year: Books, issued: Issue):
    """The range is kept as it was asked for, not as far as there were months."""
    wish = Wish(Month(2014, 1), Month(2026, 11))
    before = await issued(wish)
    year.entry("2025-06", service="Другой взнос", op="opening", amount="5,00").load()
    assert await issued(wish) == before


async def test_another_day_or_range_is_another_document(year: Books, issued: Issue, config: Config):
    tomorrow = config.model_copy(update={"today": date(2026, 11, 23)})
    ones = [
        await issued(),
        await issued(config=tomorrow),
        await issued(Wish(Month(2026, 1), Month(2026, 11))),
    ]
    assert [one.number for one in ones] == ["2026-000001", "2026-000002", "2026-000003"]
    assert len({one.code for one in ones}) == 3


async def test_ten_at_once_are_given_one(year: Books, issued: Issue):
    ones = await asyncio.gather(*(issued() for _ in range(10)))
    assert len({one.code for one in ones}) == 1
    assert year.rows("SELECT count(*) FROM reference") == [(1,)]


async def test_the_application_cannot_change_what_it_gave(year: Books, issued: Issue):
    await issued()
    rights = year.rows(
        "SELECT column_name FROM information_schema.column_privileges"
        " WHERE table_name = 'reference' AND grantee = 'lkcap_app' AND privilege_type = 'UPDATE'"
    )
    assert sorted(rights) == [("withdrawn_on",), ("withdrawn_why",)]


def sold(books: Books, day: str) -> Books:
    """To Boris, who may look at once."""
    books.account(valid_from=day, last_name="Новосёлов", first_name="Борис").load()
    return books.subscriber("boris@example.com", NUMBER)


async def test_a_new_owner_is_not_given_the_former_one_s(
    year: Books, config: Config, pool: Database, issued: Issue
):
    hers = await issued()
    sold(year, "2026-11-01")
    ((boris,),) = year.rows("SELECT max(subscriber_id) FROM subscriber")
    year.rows("DELETE FROM subscriber_account WHERE subscriber_id <> %s", boris)
    account = reader_account(year, since=date(2026, 11, 1))
    his = await issue(pool, config, account, YEAR)
    assert his.code != hers.code
    assert his.holder.owner.startswith("Новосёлов Борис")
    assert [line.period for line in his.principal.lines] == [date(2026, 11, 1)]
    assert his.first == date(2026, 11, 1)


async def test_the_former_owner_is_given_none(
    year: Books, config: Config, pool: Database, issued: Issue
):
    """Even one whom the door has let in a moment before."""
    await issued()
    hers = reader_account(year)
    sold(year, "2026-11-01")
    with pytest.raises(NotFound):
        await issue(pool, config, hers, YEAR)


async def test_without_a_key_it_is_unsigned(year: Books, issued: Issue, database: str):
    assert (await issued(config=signed_by(database, []))).signature is None
