"""How a reference is named: its number, and the code that opens its check to whoever holds it."""

import re
import secrets
from datetime import date

from lkcap.kit.numbers import number_key

# Crockford's base32: no letter that looks like a digit or like another letter.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16  # 80 random bits
GROUP = 4

# What a reader of the paper takes for a sign of the code, Russian letters of the same shape too.
_LOOKS_LIKE = str.maketrans("OILОАВЕКМНРСТХУ", "0110ABEKMHPCTXY")
_NUMBER = re.compile(r"(\d{4})(\d{6,9})")


class BadCode(ValueError):
    """The text cannot be a code; the message says why, in Russian."""


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """«7K3M-9QXA-01BC-ZZ2P», as it stands on paper."""
    return "-".join(code[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def parse_code(text: str) -> str:
    """Read a code as people type it: any case, blanks, dashes, look-alikes. Raises BadCode."""
    code = number_key(text).translate(_LOOKS_LIKE)
    if len(code) != LENGTH:
        raise BadCode(f"В коде {LENGTH} знаков, а введено {len(code)}. Код стоит под QR-кодом")
    if strange := set(code) - set(ALPHABET):
        raise BadCode(f"Знака «{min(strange)}» в кодах не бывает. Сверьте с бумагой")
    return code


def number_of(reference_id: int, made_on: date) -> str:
    """«2026-000017»: the year, and a number that goes on through all years."""
    return f"{made_on.year}-{reference_id:06d}"


def parse_number(text: str) -> tuple[int, int] | None:
    """(year, id), or None where the text is not a number of a reference."""
    found = _NUMBER.fullmatch(number_key(text))
    return (int(found[1]), int(found[2])) if found else None
