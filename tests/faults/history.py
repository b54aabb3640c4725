"""What may happen to a few payments besides: time, registries, billing."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from lkcap.banks.sngb.client import SNGB
from lkcap.demo.bank.model import Wire
from lkcap.exchange.payments import load_payments
from lkcap.kit.db import DATABASE
from lkcap.kit.money import roubles_plain
from lkcap.payments.enquiry import ask_unanswered, expire
from tests.exchange.registry import CLOCK
from tests.exchange.texts import put
from tests.faults.banking import PICK, Banking
from tests.faults.model import Line, Order, Sums
from tests.faults.papers import Row, registry_text
from tests.faults.truths import picked

OPEN_OR_EXPIRED = {"created", "checked", "failed", "expired"}


class History(Banking):
    @precondition(lambda self: self.orders)
    @rule(pick=PICK)
    def pass_time(self, pick: int) -> None:
        """The order's time is over, and everybody who looks after orders looks."""
        order = picked(self.orders, pick)
        self.books.rows(
            "UPDATE payment_order SET expires_at = now() - interval '1 minute',"
            " sent_at = now() - interval '5 minutes', asked_at = NULL WHERE order_id = %s",
            order.order_id,
        )
        order.is_late = True
        self._ask(order)
        self.stage.run(self._look())
        order.expire()

    async def _look(self) -> None:
        database, client = self.app[DATABASE], self.app[SNGB]
        assert client
        zone = self.shop.config.timezone
        asked = await ask_unanswered(database, zone, client, is_patient=False)
        assert asked.silent == 0
        await expire(database)

    def _ask(self, order: Order) -> None:
        """СНГБ is asked about what it owes an answer of; the first order alone is old enough."""
        if order.wire is Wire.GPB or order.state not in OPEN_OR_EXPIRED:
            return
        (attempt,) = order.attempts
        line = next(iter(order.lines), None)
        if line:
            line.hear()
        elif attempt.operations:
            order.fail(attempt.operations[-1].result)

    @precondition(lambda self: self.lines)
    @rule(picks=st.lists(PICK, min_size=1, max_size=4), format_=st.sampled_from(["csv", "sber"]))
    def list_some(self, picks: list[int], format_: str) -> None:
        lines = list(dict.fromkeys(picked(self.lines, pick) for pick in picks))
        rows: list[Row] = []
        for line in lines:
            rows.append((line.trx_id, line.number, line.amount))
            if line.payment.refunds:
                rows.append((line.trx_id, line.number, -line.payment.refunded))
            line.list_it()
        paper = next(self.stage.numbers)
        path = put(self.books, f"registry-{paper}.csv", registry_text(rows, format_, paper))
        load_payments(self.books.database, path, format_, clock=CLOCK)

    @precondition(lambda self: [one for one in self.lines if not one.billed])
    @rule(pick=PICK, first=st.integers(0, 100), penalty=st.integers(0, 3), is_now=st.booleans(),
          more=st.sampled_from([0, 0, 0, 100]))  # fmt: skip
    def bill(self, pick: int, first: int, penalty: int, is_now: bool, more: int) -> None:
        """Billing enters it, in one sum or two, the second maybe later; its sum may be its own."""
        line = picked([one for one in self.lines if not one.billed], pick)
        amount = line.amount + more
        head = amount * first // 100 or amount
        parts: list[Sums] = [(head, 0), (0, amount - head) if penalty else (amount - head, 0)]
        parts = [part for part in parts if any(part)]
        line.put_off = [] if is_now else parts[1:]
        self._enter(line, parts if is_now else parts[:1], line.billed)

    @precondition(lambda self: [one for one in self.lines if one.put_off])
    @rule(pick=PICK)
    def bill_the_rest(self, pick: int) -> None:
        line = picked([one for one in self.lines if one.put_off], pick)
        parts, line.put_off = line.put_off, []
        self._enter(line, parts, line.billed)

    @precondition(lambda self: self._to_bill_back())
    @rule(pick=PICK)
    def bill_the_refund(self, pick: int) -> None:
        line = picked(self._to_bill_back(), pick)
        self._enter(line, [(-line.payment.refunded, 0)], line.billed_back)

    def _to_bill_back(self) -> list[Line]:
        return [one for one in self.lines if one.payment.refunds and not one.billed_back]

    def _enter(self, line: Line, parts: list[Sums], entered: list[Sums]) -> None:
        for principal, penalty in parts:
            self.books.entry("2026-11", account=line.number, op="payment", bank_ref=line.trx_id)
            self.books.files["entries"][-1] = dict(self.books.files["entries"][-1]) | {
                "kind": "penalty" if penalty else "principal",
                "amount": roubles_plain(principal + penalty),
            }
        self.books.load()
        entered += parts
