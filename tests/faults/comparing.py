"""The banks' book against ours: order by order, account by account, message by message."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TypeVar
from urllib.parse import urlsplit

from lkcap.auth.model import ReaderAccount
from lkcap.banks.sngb.notification import without_card
from lkcap.demo.bank.model import Message, Payment, Wire
from lkcap.kit.db import Database
from lkcap.kit.month import Month
from lkcap.payments.queries import get_terms
from lkcap.statement.forms import Wish
from lkcap.statement.model import Kind
from lkcap.statement.queries import get_statement
from tests.conftest import TODAY
from tests.faults.papers import Told
from tests.faults.payers import Account
from tests.faults.town import CHARGED, Town
from tests.payments.cards import NOW

T = TypeVar("T")


async def compare(town: Town) -> None:
    _compare_orders(town)
    _compare_payments(town)
    await _compare_accounts(town)
    _compare_journal(town)
    code, said = await town.commands.run("verify-books")
    assert code == 0, said


def _compare_orders(town: Town) -> None:
    """Every order that the banks took money for is paid, with exactly that money, and no other."""
    taken: Counter[str] = Counter()
    for payment in town.bank.book:
        if payment.attempt.order not in town.payers.strange:
            taken[payment.attempt.order] += payment.operation.amount
    ours = town.books.rows(
        "SELECT order_id, sum(principal + penalty) FROM payment WHERE order_id IS NOT NULL"
        " GROUP BY order_id"
    )
    unknown = taken.keys() - {order for order, _ in ours}
    lost = [one for one in town.bank.book if one.attempt.order in unknown]
    assert not lost, [_story(town, one) for one in lost[:5]]
    _same({order: int(amount) for order, amount in ours}, taken)
    paid = town.books.rows("SELECT order_id FROM payment_order WHERE state = 'paid'")
    _same({order: "paid" for (order,) in paid}, dict.fromkeys(taken, "paid"))


def _story(town: Town, payment: Payment) -> str:
    """What the bank and we know of a payment that we do not have."""
    attempt = payment.attempt
    sent = [(one.kind, len(one.sendings), one.answered.is_set()) for one in attempt.messages]
    order = town.books.rows(
        "SELECT state, bank_payment_id, sent_at, asked_at, now() FROM payment_order"
        " WHERE order_id = %s", attempt.order,
    )  # fmt: skip
    faults = sorted(one.value for one in attempt.faults)
    return f"{attempt.wire} {attempt.state} {faults} messages {sent} order {order}"


def _compare_payments(town: Town) -> None:
    """A payment is a row, a refund that a registry has told of another; nothing else is."""
    theirs = {one.operation.trx_id: one.operation.amount for one in town.bank.book}
    ours = town.books.rows("SELECT trx_id, principal + penalty FROM payment")
    taken = [(trx_id, amount) for trx_id, amount in ours if amount > 0]
    _same(dict(taken), theirs)
    _once(trx_id for trx_id, _ in taken)
    listed = {trx_id: one.listed_back for trx_id, one in town.clerks.told.items()}
    given_back = [(trx_id, -amount) for trx_id, amount in ours if amount < 0]
    _same(dict(given_back), {trx_id: back for trx_id, back in listed.items() if back})
    _once(trx_id for trx_id, _ in given_back)


async def _compare_accounts(town: Town) -> None:
    """The ledger, the statement and what is due, by account."""
    expected: Counter[int] = Counter()
    for payment in town.bank.book:
        told = town.clerks.told.get(payment.operation.trx_id, Told())
        order = payment.attempt.order
        if order not in town.payers.strange or told.is_known:
            expected[town.payers.ordered[order].account_id] += told.sum_of(payment)
    database = Database(town.books.database, size=1)
    for account in town.payers.accounts:
        paid = await _paid_by_statement(database, account)
        assert paid == expected[account.account_id], account
        async with database.connection() as conn:
            terms = await get_terms(conn, account.account_id, TODAY)
        assert terms.principal + terms.penalty == sum(CHARGED.values()) - paid, account
    await database.close()


async def _paid_by_statement(database: Database, account: Account) -> int:
    reader = ReaderAccount(
        0, NOW, True, account.account_id, account.number, 0, "", "living", "", None, 0, 0
    )
    total = 0
    async with database.connection() as conn:
        for kind in Kind:
            wish = Wish(Month.of(TODAY) + -11, Month.of(TODAY), kind)
            total += (await get_statement(conn, reader, wish)).total.paid
    return total


def _compare_journal(town: Town) -> None:
    """What we have accepted is in the journal, as many times as it came."""
    accepted: Counter[str] = Counter()
    tries: Counter[str] = Counter()
    for attempt in town.bank.bank.attempts.values():
        for message in attempt.messages:
            raw = _raw(message)
            accepted[raw] += sum(one.is_accepted for one in message.sendings)
            tries[raw] += len(message.sendings)
    ours = Counter(
        raw for (raw,) in town.books.rows("SELECT raw FROM bank_message WHERE kind <> 'enquiry'")
    )
    assert [raw for raw in accepted if accepted[raw] > ours[raw]] == []
    assert [raw for raw in ours if ours[raw] > tries[raw]] == []


def _same(ours: Mapping[str, T], theirs: Mapping[str, T]) -> None:
    differ = {
        key: (ours.get(key), theirs.get(key))
        for key in ours.keys() | theirs.keys()
        if ours.get(key) != theirs.get(key)
    }
    assert not differ, f"{len(differ)} differ, (ours, theirs): {dict(islice(differ.items(), 10))}"


def _once(keys: Iterable[str]) -> None:
    twice = [key for key, times in Counter(keys).items() if times > 1]
    assert not twice, f"{len(twice)} more than once: {twice[:10]}"


def _raw(message: Message) -> str:
    """As the site writes it down."""
    if message.wire is Wire.SNGB:
        return without_card(message.body.encode())
    parts = urlsplit(message.url)
    return f"{parts.path}?{parts.query}"
