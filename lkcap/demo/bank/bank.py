"""The bank's memory, and the two things it does to it: authorise and give back."""

import secrets
import string
from collections.abc import Iterable

from aiohttp import web

from lkcap.demo.bank.cards import Card
from lkcap.demo.bank.courier import Courier
from lkcap.demo.bank.faults import Fault
from lkcap.demo.bank.keys import BankKeys
from lkcap.demo.bank.model import Attempt, Operation, Payment, Refund, Result, Wire
from lkcap.demo.bank.settings import BankSettings

LETTERS = string.ascii_uppercase + string.digits
OVERPAID_BY = 100_00


class RefundRefused(Exception):
    """Nothing was given back; the message says why."""


class Unanswered(Exception):
    """The connection breaks before the answer."""


class Bank:
    """Everything since the start; `faults` are those of all attempts."""

    courier: Courier  # from the start of the server to its end

    def __init__(self, settings: BankSettings, keys: BankKeys) -> None:
        self.settings, self.keys = settings, keys
        self.attempts: dict[str, Attempt] = {}
        self.book: list[Payment] = []
        self.faults: set[Fault] = set()
        self._last_rrn = 0

    def open(self, attempt: Attempt) -> None:
        self.attempts[attempt.id] = attempt

    def operate(
        self, attempt: Attempt, result: Result, card: Card | None, faults: Iterable[Fault]
    ) -> Operation:
        """Authorise and, where money was taken, write it into the book. `card` None: СБП."""
        is_paid = result is Result.PAID
        operation = Operation(
            trx_id=self._new_trx_id(attempt),
            result=result,
            amount=_taken(attempt.amount, faults) if is_paid else attempt.amount,
            at=self.settings.now(),
            rrn=self._new_rrn() if is_paid and card else "",
            auth_code=_word(6) if is_paid and card else "",
            masked_pan=card.masked if card else "",
            system=card.system if card else "",
        )
        attempt.operations.append(operation)
        if is_paid:
            self.book.append(Payment(attempt, operation, self.settings.fee.of(attempt.amount)))
        return operation

    def find(self, trx_id: str) -> Payment:
        """Raises RefundRefused."""
        for payment in self.book:
            if payment.operation.trx_id == trx_id:
                return payment
        raise RefundRefused("transaction not found")

    def give_back(self, payment: Payment, amount: int) -> Refund:
        """Raises RefundRefused, and Unanswered where the shop must not hear how it ended."""
        faults = self.faults | payment.attempt.faults
        if Fault.REFUND_LOST in faults:
            raise Unanswered
        if Fault.REFUND_REFUSED in faults:
            raise RefundRefused("refunds are not allowed now")
        if not 0 < amount <= payment.operation.amount - payment.refunded:
            raise RefundRefused("amount is more than is left of the payment")
        refund = Refund(new_id(), amount, self.settings.now(), self._new_rrn(), _word(6))
        payment.refunds.append(refund)
        if Fault.REFUND_UNANSWERED in faults:
            raise Unanswered
        return refund

    def _new_trx_id(self, attempt: Attempt) -> str:
        """GPB gives the first operation the id that the check has named."""
        if attempt.wire is Wire.SNGB:
            return new_id()
        return new_trx_id() if attempt.operations else attempt.id

    def _new_rrn(self) -> str:
        """Unix time in tenths of a second, in a field of twelve: hence the blank at the end."""
        self._last_rrn = max(self._last_rrn + 1, int(self.settings.now().timestamp() * 10))
        return f"{self._last_rrn:<12}"


def _taken(amount: int, faults: Iterable[Fault]) -> int:
    if Fault.OVERPAID in faults:
        return amount + OVERPAID_BY
    return max(1, amount // 2) if Fault.UNDERPAID in faults else amount


def new_trx_id() -> str:
    """GPB: sixteen letters and digits, as in 2024."""
    return _word(16)


def new_id() -> str:
    """СНГБ: sixteen digits."""
    return str(10**15 + secrets.randbelow(9 * 10**15))


def _word(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


BANK = web.AppKey("demo_bank", Bank)
