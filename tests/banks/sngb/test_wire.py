"""Calls end in time and in size, speak to the real bank alone, and tell no secret."""

import gzip
import ipaddress
import ssl
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lkcap.banks.base import BankUnavailable, NotSent
from lkcap.banks.sngb.client import SngbClient
from lkcap.banks.wire import ANSWER_BYTES_MAX
from tests.banks.sngb.bank import PSK, TOKEN, FakeBank, Said
from tests.banks.sngb.conftest import ORDER, terms

CALLS = ("PaymentInitServlet", "payments")


def call(client: SngbClient, name: str):
    return client.init(ORDER, 100) if name == CALLS[0] else client.status("1", ORDER)


@pytest.mark.parametrize("name", CALLS)
async def test_a_bank_that_holds_its_answer_is_not_waited_for(
    name: str, hasty: SngbClient, bank: FakeBank
):
    bank.let_go.clear()
    with pytest.raises(BankUnavailable) as caught:
        await call(hasty, name)
    assert caught.value.reason == "TimeoutError"
    assert caught.value.status == 503
    assert str(caught.value) == "Банк сейчас не отвечает. Попробуйте через несколько минут."


@pytest.mark.parametrize("name", CALLS)
async def test_an_answer_without_end_is_cut(name: str, client: SngbClient, bank: FakeBank):
    bank.says[name] = Said("x" * (ANSWER_BYTES_MAX + 1))
    with pytest.raises(BankUnavailable) as caught:
        await call(client, name)
    assert caught.value.reason == "the answer is too long"


@pytest.mark.parametrize("name", CALLS)
async def test_a_packed_answer_is_not_unpacked(name: str, client: SngbClient, bank: FakeBank):
    packed = gzip.compress(b"x" * 10_000_000)
    assert len(packed) < ANSWER_BYTES_MAX
    bank.says[name] = Said(packed, headers={"Content-Encoding": "gzip"})
    with pytest.raises(BankUnavailable) as caught:
        await call(client, name)
    assert caught.value.reason in ("no address in the answer", "not JSON")


@pytest.mark.parametrize("name", CALLS)
async def test_a_bank_that_hangs_up_is_unavailable(name: str, client: SngbClient, bank: FakeBank):
    bank.drops.add(name)
    with pytest.raises(BankUnavailable):
        await call(client, name)


@pytest.mark.parametrize("name", CALLS)
async def test_nobody_at_the_bank_s_address_is_told_apart_from_no_answer(
    name: str, http: ClientSession, unused_tcp_port: int
):
    with pytest.raises(NotSent):
        await call(SngbClient(terms(f"http://127.0.0.1:{unused_tcp_port}"), http), name)


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "bank.pem").write_bytes(certificate.public_bytes(pem) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "bank.pem")
    return context


@pytest.mark.parametrize("name", CALLS)
async def test_a_bank_that_cannot_show_who_it_is_gets_no_request(
    name: str, http: ClientSession, self_signed: ssl.SSLContext
):
    bank = FakeBank()
    server = TestServer(bank.app)
    await server.start_server(ssl=self_signed)
    async with server:
        with pytest.raises(NotSent) as caught:
            await call(SngbClient(terms(f"https://127.0.0.1:{server.port}"), http), name)
    assert caught.value.reason == "ClientConnectorCertificateError"
    assert not bank.heard


@pytest.mark.parametrize("missing", ["psk", "token"])
def test_without_its_secrets_there_is_no_client(missing: str, http: ClientSession):
    with pytest.raises(ValueError, match="is not set"):
        SngbClient(terms("http://127.0.0.1", **{missing: None}), http)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("headers", [{}, {"Content-Length": "9999"}])
async def test_errors_and_logs_hold_neither_secrets_nor_orders(
    name: str, headers: dict[str, str], hasty: SngbClient, bank: FakeBank
):
    bank.says[name] = Said(f"{TOKEN} {PSK} {ORDER}", 500, headers)
    with structlog.testing.capture_logs() as lines, pytest.raises(BankUnavailable) as caught:
        await call(hasty, name)
    told = str(lines) + "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert [one["reason"] for one in lines] == [caught.value.reason]
    for secret in (PSK, TOKEN, ORDER, "ZmFrZS10b2tlbjo", bank.heard[0][1].get("udf5", PSK)):
        assert secret not in told
