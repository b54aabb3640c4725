"""What must be true of the accounts, orders, payments and the journal after each step."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from hypothesis.stateful import RuleBasedStateMachine, invariant

from lkcap.demo.bank.bank import Bank
from tests.exchange.registry import wrong
from tests.faults.model import Letter, Line, Order, paid_by_account, taken_by_order
from tests.payments.cards import Shop

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stage:
    """A shop that all histories share, each with accounts of its own."""

    shop: Shop
    loop: asyncio.AbstractEventLoop
    reader: Any
    numbers: count = field(default_factory=lambda: count(2))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Over one connection: it is asked after every step."""
        with self.reader.cursor() as cursor:
            cursor.execute(statement, parameters)
            return list(cursor.fetchall())


class Truths(RuleBasedStateMachine):
    """Two accounts and what has happened to them so far."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage, self.shop, self.books = stage, stage.shop, stage.shop.books
        self.app = stage.shop.browser.server.app
        self.bank: Bank = stage.shop.bank.bank
        self.numbers = [str(next(stage.numbers)) for _ in range(2)]
        self.orders: list[Order] = []
        self.lines: list[Line] = []
        self.letters: list[Letter] = []
        for number in self.numbers:
            self.books.account(number, premises=number)
        self.books.load()
        found = self.books.rows("SELECT number, account_id FROM account")
        self.account_ids = {number: found_id for number, found_id in found}

    @invariant()
    def everything_is_true(self) -> None:
        self.the_accounts_have_what_was_paid()
        self.the_orders_are_where_they_must_be()
        self.each_payment_is_one_row()
        self.every_message_is_in_the_journal()
        assert wrong(self.books) == {}

    def the_accounts_have_what_was_paid(self) -> None:
        ours = self.stage.rows(
            "SELECT number, CAST(sum(amount) FILTER (WHERE kind = 'principal') AS bigint),"
            " CAST(sum(amount) FILTER (WHERE kind = 'penalty') AS bigint)"
            " FROM account LEFT JOIN entry USING (account_id)"
            " WHERE number = ANY(%s) GROUP BY number",
            self.numbers,
        )
        paid = {number: (principal or 0, penalty or 0) for number, principal, penalty in ours}
        assert paid == paid_by_account(self.lines, self.numbers)

    def the_orders_are_where_they_must_be(self) -> None:
        known = [one.order_id for one in self.orders]
        states = self.stage.rows(
            "SELECT order_id, CAST(state AS text) FROM payment_order WHERE order_id = ANY(%s)",
            known,
        )
        assert dict(states) == {one.order_id: one.state for one in self.orders}
        taken = self.stage.rows(
            "SELECT order_id, CAST(sum(principal + penalty) AS bigint) FROM payment"
            " WHERE order_id = ANY(%s) GROUP BY order_id", known,
        )  # fmt: skip
        assert dict(taken) == taken_by_order(self.lines)

    def each_payment_is_one_row(self) -> None:
        ours = self.stage.rows(
            "SELECT trx_id, CAST(principal + penalty AS bigint), account_id IS NULL FROM payment"
            " WHERE trx_id = ANY(%s)", [one.trx_id for one in self.lines],
        )  # fmt: skip
        theirs = [
            (one.trx_id, one.amount, one.is_suspended)
            for one in self.lines
            if one.is_heard or one.is_listed
        ]
        theirs += [
            (one.trx_id, -one.payment.refunded, False) for one in self.lines if one.is_listed_back
        ]
        assert sorted(ours) == sorted(theirs)

    def every_message_is_in_the_journal(self) -> None:
        told = self.stage.rows(
            "SELECT trx_id, count(*) FROM bank_message WHERE kind <> 'enquiry' AND kind <> 'check'"
            " AND trx_id = ANY(%s) GROUP BY trx_id",
            [one.message.trx_id for one in self.letters],
        )
        assert sum(times for _, times in told) == sum(one.times for one in self.letters)


def picked(some: list[T], pick: int) -> T:
    return some[pick % len(some)]
