"""Receipts: one by one beside typst and reportlab, a month of a whole fund, pages meanwhile.

    python -m tests.bench.papers [--accounts 5700] [--rounds 4]

Needs `pip install -e '.[demo,test,bench]'`. A region is written and loaded first; then one table:
speeds by turns, medians, ratios pair by pair. PostgreSQL and the readers are on core 1, what is
measured is on core 0. Single receipts are counted by the processor's time, not the wall's.
"""

import argparse
import asyncio
import os
import tempfile
from fractions import Fraction
from pathlib import Path

from lkcap.config import DUE_DAYS, Config
from lkcap.demo import postgres
from lkcap.demo.fund import FUND
from lkcap.demo.region import write_package
from lkcap.exchange.loads import load
from lkcap.exchange.sources import PACKAGE, open_source
from lkcap.kit.db import Database
from lkcap.kit.month import Month
from lkcap.migrations import migrate
from lkcap.receipts.model import Receipt
from lkcap.receipts.service import issue
from tests.bench import massrun, singles, underload
from tests.conftest import TODAY, settings

SINGLES = 200
LAST = Month(2026, 10)  # the last closed month of TODAY


def fill(folder: Path, url: str, accounts: int) -> Config:
    """A region with all its years, through the importer."""
    config = Config(**settings(url, fund=FUND))
    migrate(config)
    write_package(folder, accounts=accounts, seed=1, today=TODAY, due_days=DUE_DAYS)
    load(url, open_source(PACKAGE, folder), today=TODAY, max_bad=Fraction(0))
    return config


async def some(config: Config, accounts: list[int]) -> list[Receipt]:
    database = Database(config.database_url.get_secret_value(), size=1)
    try:
        return list((await issue(database, config, accounts, LAST)).values())
    finally:
        await database.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=5700)
    parser.add_argument("--rounds", type=int, default=4)
    args = parser.parse_args()
    os.sched_setaffinity(0, {1})
    with tempfile.TemporaryDirectory(prefix="lkcap-papers-") as home:
        folder = Path(home)
        with postgres.running(folder / "postgres", options={"shared_buffers": "512MB"}) as server:
            os.sched_setaffinity(0, {0})
            config = fill(folder / "region", server.url, args.accounts)
            drawn = asyncio.run(some(config, list(range(1, SINGLES + 21))))
            singles.compare(drawn[:SINGLES], folder, args.rounds)
            accounts = list(range(1, args.accounts + 1))
            months = [LAST + -back for back in (1, 2)]
            massrun.report(massrun.mass_run(server, config, accounts, months))
            underload.measure(config, months, args.rounds)


if __name__ == "__main__":
    main()
