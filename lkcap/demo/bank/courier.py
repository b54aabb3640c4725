"""Delivery: a message is sent until the shop accepts it or the pauses are used up."""

import asyncio
from collections.abc import Coroutine

import aiohttp
from yarl import URL

from lkcap.demo.bank.model import Delivery, Message, Sending, Wire
from lkcap.demo.bank.settings import BankSettings
from lkcap.demo.bank.wire import basic, redirect_of, result_code

ANSWER_MAX = 4000
FORM = "application/x-www-form-urlencoded"


class Courier:
    """Everything it does after an answer to the payer is a task of its own, ended by `close`."""

    def __init__(self, settings: BankSettings) -> None:
        self._settings = settings
        self._http = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=settings.timeout),
            # a connection the shop has dropped meanwhile is no answer of the shop
            connector=aiohttp.TCPConnector(force_close=True),
        )
        self._tasks: set[asyncio.Task[None]] = set()

    async def send(self, message: Message) -> Sending:
        """One try, remembered."""
        status, answer = await self._call(message)
        sending = Sending(
            self._settings.now(), status, answer, status == 200 and _is_accepted(message, answer)
        )
        message.sendings.append(sending)
        return sending

    def begin(self, message: Message, copies: int = 1, repeats: int = 0) -> None:
        """Deliver: the first time `copies` at once, after success `repeats` more, one by one."""
        message.delivery = Delivery.GOING
        self.start(self._deliver(message, copies, repeats))

    def start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Until nothing is on its way: delivered, given up or held."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._http.close()

    async def _deliver(self, message: Message, copies: int, repeats: int) -> None:
        try:
            for pause in (0, *self._settings.pauses):
                await asyncio.sleep(pause)
                sent = await asyncio.gather(*(self.send(message) for _ in range(copies)))
                message.answered.set()
                copies = 1
                if all(one.is_accepted for one in sent):
                    message.delivery = Delivery.DELIVERED
                    break
            else:
                message.delivery = Delivery.GIVEN_UP
                return
            for _ in range(repeats):
                await self.send(message)
        finally:
            message.answered.set()  # nobody waits for a courier that was stopped

    async def _call(self, message: Message) -> tuple[int | None, str]:
        method, headers = ("POST", {"Content-Type": FORM}) if message.body else ("GET", {})
        terms = self._settings.gpb
        if message.wire is Wire.GPB and terms and terms.basic_auth:
            login, _, password = terms.basic_auth.partition(":")
            headers["Authorization"] = basic(login, password)
        try:
            async with self._http.request(
                method,
                URL(message.url, encoded=True),  # signed to the byte: nothing may be requoted
                data=message.body.encode() or None,
                headers=headers,
                allow_redirects=False,
            ) as answer:
                body = await answer.read()
                return answer.status, body.decode("utf-8", "replace")[:ANSWER_MAX]
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            return None, f"{type(error).__name__}: {error}"


def _is_accepted(message: Message, answer: str) -> bool:
    if message.wire is Wire.SNGB:
        return bool(redirect_of(answer))
    return result_code(answer) == "1"
