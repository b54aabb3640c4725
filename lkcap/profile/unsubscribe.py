"""«Отписаться» from a letter (RFC 8058): a signed name of who and of which account, without a row.

Mass mail may write one into every letter: it costs no statement and no place in the database.
"""

import base64
import hmac
import struct
from collections.abc import Iterator

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lkcap.config import Config

# A key of its own for this purpose: what is signed for another one never passes here.
RECEIPTS = b"lkcap unsubscribe 1"
_WHO = struct.Struct(">II")
_SIGNATURE_BYTES = 16


def token(config: Config, subscriber_id: int, account_id: int, purpose: bytes = RECEIPTS) -> str:
    """For `PUBLIC_URL/unsubscribe/{token}`: 32 letters of a URL, the same while the key is.

    For another purpose the second number may mean something else.
    """
    who = _WHO.pack(subscriber_id, account_id)
    return base64.urlsafe_b64encode(who + next(_signatures(config, who, purpose))).decode()


def read(config: Config, text: str, purpose: bytes = RECEIPTS) -> tuple[int, int] | None:
    """(subscriber_id, account_id), or None for a token that no key of ours has signed."""
    try:
        raw = base64.b64decode(text.encode(), altchars=b"-_", validate=True)
    except ValueError:
        return None
    if len(raw) != _WHO.size + _SIGNATURE_BYTES:
        return None
    who, signature = raw[: _WHO.size], raw[_WHO.size :]
    known = _signatures(config, who, purpose)
    if not any(hmac.compare_digest(signature, one) for one in known):
        return None
    subscriber_id, account_id = _WHO.unpack(who)
    return subscriber_id, account_id


def _signatures(config: Config, who: bytes, purpose: bytes) -> Iterator[bytes]:
    """By every key, the current one first: letters outlive a change of keys."""
    for key in config.secret_keys:
        secret = base64.urlsafe_b64decode(key.get_secret_value())
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)
        yield hmac.digest(derived, who, "sha256")[:_SIGNATURE_BYTES]
