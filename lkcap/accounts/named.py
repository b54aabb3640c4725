"""Which account a number means, as people type it: for pages and for commands."""

from collections.abc import Sequence
from dataclasses import dataclass

from lkcap.kit.numbers import number_key
from lkcap.kit.sql import query

FIND_BY_NUMBER = query("accounts/find_by_number")


@dataclass(frozen=True, slots=True)
class Named:
    """An account that a number means; `number` is the one it has today."""

    account_id: int
    number: str
    owner_key: str


def meant(found: Sequence[Named], key: str) -> Sequence[Named]:
    """The number an account has today goes before another one's old number."""
    return [one for one in found if number_key(one.number) == key] or found
