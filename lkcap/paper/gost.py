"""The text of a payment barcode, written by ГОСТ Р 56042-2014; gost_reading reads it.

Eight service bytes (`ST`, version `0001`, the encoding's digit, the separator), then pairs
`Key=Value`. Nothing can be escaped: the separator is a sign that no value holds.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum

MANDATORY = ("Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc")
# From the ninth byte to the end of CorrespAcc, in the encoding of the code.
MANDATORY_OCTETS = 300
NAME_CHARACTERS = 160
# What the other four leave for Name when they are as long as can be, in Cyrillic and UTF-8.
_NAME_OCTETS_LEAST = 116
# The standard allows 210, but some readers stop at 160.
PURPOSE_CHARACTERS = 160

START = b"ST0001"
# The standard's candidates, best first: readers are surest of «|».
_SEPARATORS = "|#;:^_~{}!$%&()*+,/@"

# The most characters of a value, and the keys whose values the standard does not limit.
_LIMITS = {
    "Name": NAME_CHARACTERS, "PersonalAcc": 20, "BankName": 45, "BIC": 9, "CorrespAcc": 20,
    "Sum": 18, "Purpose": PURPOSE_CHARACTERS, "PayeeINN": 12, "PayerINN": 12, "DrawerStatus": 2,
    "KPP": 9, "CBC": 20, "OKTMO": 11, "PaytReason": 2, "TaxPeriod": 10, "DocNo": 15,
    "DocDate": 10, "TaxPaytKind": 2,
}  # fmt: skip
_UNLIMITED = (
    "LastName", "FirstName", "MiddleName", "PayerAddress", "PersonalAccount", "DocIdx", "PensAcc",
    "Contract", "PersAcc", "Flat", "Phone", "PayerIdType", "PayerIdNum", "ChildFio", "BirthDate",
    "PaymTerm", "PaymPeriod", "Category", "ServiceName", "CounterId", "CounterVal", "QuittId",
    "QuittDate", "InstNum", "ClassNum", "SpecFio", "AddAmount", "RuleId", "ExecId", "RegType",
    "UIN", "TechCode",
)  # fmt: skip
_STANDARD = {key.lower(): key for key in (*_LIMITS, *_UNLIMITED)}

_ACCOUNT = "[0-9]{5}[0-9ABCEHKMPTX][0-9]{14}"
_AMOUNT = ("[1-9][0-9]*", "нужны целые копейки, больше нуля, одними цифрами")
_FORMATS = {
    "PersonalAcc": (_ACCOUNT, "нужно 20 цифр (шестой может быть буква ABCEHKMPTX)"),
    "BIC": ("[0-9]{9}", "нужно 9 цифр"),
    "CorrespAcc": (f"0|{_ACCOUNT}", "нужно 20 цифр или 0, если счёта нет"),
    "Sum": _AMOUNT,
    "AddAmount": _AMOUNT,
    "PayeeINN": ("[0-9]{10}|[0-9]{12}", "нужно 10 или 12 цифр"),
    "PayerINN": ("[0-9]+", "нужны цифры"),
    "KPP": ("[0-9]{9}", "нужно 9 цифр"),
    "TechCode": ("0[1-9]|1[0-5]", "нужно от 01 до 15"),
}


class BadCode(ValueError):
    """Not a payment code, or it cannot be one; the message says what and where, in Russian."""


class Encoding(Enum):
    """The seventh byte and the codec that it stands for."""

    WINDOWS_1251 = (b"1", "windows-1251")
    UTF_8 = (b"2", "utf-8")
    KOI8_R = (b"3", "koi8-r")

    def __init__(self, mark: bytes, codec: str) -> None:
        self.mark = mark
        self.codec = codec


def build(fields: Mapping[str, str], encoding: Encoding = Encoding.UTF_8) -> bytes:
    """The bytes for the symbol: the mandatory five, then the others in the mapping's order.

    An empty optional value is left out. Nothing is mended, cut or replaced, for the sheet around
    the symbol would then say another thing than the code: blanks at the ends, line breaks and
    other unprintable signs (U+00A0 too) are refused, and `fitted` is there to tidy a text first.
    Raises BadCode.
    """
    pairs = _in_order(fields)
    for key, value in pairs:
        _refuse_faults(key, value, encoding)
    separator = _unused_sign("".join(value for _, value in pairs))
    parts = [f"{key}={value}" for key, value in pairs]
    refuse_overlong(parts, separator, encoding)
    return START + encoding.mark + (separator + separator.join(parts)).encode(encoding.codec)


def fitted(
    text: str,
    *,
    characters: int,
    octets: int | None = None,
    encoding: Encoding = Encoding.UTF_8,
) -> str:
    """One line that `build` takes, cut between characters to both limits, with no blank at its end.

    Blanks of any kind become single spaces, unprintable signs go, and a letter that came with its
    mark apart («и» and U+0306) becomes one character.
    """
    seen = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    line = unicodedata.normalize("NFC", " ".join(seen.split()))[:characters]
    if octets is not None:
        # what the encoding lacks is counted as one octet here and refused by name in build
        kept = line.encode(encoding.codec, "replace")[:octets].decode(encoding.codec, "ignore")
        line = line[: len(kept)]
    return line.rstrip()


def fit_name(fields: Mapping[str, str], encoding: Encoding = Encoding.UTF_8) -> dict[str, str]:
    """The fields with Name `fitted` to its own limit and to what the other four leave of the block.

    That is 58 letters of UTF-8 at least; what is wrong with the others is for `build` to say.
    """
    others = "|".join(f"{key}={fields.get(key, '')}" for key in MANDATORY if key != "Name")
    taken = len(f"Name=|{others}".encode(encoding.codec, "replace"))
    room = max(MANDATORY_OCTETS - taken, _NAME_OCTETS_LEAST)
    name = fields.get("Name", "")
    short = fitted(name, characters=NAME_CHARACTERS, octets=room, encoding=encoding)
    return {**fields, "Name": short}


def plain(key: str) -> str:
    """What keys are compared by: bills of real suppliers have `persAcc` and `| Sum=`."""
    return key.strip().lower()


def standard_key(key: str) -> str | None:
    """The key as the standard spells it, if it has such a one."""
    return _STANDARD.get(plain(key))


def fault(key: str, value: str) -> str | None:
    """What is wrong with the value of a standard key, if anything is."""
    if value != value.strip():
        return "пробел в начале или в конце"
    for sign in value:
        if not sign.isprintable():
            return f"непечатный знак U+{ord(sign):04X}"
    limit = _LIMITS.get(key)
    if limit is not None and len(value) > limit:
        return f"знаков {len(value)}, а можно не больше {limit}"
    pattern, wanted = _FORMATS.get(key, ("", ""))
    return wanted if pattern and not re.fullmatch(pattern, value) else None


def refuse_overlong(parts: list[str], separator: str, encoding: Encoding) -> None:
    """Raises BadCode where the first five of the parts, `Key=Value`, take too many octets."""
    octets = len(separator.join(parts[: len(MANDATORY)]).encode(encoding.codec))
    if octets > MANDATORY_OCTETS:
        raise BadCode(
            f"длина обязательных полей в байтах — {octets}, а можно не больше {MANDATORY_OCTETS}"
        )


def _in_order(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    for key in fields:
        meant = standard_key(key)
        if meant != key:
            hint = f", есть «{meant}»" if meant else ""
            raise BadCode(f"в стандарте нет ключа «{key[:40]}»{hint}")
    for key in MANDATORY:
        if not fields.get(key):
            raise BadCode(f"{key}: обязательное поле не заполнено")
    rest = [(key, value) for key, value in fields.items() if key not in MANDATORY and value]
    return [(key, fields[key]) for key in MANDATORY] + rest


def _refuse_faults(key: str, value: str, encoding: Encoding) -> None:
    if found := fault(key, value):
        raise BadCode(f"{key}: {found}")
    try:
        value.encode(encoding.codec)
    except UnicodeEncodeError as error:
        sign = value[error.start]
        raise BadCode(f"{key}: знака «{sign}» нет в {encoding.codec}") from error


def _unused_sign(values: str) -> str:
    for sign in _SEPARATORS:
        if sign not in values:
            return sign
    raise BadCode("все знаки, которыми можно разделить поля, заняты в значениях")
