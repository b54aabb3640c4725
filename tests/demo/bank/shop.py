"""A tiny shop that both wires end at; it opens every signature with the library's own eyes."""

import asyncio
import base64
import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from lkcap.demo.bank import BankServer, FeeTerms

MERCH = "FA4E0000000000000001"
BACK = "http://shop.example.com/payment/KR-1?a=b&c=%D0%B4"
NOW = datetime(2026, 11, 22, 20, 30, 5, tzinfo=UTC)  # in Moscow 23:30:05
FEE = FeeTerms(Decimal("1.50"), least=15_00, most=15_000_00)
AVAILABLE = (
    "<payment-avail-response><result><code>1</code><desc>OK</desc></result>"
    "<merchant-trx>9f1c2d3e</merchant-trx><purchase><shortDesc>Взнос &amp; пеня</shortDesc>"
    "<longDesc>Взнос на капитальный ремонт</longDesc><account-amount><id>ACCOUNT1</id>"
    "<amount>19439</amount><currency>643</currency><exponent>2</exponent></account-amount>"
    "</purchase></payment-avail-response>"
)
OUT_OF_STOCK = (
    "<payment-avail-response><result><code>2</code><desc>Expired</desc></result>"
    "</payment-avail-response>"
)
TAKEN = "<register-payment-response><result><code>1</code></result></register-payment-response>"
REFUSED = TAKEN.replace(">1<", ">2<")
OF_2024 = (
    # as seen in earnest in that year
    "trx_id merch_id merchant_trx result_code amount account_id o.order_id p.rrn p.authcode "
    "p.srcType p.maskedPan p.isFullyAuthenticated p.transmissionDateTime p.paymentSystem ts "
    "signature"
)
OF_2018 = (
    "trx_id merch_id merchant_trx result_code amount account_id o.order_id p.authcode "
    "p.transmissionDateTime p.isFullyAuthenticated p.maskedPan p.rrn ts signature"
)


class Shop:
    """Remembers what it was asked; `answers` are given first, each once, then the usual ones."""

    def __init__(self, keys: Path) -> None:
        self.keys = keys
        self.asked: list[tuple[str, str]] = []  # (path, raw query or body)
        self.passwords: list[str | None] = []
        self.check = AVAILABLE
        self.answers: list[tuple[int, str]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.came = asyncio.Condition()
        app = web.Application()
        app.add_routes([web.get("/check", self._check), web.get("/register", self._register)])
        app.add_routes([web.post("/notify", self._notify)])
        self.server = TestServer(app)

    async def _check(self, request: web.Request) -> web.Response:
        await self._note(request, request.raw_path.partition("?")[2])
        return web.Response(text=self.check, content_type="text/xml")

    async def _register(self, request: web.Request) -> web.Response:
        await self._note(request, request.raw_path.partition("?")[2])
        return await self._answer(TAKEN)

    async def _notify(self, request: web.Request) -> web.Response:
        await self._note(request, await request.text())
        return await self._answer("REDIRECT=http://shop.example.com/payment/KR-1")

    async def _note(self, request: web.Request, text: str) -> None:
        async with self.came:
            self.asked.append((request.path, text))
            self.passwords.append(request.headers.get("Authorization"))
            self.came.notify_all()

    async def _answer(self, usual: str) -> web.Response:
        await self.gate.wait()
        status, text = self.answers.pop(0) if self.answers else (200, usual)
        return web.Response(status=status, text=text)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def told(self, path: str = "/register") -> list[dict[str, str]]:
        """Parameters of each message, in the order of coming."""
        return [dict(parse_qsl(text)) for where, text in self.asked if where == path]

    def raw(self, path: str = "/register") -> list[str]:
        return [text for where, text in self.asked if where == path]

    def signed_by(self, query: str) -> set[str]:
        """Whose certificates open the signature: `current`, `former`."""
        prefix, _, tail = query.partition("&signature=")
        signature = base64.b64decode(unquote(tail.partition("&")[0]), validate=True)
        text = f"https://shop.example.com/register?{prefix}".encode()
        return {one.stem for one in self.keys.glob("*.pem") if opens(one, signature, text)}


def opens(certificate: Path, signature: bytes, text: bytes) -> bool:
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    try:
        key.verify(signature, text, padding.PKCS1v15(), hashes.SHA1())
    except InvalidSignature:
        return False
    return True


def start(bank: BankServer, **more: str) -> str:
    asked = {"merch_id": MERCH, "lang": "RU", "back_url_s": BACK, "back_url_f": BACK + "&no=1"}
    asked |= {"o.order_id": "KR-1"} | more
    return f"{bank.url}/payment/start.wsm?{urlencode(asked)}"


async def init(bank: BankServer, track: str = "KR-2026-000123", **more: str) -> str:
    form = {"merchant": "7000", "terminal": "7000-alias", "action": "1", "amt": "12345.56"}
    form |= {"trackid": track, "udf1": "ы"} | more
    text = "".join(form[name] for name in ("merchant", "amt", "trackid", "action")) + "fake-psk"
    form.setdefault("udf5", hashlib.sha1(text.encode()).hexdigest())
    return (await post(f"{bank.url}/ECommerce/PaymentInitServlet", form))[1]


async def post(url: str, form: Any) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, data=form, allow_redirects=False) as answer,
    ):
        return answer.status, await answer.text()


async def get(url: str, password: str = "") -> tuple[int, str]:
    headers = {"Authorization": password} if password else {}
    async with aiohttp.ClientSession(headers=headers) as http, http.get(url) as answer:
        return answer.status, await answer.text()


async def json_of(url: str, password: str = "") -> Any:
    async with aiohttp.ClientSession() as http:
        headers = {"Authorization": password} if password else {}
        async with http.get(url, headers=headers) as answer:
            assert answer.status == 200
            return await answer.json()
