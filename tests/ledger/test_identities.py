"""The identities of the ledger (contract §4) on random ledgers, against a slow computation."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkcap.auth.model import ReaderAccount
from lkcap.kit.db import Connection, Database
from lkcap.kit.month import Month, months
from lkcap.statement.forms import Wish
from lkcap.statement.model import Kind, Mode, Row, Statement
from lkcap.statement.queries import get_statement
from tests.browserless import Browser
from tests.factory import Books

OPEN_MONTH = Month(2026, 11)
EPOCH = Month(2025, 9)
SERVICES = ("Взнос на капитальный ремонт", "взнос Ёлка", "Взнос по решению собрания")
MOVEMENTS = ("charge", "recalculation", "act", "payment", "correction", "write_off")
LOWERS = ("payment", "write_off")
NUMBERS = count(1)


@dataclass(frozen=True)
class Entry:
    service: str
    kind: str
    op: str
    month: Month
    amount: int

    @property
    def change(self) -> int:
        return -self.amount if self.op in LOWERS else self.amount


@dataclass(frozen=True)
class Ledger:
    """A slow ledger: every number is a sum over all entries."""

    entries: Sequence[Entry]
    start: Month = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", min(one.month for one in self.entries))

    def services(self, kind: str) -> set[str]:
        return {one.service for one in self.entries if one.kind == kind}

    def row(self, kind: str, service: str | None, first: Month, last: Month) -> tuple[int, ...]:
        """The nine columns of a span of months; of all services when none is named."""
        mine = [one for one in self.entries if one.kind == kind and service in (None, one.service)]
        inside = [one for one in mine if first <= one.month <= last]

        def moved(*ops: str) -> int:
            return sum(one.amount for one in inside if one.op in ops)

        opening = sum(one.change for one in mine if one.month < first)
        opening += sum(one.amount for one in mine if one.month == first and one.op == "opening")
        recalculated = moved("recalculation") + moved("act")
        closing = sum(one.change for one in mine if one.month <= last)
        return (
            opening, moved("charge"), recalculated, moved("act"), moved("charge") + recalculated,
            moved("payment"), moved("correction"), moved("write_off"), closing,
        )  # fmt: skip

    def opened(self, kind: str, month: Month) -> int:
        return sum(
            one.amount
            for one in self.entries
            if (one.kind, one.op, one.month) == (kind, "opening", month)
        )

    def balance(self, kind: str) -> int:
        return sum(one.change for one in self.entries if one.kind == kind)


amounts = st.integers(-10_000_000, 10_000_000)
groups = st.tuples(st.sampled_from(SERVICES), st.sampled_from(list(Kind)))
a_month = st.integers(0, OPEN_MONTH - EPOCH).map(lambda step: EPOCH + step)
movements = st.lists(st.tuples(st.sampled_from(MOVEMENTS), a_month, amounts), max_size=8)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Several services of both kinds; each may have its opening, in its first month."""
    entries = []
    for service, kind in draw(st.lists(groups, min_size=1, max_size=5, unique=True)):
        moved = draw(movements)
        entries += [Entry(service, kind, op, month, amount) for op, month, amount in moved]
        first = min([month for _, month, _ in moved] or [draw(a_month)])
        if not moved or draw(st.booleans()):
            entries.append(Entry(service, kind, "opening", first, draw(amounts)))
    return Ledger(draw(st.permutations(entries)))


def write(books: Books, ledger: Ledger) -> str:
    """Load a ledger on an account of its own; returns the number."""
    number = f"10000{next(NUMBERS)}"
    books.house().account(number, premises=number)
    for one in ledger.entries:
        books.entry(str(one.month), account=number)
        books.files["entries"][-1] = dict(books.files["entries"][-1]) | {
            "service": one.service,
            "kind": one.kind,
            "op": one.op,
            "amount": f"{one.amount // 100}.{one.amount % 100:02d}"
            if one.amount >= 0
            else f"-{-one.amount // 100}.{-one.amount % 100:02d}",
            "document": "распоряжение",
        }
    assert books.load().aside == 0
    return number


def reader(books: Books, number: str) -> ReaderAccount:
    ((account_id, principal, penalty),) = books.rows(
        "SELECT account_id, coalesce(sum(balance) FILTER (WHERE kind = 'principal'), 0)::bigint,"
        " coalesce(sum(balance) FILTER (WHERE kind = 'penalty'), 0)::bigint"
        " FROM account LEFT JOIN account_balance USING (account_id)"
        " WHERE number = %s GROUP BY account_id",
        number,
    )
    return ReaderAccount(
        subscriber_id=1, seen_at=datetime.now(UTC), is_current=True, account_id=account_id,
        number=number, house_id=1, address="", premises_kind="living", premises="1",
        owner_since=None, principal=principal, penalty=penalty,
    )  # fmt: skip


