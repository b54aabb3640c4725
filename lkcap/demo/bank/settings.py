"""What the bank has agreed with its shop, and how patient it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """The commission the bank adds to the shop's amount; `least` and `most` in kopecks."""

    percent: Decimal = Decimal(0)
    least: int = 0
    most: int | None = None

    def of(self, amount: int) -> int:
        """In kopecks, half a kopeck up."""
        share = (amount * self.percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        fee = max(int(share), self.least)
        return fee if self.most is None else min(fee, self.most)


@dataclass(frozen=True, slots=True)
class GpbTerms:
    """A shop of Gazprombank's page.

    `register_url` is what the bank signs; where TLS ends at a proxy, `register_at` is the address
    behind it that the calls really go to. `basic_auth` is `login:password` or empty.
    """

    merch_id: str
    check_url: str
    register_url: str
    register_at: str = ""
    basic_auth: str = ""
    api_password: str = ""


@dataclass(frozen=True, slots=True)
class SngbTerms:
    """A shop of СНГБ's classic interface, as its cabinet keeps it."""

    merchant: str
    terminal: str
    psk: str
    token: str
    notify_url: str
    success_url: str
    error_url: str
    refund_signs_action: bool = False


@dataclass(frozen=True, slots=True)
class BankSettings:
    """`data` keeps the keys. All times in seconds.

    `pauses` stand between the tries to deliver one message, after the last of them it is given up;
    `browser_lead` is how far the browser runs ahead of the message when it comes back first.
    """

    data: Path
    gpb: GpbTerms | None = None
    sngb: SngbTerms | None = None
    fee: FeeTerms = FeeTerms()
    pauses: tuple[float, ...] = (2, 5, 15, 60, 300, 900)
    timeout: float = 10
    slow_card: float = 8
    browser_lead: float = 3
    now: Callable[[], datetime] = _now
