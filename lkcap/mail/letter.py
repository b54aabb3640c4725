"""What a feature says when it wants somebody to be written to."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from pydantic import SecretStr

# A date keeps its type on the way through JSON: the templates' filters want days, not texts.
_DATE = "$date"
# One visible address and nothing a header or an envelope could be split at.
_ADDRESS = re.compile(r"[^\s<>@,;:\"\x00-\x1f\x7f]+@[^\s<>@,;:\"\x00-\x1f\x7f]+")
ADDRESS_MAX = 254


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one reader; its text is made of `templates/letters/<name>/` when it is sent.

    `facts` are what the templates show: anything JSON can hold, and dates. They may be secrets.
    `is_bulk` ones, of a mailing, wait for those that somebody is waiting for. The receipt or the
    reminder `name` of an account and a period (its first day) is queued to a subscriber once.
    """

    name: str
    to: str
    facts: Mapping[str, Any]
    subscriber_id: int | None = None
    account_id: int | None = None
    period: date | None = None
    is_bulk: bool = False


def is_address(text: str) -> bool:
    """Whether a letter can be addressed so: one plain address, no names, no line breaks."""
    return len(text) <= ADDRESS_MAX and _ADDRESS.fullmatch(text) is not None


def seal(facts: Mapping[str, Any], keys: Sequence[SecretStr]) -> bytes:
    """The facts as only this site can read them; `keys` are SECRET_KEYS, the first one seals."""
    text = json.dumps(dict(facts), ensure_ascii=False, default=_tagged)
    return _cipher(keys).encrypt(text.encode())


def unseal(facts: bytes, keys: Sequence[SecretStr]) -> dict[str, Any]:
    """Raises cryptography's InvalidToken where none of the keys sealed them."""
    found = json.loads(_cipher(keys).decrypt(facts), object_hook=_untagged)
    assert isinstance(found, dict)
    return found


def _cipher(keys: Sequence[SecretStr]) -> MultiFernet:
    return MultiFernet([Fernet(key.get_secret_value()) for key in keys])


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    raise TypeError(f"a letter cannot tell of a {type(value).__name__}")


def _untagged(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found[_DATE]) if found.keys() == {_DATE} else found
