"""The bank's public keys, any of which may sign: two of them while one takes over from another."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from lkcap.kit.errors import Refused

BITS_MIN, BITS_MAX = 2048, 8192
_FILE_BYTES_MAX = 65_536
_ID_LENGTH = 16

# A known answer: SHA1withRSA of no bytes at all, by a key that was made for this and thrown away.
_KNOWN_KEY = b"""-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAv1qp8xFxaU9RIAS/WttE
D8ZorHeyUTHrrU/VMZSANxV08OjiMR/dMOZD1MupHLPxTiWlWueL0XMnnoLEi2w4
0nizkSNiGXngarKCb1h9WS2TqgCH/nUaX5kDc2Tmb3J6DLeN69YvZ69RYAW+5+3H
xNB5/XHokB4/v1iedkJCBNNz5RF+gm8B5mLclfrw7yz757gvBvzJZHBDrE/6B9IA
sYmOF1Q6+iIORkqWI9COb5jZiRw0Bv2j4yFXtRv58s5oNWakGEt2KdtIeSOoDDwl
sen4PHG2ioExvSvQoEfM1asWXXh/v2Vw7GSC1hypICmJxndFNn0anWfCJJYBxUaT
+QIDAQAB
-----END PUBLIC KEY-----"""
_KNOWN_SIGNATURE = base64.b64decode("""
Z2McpPnl5XLyNaOJ3xBZhBaVmlqeF8E3ehkQPc4qZryG8mNlDN4Us7x9OYvarHF/a6RG5IOSA91e
fVs9JYR1LQY6pH+tF8Hn1mJfk3vwwBYxDmwMpJVqz42HjoFNud5rqcqMvVfoeRKvEqqiJCkPkflG
9QneSYVckSRegQAAwVedVKPd4oScVkvYn/vqcddXJeWCvDzU7qu/EdXs1SOIELmZd0j6j5a5e5Rf
KaccF/KwKeW1KF4174Gh6eZ7x45S7ljWvA4OKWUmH6YOZPZHzu06LfMg151Vej6dU6CU6g8n04hR
jds3N30wVHqwjCqAhnLujwDGv2u2bbdVM8Sogg==
""")


class BadKeys(Refused):
    """Keys that cannot verify the bank's word; a line for each, in Russian."""


@dataclass(frozen=True, slots=True)
class Key:
    """`name` is the file's, `id` the beginning of SHA-256 of the key in DER.

    `not_after` is the certificate's end in UTC; a bare public key has none.
    """

    name: str
    id: str
    not_after: datetime | None
    public: RSAPublicKey

    def is_signature(self, signature: bytes, signed: bytes) -> bool:
        """RSASSA-PKCS1-v1_5 with SHA-1, the signature as long as the modulus."""
        if len(signature) != (self.public.key_size + 7) // 8:
            return False
        return _fits(self.public, signature, signed)


def load_keys(paths: Iterable[str | Path]) -> list[Key]:
    """PEM files of one certificate or RSA public key each, of at least 2048 bits.

    A certificate whose time is over still verifies: see `warnings`. Raises BadKeys with
    everything that is wrong, and where this machine refuses to verify SHA-1 at all.
    """
    keys = []
    problems = [] if can_verify_sha1() else ["эта машина не проверяет подписи SHA-1"]
    for path in map(Path, paths):
        try:
            keys.append(_key(path))
        except (OSError, ValueError, UnsupportedAlgorithm) as error:
            problems.append(f"{path}: {error}")
    if problems:
        raise BadKeys("\n".join(problems))
    return keys


def warnings(keys: Iterable[Key], now: datetime) -> Iterator[str]:
    """Certificates past their time. Money already paid does not wait for a new one."""
    for key in keys:
        if key.not_after and key.not_after < now:
            yield f"{key.name}: срок сертификата вышел {key.not_after:%d.%m.%Y}"


def can_verify_sha1() -> bool:
    """False where a policy forbids SHA-1: every word of the bank would then look forged."""
    known = load_pem_public_key(_KNOWN_KEY)
    assert isinstance(known, RSAPublicKey)
    try:
        return _fits(known, _KNOWN_SIGNATURE, b"")
    except UnsupportedAlgorithm:
        return False


def _fits(key: RSAPublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed, PKCS1v15(), SHA1())  # noqa: S303 - the bank's choice
    except InvalidSignature:
        return False
    return True


def _key(path: Path) -> Key:
    with path.open("rb") as file:
        pem = file.read(_FILE_BYTES_MAX)
    if pem.count(b"-----BEGIN ") != 1:
        raise ValueError("нужен один сертификат или открытый ключ в виде PEM")
    if b"-----BEGIN CERTIFICATE-----" in pem:
        certificate = x509.load_pem_x509_certificate(pem)
        public, not_after = _rsa(certificate.public_key()), certificate.not_valid_after_utc
    else:
        public, not_after = _rsa(load_pem_public_key(pem)), None
    if not BITS_MIN <= public.key_size <= BITS_MAX:
        raise ValueError(f"ключ в {public.key_size} бит, нужно от {BITS_MIN} до {BITS_MAX}")
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Key(path.name, hashlib.sha256(der).hexdigest()[:_ID_LENGTH], not_after, public)


def _rsa(key: object) -> RSAPublicKey:
    if not isinstance(key, RSAPublicKey):
        raise ValueError("не ключ RSA")
    return key
