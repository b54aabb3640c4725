"""What a receipt says, and that it goes on saying it."""

import random
from datetime import date

import pytest

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.month import Month
from lkcap.receipts.model import KindSums
from lkcap.receipts.service import issue
from lkcap.receipts.words import headline, reasons, sum_lines
from tests.conftest import settings
from tests.factory import Books
from tests.receipts.conftest import FUND, OCTOBER, Issue


async def test_the_sum_is_told_line_by_line(october: Books, issued: Issue):
    receipt = await issued()
    lines = {one.title: one.amount for one in sum_lines(receipt.claim, receipt.payer, OCTOBER)}
    assert lines == {
        "Долг на\u00a01\u00a0октября 2026\u00a0г.": 121658,
        "Оплачено в\u00a0октябре": -121658,
        "Взнос на\u00a0капитальный ремонт за\u00a0октябрь": 87997,
        "Перерасчёты": -10550,
        "Пеня за\u00a0октябрь": 32,
        "Итого к оплате": 77479,
    }


async def test_each_recalculation_has_its_reason(october: Books, issued: Issue):
    told = reasons(await issued())
    assert told[0].startswith("Перерасчёт по акту −120,00: акт № 41 от 09.10.2026, работы за счёт")
    assert told[0].endswith("за\u00a0сентябрь 2026.")
    assert told[1] == "Перерасчёт +14,50: распоряжение № 118, за\u00a0август 2026."
    assert told[2] == "Пеня 0,32: 336,61 × 9,5 % / 300 × 3 дня."


async def test_the_due_day_is_the_dated_one_moved_to_a_working_day(october: Books, issued: Issue):
    receipt = await issued()
    assert receipt.claim.due_on == date(2026, 11, 16)  # the 15th is a Sunday
    assert headline(receipt)[2] == "до\u00a016\u00a0ноября 2026\u00a0года"


async def test_the_formula_is_told_only_where_it_gives_the_sum(books: Books, issued: Issue):
    books.house().account().entry("2026-09").entry("2026-10", amount="500,00").load()
    for month, told in ((Month(2026, 9), True), (OCTOBER, False)):
        receipt = await issued(month)
        notes = [one.note for one in sum_lines(receipt.claim, receipt.payer, month)]
        assert any("17,12\u00a0₽ за\u00a01\u00a0м² × 51,4\u00a0м²" in one for one in notes) is told


async def test_a_load_does_not_change_what_was_issued(october: Books, issued: Issue):
    first = await issued()
    october.entry("2026-11", amount="774,79", op="payment").load()
    assert await issued() == first


async def test_a_changed_month_is_a_new_version_that_names_the_old(october: Books, issued: Issue):
    first = await issued()
    october.entry("2026-10", amount="-79,97", op="recalculation", document="исправление").load()
    second = await issued()
    assert (second.version, second.replaces) == (2, first.made_on)
    assert second.claim.total == first.claim.total - 7997
    assert await issued() == second


async def test_new_requisites_are_a_new_version(
    october: Books, issued: Issue, database: str, config: Config
):
    await issued()
    moved = Config(**settings(database, fund=FUND | {"bank_name": "ДРУГОЙ БАНК"}))
    assert (await issued(config=moved)).version == 2


async def test_a_new_telephone_is_not_a_new_version(october: Books, issued: Issue, database: str):
    first = await issued()
    renamed = Config(**settings(database, fund=FUND | {"phone": "8 (000) 100-00-87"}))
    assert await issued(config=renamed) == first


async def test_ten_at_once_issue_one(october: Books, config: Config):
    import asyncio

    ((account_id,),) = october.rows("SELECT account_id FROM account")
    database = Database(config.database_url.get_secret_value())
    found = await asyncio.gather(
        *(issue(database, config, [account_id], OCTOBER) for _ in range(10))
    )
    await database.close()
    assert len({one[account_id] for one in found}) == 1
    assert october.rows("SELECT count(*) FROM receipt") == [(1,)]


async def test_the_role_may_not_change_a_receipt(october: Books, issued: Issue):
    await issued()
    (rights,) = october.rows(
        "SELECT has_table_privilege('lkcap_app', 'receipt', 'UPDATE'),"
        " has_table_privilege('lkcap_app', 'receipt', 'DELETE')"
    )
    assert rights == (False, False)


async def test_months_before_the_books_have_no_receipt(october: Books, issued: Issue):
    assert await issued(Month(2026, 8)) is None
    assert await issued(Month(2026, 9)) is not None


async def test_an_advance_of_one_kind_does_not_cover_the_other(books: Books, issued: Issue):
    books.house().account().entry("2026-10", amount="100,00", op="payment")
    books.entry("2026-10", amount="7,00", kind="penalty").load()
    receipt = await issued()
    assert (receipt.claim.total, receipt.claim.advance) == (700, 10000)
    lines = sum_lines(receipt.claim, receipt.payer, OCTOBER)
    assert [one.amount for one in lines[-2:]] == [10000, 700]
    assert lines[-2].title == "Переплата по взносу остаётся на счёте"


