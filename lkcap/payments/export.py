"""`export payments`: every payment the cabinet knows, as CSV for accountants (contract §6.9).

Rows of registries are there too, their `order` empty: the file is of payments, not of orders, and
its sum must be what the ledger holds of them.
"""

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lkcap.config import DataConfig
from lkcap.kit.batch import batch
from lkcap.kit.errors import Refused
from lkcap.kit.money import roubles_plain
from lkcap.kit.sql import query
from lkcap.statement.files import harmless

LIST_EXPORT = query("payments/list_export")

HEADER = (
    "order", "account", "paid_at", "principal", "penalty", "fee", "bank", "trx_id", "rrn",
    "auth_code", "status", "reconciled_on",
)  # fmt: skip
BYTES_AT_ONCE = 1 << 16


def day(text: str) -> date:
    """`2026-11-22` or `22.11.2026`, as in files."""
    try:
        year, month, number = text.split("-") if "-" in text else text.split(".")[::-1]
        return date(int(year), int(month), int(number))
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"не дата вида 2026-11-22 или 22.11.2026: {text}"
        ) from error


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ЧТО", required=True)
    what = "Платежи за дни по времени банка: CSV для бухгалтерии"
    payments = actions.add_parser("payments", help=what, description=what)
    payments.add_argument("--since", type=day, required=True, help="первый день")
    payments.add_argument("--until", type=day, required=True, help="последний день, включительно")
    payments.add_argument(
        "-o", dest="file", type=Path, help="куда записать; без него на стандартный вывод"
    )


def run(args: argparse.Namespace) -> int:
    config = DataConfig.load()
    if args.until < args.since:
        raise Refused(f"последний день {args.until} раньше первого {args.since}")
    zone = config.timezone
    span = {
        "since": datetime.combine(args.since, time(), zone),
        "before": datetime.combine(args.until + timedelta(days=1), time(), zone),
    }
    with batch(config.database_url.get_secret_value()) as transaction:
        text = to_csv(transaction.stream(LIST_EXPORT, **span), zone)
        if args.file is None:
            sys.stdout.buffer.writelines(text)
            sys.stdout.buffer.flush()
        else:
            _write(args.file, text)
    return 0


def _write(path: Path, text: Iterable[bytes]) -> None:
    """A file that is there is whole."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            file.writelines(text)
        unfinished.replace(path)
    except OSError as error:
        raise Refused(f"не записать {path}: {error.strerror}") from error


def to_csv(rows: Iterable[Sequence[Any]], zone: ZoneInfo) -> Iterator[bytes]:
    """UTF-8 with BOM, `;`, CRLF, decimal comma; times in `zone` with their offset."""
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in rows:
        writer.writerow(_cells(row, zone))
        if out.tell() > BYTES_AT_ONCE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _cells(row: Sequence[Any], zone: ZoneInfo) -> list[str]:
    order, account, paid_at, principal, penalty, fee, *texts, status, reconciled_at = row
    return [
        order or "",
        harmless(account or ""),
        paid_at.astimezone(zone).isoformat(timespec="seconds"),
        roubles_plain(principal),
        roubles_plain(penalty),
        "" if fee is None else roubles_plain(fee),
        *(harmless(text or "") for text in texts),
        status,
        reconciled_at.astimezone(zone).date().isoformat() if reconciled_at else "",
    ]
