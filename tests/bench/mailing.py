"""A month's receipts by mail: from subscriptions to a relay's 250, and what our process holds.

    python -m tests.bench.mailing --accounts 1000 [--only-queue] [--drawn]

Receipts are chosen, issued and queued as `mail-receipts` does it. Sent are ready-made papers of
50 KB: what drawing one costs is measured by tests/bench/papers.py, and `--drawn` has them drawn.
"""

import argparse
import asyncio
import os
import resource
import sys
import time

from lkcap.config import Config
from lkcap.kit.batch import batch
from lkcap.kit.db import Database
from lkcap.kit.month import Month
from lkcap.kit.sql import Query
from lkcap.kit.workers import Workers
from lkcap.mail.background import relays
from lkcap.mail.command import CONNECTIONS, LANES
from lkcap.mail.compose import Carried, Composer, Preparing, Queued
from lkcap.mail.message import Attachment
from lkcap.mail.sender import Sender
from lkcap.mailing.choosing import choose
from lkcap.mailing.model import RECEIPT
from lkcap.mailing.preparing import preparing
from lkcap.paper.fonts import prepared
from tests.bench.letters import PAPER, running

# A house of a hundred flats; each with an owner, a login, a year of contributions.
FILL = """
INSERT INTO load (kind, format, source, sha256, size_bytes, today)
VALUES ('entries', '', 'bench', '', 0, '2026-11-22');
INSERT INTO service (name) VALUES ('Взнос на капитальный ремонт');
INSERT INTO house (code, address, load_id)
SELECT 'H' || n, 'г. Северореченск, ул. Кедровая, д. ' || n, 1
  FROM generate_series(0, %(accounts)s / 100) n;
INSERT INTO premises (house_id, number, kind)
SELECT 1 + n / 100, n %% 100, 'living' FROM generate_series(0, %(accounts)s - 1) n;
INSERT INTO account (number, house_id)
SELECT 86000000000 + n, 1 + n / 100 FROM generate_series(0, %(accounts)s - 1) n;
INSERT INTO account_state (account_id, valid_from, premises_id, area, share_numerator,
                           share_denominator, owner_kind, last_name, load_id, owner_key)
SELECT n, '2014-09-01', n, 51.4, 1, 1, 'person', 'Примеров', 1, 'k' || n
  FROM generate_series(1, %(accounts)s) n;
INSERT INTO entry (account_id, kind, period, service_id, op, amount, posted_on, load_id, entry_id)
SELECT n, 'principal', CAST('2025-11-01' AS date) + m * interval '1 month', 1, 'charge', 87997,
       '2026-10-20', 1, n || '-' || m
  FROM generate_series(1, %(accounts)s) n, generate_series(0, 11) m;
INSERT INTO subscriber (email, email_confirmed_at, password_hash)
SELECT 'a' || n || '@d' || n %% 40 || '.ru', now(), '' FROM generate_series(1, %(accounts)s) n;
INSERT INTO subscriber_account SELECT n, n, 'k' || n, '2026-01-01'
  FROM generate_series(1, %(accounts)s) n;
INSERT INTO receipt_subscription SELECT n, n, now() FROM generate_series(1, %(accounts)s) n
"""


def fill(url: str, accounts: int) -> None:
    with batch(url) as transaction:
        for number, statement in enumerate(FILL.split(";")):
            needed = frozenset({"accounts"} if "%(" in statement else ())
            query = Query(f"bench/fill-{number}", statement, needed)
            transaction.run(query, **dict.fromkeys(needed, accounts))
    with batch(url) as transaction:
        for table in ("account", "account_state", "entry", "receipt_subscription", "subscriber"):
            transaction.analyze(table)


async def ready(_: Queued) -> Carried:
    facts = {
        "period": Month(2026, 10).first_day, "total": 0, "advance": 0, "can_pay": False,
        "account": "1", "address": "г. Северореченск", "paid_until": Month(2026, 10).last_day,
        "unsubscribe": "http://127.0.0.1/unsubscribe/x",
    }  # fmt: skip
    return Carried(facts, [Attachment("receipt.pdf", "application/pdf", PAPER)])


async def measure(config: Config, accounts: int, *, only_queue: bool, is_drawn: bool) -> None:
    database = Database(config.database_url.get_secret_value(), size=CONNECTIONS)
    workers = Workers(os.cpu_count() or 1, 2 * LANES, 60, prepared)
    try:
        begun = time.perf_counter()
        chosen = await choose(database, config, Month(2026, 10), None, lambda _: True, is_dry=False)
        _tell("queued", chosen.queued, begun)
        if only_queue:
            return
        made: Preparing = preparing(database, config, workers) if is_drawn else {RECEIPT: ready}
        begun = time.perf_counter()
        sender = Sender(database, Composer(config, made), relays(config), None, LANES)
        _tell("sent", (await sender.run()).sent, begun)
    finally:
        await workers.close()
        await database.close()


def _tell(what: str, count: int, begun: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = count / (time.perf_counter() - begun)
    sys.stdout.write(f"{what} {count}: {rate:.0f}/s, at most {peak:.0f} MB\n")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=1000)
    parser.add_argument("--only-queue", action="store_true")
    parser.add_argument("--drawn", action="store_true", help="papers as readers get them")
    parser.add_argument("--port", type=int, default=8126)
    args = parser.parse_args()
    with running(args.port) as config:
        fill(config.database_url.get_secret_value(), args.accounts)
        how = {"only_queue": args.only_queue, "is_drawn": args.drawn}
        asyncio.run(measure(config, args.accounts, **how))


if __name__ == "__main__":
    main()
