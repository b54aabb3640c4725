"""The statement page against the bare handler, and a small ledger against a large one.

    python -m tests.bench.pages [--accounts 300000] [--small 30000] [--months 96] [--rounds 5]

Servers run on core 0, PostgreSQL and the readers on the other cores; everything is up at once and
takes turns, so that the ratios hold when the machine's speed drifts.
"""

import argparse
import asyncio
import json
import os
import random
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import aiohttp
import psycopg2
from cryptography.fernet import Fernet

from lkcap.config import Config
from lkcap.demo import postgres
from lkcap.migrations import migrate
from tests.bench.ledger import fill
from tests.conftest import KEY, settings

READERS = 500
CONNECTIONS = 32
SECONDS = 4.0


def prepare(server_url: str, name: str, accounts: int, months: int) -> str:
    """A migrated and filled database; kept and used again when it is there."""
    url = server_url.replace("/lkcap?", f"/{name}?")
    with closing(psycopg2.connect(server_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor, suppress(psycopg2.errors.DuplicateDatabase):
            cursor.execute(f"CREATE DATABASE {name}")
            migrate(Config(**settings(url)))
            fill(url, accounts, months)
    return url


def cookies(url: str, accounts: int) -> list[tuple[int, str]]:
    """(account, cookie) of readers spread over the ledger, logged in by hand."""
    chosen = random.Random(1).sample(range(1, accounts + 1), READERS)
    fernet, now, made = Fernet(KEY), datetime.now(UTC), []
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("TRUNCATE login_session, subscriber_account, subscriber CASCADE")
        for account in chosen:
            token = secrets.token_urlsafe(32)
            cursor.execute(
                "INSERT INTO subscriber (email, password_hash) VALUES (%s, '') "
                "RETURNING subscriber_id",
                (f"{account}@example.com",),
            )
            (subscriber,) = cursor.fetchone()
            cursor.execute(
                "INSERT INTO subscriber_account VALUES (%s, %s, 'person|примеров', '2026-11-22')",
                (subscriber, account),
            )
            cursor.execute(
                "INSERT INTO login_session VALUES (%s, %s, %s, %s, %s)",
                (sha256(token.encode()).digest(), subscriber, account, now, now),
            )
            session = {"created": int(time.time()), "session": {"sid": token, "csrf": "c" * 32}}
            made.append((account, fernet.encrypt(json.dumps(session).encode()).decode()))
    return made


class Server:
    """One of the servers under measure, alone on core 0."""

    def __init__(self, kind: str, url: str, port: int) -> None:
        self.name, self.port = kind, port
        code = f"from tests.bench.serve import serve; serve({kind!r}, {url!r}, {port})"
        self.process = subprocess.Popen(
            ["taskset", "-c", "0", sys.executable, "-c", code], stderr=subprocess.DEVNULL
        )
        self.cpu: list[float] = []
        self.latency: list[float] = []

    def wait(self) -> None:
        """Until it listens."""
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.1)
        raise TimeoutError(self.name)

    def spent(self) -> float:
        """CPU seconds of the process so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def load_for(server: Server, readers: list[tuple[int, str]], seconds: float) -> None:
    """Thirty-two readers open the page one after another for so long."""
    before, pages, until = server.spent(), 0, time.perf_counter() + seconds
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector) as http:

        async def read() -> None:
            nonlocal pages
            while time.perf_counter() < until:
                account, cookie = random.choice(readers)
                started = time.perf_counter()
                url = f"http://127.0.0.1:{server.port}/statement?account={account}"
                async with http.get(url, headers={"Cookie": f"lkcap={cookie}"}) as answer:
                    body = await answer.read()
                    assert answer.status == 200, answer.status
                    assert b'id="statement"' in body
                server.latency.append(time.perf_counter() - started)
                pages += 1

        await asyncio.gather(*(read() for _ in range(CONNECTIONS)))
    server.cpu.append((server.spent() - before) / pages)


async def measure(servers: dict[str, tuple[Server, list[tuple[int, str]]]], rounds: int) -> None:
    for server, readers in servers.values():
        await load_for(server, readers, 1.5)
        server.cpu.clear()
        server.latency.clear()
    for _ in range(rounds):
        for server, readers in servers.values():
            await load_for(server, readers, SECONDS)


def report(servers: dict[str, tuple[Server, list[tuple[int, str]]]]) -> None:
    cpu = {name: server.cpu for name, (server, _) in servers.items()}
    for name, (server, _) in servers.items():
        ordered = sorted(server.latency)
        p50, p99 = ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]
        print(  # noqa: T201
            f"{name:12} CPU {statistics.median(server.cpu) * 1e3:6.2f} ms a page   "
            f"p50 {p50 * 1e3:6.1f} ms   p99 {p99 * 1e3:6.1f} ms   p99/p50 {p99 / p50:4.2f}"
        )
    for one, other in (("site", "bare"), ("site", "site-small")):
        pairs = [a / b for a, b in zip(cpu[one], cpu[other], strict=True)]
        print(  # noqa: T201
            f"{one} / {other}: CPU ratio {statistics.median(pairs):.2f} "
            f"({min(pairs):.2f}–{max(pairs):.2f})"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=300_000)
    parser.add_argument("--small", type=int, default=30_000)
    parser.add_argument("--months", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "lkcap-bench")
    args = parser.parse_args()
    with postgres.running(args.data, options={"shared_buffers": "1GB"}) as server:
        large = prepare(server.url, f"large_{args.accounts}", args.accounts, args.months)
        small = prepare(server.url, f"small_{args.small}", args.small, args.months)
        of_large, of_small = cookies(large, args.accounts), cookies(small, args.small)
        servers = {
            "bare": (Server("bare", large, 8101), of_large),
            "site": (Server("site", large, 8102), of_large),
            "site-small": (Server("site", small, 8103), of_small),
        }
        try:
            for one, _ in servers.values():
                one.wait()
            os.sched_setaffinity(0, set(range(1, os.cpu_count() or 2)))
            asyncio.run(measure(servers, args.rounds))
            report(servers)
        finally:
            for one, _ in servers.values():
                one.process.terminate()
                one.process.wait()


if __name__ == "__main__":
    main()
