"""Money is an integer number of kopecks; roubles exist only where a person or a file reads them."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NewType

from markupsafe import Markup

Kopecks = NewType("Kopecks", int)

NBSP = "\u00a0"
MINUS = "\u2212"
# A hundred thousand million roubles: more than any fund holds, less than bigint.
KOPECKS_MAX = 10**13

# Longer than any sum with its blanks; Python itself balks at numbers of thousands of digits.
_LENGTH_MAX = 40
_ROUBLES = re.compile(r"([+\-\u2212]?)(\d+)(?:[.,](\d{1,2}))?")
_BLANKS = {ord(char): None for char in " \t\u00a0\u202f\u2009"}


class BadAmount(ValueError):
    """The text is not an amount in roubles; the message says why, in Russian."""


def parse_roubles(text: str) -> Kopecks:
    """Read roubles as people and files write them: `1 234,5` is 123450 kopecks.

    Comma or point, blanks between thousands, either minus; more than two decimals is an error,
    never a rounding. Raises BadAmount.
    """
    match = _ROUBLES.fullmatch(text.translate(_BLANKS)) if len(text) <= _LENGTH_MAX else None
    if match is None:
        raise BadAmount(f"не сумма в рублях: «{text[:40]}»")
    sign, roubles, fraction = match.groups()
    amount = int(roubles) * 100 + int((fraction or "").ljust(2, "0"))
    if amount > KOPECKS_MAX:
        raise BadAmount(f"слишком большая сумма: «{text[:40]}»")
    return Kopecks(-amount if sign in ("-", MINUS) else amount)


def _split(amount: int) -> tuple[str, str]:
    roubles, kopecks = divmod(abs(amount), 100)
    return f"{roubles:,}", f"{kopecks:02d}"


def roubles(amount: int) -> str:
    """For a person: `-123456` is `−1 234,56` with U+00A0 and U+2212."""
    whole, fraction = _split(amount)
    sign = MINUS if amount < 0 else ""
    return f"{sign}{whole.replace(',', NBSP)},{fraction}"


def roubles_plain(amount: int) -> str:
    """For a file: `-123456` is `-1234,56`."""
    whole, fraction = _split(amount)
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole.replace(',', '')},{fraction}"


def data(amount: int) -> Markup:
    """For a page: the amount with its kopecks in `value`, as contract §3 wants every amount."""
    return Markup(f'<data value="{amount}">{roubles(amount)}</data>')  # noqa: S704 - digits only


def half_up(value: Decimal) -> Kopecks:
    """Round an exact number of kopecks to a whole one, half away from zero (domain rule)."""
    return Kopecks(int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP)))
