"""A bank's calls and a reader's pages, over connections that are kept, as cheaply as can be.

Whatever the one who measures spends is missing to those under measure.
"""

import asyncio
import base64
import time
from collections.abc import Iterable
from urllib.parse import quote_plus, urlencode

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA1

PATH = "/bank/gpb/register"
MERCH_ID, ACCOUNT_ID = "FA4E0000000000000001", "FA4E0000000000000002"

_END = b"\r\n\r\n"
_LENGTH = b"content-length: "


def register_call(key: RSAPrivateKey, site: str, order_id: str, trx_id: str, amount: int) -> str:
    """The target of a signed message that an order is paid, as the bank has it since 2024."""
    query = urlencode(
        {
            "trx_id": trx_id,
            "merch_id": MERCH_ID,
            "merchant_trx": order_id,
            "result_code": "1",
            "amount": amount,
            "account_id": ACCOUNT_ID,
            "o.order_id": order_id,
            "p.rrn": f"{trx_id[-11:]} ",
            "p.authcode": "123456",
            "p.srcType": "CARD",
            "p.maskedPan": "411111xxxxxx1111",
            "p.isFullyAuthenticated": "Y",
            "p.transmissionDateTime": "1122101500",
            "p.paymentSystem": "VISA",
            "ts": "20261122 10:15:03",
        }
    )
    signed = f"{site}{PATH}?{query}".encode()
    signature = base64.b64encode(key.sign(signed, PKCS1v15(), SHA1()))
    return f"{PATH}?{query}&signature={quote_plus(signature)}"


def get(target: str, **headers: str) -> bytes:
    """A request, ready to be sent."""
    lines = [f"GET {target} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + _END


async def ask(port: int, requests: Iterable[bytes], mark: bytes) -> list[float]:
    """One after another over one connection; seconds of each. Every answer must hold `mark`."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    for request in requests:
        started = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(_END)
        body = await reader.readexactly(_length(head))
        times.append(time.perf_counter() - started)
        assert mark in body, (head, body)
    writer.close()
    await writer.wait_closed()
    return times


def _length(head: bytes) -> int:
    _, mark, rest = head.lower().partition(_LENGTH)
    assert mark, head
    return int(rest.partition(b"\r\n")[0])
