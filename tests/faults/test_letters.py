"""Whatever happens to senders, relay and database, each letter arrives; twice only after a crash.

Three `send-mail` at once are killed at random, again and again, while the relay refuses, hangs up,
hangs and goes away, and PostgreSQL is restarted. LKCAP_TEST_LETTERS asks for more letters.
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import pytest

from lkcap.config import Config
from lkcap.demo import postgres
from lkcap.kit.db import Database
from lkcap.migrations import migrate
from tests.conftest import settings
from tests.faults.serving import RUN, environment
from tests.mail.queued import letter, put
from tests.mail.sink import CLOSE, FINE, HANG, Sink, running

LETTERS = int(os.environ.get("LKCAP_TEST_LETTERS", "200"))
ROUNDS = max(5, LETTERS // 50)
SENDERS = 3
# The clock is helped on when no sender lives: leases and pauses are minutes.
TIME_PASSES = "UPDATE letter SET next_try_at = now(), taken_until = NULL WHERE state = 'queued'"
LEFT = "SELECT count(*) FROM letter WHERE state = 'queued'"
FAULTS = {"451 4.3.2 later": 4, "421 4.7.0 tired": 2, CLOSE: 3, HANG: 1, FINE: 90}
# Killed by a crash, PostgreSQL keeps what it has committed: that, and not the disk, is tested.
OPTIONS = {"fsync": "off"}


@dataclass
class Office:
    """The outbox, the relay, and senders that do not live long."""

    url: str
    data: Path
    sink: Sink
    chance: random.Random
    kills: int = 0
    restarts: int = 0
    senders: list[asyncio.subprocess.Process] = field(default_factory=list)

    def misbehave(self, command: str, to: str) -> str:
        if to.startswith("nobody"):
            return "550 5.1.1 no such user"
        if command == "MAIL":
            return FINE
        return self.chance.choices([*FAULTS], [*FAULTS.values()])[0]

    async def start(self) -> None:
        for _ in range(SENDERS):
            self.senders.append(
                await asyncio.create_subprocess_exec(
                    sys.executable, str(RUN), "send-mail",
                    env=environment(settings(self.url, smtp_url=self.sink.url)),
                    stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
                )
            )  # fmt: skip

    async def work(self) -> None:
        """Until a letter came in and a moment longer, or there is nobody left to send one."""
        self.sink.arrived.clear()
        came = asyncio.create_task(self.sink.arrived.wait())
        died = [asyncio.create_task(one.wait()) for one in self._alive]
        await asyncio.wait([came, asyncio.gather(*died)], return_when=asyncio.FIRST_COMPLETED)
        came.cancel()
        await asyncio.sleep(self.chance.uniform(0, 1))

    @property
    def _alive(self) -> list[asyncio.subprocess.Process]:
        return [one for one in self.senders if one.returncode is None]

    async def kill(self) -> None:
        for one in self._alive:
            one.send_signal(signal.SIGKILL)
            self.kills += 1
        await self.end()

    async def end(self) -> None:
        await asyncio.gather(*(one.wait() for one in self.senders))
        self.senders.clear()

    async def restart_database(self) -> None:
        await asyncio.to_thread(self._restart)
        self.restarts += 1

    def _restart(self) -> None:
        postgres.start(self.data, options=OPTIONS).stop()
        postgres.start(self.data, options=OPTIONS)

    def ask(self, statement: str) -> int:
        with closing(psycopg2.connect(self.url)) as db, db, db.cursor() as cursor:
            cursor.execute(statement)
            return int(cursor.fetchone()[0]) if cursor.description else 0


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Server]:
    """Its own: it is restarted."""
    folder = tmp_path_factory.mktemp("letters")
    for parent in (folder, folder.parent):
        parent.chmod(0o755)
    with postgres.running(folder / "postgres", options=OPTIONS) as one:
        yield one


@asynccontextmanager
async def office(server: postgres.Server, seed: int) -> AsyncIterator[Office]:
    migrate(Config(**settings(server.url)))  # type: ignore[arg-type]
    outbox = Database(server.url)
    people = [f"a{number}@d{number % 7}.ru" for number in range(LETTERS)]
    await put(
        outbox, *(letter(to) for to in people), *(letter(f"nobody{n}@x.ru") for n in range(9))
    )
    await outbox.close()
    one = Office(server.url, server.data, Sink(), random.Random(seed))
    one.sink.behave = one.misbehave
    try:
        yield one
    finally:
        await one.kill()


async def go_wrong(one: Office) -> None:
    """A round ends with the death of every sender; some rounds have PostgreSQL restarted."""
    async with running(one.sink) as sink:
        port = sink.port
    for number in range(ROUNDS):
        one.ask(TIME_PASSES)
        async with running(one.sink, port):
            await one.start()
            await one.work()
            if number % 3 == 1:
                await one.restart_database()
                await one.work()
        # the relay is away now
        await asyncio.sleep(one.chance.uniform(0, 0.3))
        await one.kill()


async def go_well(one: Office) -> None:
    """The relay is patient, nobody is killed."""
    one.sink.behave = lambda said, to: "550 5.1.1 no" if to.startswith("nobody") else FINE
    async with running(one.sink, one.sink.port):
        while one.ask(LEFT):
            one.ask(TIME_PASSES)
            await one.start()
            await one.end()


async def test_every_letter_arrives_and_only_a_crash_sends_it_twice(server: postgres.Server):
    seed = random.randrange(10**6)
    async with office(server, seed) as one:
        await go_wrong(one)
        await go_well(one)
        copies = Counter(one.sink.recipients)
        twice = sum(copies.values()) - len(copies)
        told = f"seed {seed}: {one.kills} kills, {one.restarts} restarts, {twice} sent twice"
        sys.stdout.write(f"{told}\n")
        assert set(copies) == {f"a{number}@d{number % 7}.ru" for number in range(LETTERS)}, told
        assert twice <= one.kills, told
        assert one.kills, told
        assert one.restarts, told
        marks = defaultdict(set)
        for found in one.sink.letters:
            marks[found["To"]].add(found["Message-ID"])
        assert all(len(ids) == 1 for ids in marks.values()), told
        assert one.ask("SELECT count(*) FROM letter WHERE state = 'refused'") == 9, told
