"""A bank of two keys that signs what it is told, as the real one does."""

import base64
from functools import cache
from urllib.parse import quote_plus, urlencode

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA1

from lkcap.banks.gpb.keys import Key
from lkcap.banks.gpb.register import RegisterCall, parse_register
from tests.banks.gpb.transcript import REGISTER_URL

OLD, NEW = "old", "new"

# names and their order as the bank sends them since 2024; it sends no merchant_trx to who had none
PAID = {
    "trx_id": "FA4E000000000001",
    "merch_id": "FA4E0000000000000001",
    "result_code": "1",
    "amount": "19439",
    "account_id": "FA4E0000000000000002",
    "o.order_id": "9f1c2d3e",
    "p.rrn": "17133445198 ",
    "p.authcode": "123456",
    "p.srcType": "CARD",
    "p.maskedPan": "411111xxxxxx1111",
    "p.isFullyAuthenticated": "Y",
    "p.transmissionDateTime": "0417120159",
    "p.paymentSystem": "VISA",
    "ts": "20240417 12:02:00",
}


@cache
def private(name: str) -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def keys(*names: str) -> list[Key]:
    return [Key(f"{name}.pem", name, None, private(name).public_key()) for name in names or (OLD,)]


def signature(query: bytes, name: str = OLD, url: str = REGISTER_URL) -> str:
    value = private(name).sign(f"{url}?".encode() + query, PKCS1v15(), SHA1())
    return base64.b64encode(value).decode()


def sign(query: str | bytes, name: str = OLD, url: str = REGISTER_URL) -> bytes:
    """The query with its signature; bytes may be anything."""
    raw = query.encode() if isinstance(query, str) else query
    return raw + b"&signature=" + quote_plus(signature(raw, name, url)).encode()


def call(**changes: str | None) -> bytes:
    """A signed call of a payment, with parameters changed or (None) left out; `o_x` is `o.x`."""
    named = {name.replace("o_", "o.").replace("p_", "p."): value for name, value in changes.items()}
    return sign(urlencode({name: v for name, v in (PAID | named).items() if v is not None}))


def read(raw: bytes | str, *names: str) -> RegisterCall:
    return parse_register(raw, REGISTER_URL, keys(*names))
