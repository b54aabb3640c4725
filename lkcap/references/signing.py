"""The fund's signature under a reference: Ed25519 (RFC 8032) over one line of what is printed.

Anyone checks it with the public keys of `/verify/keys` and openssl, without us.
"""

import base64
import hashlib
import unicodedata
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lkcap.kit.money import roubles_plain
from lkcap.kit.words import short_date
from lkcap.references.codes import grouped
from lkcap.references.model import Reference, Signature, Sums

# The kind of document and the order of its fields: another order is another mark.
MARK = "справка-1"
_KEY_ID_LENGTH = 16

HOW_TO_CHECK = r"""
# Как проверить справку (нужен OpenSSL 3):
# 1. Ключ с номером, который назван на справке, сохраните в файл key.pem,
#    вместе со строками BEGIN и END.
# 2. Подписанную строку скопируйте со справки в файл line.txt, подпись – в файл signature.txt.
#    Пробелы и переводы строк не важны: подписана строка без них.
# 3. Выполните:
#      tr -d ' \r\n' < line.txt > line
#      tr -d ' \r\n' < signature.txt | openssl base64 -d -A -out signature
#      openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in line -sigfile signature
#    Ответ «Signature Verified Successfully»: строку подписал фонд, в ней ничего не изменено.
# 4. Сравните строку со справкой: суммы в рублях, долг без знака, переплата с минусом; обороты –
#    вх. сальдо, факт. начисл., поступ. ден. средств, корректировки, списания, исх. сальдо.
# Номер ключа – первые 16 знаков того, что скажет
#      openssl pkey -pubin -in key.pem -outform DER | openssl dgst -sha256 -r
"""


def signed_line(reference: Reference) -> str:
    """What is printed, as one line of UTF-8 without blanks; the first field is the version mark."""
    one, holder = reference, reference.holder
    fields = {
        "номер": one.number,
        "дата": short_date(one.made_on),
        "лс": holder.account,
        "период": f"{one.first:%m.%Y}-{one.last:%m.%Y}",
        "взнос": roubles_plain(one.principal.balance),
        "пеня": roubles_plain(one.penalty.balance),
        "обороты_взноса": _sums(one.principal.total),
        "обороты_пени": _sums(one.penalty.total),
        "код": grouped(one.code),
        "площадь": f"{holder.area:f}" if holder.area is not None else "",
        "доля": holder.share,
        # last: they are free text, and cannot pass for a field that has been read already
        "помещение": holder.address,
        "владелец": holder.owner,
    }
    return ";".join([MARK, *(f"{name}={_unblank(value)}" for name, value in fields.items())])


def _sums(sums: Sums) -> str:
    return "/".join(roubles_plain(amount) for amount in sums.amounts)


def _unblank(text: str) -> str:
    """One spelling of each letter, and no blanks, which a copy from paper would lose."""
    return "_".join(unicodedata.normalize("NFC", text).split())


def sign(line: str, keys: Sequence[Ed25519PrivateKey]) -> Signature | None:
    """By the first key; None where there is none."""
    if not keys:
        return None
    value = base64.b64encode(keys[0].sign(line.encode())).decode()
    return Signature(line, value, key_id(keys[0].public_key()))


def key_id(key: Ed25519PublicKey) -> str:
    """The beginning of SHA-256 of the key in DER, as openssl writes it out."""
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()[:_KEY_ID_LENGTH]


def keys_text(keys: Sequence[Ed25519PrivateKey], fund: str) -> str:
    """The public keys as PEM under their ids, and how to check a paper with them."""
    if not keys:
        return f"# {fund}: справки выдаются без электронной подписи, ключей нет.\n"
    head = (
        f"# {fund}: открытые ключи справок о состоянии лицевого счёта (Ed25519).\n"
        "# Первым подписываются новые справки, остальными подписаны прежние.\n#"
    )
    return head + HOW_TO_CHECK + "".join(_told(key.public_key()) for key in keys)


def _told(key: Ed25519PublicKey) -> str:
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return f"\n# Ключ {key_id(key)}\n{pem}"
