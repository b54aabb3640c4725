"""From the outbox to a relay's 250, with a 50 KB paper in each letter.

Beside it a bare loop of aiosmtplib that sends ready-made messages over as many connections to the
same sink, in turns. The sink is a process of its own that reads and says 250. `--memory` tells how
much our process holds with many letters queued.
"""

import argparse
import asyncio
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiosmtplib import SMTP
from cryptography.fernet import Fernet

from lkcap.config import Config
from lkcap.demo import postgres
from lkcap.kit.batch import batch
from lkcap.kit.db import Database
from lkcap.kit.sql import Query
from lkcap.mail import queries
from lkcap.mail.background import relays
from lkcap.mail.compose import Carried, Composer, Queued
from lkcap.mail.letter import seal
from lkcap.mail.message import Attachment
from lkcap.mail.sender import Sender
from lkcap.migrations import migrate

NAME, FACTS = (
    "confirm_registration",
    {"link": "https://lk.example.ru/x", "account": "1", "hours": 24},
)
PAPER = random.Random(1).randbytes(50 * 1024)
DOMAINS = 40
FILL = Query(
    "bench/fill",
    f"""INSERT INTO letter (message_id, name, recipient, is_bulk, facts)
        SELECT '<' || n || '@example.ru>', '{NAME}', 'a' || n || '@d' || n %% {DOMAINS} || '.ru',
               true, %(facts)s
          FROM generate_series(1, %(letters)s) n""",
    frozenset({"facts", "letters"}),
)


async def paper(_: Queued) -> Carried:
    """Ready: what drawing a receipt costs is measured by tests/bench/papers.py."""
    return Carried(files=[Attachment("receipt.pdf", "application/pdf", PAPER)])


async def sink(port: int) -> None:
    """Reads as fast as it can: it is not to be what is measured."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while word := (await reader.readline())[:4].upper():
            if word == b"DATA":
                writer.write(b"354 go\r\n")
                await reader.readuntil(b"\r\n.\r\n")
            writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", port, limit=2**20)
    await server.serve_forever()


def fill(config: Config, letters: int) -> None:
    with batch(config.database_url.get_secret_value()) as transaction:
        facts = seal(FACTS, config.secret_keys)
        transaction.run(FILL, letters=letters, facts=facts)
    # a connection of its own: what is measured is not the first vacuum after a load
    with batch(config.database_url.get_secret_value()) as transaction:
        transaction.analyze("letter")


@dataclass(frozen=True, slots=True)
class Speed:
    """Letters a second, by the clock and by our processor's time alone."""

    by_clock: float
    by_processor: float


class Watch:
    def __init__(self) -> None:
        self._clock, self._processor = time.perf_counter(), time.process_time()

    def speed(self, letters: int) -> Speed:
        return Speed(
            letters / (time.perf_counter() - self._clock),
            letters / (time.process_time() - self._processor),
        )


async def ours(config: Config, letters: int, lanes: int) -> Speed:
    database = Database(config.database_url.get_secret_value(), size=4)
    sender = Sender(database, Composer(config, {NAME: paper}), relays(config), None, lanes)
    watch = Watch()
    tally = await sender.run()
    speed = watch.speed(letters)
    await database.close()
    assert tally.sent == letters, tally
    return speed


async def bare(config: Config, port: int, messages: Sequence[bytes], lanes: int) -> Speed:
    left = iter(messages)

    async def lane() -> None:
        client = SMTP(hostname="127.0.0.1", port=port, start_tls=False)
        await client.connect()
        for message in left:
            await client.sendmail(config.mail_from, ["a@d1.ru"], message)
        await client.quit()

    watch = Watch()
    await asyncio.gather(*(lane() for _ in range(lanes)))
    return watch.speed(len(messages))


async def ready_made(config: Config, letters: int) -> list[bytes]:
    database = Database(config.database_url.get_secret_value(), size=1)
    composer = Composer(config, {NAME: paper})
    async with database.connection() as conn:
        (one,) = await queries.take(conn, 1, None)
        await queries.put_back(conn, [one.letter_id], None, 0)
    await database.close()
    return [await composer.compose(one)] * letters


def compare(config: Config, port: int, letters: int, lanes: int, rounds: int) -> None:
    rates: dict[str, list[Speed]] = {"ours": [], "bare": []}
    for _ in range(rounds):
        fill(config, letters)
        messages = asyncio.run(ready_made(config, letters))
        rates["bare"].append(asyncio.run(bare(config, port, messages, lanes)))
        rates["ours"].append(asyncio.run(ours(config, letters, lanes)))
    for how in ("by_clock", "by_processor"):
        found = {name: [getattr(one, how) for one in runs] for name, runs in rates.items()}
        for name, speeds in found.items():
            median = statistics.median(speeds)
            sys.stdout.write(f"{how} {name}: {median:.0f} letters/s ({_all(speeds)})\n")
        ratios = [mine / bare for mine, bare in zip(found["ours"], found["bare"], strict=True)]
        median = statistics.median(ratios)
        sys.stdout.write(f"{how} ours / bare: {median:.2f} ({_all(ratios, 2)})\n")


def _all(figures: Sequence[float], digits: int = 0) -> str:
    return " ".join(f"{one:.{digits}f}" for one in figures)


def memory(config: Config, letters: int, lanes: int) -> None:
    fill(config, letters)
    rate = asyncio.run(ours(config, letters, lanes)).by_clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{letters} letters: {rate:.0f}/s, at most {peak:.0f} MB\n")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sink", type=int, help="be the sink, on this port")
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--lanes", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="one run, and what it held")
    parser.add_argument("--port", type=int, default=8125)
    args = parser.parse_args()
    if args.sink:
        asyncio.run(sink(args.sink))
        return
    with running(args.port) as config:
        if args.memory:
            memory(config, args.letters, args.lanes)
        else:
            compare(config, args.port, args.letters, args.lanes, args.rounds)


@contextmanager
def running(port: int) -> Iterator[Config]:
    """A sink and an empty database; the settings of a site that has both."""
    command = [sys.executable, "-m", "tests.bench.letters", "--sink", str(port)]
    with (
        tempfile.TemporaryDirectory(prefix="lkcap-letters-") as home,
        subprocess.Popen(command) as relay,
    ):
        Path(home).chmod(0o755)  # PostgreSQL may be another user's
        try:
            with postgres.running(Path(home) / "postgres") as server:
                config = Config.load(
                    database_url=server.url,
                    secret_keys=Fernet.generate_key().decode(),
                    public_url="http://127.0.0.1",
                    smtp_url=f"smtp://127.0.0.1:{port}",
                    mail_from="lk@example.ru",
                    fund={"name": "Северный фонд капитального ремонта"},
                )
                migrate(config)
                yield config
        finally:
            relay.terminate()


if __name__ == "__main__":
    main()
