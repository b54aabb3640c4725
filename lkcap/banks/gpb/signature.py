"""The bank's signature: SHA1withRSA over its address of us, byte for byte as it went out.

Signed is everything from `https://` to `&signature=`, escapes and `+` untouched. Nothing is
rebuilt from parsed values, and nothing is taken from the request's host or scheme: a proxy with
TLS changes them.
"""

import base64
import binascii
from collections.abc import Sequence

from lkcap.banks.gpb.keys import Key
from lkcap.banks.gpb.query import BadCall, octets, unescaped

_MARK = b"&signature="


class BadSignature(ValueError):
    """Nobody vouches for the call; the message says why, in Russian."""


def verified(raw_query: bytes | str, url: str, keys: Sequence[Key]) -> tuple[bytes, Key]:
    """The part of the query that the bank has signed, and the key it is signed by.

    `url` is the address as registered at the bank. Raises BadSignature.
    """
    try:
        query, mark, value = octets(raw_query).partition(_MARK)
        signature = _decoded(value)
    except BadCall as error:
        raise BadSignature(str(error)) from error
    if not mark:
        raise BadSignature("нет подписи")
    for key in keys:
        if key.is_signature(signature, url.encode() + b"?" + query):
            return query, key
    raise BadSignature("подпись не сходится")


def _decoded(value: bytes) -> bytes:
    """A proxy may have turned the `+` of base64 into blanks, or folded the line."""
    if b"&" in value:
        # a lenient reader would prefer what stands there
        raise BadSignature("за подписью стоит ещё что-то")
    text = unescaped(value).replace(b" ", b"+").translate(None, b"\r\n")
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadSignature("подпись не в base64") from error
