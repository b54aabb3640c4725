"""A mass run: the receipts of one month, from the accounts in the database to bytes.

One process on one core, PostgreSQL on another. They take turns, for `issue` waits for its queries,
so "a core" is told in three ways: by the wall, by our processor's time, by the time of both.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from pydantic import TypeAdapter

from lkcap.config import Config
from lkcap.demo.postgres import Server
from lkcap.kit.db import Database
from lkcap.kit.month import Month
from lkcap.receipts import queries, service
from lkcap.receipts.sheet import render
from tests.bench.processes import spent, spent_by_children

BATCH = 300
_QUERIES = (
    "list_facts", "list_sums", "list_operations", "list_house_money", "list_latest", "add_receipts",
)  # fmt: skip


@dataclass(slots=True)
class Run:
    """Seconds of one run; `wall_of` and `ours_of` are its steps, our CPU's part of them apart."""

    month: Month
    receipts: int = 0
    size: int = 0
    wall: float = 0
    ours: float = 0
    postgres: float = 0
    wall_of: Counter[str] = field(default_factory=Counter)
    ours_of: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        wall, ours = time.perf_counter(), time.process_time()
        yield
        self.wall_of[name] += time.perf_counter() - wall
        self.ours_of[name] += time.process_time() - ours


def mass_run(
    server: Server, config: Config, accounts: Sequence[int], months: Sequence[Month]
) -> list[Run]:
    """Issue and draw the receipts of months that nobody has issued yet."""

    async def one_after_another() -> list[Run]:
        database = Database(config.database_url.get_secret_value(), size=1)
        async with database.connection():
            pass  # it is open now
        try:
            return [await _run(server, database, config, accounts, one) for one in months]
        finally:
            await database.close()

    return asyncio.run(one_after_another())


async def _run(
    server: Server, database: Database, config: Config, accounts: Sequence[int], month: Month
) -> Run:
    run = Run(month)
    ours, postgres, wall = time.process_time(), _spent_by(server), time.perf_counter()
    with _watched(run):
        for start in range(0, len(accounts), BATCH):
            batch = accounts[start : start + BATCH]
            issued = await service.issue(database, config, batch, month)
            with run.step("render"):
                run.size += sum(len(render(one)) for one in issued.values())
            run.receipts += len(issued)
    run.wall = time.perf_counter() - wall
    run.ours, run.postgres = time.process_time() - ours, _spent_by(server) - postgres
    return run


@contextmanager
def _watched(run: Run) -> Iterator[None]:
    """What `issue` does is timed step by step."""
    with ExitStack() as patches:
        for name in _QUERIES:
            query = _timed_query(run, name, getattr(queries, name))
            patches.enter_context(patch.object(queries, name, query))
        compose = _timed(run, "compose", service.compose)
        patches.enter_context(patch.object(service, "compose", compose))
        dump = _timed(run, "JSON", TypeAdapter.dump_json)
        patches.enter_context(patch.object(TypeAdapter, "dump_json", dump))
        yield


def _timed_query(run: Run, name: str, query: Callable[..., Any]) -> Callable[..., Any]:
    async def timed(*args: object) -> Any:
        with run.step(name):
            return await query(*args)

    return timed


def _timed(run: Run, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*args: object) -> Any:
        with run.step(name):
            return function(*args)

    return timed


def _spent_by(server: Server) -> float:
    """CPU seconds of PostgreSQL's processes so far."""
    postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
    return spent(postmaster, with_ended=True) + spent_by_children(postmaster)


def report(runs: Sequence[Run]) -> None:
    print(  # noqa: T201
        f"Mass run: one month in batches of {BATCH}, one process on one core, PostgreSQL on another"
    )
    for run in runs:
        count, both = run.receipts, run.ours + run.postgres
        print(  # noqa: T201
            f"  {run.month}: {count:,} receipts of {run.size / count:,.0f} bytes; "
            f"wall {run.wall:.1f} s = {count / run.wall:,.0f}/s; "
            f"our CPU {run.ours:.1f} s = {count / run.ours:,.0f}/s; "
            f"with PostgreSQL's {run.postgres:.1f} s = {count / both:,.0f}/s"
        )
        _print_steps(run)


def _print_steps(run: Run) -> None:
    # JSON is made while its INSERT is timed
    for steps in (run.wall_of, run.ours_of):
        steps["add_receipts"] -= steps["JSON"]
    micro = 1e6 / run.receipts
    told = [
        f"{name} {seconds * micro:,.0f} ({run.ours_of[name] * micro:,.0f})"
        for name, seconds in run.wall_of.most_common()
    ]
    rest = (run.wall - run.wall_of.total()) * micro
    print(  # noqa: T201
        f"    wall (our CPU), µs a receipt: {', '.join(told)}, the rest {rest:,.0f}"
    )
