"""A bank's register calls, booked durably, against pgbench that sends the same statements.

    python -m tests.bench.webhooks [--pairs 7] [--calls 2000] [--clients 8] [--readers 4]

PostgreSQL is on core 1; on core 0 are `serve` and the bank, or pgbench. They take turns: each
books as many payments, with as many clients, in the same database. Then pages, quiet and while
the bank calls. What was booked is counted at the end.
"""

import argparse
import asyncio
import logging
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import structlog
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from lkcap.app import make_app
from lkcap.config import Config
from lkcap.demo import postgres
from lkcap.migrations import migrate
from tests.bench.caller import ask, get
from tests.bench.ledger import fill
from tests.bench.pages import cookies
from tests.bench.recorded import pgbench, recording, script
from tests.bench.site import serving
from tests.bench.till import Till
from tests.conftest import settings

SITE_CORES, POSTGRES_CORES = {0}, {1}
PORT = 8105
SITE = f"http://127.0.0.1:{PORT}"
QUIET_SECONDS = 3.0
BOOKED, STATEMENT = b"<code>1</code>", b'id="statement"'
OPTIONS = {"shared_buffers": "1GB", "max_wal_size": "4GB"}

Timed = tuple[float, list[float]]  # how many a second, seconds of each


@dataclass(slots=True)
class Figures:
    """A value a round."""

    by_pgbench: list[Timed] = field(default_factory=list)
    by_site: list[Timed] = field(default_factory=list)
    quiet: list[Timed] = field(default_factory=list)
    loaded: list[Timed] = field(default_factory=list)


async def recorded(values: dict[str, object], till: Till, accounts: int) -> str:
    """One call to a site in this process: what it sends to the database, for pgbench."""
    warm, number = till.take(2)
    async with TestServer(make_app(Config(**values))) as server:
        # the connection is made before anything is noted
        await ask(server.port, [till.call(warm)], BOOKED)
        with recording() as messages:
            await ask(server.port, [till.call(number)], BOOKED)
    with closing(psycopg2.connect(till.url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT payment_id, account_id FROM payment ORDER BY 1 DESC LIMIT 1")
        payment_id, account = map(str, cursor.fetchone())
    variables = {"n": str(number), "account": account, "payment_id": payment_id}
    return (
        f"\\set n :first + :client_id * :each + :i\n\\set account 1 + :n % {accounts}\n"
        f"{script(messages, variables, 'payment_id')}\n\\set i :i + 1\n"
    )


async def timed(asking: Sequence[asyncio.Future[list[float]]]) -> Timed:
    started = time.perf_counter()
    times = [seconds for mine in await asyncio.gather(*asking) for seconds in mine]
    return len(times) / (time.perf_counter() - started), times


async def book(calls: Sequence[Sequence[bytes]]) -> Timed:
    return await timed([asyncio.ensure_future(ask(PORT, mine, BOOKED)) for mine in calls])


async def read(pages: Sequence[bytes], readers: int, is_over: Callable[[], bool]) -> Timed:
    def chosen() -> Iterator[bytes]:
        while not is_over():
            yield random.choice(pages)

    return await timed(
        [asyncio.ensure_future(ask(PORT, chosen(), STATEMENT)) for _ in range(readers)]
    )


async def one_round(
    args: argparse.Namespace, till: Till, file: Path, pages: Sequence[bytes], figures: Figures
) -> None:
    each = args.calls // args.clients
    calls, more = (till.calls(each * args.clients, args.clients) for _ in range(2))
    first = till.take(each * args.clients)[0]
    variables = {"first": first, "each": each, "i": 0}
    figures.by_pgbench.append(pgbench(args.pgbench, file, till.url, args.clients, each, variables))
    figures.by_site.append(await book(calls))
    until = time.perf_counter() + QUIET_SECONDS
    figures.quiet.append(await read(pages, args.readers, lambda: time.perf_counter() > until))
    booking = asyncio.ensure_future(book(more))
    figures.loaded.append(await read(pages, args.readers, booking.done))
    await booking
    ours, theirs = figures.by_site[-1][0], figures.by_pgbench[-1][0]
    sys.stderr.write(f"  pgbench {theirs:,.0f}/s, site {ours:,.0f}/s: {ours / theirs:.2f}\n")


async def measure(args: argparse.Namespace, till: Till, folder: Path) -> Figures:
    migrate(Config(**settings(till.url)))
    fill(till.url, args.accounts, args.months)
    pages = [
        get(f"/statement?account={account}", Cookie=f"lkcap={cookie}")
        for account, cookie in cookies(till.url, args.accounts)
    ]
    # a round warms up, and two calls are for the record
    till.add_orders(args.accounts, 3 * args.calls * (args.pairs + 1) + 2)
    values = settings(till.url, port=PORT, public_url=SITE, gpb=till.terms(folder))
    file = folder / "booking.sql"
    file.write_text(await recorded(values, till, args.accounts))
    os.sched_setaffinity(0, SITE_CORES)
    figures = Figures()
    with serving(values, PORT):
        await one_round(args, till, file, pages, Figures())
        for _ in range(args.pairs):
            await one_round(args, till, file, pages, figures)
    till.check()
    return figures


def quantile(times: Sequence[float], part: float) -> float:
    """Milliseconds."""
    return sorted(times)[int(len(times) * part)] * 1e3


def spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def report(figures: Figures) -> None:
    for name, rounds in (
        ("pgbench", figures.by_pgbench),
        ("site", figures.by_site),
        ("pages, quiet", figures.quiet),
        ("pages, while the bank calls", figures.loaded),
    ):
        half, last = ([quantile(times, part) for _, times in rounds] for part in (0.5, 0.99))
        print(  # noqa: T201
            f"{name:28}{statistics.median(speed for speed, _ in rounds):6,.0f}/s   "
            f"p50 {statistics.median(half):6.1f} ms   p99 {statistics.median(last):6.1f} ms   "
            f"p99 / p50 {spread([b / a for a, b in zip(half, last, strict=True)])}"
        )
    pairs = zip(figures.by_site, figures.by_pgbench, strict=True)
    print(f"site / pgbench {spread([ours / theirs for (ours, _), (theirs, _) in pairs])}")  # noqa: T201
    pages = zip(figures.loaded, figures.quiet, strict=True)
    slower = [quantile(loaded, 0.99) / quantile(quiet, 0.99) for (_, loaded), (_, quiet) in pages]
    print(f"page p99 while the bank calls / quiet {spread(slower)}")  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=30_000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--readers", type=int, default=4)
    args = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    os.sched_setaffinity(0, POSTGRES_CORES)
    with (
        tempfile.TemporaryDirectory(prefix="lkcap-bench-") as home,
        postgres.running(Path(home) / "postgres", options=OPTIONS) as server,
    ):
        args.pgbench = server.bin_dir / "pgbench"
        if not args.pgbench.exists():
            sys.exit(f"pgbench is not in {server.bin_dir}: there is nothing to compare with")
        till = Till(server.url, SITE, generate_private_key(65537, 2048))
        report(asyncio.run(measure(args, till, Path(home))))


if __name__ == "__main__":
    main()
