"""Check digits of Russian requisites: ИНН, account keys by BIC, and the Luhn digit."""

_INN10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN11 = (7, *_INN10)
_INN12 = (3, *_INN11)
_KEY_WEIGHTS = (7, 1, 3)
# Clearing currencies may put a letter at position 6; it counts as a digit.
_CLEARING = {letter: str(digit) for digit, letter in enumerate("ABCEHKMPTX")}


def _has_only_digits(text: str) -> bool:
    """`isdigit` alone takes «²» too."""
    return text.isascii() and text.isdigit()


def _inn_digit(inn: str, weights: tuple[int, ...]) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(inn, weights, strict=False))
    return total % 11 % 10 == int(inn[len(weights)])


def inn_is_right(inn: str) -> bool:
    """10 digits of an organisation or 12 of a person, with their check digits."""
    if not _has_only_digits(inn):
        return False
    if len(inn) == 10:
        return _inn_digit(inn, _INN10)
    return len(inn) == 12 and _inn_digit(inn, _INN11) and _inn_digit(inn, _INN12)


def account_key_is_right(account: str, bic: str, *, correspondent: bool = False) -> bool:
    """The control key of a 20-digit bank account (Bank of Russia, № 515 of 08.09.1997).

    A correspondent account, and any account in a settlement centre (BIC digits 7–8 are 00),
    is checked with `0` and BIC digits 5–6; a client's account with the last three digits.
    """
    digits = account[:5] + _CLEARING.get(account[5:6], account[5:6]) + account[6:]
    if len(digits) != 20 or len(bic) != 9 or not _has_only_digits(digits + bic):
        return False
    in_centre = correspondent or bic[6:8] == "00"
    prefix = "0" + bic[4:6] if in_centre else bic[6:]
    products = (
        int(digit) * _KEY_WEIGHTS[place % 3] % 10 for place, digit in enumerate(prefix + digits)
    )
    return sum(products) % 10 == 0


def is_treasury_account(account: str) -> bool:
    """Treasury accounts (03… and the single account 40102…) follow other practice: warn only."""
    return account.startswith(("03", "40102"))
