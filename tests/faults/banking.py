"""What payers and banks may do, in any order; each step says what it must lead to."""

import asyncio
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from lkcap.banks.sngb.client import SNGB
from lkcap.demo.bank import Fault, gpb
from lkcap.demo.bank.bank import new_trx_id
from lkcap.demo.bank.cards import CARDS, Way
from lkcap.demo.bank.desk import compose
from lkcap.demo.bank.model import Attempt, Operation, Result, Wire
from lkcap.kit.db import DATABASE
from lkcap.payments import orders
from lkcap.payments.order import Split, new_order_id
from tests.faults.model import Letter, Line, Order
from tests.faults.truths import Truths, picked

BANK_ACCOUNT = "FA4E0000000000000000000000000002"
PICK = st.integers(0, 30)
KOPECKS = st.integers(1, 50_000)
RESULTS = st.sampled_from([Result.PAID, Result.PAID, Result.PAID, Result.REFUSED, Result.CANCELLED])
MANNERS = st.sets(
    st.sampled_from(
        [Fault.OVERPAID, Fault.UNDERPAID, Fault.OLD_KEY, Fault.ORDER_2018, Fault.NO_MERCHANT_TRX]
    ),
    max_size=2,
)
FORGERIES = st.sampled_from(
    [
        ("amount=", "amount=1"),
        ("result_code=", "x=1&result_code="),
        ("&signature=", "&result_code=1&signature="),
    ]
)
WAYS = st.sampled_from([Way.GOOD, Way.SBP])


class Banking(Truths):
    @rule(wire=st.sampled_from(Wire), whose=PICK, principal=KOPECKS, penalty=st.integers(0, 500))
    def order(self, wire: Wire, whose: int, principal: int, penalty: int) -> None:
        number = self.numbers[whose % 2]
        order = Order(new_order_id(), wire, number, principal, penalty)
        self.stage.run(self._add(order))
        self.orders.append(order)

    async def _add(self, order: Order) -> None:
        async with self.app[DATABASE].transaction() as conn:
            await orders.add_order(
                conn, order.order_id, account_id=self.account_ids[order.number],
                subscriber_id=None, bank=order.wire, bank_account=BANK_ACCOUNT,
                sums=Split(order.principal, order.penalty), fee=None, minutes=30, parts=(),
            )  # fmt: skip
        if order.wire is Wire.SNGB:
            client = self.app[SNGB]
            assert client
            begun = await client.init(order.order_id, order.principal + order.penalty)
            order.attempts.append(self.bank.attempts[begun.payment_id])
            async with self.app[DATABASE].transaction() as conn:
                await orders.mark_sent(conn, order.order_id, begun.payment_id)

    @precondition(lambda self: self._of(Wire.GPB))
    @rule(pick=PICK)
    def visit(self, pick: int) -> None:
        """The bank asks whether it may take the money of the order."""
        order = picked(self._of(Wire.GPB), pick)
        attempt = self._attempt(order.order_id)
        assert self.bank.settings.gpb
        self.stage.run(gpb.check(self.bank, self.bank.settings.gpb, attempt))
        assert (not attempt.refusal) == order.check(), attempt.refusal
        if not attempt.refusal:
            assert attempt.amount == order.principal + order.penalty
            order.attempts.append(attempt)

    def _of(self, wire: Wire) -> list[Order]:
        return [one for one in self.orders if one.wire is wire]

    def _attempt(self, order_id: str) -> Attempt:
        url = self.shop.config.public_url
        attempt = Attempt(
            new_trx_id(), Wire.GPB, order_id, self.bank.settings.now(), url, url,
            {"o.order_id": order_id}, account_id=BANK_ACCOUNT, merchant_trx=order_id,
        )  # fmt: skip
        self.bank.open(attempt)
        return attempt

    def _open(self) -> list[tuple[Order, Attempt]]:
        """СНГБ takes the money of an attempt once."""
        return [
            (order, attempt)
            for order in self.orders
            for attempt in order.attempts
            if order.wire is Wire.GPB or attempt.state != "paid"
        ]

    @precondition(lambda self: self._open())
    @rule(pick=PICK, result=RESULTS, way=WAYS, manners=MANNERS)
    def operate(self, pick: int, result: Result, way: Way, manners: set[Fault]) -> None:
        """The bank takes the money or does not; what it has to say of it waits to be sent."""
        order, attempt = picked(self._open(), pick)
        self._operate(order, order.number, attempt, result, way, manners)

    @rule(whose=PICK, amount=KOPECKS, manners=MANNERS)
    def operate_for_a_stranger(self, whose: int, amount: int, manners: set[Fault]) -> None:
        """Money for an order that the site has lost."""
        attempt = self._attempt(new_order_id())
        attempt.amount = amount
        number = self.numbers[whose % 2]
        self._operate(None, number, attempt, Result.PAID, Way.GOOD, manners)

    def _operate(
        self,
        order: Order | None,
        number: str,
        attempt: Attempt,
        result: Result,
        way: Way,
        manners: set[Fault],
    ) -> None:
        card = CARDS[way] if way is Way.GOOD else None
        operation: Operation = self.bank.operate(attempt, result, card, manners)
        line = None
        if result is Result.PAID:
            line = Line(self.bank.book[-1], order, number)
            self.lines.append(line)
            if order is not None:
                order.lines.append(line)
        message = compose(self.bank, attempt, operation, manners)
        attempt.messages.append(message)
        self.letters.append(Letter(message, result, order, line, attempt))

    @precondition(lambda self: self.letters)
    @rule(pick=PICK, copies=st.sampled_from([1, 1, 1, 3]))
    def send(self, pick: int, copies: int) -> None:
        letter = picked(self.letters, pick)
        sent = self.stage.run(self._send(letter, copies))
        assert sent == [True] * copies
        letter.times += copies
        self._understand(letter)

    async def _send(self, letter: Letter, copies: int) -> list[bool]:
        sending = [self.bank.courier.send(letter.message) for _ in range(copies)]
        return [one.is_accepted for one in await asyncio.gather(*sending)]

    def _understand(self, letter: Letter) -> None:
        """СНГБ's form is only a reason to ask: what counts is how the payment stands now."""
        line, result = letter.line, letter.result
        if letter.attempt.wire is Wire.SNGB:
            line = next((one for one in self.lines if one.payment.attempt is letter.attempt), None)
            result = letter.attempt.operations[-1].result
            if line and line.payment.refunds and letter.order and letter.order.state == "paid":
                return
        if line:
            line.hear()
        elif letter.order:
            letter.order.fail(result)

    @precondition(lambda self: [one for one in self.letters if one.attempt.wire is Wire.GPB])
    @rule(pick=PICK, said=FORGERIES)
    def forge(self, pick: int, said: tuple[str, str]) -> None:
        letters = [one for one in self.letters if one.attempt.wire is Wire.GPB]
        letter = picked(letters, pick)
        url = letter.message.url.replace(*said, 1)
        forged = replace(letter.message, url=url, sendings=[], answered=asyncio.Event())
        assert not self.stage.run(self.bank.courier.send(forged)).is_accepted

    @precondition(lambda self: [one for one in self.lines if not one.payment.refunds])
    @rule(pick=PICK, is_whole=st.booleans())
    def give_back(self, pick: int, is_whole: bool) -> None:
        """By the bank's own hand: the site hears of it from a registry or from billing."""
        payment = picked([one for one in self.lines if not one.payment.refunds], pick).payment
        amount = payment.operation.amount
        self.bank.give_back(payment, amount if is_whole else (amount + 1) // 2)
