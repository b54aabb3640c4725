"""The bank's RSA keys, the present and the former one, and their certificates for the shop."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

BITS = 2048
YEARS = timedelta(days=3652)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """`certificate` is the PEM file that the shop's settings name."""

    key: rsa.RSAPrivateKey
    certificate: Path

    def sign(self, text: str) -> bytes:
        """SHA1withRSA, PKCS#1 v1.5: the bank's choice of old."""
        return self.key.sign(text.encode("ascii"), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303


@dataclass(frozen=True, slots=True)
class BankKeys:
    current: KeyPair
    former: KeyPair


def load_keys(folder: Path) -> BankKeys:
    """Made at the first start, the same ever after. Takes half a second then."""
    folder.mkdir(parents=True, exist_ok=True)
    return BankKeys(_pair(folder, "current"), _pair(folder, "former"))


def _pair(folder: Path, name: str) -> KeyPair:
    secret, certificate = folder / f"{name}.key", folder / f"{name}.pem"
    if not secret.exists():
        _make(secret, certificate, name)
    # looking the primes up anew takes longer than all the rest of the start, and they are ours
    pem = secret.read_bytes()
    key = serialization.load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, rsa.RSAPrivateKey)
    return KeyPair(key, certificate)


def _make(secret: Path, certificate: Path, name: str) -> None:
    """The key comes last: a start killed in between makes both anew."""
    key = rsa.generate_private_key(65537, BITS)
    certificate.write_bytes(_certificate(key, name).public_bytes(serialization.Encoding.PEM))
    unfinished = secret.with_suffix(".new")
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    unfinished.replace(secret)


def _certificate(key: rsa.RSAPrivateKey, name: str) -> x509.Certificate:
    """Signed by itself, good for ten years."""
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Training bank, {name} key")])
    today = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + YEARS)
        .sign(key, hashes.SHA256())
    )
