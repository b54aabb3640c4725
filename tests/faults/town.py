"""Payers, two banks, clerks and troubles, all at once around one cabinet."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from lkcap.config import Config
from lkcap.demo.bank import BankServer
from lkcap.demo.bank.desk import send_again
from lkcap.demo.bank.model import Payment, Wire
from lkcap.exchange.payments import load_payments
from lkcap.kit.errors import DatabaseUnavailable
from tests.exchange.registry import CLOCK
from tests.factory import Books
from tests.faults.crashing import CrashingPostgres, patiently
from tests.faults.papers import Clerks, Paper
from tests.faults.payers import Payers
from tests.faults.serving import Commands, Serving

ACCOUNTS = 25
PAYERS = 12
CHARGED = {"principal": 9_000_000_00, "penalty": 9_000_00}
LINES = 300  # of a paper
AGAIN = 100  # papers that come again at the end
# What happens once in about so many payments.
TROUBLE, LIST, BILL, TIDY, GIVE_BACK, RELEASE = 150, 60, 60, 200, 20, 40
ASKED_ELSEWHERE = "SELECT count(*) FROM payment_order WHERE asked_at > now()"
EXPIRED = "SELECT count(*) FROM payment_order WHERE state = 'expired'"


@dataclass(slots=True)
class Town:
    """`live` until the banks have taken so many payments, then `settle`."""

    books: Books
    bank: BankServer
    config: Config
    postgres: CrashingPostgres
    serving: Serving
    commands: Commands
    clerks: Clerks
    chance: random.Random
    payers: Payers = field(init=False)
    expired: int = 0
    _paid: asyncio.Event = field(default_factory=asyncio.Event)
    _loaded: set[Path] = field(default_factory=set)

    async def begin(self) -> None:
        self.books.house()
        for place in range(1, ACCOUNTS + 1):
            account = f"860000{place:05d}"
            self.books.account(account, premises=str(place))
            for kind, kopecks in CHARGED.items():
                self.books.entry("2026-09", account=account, amount=f"{kopecks // 100}")
                self.books.files["entries"][-1] |= {"kind": kind}
        self.books.load()
        self.payers = Payers(self.books, self.bank, self.config, self.chance)
        self.clerks.strange = self.payers.strange
        await self.serving.start()

    async def end(self) -> None:
        await self.payers.close()
        await self.serving.stop()

    async def live(self, payments: int) -> None:
        roles = (self._trouble, self._list, self._bill, self._tidy, self._give_back, self._release)
        beside = [asyncio.create_task(_forever(role)) for role in roles]

        async def payer() -> None:
            while len(self.bank.book) < payments:
                for one in beside:
                    assert not one.done(), repr(one.exception())
                await self.payers.pay_once()
                self._paid.set()
                self._paid.clear()

        await asyncio.gather(*(payer() for _ in range(PAYERS)))
        for one in beside:
            one.cancel()
        await asyncio.gather(*beside, return_exceptions=True)

    async def _after(self, payments: int) -> None:
        """Until about so many more were taken."""
        enough = len(self.bank.book) + self.chance.randint(1, 2 * payments)
        while len(self.bank.book) < enough:
            await self._paid.wait()

    async def _trouble(self) -> None:
        await self._after(TROUBLE)
        if self.postgres.crashes <= self.serving.kills:
            await self.postgres.crash()
        else:
            await self.serving.kill()
            await asyncio.sleep(self.chance.uniform(0, 0.5))
            await self.serving.start()

    async def _list(self) -> None:
        """A registry, of what was taken today or long ago; sometimes the same one twice at once."""
        await self._after(LIST)
        paper = self.clerks.registry(self._some(), self.chance.choice(("csv", "sber")))
        again = self.chance.choice([paper, *self.clerks.papers[-20:]])
        copies = [paper, again] if self.chance.random() < 0.3 else [paper]
        await asyncio.gather(*(self._import(one) for one in copies))

    async def _bill(self) -> None:
        await self._after(BILL)
        await self._import(self.clerks.billing(self._some()))

    def _some(self) -> list[tuple[Payment, str]]:
        """The newest, of which no message may have come yet, and older ones."""
        book = self.bank.book
        newest = book[-self.chance.randrange(1, LINES) :]
        found = {id(one): one for one in [*newest, *self.chance.choices(book, k=10)]}
        kept = [one for one in found.values() if self.chance.random() < 0.6]
        return [(one, self.payers.ordered[one.attempt.order].number) for one in kept]

    async def _import(self, paper: Paper) -> None:
        """As a command that may be killed, or as it goes on inside one, which is quicker."""
        if self.chance.random() < 0.6:
            with suppress(DatabaseUnavailable):
                await asyncio.to_thread(self._load, paper)
                self._loaded.add(paper.path)
            return
        after = self.chance.uniform(0.5, 2.5) if self.chance.random() < 0.5 else None
        code, said = await self.commands.run("import", *paper.words, killed_after=after)
        assert code in (None, 0, 1, 3), (code, said)
        assert "Traceback" not in said, said
        if code in (0, 3):
            self._loaded.add(paper.path)

    async def _tidy(self) -> None:
        """Who waited until his order has expired pays it then."""
        await self._after(TIDY)
        late, self.payers.late = self.payers.late, []
        _, said = await self.commands.run("tidy")
        assert "Traceback" not in said, said
        ((expired,),) = await patiently(lambda: self.books.rows(EXPIRED))
        self.expired = max(self.expired, expired)
        for page in late:
            await self.payers.submit(page)

    async def _give_back(self) -> None:
        """Once a payment, whole or in part; СНГБ would no longer tell us of one it has refunded."""
        await self._after(GIVE_BACK)
        payment = self.chance.choice(self.bank.book)
        is_strange = payment.attempt.order in self.payers.strange
        is_heard = payment.attempt.wire is Wire.GPB or payment.is_acknowledged
        if is_heard and not is_strange and not payment.refunds:
            most = payment.operation.amount
            self.bank.bank.give_back(payment, self.chance.choice((most, (most + 1) // 2)))

    async def _release(self) -> None:
        """The bank sends what it has kept to itself; of СНГБ some is lost for ever."""
        await self._after(RELEASE)
        # one by one: what is cut off by the end of the day is still held
        for _ in range(len(self.payers.held)):
            attempt, message = self.payers.held.pop(0)
            fate = self.chance.random()
            if fate < 0.5:
                self.payers.held.append((attempt, message))
            elif attempt.wire is Wire.GPB or fate < 0.75:
                await send_again(self.bank.bank, message, 1)

    async def settle(self) -> None:
        """All that was held, broken off or put off comes in the end, and papers come again."""
        self.postgres.ensure()
        await self.serving.ensure()
        for page in self.payers.late:
            await self.payers.submit(page)
        for _, message in self.payers.held:
            await send_again(self.bank.bank, message, 1)
        await self.bank.settled()
        self.clerks.billing([])
        for paper in self._papers_again():
            await asyncio.to_thread(self._load, paper)
        while True:
            await self.payers.let_time_pass()
            code, said = await self.commands.run("tidy")
            assert code == 0, said
            # what the site has begun to ask, nobody else does
            if await patiently(lambda: self.books.rows(ASKED_ELSEWHERE)) == [(0,)]:
                break
            await asyncio.sleep(1)

    def _papers_again(self) -> list[Paper]:
        """All that were not loaded, and of the others more than a run of 2,000 has."""
        known = [one for one in self.clerks.papers if one.path in self._loaded]
        papers = [one for one in self.clerks.papers if one.path not in self._loaded]
        papers += self.chance.sample(known, min(AGAIN, len(known)))
        self.chance.shuffle(papers)
        return papers

    def _load(self, paper: Paper) -> None:
        if paper.format:
            load_payments(self.books.database, paper.path, paper.format, clock=CLOCK)
        else:
            self.books.load_path(paper.kind, paper.path)

    @property
    def report(self) -> str:
        return (
            f"{len(self.payers.ordered)} orders, {len(self.bank.book)} payments taken,"
            f" {sum(bool(one.refunds) for one in self.bank.book)} of them refunded,"
            f" {len(self.clerks.papers)} registries and billing files,"
            f" {self.expired} orders expired, {self.payers.forgeries} forgeries,"
            f" {self.commands.runs} commands, {self.commands.kills} of them killed,"
            f" site killed {self.serving.kills} times,"
            f" database crashed {self.postgres.crashes} times: the books are one"
        )


async def _forever(role: Callable[[], Awaitable[None]]) -> None:
    while True:
        await role()
