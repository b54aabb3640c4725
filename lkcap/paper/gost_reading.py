"""Anyone's payment barcode read back: ГОСТ Р 56042-2014, with the habits of real bills."""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

from lkcap.kit.money import Kopecks
from lkcap.kit.requisites import account_key_is_right, inn_is_right, is_treasury_account
from lkcap.paper.gost import (
    MANDATORY,
    START,
    BadCode,
    Encoding,
    fault,
    plain,
    refuse_overlong,
    standard_key,
)

# Others take signs that the standard does not name.
_SEPARATORS = frozenset(string.punctuation) - {"="}


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was read: pairs in their order, keys and values as they stood."""

    encoding: Encoding
    separator: str
    fields: tuple[tuple[str, str], ...]

    def get(self, key: str) -> str | None:
        """In any case of letters."""
        return next((value for own, value in self.fields if plain(own) == plain(key)), None)

    @property
    def sum(self) -> Kopecks | None:
        text = self.get("Sum")
        return None if text is None else Kopecks(int(text))


def parse(data: bytes) -> Code:
    """Read anyone's code: unknown keys stay, values stay as they are, `get` forgives the case.

    The seventh byte alone tells the encoding; guessing it reads other people's names wrong.
    Raises BadCode.
    """
    encoding, separator = _header(data)
    try:
        body = data[8:].decode(encoding.codec)
    except UnicodeDecodeError as error:
        raise BadCode(f"байт {error.start + 9} не читается в {encoding.codec}") from error
    parts = body.removesuffix(separator).split(separator)
    code = Code(encoding, separator, tuple(_pairs(parts)))
    _refuse_other_order(code)
    refuse_overlong(parts, separator, encoding)
    amount = code.get("Sum")
    if amount is not None and not re.fullmatch("[0-9]{1,18}", amount):
        raise BadCode(f"Sum: не целые копейки: «{amount[:40]}»")
    return code


def warnings(code: Code) -> list[str]:
    """What a careful reader asks about and yet does not refuse, in Russian, field by field."""
    found = [*_field_warnings(code), *_account_warnings(code)]
    inn = code.get("PayeeINN")
    if inn and not inn_is_right(inn):
        found.append("PayeeINN: не сходится контрольная цифра ИНН")
    if code.sum is None:
        found.append("нет поля Sum: банк предложит ввести сумму самому")
    return found


def _header(data: bytes) -> tuple[Encoding, str]:
    if not data:
        raise BadCode("код пуст")
    if not data.startswith(START):
        raise BadCode("код начинается не с ST0001")
    mark, sign = data[6:7], data[7:8].decode("ascii", "replace")
    encoding = next((one for one in Encoding if one.mark == mark), None)
    if encoding is None:
        raise BadCode("седьмой байт не называет кодировку: нужно 1, 2 или 3")
    if sign not in _SEPARATORS:
        raise BadCode("восьмой байт не может разделять поля")
    return encoding, sign


def _pairs(parts: list[str]) -> Iterator[tuple[str, str]]:
    """Split at the first «=»: the later ones belong to the value."""
    seen: set[str] = set()
    for place, part in enumerate(parts, 1):
        key, equals, value = part.partition("=")
        if not equals:
            raise BadCode(f"поле {place}: нет знака «=»: «{part[:40]}»")
        if plain(key) in seen:
            raise BadCode(f"поле {place}: ключ «{key[:40]}» уже был")
        seen.add(plain(key))
        yield key, value


def _refuse_other_order(code: Code) -> None:
    for place, wanted in enumerate(MANDATORY):
        found = code.fields[place][0] if place < len(code.fields) else ""
        if plain(found) != plain(wanted):
            raise BadCode(f"поле {place + 1}: вместо {wanted} стоит «{found[:40]}»")


def _field_warnings(code: Code) -> Iterator[str]:
    for key, value in code.fields:
        standard = standard_key(key)
        if standard is None:
            yield f"в стандарте нет ключа «{key[:40]}»"
            continue
        if key != key.strip():
            yield f"{standard}: пробел у ключа"
        if found := fault(standard, value) if value else "пусто":
            yield f"{standard}: {found}"


def _account_warnings(code: Code) -> Iterator[str]:
    names = ("PersonalAcc", "CorrespAcc", "BIC")
    account, correspondent, bic = (code.get(name) or "" for name in names)
    in_treasury = is_treasury_account(account)
    if in_treasury:
        yield "PersonalAcc: счёт казначейства, его ключ не проверен"
    elif not account_key_is_right(account, bic):
        yield "PersonalAcc: ключ счёта не подходит к БИК"
    if correspondent == "0":
        if not in_treasury:
            yield "CorrespAcc: 0 бывает только у казначейства"
    elif is_treasury_account(correspondent):
        yield "CorrespAcc: счёт казначейства, его ключ не проверен"
    else:
        yield from _correspondent_warnings(correspondent, bic)


def _correspondent_warnings(account: str, bic: str) -> Iterator[str]:
    if not account_key_is_right(account, bic, correspondent=True):
        yield "CorrespAcc: ключ счёта не подходит к БИК"
    if account[-3:] != bic[-3:]:
        yield "CorrespAcc: последние три цифры не те, что у БИК"
