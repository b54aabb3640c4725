"""The import of entries against a bare `\\copy` of the same file into the same indexed table.

    python -m tests.bench.imports [--accounts 3000] [--rounds 5]

They take turns, each into an empty table of a new database; rows a second, their ratio pair by
pair, and the import's peak memory.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import psycopg2

from lkcap.config import DUE_DAYS, Config
from lkcap.demo import postgres
from lkcap.demo.region import write_package
from lkcap.migrations import migrate
from tests.conftest import TODAY, settings

# What the file holds, typed as in the ledger, under the ledger's two great indexes.
BARE = """
CREATE TABLE bare (entry_id text, account text, period text, service text, kind debt_kind,
    op entry_op, amount text, posted_on date, for_period text, document text, bank_ref text,
    details text);
CREATE INDEX ON bare (account, kind, period, service, op) INCLUDE (amount);
CREATE UNIQUE INDEX ON bare (entry_id, account)
"""


def new_database(server: postgres.Server, name: str) -> str:
    url = server.url.replace("/lkcap?", f"/{name}?")
    with closing(psycopg2.connect(server.url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name}")
    migrate(Config(**settings(url)))
    return url


LOOK_SECONDS = 0.02


def timed(command: Sequence[str], **environment: str) -> tuple[float, int]:
    """Wall seconds of a whole process and its peak memory in KiB."""
    started, peak = time.perf_counter(), 0
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, _peak(process.pid))
        time.sleep(LOOK_SECONDS)
    assert process.returncode == 0, command
    return time.perf_counter() - started, peak


def _peak(pid: int) -> int:
    """KiB. Not what wait4 tells: that is never less than our own memory, which starts the child."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except ProcessLookupError:
        return 0
    # absent once it has ended
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) if found else 0


def bare(server: postgres.Server, file: Path) -> float:
    url = new_database(server, "bare")
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(BARE)
    copy = f"\\copy bare from '{file}' with (format csv, delimiter ';', header)"
    return timed([str(server.bin_dir / "psql"), "-q", url, "-c", copy])[0]


def ours(server: postgres.Server, folder: Path) -> tuple[float, int]:
    """The entries alone are timed; the registry they need is loaded before."""
    url = new_database(server, "ours")
    command = [sys.executable, "run.py", "import"]
    environment = {"LKCAP_DATABASE_URL": url, "LKCAP_TODAY": str(TODAY)}
    for kind in ("houses", "accounts"):
        timed([*command, kind, str(folder / f"{kind}.csv")], **environment)
    return timed([*command, "entries", str(folder / "entries.csv")], **environment)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lkcap-bench-") as home:
        folder = Path(home) / "region"
        region = write_package(
            folder, accounts=args.accounts, seed=1, today=date(2026, 11, 22), due_days=DUE_DAYS
        )
        ratios, peak = [], 0
        with postgres.running(Path(home) / "postgres") as server:
            for _ in range(args.rounds):
                theirs = bare(server, folder / "entries.csv")
                seconds, memory = ours(server, folder)
                ratios.append(theirs / seconds)
                peak = max(peak, memory)
                print(  # noqa: T201
                    f"bare {region.entries / theirs:9,.0f} rows/s   "
                    f"import {region.entries / seconds:9,.0f} rows/s   ratio {ratios[-1]:.2f}"
                )
        print(  # noqa: T201
            f"rows {region.entries:,}; ratio {statistics.median(ratios):.2f} "
            f"({min(ratios):.2f}–{max(ratios):.2f}); peak memory {peak / 1024:.0f} MB"
        )


if __name__ == "__main__":
    main()