def check_rows(ledger: Ledger, statement: Statement, first: Month, last: Month) -> None:
    """Every row of the range against the slow ledger."""
    kind, shown = str(statement.kind), list(months(max(first, ledger.start), last))
    assert [block.month for block in statement.months] == shown
    for block in statement.months:
        assert block.row.amounts == ledger.row(kind, None, block.month, block.month)
        found = {one.row.service: one.row.amounts for one in block.services}
        assert len(found) == len(block.services)
        assert found == {
            service: ledger.row(kind, service, block.month, block.month)
            for service in ledger.services(kind)
        }
    if shown:
        assert statement.total.amounts == ledger.row(kind, None, shown[0], last)
    else:
        assert statement.total.amounts == (0,) * 9


def check_identities(ledger: Ledger, statement: Statement) -> None:
    """What must hold whatever the entries are."""
    before = 0
    for block in statement.months:
        row: Row = block.row
        assert row.opening == before + ledger.opened(statement.kind, block.month)
        assert row.actual == row.charged + row.recalculated
        assert row.closing == (
            row.opening + row.actual - row.paid + row.corrected - row.written_off
        )
        summed = [
            sum(column) for column in zip(*(x.row.amounts for x in block.services), strict=True)
        ]
        assert tuple(summed or [0] * 9) == row.amounts
        before = row.closing


def check_operations(ledger: Ledger, statement: Statement) -> None:
    """The operations under a service are its entries, and they add up to its columns."""
    for block in statement.months:
        for service in block.services:
            columns: Counter[str] = Counter()
            for one in service.operations:
                columns[one.field] += one.amount
                columns["acts"] += one.amount if one.op == "act" else 0
            row = service.row
            for name in ("charged", "recalculated", "acts", "paid", "corrected", "written_off"):
                assert columns[name] == getattr(row, name)
    told = Counter(
        (one.service, one.op, Month.of(one.period), one.amount)
        for block in statement.months
        for service in block.services
        for one in service.operations
    )
    kind = statement.kind
    assert told == Counter(
        (one.service, one.op, one.month, one.amount)
        for one in ledger.entries
        if one.kind == kind and one.op != "opening"
    )


@pytest.fixture
async def conn(database: str) -> AsyncIterator[Connection]:
    one = Database(database, size=1)
    async with one.connection() as connection:
        yield connection
    await one.close()


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ledger=ledgers(), steps=st.tuples(st.integers(-3, 14), st.integers(-3, 14)))
async def test_a_statement_is_what_its_entries_say(
    books: Books, conn: Connection, ledger: Ledger, steps: tuple[int, int]
):
    account = reader(books, write(books, ledger))
    first, last = sorted(min(EPOCH + step, OPEN_MONTH) for step in steps)
    for kind in Kind:
        whole = Wish(ledger.start, OPEN_MONTH, kind, Mode.EXTENDED)
        statement = await get_statement(conn, account, whole)
        check_rows(ledger, statement, ledger.start, OPEN_MONTH)
        check_identities(ledger, statement)
        check_operations(ledger, statement)
        assert statement.total.closing == getattr(account, kind) == ledger.balance(kind)
        part = await get_statement(conn, account, Wish(first, last, kind))
        check_rows(ledger, part, first, last)
    assert account.due == sum(max(0, ledger.balance(kind)) for kind in Kind)


FIXED = Ledger(
    [
        Entry(SERVICES[0], "principal", "opening", Month(2026, 6), -40_00),
        Entry(SERVICES[0], "principal", "charge", Month(2026, 7), 879_97),
        Entry(SERVICES[0], "principal", "act", Month(2026, 9), -300_00),
        Entry(SERVICES[0], "principal", "recalculation", Month(2026, 9), 12_34),
        Entry(SERVICES[0], "principal", "payment", Month(2026, 9), -100_00),
        Entry(SERVICES[0], "principal", "payment", Month(2026, 11), 1500_00),
        Entry(SERVICES[1], "principal", "charge", Month(2026, 8), 30_84),
        Entry(SERVICES[1], "principal", "correction", Month(2026, 11), -5_00),
        Entry(SERVICES[2], "penalty", "charge", Month(2026, 10), 13_16),
        Entry(SERVICES[2], "penalty", "write_off", Month(2026, 11), 3_00),
    ]
)


async def test_the_page_shows_the_same_numbers(browser: Browser, books: Books):
    books.subscriber("alice@example.com", write(books, FIXED))
    await browser.login("alice@example.com")
    for kind in Kind:
        page = await browser.page(f"/statement?from=2026-06&debt={kind}&mode=general")
        spans = [(one, one) for one in months(FIXED.start, OPEN_MONTH)]
        spans.append((FIXED.start, OPEN_MONTH))
        expected = [amount for span in spans for amount in FIXED.row(kind, None, *span)]
        assert page.amounts[-len(expected) :] == expected


async def test_an_advance_of_principal_does_not_cover_the_penalty(browser: Browser, books: Books):
    """К оплате is Σ max(0, balance) by kind: −821.85 of principal and 10.16 of penalty."""
    books.subscriber("alice@example.com", write(books, FIXED))
    await browser.login("alice@example.com")
    assert (FIXED.balance("principal"), FIXED.balance("penalty")) == (-821_85, 10_16)
    page = await browser.page("/account")
    assert "10,16" in page.by_id("due")
