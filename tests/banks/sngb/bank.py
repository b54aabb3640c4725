"""A bank that speaks the wire of СНГБ's classic interface and does what a test tells it."""

import asyncio
import base64
import hashlib
from dataclasses import dataclass, field

from aiohttp import web

MERCHANT, TERMINAL, PSK, TOKEN = "7000", "7000-alias", "fake-psk", "fake-token"
CREATED = 1_769_771_703_125  # 2026-01-30 11:15:03.125 UTC
PAGE = "/ECommerce/hppaction?formAction=com.example.HostedPaymentPageAction&PaymentID="


@dataclass
class Said:
    """An answer that a test has put in the bank's mouth."""

    text: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class FakeBank:
    """`says` replaces an answer by the last part of its path; `holds` keeps all until `let_go`."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[tuple[str, dict[str, str]]] = []
        self.logins: list[str] = []
        self.payments: dict[str, dict] = {}
        self.transactions: dict[str, list[dict]] = {}
        self.says: dict[str, Said] = {}
        self.drops: set[str] = set()
        self.questions = asyncio.Semaphore(0)
        self.let_go = asyncio.Event()
        self.let_go.set()
        self.app = web.Application()
        self.app.router.add_post("/ECommerce/{call:PaymentInitServlet}", self.init)
        self.app.router.add_post("/ECommerce/{call:PaymentTranServlet}", self.refund)
        self.app.router.add_get("/ECommerce/v1/{call:payments}/{id}", self.payment)
        self.app.router.add_get("/ECommerce/v1/{call:transactions}/{id}", self.attempts)

    async def told(self, request: web.Request) -> web.Response | None:
        """Remember the request, wait while a test holds us, give its answer if it has one."""
        call = request.match_info["call"]
        self.heard.append((call, dict(await request.post())))
        if call in ("payments", "transactions"):
            self.questions.release()
        await self.let_go.wait()
        if call in self.drops:
            assert request.transport
            request.transport.close()
        said = self.says.get(call)
        if said is None:
            return None
        body = said.text.encode() if isinstance(said.text, str) else said.text
        return web.Response(body=body, status=said.status, headers=said.headers)

    async def init(self, request: web.Request) -> web.Response:
        if said := await self.told(request):
            return said
        form = self.heard[-1][1]
        if form["udf5"] != sha1(form, form["action"]) or form["terminal"] != TERMINAL:
            return web.Response(text="https://lk.example.ru/error?error=CGW000100&errortext=x\r\n")
        payment_id = str(3199591541473390 + len(self.payments))
        self.payments[payment_id] = record(payment_id, form["trackid"], form["amt"])
        return web.Response(text=f"{self.url}{PAGE}{payment_id}\r\n")

    async def refund(self, request: web.Request) -> web.Response:
        """Redirects to the shop's address with the result, as one working shop has seen it."""
        if said := await self.told(request):
            return said
        form = self.heard[-1][1]
        if form["udf5"] != sha1(form, ""):
            raise web.HTTPFound("https://lk.example.ru/tran?error=CGW000100&errortext=x")
        self.payments[form["paymentid"]]["refunded"] = "true"
        told = f"result=CAPTURED&responsecode=00&trackid={form['trackid']}&tranid=5"
        raise web.HTTPFound(f"https://lk.example.ru/tran?{told}")

    async def payment(self, request: web.Request) -> web.Response:
        if said := await self.told(request) or self.stranger(request):
            return said
        one = self.payments.get(request.match_info["id"])
        return web.Response(text=records([one] if one else []))

    async def attempts(self, request: web.Request) -> web.Response:
        if said := await self.told(request) or self.stranger(request):
            return said
        rows = self.transactions.get(request.match_info["id"], [])
        return web.Response(text=f'{{"tranlist": {listed(rows)}, "object": "list"}}')

    def stranger(self, request: web.Request) -> web.Response | None:
        self.logins.append(request.headers.get("Authorization", ""))
        key = base64.b64encode(f"{TOKEN}:".encode()).decode()
        return None if self.logins[-1] == f"Basic {key}" else web.Response(status=401)

    async def asked(self, times: int) -> None:
        """Until it was asked for a status so often."""
        async with asyncio.timeout(5):
            for _ in range(times):
                await self.questions.acquire()

    def captures(self, payment_id: str) -> None:
        """The payer has paid."""
        self.payments[payment_id] |= {
            "authorization": "true", "captured": "true", "tranid": '"6443917541473390"',
        }  # fmt: skip

    def attempt(self, payment_id: str, **said: str) -> None:
        """A transaction; `result` and what else differs from the usual."""
        usual = {
            "action": '"authorization"',
            "track": self.payments[payment_id]["track"],
            "tranid": "6234585261980990",
            "transdt": str(CREATED),
            "amount": "10.18",
            "orderid": "6234585261980990",
        }
        rows = self.transactions.setdefault(payment_id, [])
        rows.append(usual | {name: f'"{value}"' for name, value in said.items()})


def sha1(form: dict[str, str], action: str) -> str:
    signed = f"{MERCHANT}{form['amt']}{form['trackid']}{action}{PSK}"
    return hashlib.sha1(signed.encode()).hexdigest()


def record(payment_id: str, track: str, amount: str) -> dict[str, str]:
    """Values as JSON has them, so that a test may write any."""
    return {
        "authorization": "false",
        "captured": "false",
        "refunded": "false",
        "created": str(CREATED),
        "tranid": '""',
        "track": f'"{track}"',
        "id": payment_id,
        "amount": amount,
        "currency": '"rub"',
        "object": '"payment"',
        "livemode": "false",
    }


def listed(rows: list[dict[str, str]]) -> str:
    members = (", ".join(f'"{name}": {value}' for name, value in row.items()) for row in rows)
    return "[" + ", ".join("{" + one + "}" for one in members) + "]"


def records(rows: list[dict[str, str]]) -> str:
    return f'{{"data": {listed(rows)}, "count": "{len(rows)}", "object": "list"}}'
