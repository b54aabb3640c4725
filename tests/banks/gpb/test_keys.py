"""The bank's keys as files: what is taken, and what is refused at the start."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from lkcap.banks.gpb import keys
from lkcap.banks.gpb.keys import BadKeys, can_verify_sha1, load_keys, warnings
from lkcap.banks.gpb.register import parse_register
from tests.banks.gpb.bank import NEW, OLD, private, sign
from tests.banks.gpb.bank import PAID as CALL
from tests.banks.gpb.transcript import KEY, REGISTER_URL, SUCCESS

END = datetime(2026, 1, 31, tzinfo=UTC)


def certificate(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "bank.invalid")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(END - timedelta(days=365)).not_valid_after(END)
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM)


def public(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def written(folder: Path, **files: bytes) -> list[Path]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


def problem(folder: Path, content: bytes) -> str:
    (path,) = written(folder, bank=content)
    with pytest.raises(BadKeys) as caught:
        load_keys([path])
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value)


def test_this_machine_verifies_sha1():
    assert can_verify_sha1()


def test_a_certificate_and_a_bare_key_are_the_same_key(tmp_path: Path):
    files = written(tmp_path, cer=certificate(private(OLD)), pem=public(private(OLD)))
    of_certificate, bare = load_keys(files)
    assert of_certificate.id == bare.id
    assert (of_certificate.name, of_certificate.not_after) == ("cer", END)
    assert (bare.name, bare.not_after) == ("pem", None)


def test_words_before_a_certificate_do_no_harm(tmp_path: Path):
    (path,) = written(tmp_path, cer=b"Bag Attributes\r\n\r\n" + certificate(private(OLD)))
    assert load_keys([path])[0].not_after == END


def test_the_key_of_the_transcript_verifies_it_from_a_file(tmp_path: Path):
    (key,) = load_keys([str(one) for one in written(tmp_path, pem=KEY)])
    assert parse_register(SUCCESS, REGISTER_URL, [key]).key_id == key.id


def test_a_certificate_past_its_time_is_a_warning_and_still_verifies(tmp_path: Path):
    loaded = load_keys(written(tmp_path, cer=certificate(private(OLD)), pem=public(private(NEW))))
    assert list(warnings(loaded, END)) == []
    late = list(warnings(loaded, END + timedelta(seconds=1)))
    assert late == ["cer: срок сертификата вышел 31.01.2026"]
    query = "&".join(f"{name}={value.replace(' ', '+')}" for name, value in CALL.items())
    assert parse_register(sign(query), REGISTER_URL, loaded).key_id == loaded[0].id


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "нужен один"),
        (b"\x30\x82\x01\x22", "нужен один"),
        (public(private(OLD)) * 2, "нужен один"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", ""),
        (b"-----BEGIN PUBLIC KEY-----\n%%%%\n-----END PUBLIC KEY-----\n", ""),
        (public(ec.generate_private_key(ec.SECP256R1())), "не ключ RSA"),
        (certificate(ec.generate_private_key(ec.SECP256R1())), "не ключ RSA"),
        (public(rsa.generate_private_key(65537, 1024)), "1024 бит"),
    ],
)
def test_what_is_no_strong_rsa_key_is_refused(tmp_path: Path, content: bytes, why: str):
    assert why in problem(tmp_path, content)


def test_a_private_key_is_refused(tmp_path: Path):
    key = private(OLD).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert problem(tmp_path, key)


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path):
    files = [tmp_path / "missing", *written(tmp_path, empty=b"", good=KEY)]
    with pytest.raises(BadKeys) as caught:
        load_keys(files)
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [
        str(tmp_path / "missing"),
        str(tmp_path / "empty"),
    ]


class Strict(keys.SHA1):
    """What a policy leaves of SHA-1: a name that the library does not know."""

    name = "sha1-forbidden"


def test_a_machine_that_forbids_sha1_says_so_at_the_start_and_at_every_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (path,) = written(tmp_path, pem=KEY)
    loaded = load_keys([path])
    monkeypatch.setattr(keys, "SHA1", Strict)
    with pytest.raises(BadKeys, match="не проверяет подписи SHA-1"):
        load_keys([path])
    with pytest.raises(UnsupportedAlgorithm):
        parse_register(SUCCESS, REGISTER_URL, loaded)


def test_a_machine_whose_sha1_never_fits_is_noticed_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keys, "SHA1", SHA256)
    assert not can_verify_sha1()
