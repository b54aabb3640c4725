"""How many log in a second beside bare Argon2, and what readers feel meanwhile.

    python -m tests.bench.logins [--rounds 5]

The site runs as it is, on all cores, with PostgreSQL and the readers beside it. Each round measures
Argon2 alone (as many threads as the site has for it), logins through the site, pages while nobody
logs in, and pages while the logins go on; rounds take turns, so that the ratios hold when the
machine's speed drifts.
"""

import argparse
import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from argon2 import PasswordHasher

from lkcap.app import make_app
from lkcap.auth.passwords import THREADS
from lkcap.config import Config
from lkcap.demo import postgres
from lkcap.kit import logs
from lkcap.migrations import migrate
from lkcap.site import run
from tests.browserless import Page
from tests.conftest import PASSWORD, TODAY, settings
from tests.factory import Books

PORT = 8105
SITE = f"http://127.0.0.1:{PORT}"
PEOPLE = 32
LOGINS = 8  # browsers that log in, one login after another
READERS = 8
SECONDS = 4.0


@dataclass(slots=True)
class Round:
    """Argon2 alone and logins, a second; seconds of every page, quiet and meanwhile."""

    bare: float
    logins: float
    quiet: list[float] = field(default_factory=list)
    meanwhile: list[float] = field(default_factory=list)

    @property
    def slowed(self) -> float:
        return p99(self.meanwhile) / p99(self.quiet)


def p99(times: list[float]) -> float:
    return sorted(times)[len(times) * 99 // 100]


def serve(url: str) -> None:
    """The site as it is; limits that one machine would reach at once are raised."""
    config = Config(**settings(url, port=PORT, limits={"login": "1000000/15m"}))
    logs.setup()
    asyncio.run(run(make_app(config), config))


def prepare(url: str, folder: Path) -> str:
    """People with an account each, and one password that costs what it costs. Its hash."""
    migrate(Config(**settings(url)))
    books, hashed = Books(url, folder, TODAY, PASSWORD), PasswordHasher().hash(PASSWORD)
    books.house()
    for n in range(PEOPLE):
        books.account(number(n), premises=str(n), els=f"99ЯЯ{n:06}")
    books.load()
    for n in range(PEOPLE):
        books.subscriber(f"{n}@example.com", number(n))
    books.rows("UPDATE subscriber SET password_hash = %s", hashed)
    return hashed


def number(n: int) -> str:
    return f"8600000{n:04}"


def bare(hashed: str) -> float:
    """Verifications a second of Argon2 alone, in as many threads as the site has."""
    until, hasher = time.perf_counter() + SECONDS, PasswordHasher()

    def verify() -> int:
        done = 0
        while time.perf_counter() < until:
            hasher.verify(hashed, PASSWORD)
            done += 1
        return done

    with ThreadPoolExecutor(THREADS) as threads:
        done = sum(one.result() for one in [threads.submit(verify) for _ in range(THREADS)])
    return done / SECONDS


async def _token(http: aiohttp.ClientSession) -> str:
    async with http.get(f"{SITE}/") as answer:
        return Page(await answer.text()).csrf[0]


async def _log_in(http: aiohttp.ClientSession, login: str) -> None:
    form = {"csrf": await _token(http), "login": login, "password": PASSWORD}
    async with http.post(f"{SITE}/login", data=form, allow_redirects=False) as answer:
        assert answer.status == 303, answer.status


async def log_in_for(seconds: float) -> float:
    """Logins a second; each browser is new to the site."""
    until, done = time.perf_counter() + seconds, 0

    async def come() -> None:
        nonlocal done
        while time.perf_counter() < until:
            jar = aiohttp.CookieJar(unsafe=True)
            async with aiohttp.ClientSession(cookie_jar=jar) as http:
                await _log_in(http, f"{random.randrange(PEOPLE)}@example.com")
            done += 1

    started = time.perf_counter()
    await asyncio.gather(*(come() for _ in range(LOGINS)))
    return done / (time.perf_counter() - started)


async def read_for(seconds: float, readers: list[aiohttp.ClientSession]) -> list[float]:
    times: list[float] = []
    until = time.perf_counter() + seconds

    async def read(http: aiohttp.ClientSession) -> None:
        while time.perf_counter() < until:
            started = time.perf_counter()
            async with http.get(f"{SITE}/statement", allow_redirects=False) as answer:
                await answer.read()
                assert answer.status == 200, answer.status
            times.append(time.perf_counter() - started)

    await asyncio.gather(*map(read, readers))
    return times


async def measure(hashed: str, rounds: int) -> list[Round]:
    readers = [
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) for _ in range(READERS)
    ]
    for n, http in enumerate(readers):
        await _log_in(http, number(n))
    await read_for(1, readers)
    done = []
    for _ in range(rounds):
        one = Round(await asyncio.to_thread(bare, hashed), await log_in_for(SECONDS))
        one.quiet = await read_for(SECONDS, readers)
        one.meanwhile, _ = await asyncio.gather(read_for(SECONDS, readers), log_in_for(SECONDS))
        done.append(one)
    for http in readers:
        await http.close()
    return done


def report(rounds: list[Round]) -> None:
    shares = [one.logins / one.bare for one in rounds]
    slowed = [one.slowed for one in rounds]
    for line in (
        f"{len(rounds)} rounds of {SECONDS:g} s, {os.cpu_count()} cores, {THREADS} Argon2 threads",
        f"Argon2 alone  {statistics.median(one.bare for one in rounds):6.1f} a second",
        f"logins        {statistics.median(one.logins for one in rounds):6.1f} a second, "
        f"{statistics.median(shares):.2f} of it ({min(shares):.2f}–{max(shares):.2f})",
        f"page p99      {statistics.median(p99(one.quiet) for one in rounds) * 1e3:6.1f} ms quiet, "
        f"{statistics.median(p99(one.meanwhile) for one in rounds) * 1e3:.1f} ms meanwhile: "
        f"{statistics.median(slowed):.2f} times ({min(slowed):.2f}–{max(slowed):.2f})",
    ):
        print(line)  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "files").mkdir()
        with postgres.running(folder / "postgres") as server:
            hashed = prepare(server.url, folder / "files")
            code = f"from tests.bench.logins import serve; serve({server.url!r})"
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            with subprocess.Popen([sys.executable, "-c", code], **quiet) as site:
                try:
                    wait()
                    report(asyncio.run(measure(hashed, rounds)))
                finally:
                    site.terminate()


def wait() -> None:
    """Until the site listens."""
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", PORT), 1):
            return
        time.sleep(0.1)
    raise TimeoutError


if __name__ == "__main__":
    main()
