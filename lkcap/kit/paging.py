"""A long list by pages: the newest first, then what is older than the last one shown."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from aiohttp import web

from lkcap.kit.errors import SenselessQuery

T = TypeVar("T")

_DIGITS_MAX = 9


def read_before(request: web.Request) -> int:
    """The number that what is asked for is older than; 0 for the newest. Raises SenselessQuery."""
    before = request.query.get("before", "0")
    if not (before.isascii() and before.isdecimal() and len(before) <= _DIGITS_MAX):
        raise SenselessQuery("Номер в адресе – целое число.")
    return int(before)


def page_of(
    found: Sequence[T], shown: int, number: Callable[[T], int]
) -> tuple[Sequence[T], int | None]:
    """What is shown of one more than a page, and the number that older ones are before, if any."""
    return found[:shown], number(found[shown - 1]) if len(found) > shown else None