@pytest.mark.parametrize(
    ("amount", "told"),
    [("0,00", "Долга нет"), ("-700,00", "Переплата "), ("700,00", "К\u00a0оплате ")],
)
async def test_the_headline_is_the_answer(books: Books, issued: Issue, amount: str, told: str):
    books.house().account().entry("2026-10", amount=amount, op="opening", for_period="").load()
    assert headline(await issued())[0] == told


async def test_requisites_are_those_of_the_house_at_the_month(books: Books, issued: Issue):
    books.house().account().entry("2026-06").entry("2026-07")
    for since, name in (("2020-01-01", "Прежний получатель"), ("2026-07-01", "Новый получатель")):
        books.add("requisites", REQUISITES, valid_from=since, name=name)
    books.load()
    assert (await issued(Month(2026, 6))).claim.payee.name == "Прежний получатель"
    assert (await issued(Month(2026, 7))).claim.payee.name == "Новый получатель"


REQUISITES = {
    "house_id": "H-1",
    "inn": "8600000014",
    "kpp": "860001001",
    "account": "40703810600000000042",
    "bank_name": "ДЕМО БАНК",
    "bic": "049999999",
    "corr_account": "30101810300000000999",
}


async def test_a_house_that_saves_elsewhere_has_nobody_to_pay_here(books: Books, issued: Issue):
    books.house(fund_method="special_other").account().entry("2026-10").load()
    receipt = await issued()
    assert receipt.is_elsewhere
    assert receipt.claim.payee is None


async def test_a_new_owner_gets_a_first_version_of_his_own(books: Books, issued: Issue):
    books.house().account(last_name="Прежняя").entry("2026-10").load()
    former = await issued()
    books.account(last_name="Новая", valid_from="2026-10-05").load()
    own = await issued()
    assert (former.payer.name, former.version) == ("Прежняя Анна Петровна", 1)
    assert (own.payer.name, own.version, own.replaces) == ("Новая Анна Петровна", 1, None)


async def test_words_posted_before_the_new_owner_are_withheld(books: Books, issued: Issue):
    books.house().account().account(last_name="Новая", valid_from="2026-10-05")
    for day in ("2026-10-04", "2026-10-06"):
        books.entry("2026-10", op="recalculation", posted_on=day, document=f"от {day}")
    books.load()
    assert [one.document for one in (await issued()).claim.reasons] == [None, "от 2026-10-06"]


@pytest.mark.parametrize("seed", range(6))
async def test_every_number_is_the_statements(books: Books, config: Config, seed: int):
    """A random history: the receipt of each month against the statement's rows of that month."""
    chance = random.Random(seed)
    books.house().account()
    for month in range(1, 11):
        for _ in range(chance.randrange(6)):
            op = chance.choice(("recalculation", "act", "payment", "correction", "charge"))
            kind, sign = chance.choice(("principal", "penalty")), chance.choice((1, -1))
            amount = chance.randrange(1, 300_000) * (1 if op in ("charge", "payment") else sign)
            books.entry(
                f"2026-{month:02d}",
                op=op,
                kind=kind,
                amount=f"{amount / 100:.2f}",
                service=chance.choice(("Взнос", "Взнос сверх минимального")),
            )
    books.load()
    ((account_id,),) = books.rows("SELECT account_id FROM account")
    database = Database(config.database_url.get_secret_value())
    rows = await statement_rows(database, account_id)
    for (month, kind), expected in rows.items():
        receipt = (await issue(database, config, [account_id], month))[account_id]
        sums = getattr(receipt.claim, kind)
        assert sums == expected, (month, kind)
        assert sums.closing == expected.closing
    await database.close()
    assert len(rows) >= 10


async def statement_rows(database: Database, account_id: int) -> dict[tuple[Month, str], KindSums]:
    from lkcap.statement.model import Row
    from lkcap.statement.queries import LIST_ROWS

    found = {}
    for kind in ("principal", "penalty"):
        async with database.connection() as conn:
            rows = await conn.list(
                LIST_ROWS,
                Row,
                account_id=account_id,
                kind=kind,
                first=date(2026, 1, 1),
                last=OCTOBER.first_day,
                hidden_before=None,
            )
        for row in rows:
            if row.period and row.service is None:
                found[Month.of(row.period), kind] = KindSums(
                    opening=row.opening,
                    charged=row.charged,
                    recalculated=row.recalculated,
                    paid=row.paid,
                    corrected=row.corrected,
                    written_off=row.written_off,
                    closing=row.closing,
                )
    return found
