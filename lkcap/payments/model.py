"""What is asked of one account today, and the QR codes that pay it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import structlog

from lkcap.config import Config
from lkcap.kit.month import Month
from lkcap.paper import gost
from lkcap.paper.symbol import Symbol, encode, png
from lkcap.payments.payee import ELSEWHERE, SPECIAL, Payee, payee_of, payment_codes
from lkcap.payments.queries import Terms

log = structlog.get_logger()

# The codes of a bill, by what they pay; with one account for all there is the first alone.
PRINCIPAL, PENALTY = "principal", "penalty"

# Pixels of a module: of the page, and of the picture, twice as many for dense screens. Symbols of
# ours have up to 101 modules with the quiet zone: 303 pixels of the 328 that a small phone leaves.
_SHOWN = 3
_DRAWN = 2 * _SHOWN


@dataclass(frozen=True, slots=True)
class Card:
    """That it can be paid by card: at which bank, and to which account of ours there."""

    bank: str
    bank_account: str


@dataclass(frozen=True, slots=True)
class Bill:
    """Kopecks, never below zero: an advance of one kind does not cover the other (contract §4).

    `payee` None: nothing can be paid here, as the house `is_elsewhere` or requisites are not set.
    """

    number: str
    today: date
    principal: int
    penalty: int
    is_closed: bool
    is_elsewhere: bool
    payee: Payee | None
    card: Card | None

    @property
    def total(self) -> int:
        return self.principal + self.penalty

    @property
    def month(self) -> Month:
        """The open month: what is due is counted with its charges."""
        return Month.of(self.today)


def make_bill(terms: Terms, config: Config) -> Bill:
    return Bill(
        number=terms.number,
        today=config.clock.today(),
        principal=max(0, terms.principal),
        penalty=max(0, terms.penalty),
        is_closed=terms.closed_on is not None and terms.closed_on <= config.clock.today(),
        is_elsewhere=terms.fund_method == ELSEWHERE,
        payee=payee_of(terms, config.fund),
        card=_card(terms, config),
    )


def _card(terms: Terms, config: Config) -> Card | None:
    """A house with a special account has cards only where its requisites name the bank's account
    (contract §6); a closed account without a debt has nothing to pay.
    """
    if not config.bank or terms.fund_method == ELSEWHERE:
        return None
    is_closed = terms.closed_on is not None and terms.closed_on <= config.clock.today()
    if is_closed and terms.principal <= 0 and terms.penalty <= 0:
        return None
    own = terms.gpb_account_id if config.bank == "gpb" else None
    if terms.fund_method == SPECIAL and not own:
        return None
    return Card(config.bank, own or (config.gpb.account_id if config.bank == "gpb" else ""))


@dataclass(frozen=True, slots=True)
class QrCode:
    """`amount` in kopecks is what the payer's bank will read; `side` in pixels of the page."""

    title: str
    amount: int
    symbol: Symbol

    @property
    def side(self) -> int:
        return (self.symbol.size + 8) * _SHOWN

    def picture(self) -> bytes:
        """PNG; a pixel of a screen is never a part of a module."""
        return png(self.symbol, scale=_DRAWN)


def qr_codes(bill: Bill) -> Mapping[str, QrCode]:
    """By PRINCIPAL and PENALTY; none where nothing is due or nothing can be paid here.

    None either where the requisites cannot make a code, which is for the fund to mend.
    """
    if bill.payee is None:
        return {}
    try:
        codes = payment_codes(bill.payee, bill.number, bill.month, bill.principal, bill.penalty)
    except gost.BadCode as error:
        log.error("payment code refused", reason=str(error), payee_account=bill.payee.account)
        return {}
    return {
        PRINCIPAL if code.account == bill.payee.account else PENALTY: QrCode(
            code.title, code.amount, encode(code.data)
        )
        for code in codes
    }
