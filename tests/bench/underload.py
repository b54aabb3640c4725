"""The statement page while the site's own workers make documents as fast as they can.

The site and its workers share core 0, where nothing but the workers' low priority saves the pages;
PostgreSQL and the readers are on core 1. Quiet and loaded rounds take turns.
"""

import asyncio
import json
import os
import random
import secrets
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

import aiohttp
import psycopg2
from cryptography.fernet import Fernet

from lkcap.app import make_app
from lkcap.config import Config
from lkcap.demo.fund import FUND
from lkcap.kit import logs
from lkcap.kit.month import Month
from lkcap.site import run
from tests.bench.processes import spent_by_children
from tests.conftest import KEY, TODAY, settings

PORT = 8104
READERS = 500
CONNECTIONS = 32  # that read the statement
DOCUMENTS = 8  # that ask for receipts: more than there are workers, so that none is idle
SECONDS = 4.0

# Those who own what they owned in the first of the months, so that they may see all of them.
_OWNERS = """
    SELECT receipt.account_id, receipt.owner_key
      FROM receipt
     CROSS JOIN LATERAL account_state_on(receipt.account_id, %(today)s) state
     WHERE receipt.period = %(period)s AND receipt.owner_key = state.owner_key
     ORDER BY md5(CAST(receipt.account_id AS text)) LIMIT %(readers)s
"""

Reader = tuple[int, str]


@dataclass(slots=True)
class Round:
    """Seconds of every page, and of every document; CPU seconds of the workers."""

    pages: list[float] = field(default_factory=list)
    documents: list[float] = field(default_factory=list)
    workers: float = 0

    def page(self, part: float) -> float:
        """The quantile, milliseconds."""
        return sorted(self.pages)[int(len(self.pages) * part)] * 1e3


def serve(url: str) -> None:
    """The site as it is, in a process of its own."""
    config = Config(**settings(url, fund=FUND, port=PORT))
    logs.setup()
    asyncio.run(run(make_app(config), config))


@contextmanager
def _site(url: str) -> Iterator[int]:
    """Its process, when it listens."""
    code = f"from tests.bench.underload import serve; serve({url!r})"
    command = ["taskset", "-c", "0", sys.executable, "-c", code]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as process:
        try:
            for _ in range(300):
                with suppress(OSError), socket.create_connection(("127.0.0.1", PORT), 1):
                    break
                time.sleep(0.1)
            yield process.pid
        finally:
            process.terminate()


def log_in(url: str, first: Month) -> list[Reader]:
    """(account, cookie) of readers spread over the region."""
    fernet, now, made = Fernet(KEY), datetime.now(UTC), []
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        period = first.first_day
        cursor.execute(_OWNERS, {"today": TODAY, "period": period, "readers": READERS})
        for account, owner_key in cursor.fetchall():
            cursor.execute(
                "INSERT INTO subscriber (email, password_hash) VALUES (%s, '') "
                "RETURNING subscriber_id",
                (f"{account}@example.com",),
            )
            (subscriber,) = cursor.fetchone()
            cursor.execute(
                "INSERT INTO subscriber_account VALUES (%s, %s, %s, %s)",
                (subscriber, account, owner_key, TODAY),
            )
            token = secrets.token_urlsafe(32)
            cursor.execute(
                "INSERT INTO login_session VALUES (%s, %s, %s, %s, %s)",
                (sha256(token.encode()).digest(), subscriber, account, now, now),
            )
            session = {"created": int(time.time()), "session": {"sid": token, "csrf": "c" * 32}}
            made.append((account, fernet.encrypt(json.dumps(session).encode()).decode()))
    return made


async def _read(
    http: aiohttp.ClientSession, path: str, cookie: str, mark: bytes, times: list[float]
) -> None:
    started = time.perf_counter()
    address = f"http://127.0.0.1:{PORT}{path}"
    async with http.get(address, headers={"Cookie": f"lkcap={cookie}"}) as answer:
        body = await answer.read()
        assert answer.status == 200, (path, answer.status)
        assert mark in body, path
    times.append(time.perf_counter() - started)


async def _round(
    readers: Sequence[Reader], months: Sequence[Month], site: int, documents: int
) -> Round:
    done, until = Round(), time.perf_counter() + SECONDS
    before = spent_by_children(site)

    async def read_pages(http: aiohttp.ClientSession) -> None:
        while time.perf_counter() < until:
            account, cookie = random.choice(readers)
            path = f"/statement?account={account}"
            await _read(http, path, cookie, b'id="statement"', done.pages)

    async def read_documents(http: aiohttp.ClientSession) -> None:
        while time.perf_counter() < until:
            account, cookie = random.choice(readers)
            path = f"/receipts/{random.choice(months)}.pdf?account={account}"
            await _read(http, path, cookie, b"%PDF", done.documents)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        pages = (read_pages(http) for _ in range(CONNECTIONS))
        await asyncio.gather(*pages, *(read_documents(http) for _ in range(documents)))
    done.workers = spent_by_children(site) - before
    return done


async def _rounds(
    readers: Sequence[Reader], months: Sequence[Month], site: int, rounds: int
) -> list[tuple[Round, Round]]:
    await _round(readers, months, site, DOCUMENTS)
    return [
        (
            await _round(readers, months, site, 0),
            await _round(readers, months, site, DOCUMENTS),
        )
        for _ in range(rounds)
    ]


def measure(config: Config, months: Sequence[Month], rounds: int) -> None:
    """Prints the quiet and the loaded page, and their ratio; the months' receipts are issued."""
    url = config.database_url.get_secret_value()
    readers = log_in(url, min(months))
    os.sched_setaffinity(0, {1})
    with _site(url) as site:
        pairs = asyncio.run(_rounds(readers, months, site, rounds))
    print(  # noqa: T201
        f"GET /statement, {CONNECTIONS} connections, {rounds} rounds of {SECONDS:g} s by turns"
    )
    _print("quiet", [quiet for quiet, _ in pairs])
    _print("loaded", [loaded for _, loaded in pairs])
    ratios = [loaded.page(0.99) / quiet.page(0.99) for quiet, loaded in pairs]
    print(  # noqa: T201
        f"  p99 loaded / quiet {statistics.median(ratios):.2f} "
        f"({min(ratios):.2f}–{max(ratios):.2f})"
    )


def _print(name: str, rounds: Sequence[Round]) -> None:
    seconds = SECONDS * len(rounds)
    half, last = ([one.page(part) for one in rounds] for part in (0.5, 0.99))
    print(  # noqa: T201
        f"  {name:7} {sum(len(one.pages) for one in rounds) / seconds:6,.0f} pages/s   "
        f"p50 {statistics.median(half):5.1f} ms   "
        f"p99 {statistics.median(last):5.1f} ms ({min(last):.1f}–{max(last):.1f})   "
        f"documents {sum(len(one.documents) for one in rounds) / seconds:5,.0f}/s, "
        f"workers' CPU {sum(one.workers for one in rounds) / seconds:.0%} of a core"
    )
