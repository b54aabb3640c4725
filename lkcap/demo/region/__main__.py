"""`python -m lkcap.demo.region FOLDER --accounts 1000000`: a region for load tests."""

import sys
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from lkcap.demo.region import ShortHistory, write_package
from lkcap.ledger.due import DueDays


def main() -> int:
    """Exit 0; 1 when the history would be too short."""
    parser = ArgumentParser(prog="python -m lkcap.demo.region", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--accounts", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat, required=True)
    parser.add_argument("--months", type=int, help="length of the history; default: from 2014-09")
    parser.add_argument("--due-day", type=DueDays.parse, default="2014-09:10,2026-03:15")
    parser.add_argument("--gzip", action="store_true", help="write *.csv.gz")
    args = parser.parse_args()
    started = time.monotonic()
    try:
        summary = write_package(
            args.folder,
            accounts=args.accounts,
            seed=args.seed,
            today=args.today,
            due_days=args.due_day,
            progress=_Progress(args.accounts),
            months=args.months,
            gzipped=args.gzip,
        )
    except ShortHistory as error:
        sys.stderr.write(f"{error}\n")
        return 1
    seconds = time.monotonic() - started
    sys.stdout.write(
        f"домов {summary.houses}, счетов {summary.accounts}, операций {summary.entries}: "
        f"{seconds:.1f} с, {summary.entries / seconds:.0f} операций/с\n"
    )
    return 0


class _Progress:
    """A plain line each time another twentieth is done."""

    def __init__(self, total: int) -> None:
        self._step = max(10_000, total // 20)
        self._next = self._step

    def __call__(self, written: int) -> None:
        if written >= self._next:
            sys.stderr.write(f"счетов {written}\n")
            self._next = written + self._step


if __name__ == "__main__":
    sys.exit(main())
