"""What must be true of payments, said apart from how the cabinet does it (contract §6, §7)."""

from collections import Counter
from dataclasses import dataclass, field

from lkcap.demo.bank.model import Attempt, Message, Payment, Result, Wire

OPEN = {"created", "checked", "failed"}
# (principal, penalty), kopecks
Sums = tuple[int, int]


def added(*sums: Sums) -> Sums:
    return sum(one for one, _ in sums), sum(one for _, one in sums)


@dataclass(eq=False, slots=True)
class Order:
    order_id: str
    wire: Wire
    number: str
    principal: int
    penalty: int
    state: str = "created"
    is_late: bool = False
    attempts: list[Attempt] = field(default_factory=list)
    lines: list["Line"] = field(default_factory=list)

    def check(self) -> bool:
        """Whether the bank may take the money; what is late becomes known when somebody asks."""
        is_open = self.state in OPEN
        if is_open:
            self.state = "expired" if self.is_late else "checked"
        return is_open and not self.is_late

    def fail(self, result: Result) -> None:
        """Money decides, and a cancelled or expired order is over: news of failure comes late."""
        if self.state in OPEN:
            self.state = "failed" if result is Result.REFUSED else "cancelled"

    def expire(self) -> None:
        if self.is_late and self.state in {"created", "checked"}:
            self.state = "expired"

    def split(self, amount: int, *, is_second: bool) -> Sums:
        principal = min(amount, self.principal)
        penalty = 0 if is_second else min(amount - principal, self.penalty)
        return amount - penalty, penalty


@dataclass(eq=False, slots=True)
class Line:
    """A line of the bank's book: `order` None is money for an order that the site knows not.

    `booked` is what the first word of it said of its sums, `billed` and `billed_back` what billing
    has entered so far.
    """

    payment: Payment
    order: Order | None
    number: str
    is_heard: bool = False
    is_listed: bool = False
    is_listed_back: bool = False
    booked: Sums = (0, 0)
    billed: list[Sums] = field(default_factory=list)
    billed_back: list[Sums] = field(default_factory=list)
    put_off: list[Sums] = field(default_factory=list)

    @property
    def trx_id(self) -> str:
        return self.payment.operation.trx_id

    @property
    def amount(self) -> int:
        return self.payment.operation.amount

    def hear(self) -> None:
        """The bank's message came, for the first time or not."""
        if self.order is not None:
            self.order.state = "paid"
        if not self.is_heard and not self.is_listed:
            is_second = self.order is not None and any(one.is_heard for one in self.order.lines)
            alone = (self.amount, 0)
            self.booked = (
                self.order.split(self.amount, is_second=is_second) if self.order else alone
            )
        self.is_heard = True

    def list_it(self) -> None:
        """A registry names it, and its refund if there is one."""
        if not self.is_heard and not self.is_listed:
            self.booked = (self.amount, 0)
        self.is_listed = True
        self.is_listed_back = self.is_listed_back or bool(self.payment.refunds)

    @property
    def is_suspended(self) -> bool:
        return self.order is None and self.is_heard and not self.is_listed

    @property
    def paid(self) -> Sums:
        """What its account must have of it: billing's word, where there is one."""
        taken = [] if self.is_suspended else [self.booked]
        back = [(-self.payment.refunded, 0)] if self.is_listed_back else []
        return added(*(self.billed or taken), *(self.billed_back or back))


def paid_by_account(lines: list[Line], numbers: list[str]) -> dict[str, Sums]:
    return {
        number: added(*(one.paid for one in lines if one.number == number)) for number in numbers
    }


def taken_by_order(lines: list[Line]) -> dict[str, int]:
    """What the cabinet must know of orders by the messages that came."""
    taken: Counter[str] = Counter()
    for line in lines:
        if line.order is not None and line.is_heard:
            taken[line.order.order_id] += line.amount
    return dict(taken)


@dataclass(eq=False, slots=True)
class Letter:
    """A message of the bank that may be sent at any time, any number of times."""

    message: Message
    result: Result
    order: Order | None
    line: Line | None
    attempt: Attempt
    times: int = 0
