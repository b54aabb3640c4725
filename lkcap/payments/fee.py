"""The bank's fee («комиссия») as the fund agreed it: shown by us, added by the bank."""

from decimal import Decimal

from lkcap.config import Fee
from lkcap.kit.money import NBSP, Kopecks, half_up, roubles
from lkcap.ledger.rates import percent


def fee_of(amount: int, fee: Fee) -> Kopecks | None:
    """On a payment of `amount` kopecks; None where no fee is agreed (contract §2).

    1,50 % of 194,39 is 2,92, which is less than 15,00: the fee is 15,00 (manual §3.5.1).
    """
    if fee.percent is None:
        return None
    exact = half_up(Decimal(amount) * fee.percent / 100)
    least = fee.min or 0
    most = exact if fee.max is None else fee.max
    return Kopecks(max(least, min(exact, most)))


def fee_rule(fee: Fee) -> str:
    """«1,5 % от суммы платежа, но не менее 15,00 ₽ и не более 15 000,00 ₽»; empty without a fee."""
    if fee.percent is None:
        return ""
    told = f"{percent(int(fee.percent * 100))}{NBSP}% от{NBSP}суммы платежа"
    limits = [
        f"не{NBSP}{word} {roubles(limit)}{NBSP}₽"
        for word, limit in (("менее", fee.min), ("более", fee.max))
        if limit is not None
    ]
    return f"{told}, но {' и '.join(limits)}" if limits else told
