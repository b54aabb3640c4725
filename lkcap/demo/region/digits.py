"""Numbers that pass their checks and yet belong to no one."""

# Regions are numbered from 01: no tax inspection ever issued an ИНН that starts with 00.
_INN_PREFIX = "00"
# ГИС ЖКХ issues «99ЯЯ» to nobody; a million accounts need the next letter.
_ELS_LETTERS = "ЯЮЭЩШЧЦХФУ"


def luhn(digits: str) -> str:
    """The check digit to append, mod 10 (ISO/IEC 7812-1)."""
    doubled = (sum(divmod(int(digit) * 2, 10)) for digit in digits[-1::-2])
    plain = (int(digit) for digit in digits[-2::-2])
    return str(-(sum(doubled) + sum(plain)) % 10)


def account_number(ordinal: int) -> str:
    """Region 86, eight digits, check digit: the first one is `86000000017`."""
    assert 0 < ordinal < 10**8
    number = f"86{ordinal:08d}"
    return number + luhn(number)


def els(ordinal: int) -> str:
    """A visibly made-up единый лицевой счёт: `99ЯЯ000001`."""
    million, rest = divmod(ordinal, 10**6)
    return f"99Я{_ELS_LETTERS[million]}{rest:06d}"


def inn(ordinal: int) -> str:
    """The ИНН of an organisation, ten digits with the right check digit."""
    digits = f"{_INN_PREFIX}{ordinal:07d}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    weighed = sum(w * int(digit) for w, digit in zip(weights, digits, strict=True))
    return digits + str(weighed % 11 % 10)


def bank_account(ordinal: int, bic: str) -> str:
    """A non-profit's rouble account with its key (order of the Bank of Russia № 515 of 1997)."""
    digits = f"407038100000{ordinal:08d}"
    weights = (7, 1, 3) * 8
    weighed = sum(int(d) * w % 10 for d, w in zip(bic[-3:] + digits, weights, strict=False))
    return digits[:8] + str(weighed * 3 % 10) + digits[9:]
