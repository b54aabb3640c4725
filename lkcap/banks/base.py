"""What the payment pages know of a bank, whichever it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from aiohttp import web
from yarl import URL

from lkcap.config import Config
from lkcap.kit.errors import DomainError


class BankUnavailable(DomainError):
    """The bank did not answer, or not what can be understood: nothing is known from this call.

    `reason` is for the log and holds no secret; the message is for the reader.
    """

    status = HTTPStatus.SERVICE_UNAVAILABLE
    headers: Mapping[str, str] = {"Retry-After": "60"}
    is_for_reader = True
    title = "Банк не отвечает"

    def __init__(self, reason: str) -> None:
        super().__init__("Банк сейчас не отвечает. Попробуйте через несколько минут.")
        self.reason = reason


class NotSent(BankUnavailable):
    """There was no connection: the bank has not heard of the request."""


class BankRefused(DomainError):
    """The bank would not begin a payment; `reason` is its code, such as CGW000029."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    is_for_reader = True
    title = "Оплата не началась"

    def __init__(self, reason: str) -> None:
        super().__init__(
            "Банк не открыл страницу оплаты, деньги не списаны. Попробуйте позже или заплатите "
            "по квитанции."
        )
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Started:
    """A payment at the bank: `url` is its page, `bank_payment_id` the bank's own name for it."""

    url: str
    bank_payment_id: str | None


class Bank(Protocol):
    """Where new payments go."""

    @property
    def name(self) -> str:
        """As orders have it: `gpb`, `sngb`."""

    async def start(self, order_id: str, amount: int) -> Started:
        """Where the payer of an order of `amount` kopecks is to be sent: once for each order.

        Hold no connection meanwhile. Raises BankUnavailable, BankRefused.
        """


# Set while the site starts; absent where the setting BANK is empty.
BANK = web.AppKey[Bank]("lkcap_bank")


def result_url(config: Config, order_id: str) -> str:
    """The page of the order's result, as banks are told of it."""
    return f"{config.public_url}/payment/{order_id}"


def origins(config: Config) -> tuple[str, ...]:
    """Of the address that a payment form leads to; none without a bank."""
    starts = {"gpb": config.gpb.start_url, "sngb": config.sngb.init_url}
    return (str(URL(starts[config.bank]).origin()),) if config.bank else ()
