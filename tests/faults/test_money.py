"""Nothing that a bank, a network or a crash does loses a kopeck or books it twice.

Payments go through two banks that misbehave at random, while registries and billing's entries of
them are loaded, orders expire, money is given back, the site and its commands are killed, and the
database loses its power. Then the banks' book and ours are compared, order by order.
LKCAP_TEST_PAYMENTS asks for more payments, LKCAP_TEST_SEED for another run.
"""

import os
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from lkcap.config import Config
from lkcap.demo.acquiring import bank_settings, merchant_settings
from lkcap.demo.bank import running
from lkcap.migrations import migrate
from tests.conftest import PASSWORD, TODAY, settings
from tests.factory import Books
from tests.faults.comparing import compare
from tests.faults.crashing import CrashingPostgres, crashing_postgres
from tests.faults.papers import Clerks
from tests.faults.serving import Commands, Serving, quiet_port
from tests.faults.town import Town
from tests.payments.cards import NOW
from tests.payments.conftest import FUND

PAYMENTS = int(os.environ.get("LKCAP_TEST_PAYMENTS", "2000"))
SEED = int(os.environ.get("LKCAP_TEST_SEED", "2026"))


@asynccontextmanager
async def a_town(postgres: CrashingPostgres, folder: Path) -> AsyncIterator[Town]:
    chance = random.Random(SEED)
    port = quiet_port()
    site = f"http://127.0.0.1:{port}"
    terms = replace(
        bank_settings(site, folder / "bank"),
        # patient enough for a site that is being started
        pauses=(0.05, 0.1, 0.3, 0.5, *[1.0] * 60),
        timeout=5,
        slow_card=0.01,
        browser_lead=0.3,
        now=lambda: NOW,
    )
    async with running(terms) as bank:
        merchant = merchant_settings(bank.url, site, folder / "bank") | {"fee": {}}
        values = settings(postgres.url, fund=FUND, public_url=site, port=port) | merchant
        config = Config(**values)
        migrate(config)
        (folder / "papers").mkdir()
        books = Books(postgres.url, folder / "papers", TODAY, PASSWORD)
        clerks = Clerks(folder / "papers", chance)
        town = Town(
            books,
            bank,
            config,
            postgres,
            Serving(values, folder / "serve.log"),
            Commands(values),
            clerks,
            chance,
        )
        await town.begin()
        try:
            yield town
        finally:
            await town.end()


@pytest.mark.parametrize("payments", [PAYMENTS])
async def test_the_banks_book_and_ours_are_one(payments: int, tmp_path: Path):
    with crashing_postgres() as postgres:
        async with a_town(postgres, tmp_path) as town:
            await town.live(payments)
            await town.settle()
            await compare(town)
            # seen with -s, for the run by hand
            sys.stdout.write(f"\n{town.report}\n")
            assert len(town.bank.book) >= payments
            assert town.serving.kills
            assert postgres.crashes
