"""`import`: what a person at the terminal, or cron's log, is told of a load."""

import argparse
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from lkcap.config import DataConfig
from lkcap.exchange.loads import LoadRefused, load
from lkcap.exchange.payments import PAYMENTS, load_payments
from lkcap.exchange.printing import print_report
from lkcap.exchange.registries.model import BadRegistry
from lkcap.exchange.registries.reading import FORMATS
from lkcap.exchange.report import Report
from lkcap.exchange.sources import KINDS, PACKAGE, open_source

DONE, REFUSED, USAGE, SET_ASIDE = 0, 1, 2, 3
LINE_SECONDS = 30
FORMAT_HELP = f"чей формат: reformagkh для houses; для payments {', '.join(FORMATS)}"


def share_of_rows(text: str) -> Fraction:
    """`1%` or `0.01`."""
    try:
        number = text.removesuffix("%").replace(",", ".")
        share = Fraction(number) / (100 if text.endswith("%") else 1)
    except (ValueError, ZeroDivisionError) as error:
        raise argparse.ArgumentTypeError(f"не доля строк: {text}; нужно, например, 1%") from error
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"доля строк бывает от 0% до 100%: {text}")
    return share


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=[*KINDS, PAYMENTS, PACKAGE], help="что в файле")
    parser.add_argument("path", type=Path, help="файл .csv или .csv.gz; для package папка или zip")
    parser.add_argument("--format", default="", help=FORMAT_HELP)
    parser.add_argument("--dry-run", action="store_true", help="только проверить и рассказать")
    parser.add_argument(
        "--max-bad",
        type=share_of_rows,
        default="1%",
        help="сколько строк можно отложить; больше — не войдёт ничего",
    )
    parser.add_argument(
        "--same-total",
        action="store_true",
        help="для payments: итог как у загруженного реестра, а файл другой; их сравнили",
    )


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, a line every half a minute in a log."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _progress_lines(total)
        return
    with Progress(
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(),
        TimeRemainingColumn(), console=console, transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task("Загрузка", total=total)
        yield lambda done: bar.update(task, completed=done)


def _progress_lines(total: int) -> Callable[[int], None]:
    told_at = time.monotonic()

    def progress(done: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= LINE_SECONDS:
            told_at = time.monotonic()
            sys.stderr.write(f"прочитано {done >> 20} МБ из {total >> 20}\n")

    return progress


def run(args: argparse.Namespace) -> int:
    config = DataConfig.load()
    formats = _formats(args.kind)
    if args.format not in formats:
        known = ", ".join(filter(None, formats)) or "только свой"
        asked = f"нет формата {args.format}" if args.format else "формат надо назвать в --format"
        sys.stderr.write(f"Для {args.kind} {asked}; бывает: {known}\n")
        return USAGE
    if args.kind == PAYMENTS:
        return _run_payments(args, config)
    source = open_source(args.kind, args.path, args.format)
    try:
        with progress_bar(source.size) as progress:
            report = load(
                config.database_url.get_secret_value(),
                source,
                today=config.clock.today(),
                max_bad=args.max_bad,
                dry_run=args.dry_run,
                progress=progress,
            )
    except LoadRefused as refused:
        print_report(refused.report, sys.stderr.write)
        sys.stderr.write(
            f"Ничего не загружено: отложено строк {refused.report.aside} "
            f"из {refused.report.rows}, это больше, чем разрешает --max-bad.\n"
        )
        return REFUSED
    return _told(report, is_trial=args.dry_run)


def _formats(kind: str) -> Collection[str]:
    """What may stand in --format; nothing is our own one."""
    if kind == PAYMENTS:
        return FORMATS
    return ["", *(KINDS[kind].formats if kind in KINDS else ())]


def _run_payments(args: argparse.Namespace, config: DataConfig) -> int:
    """A registry is booked whole or refused whole, whatever --max-bad says."""
    url = config.database_url.get_secret_value()
    try:
        report = load_payments(
            url,
            args.path,
            args.format,
            clock=config.clock,
            dry_run=args.dry_run,
            may_repeat_total=args.same_total,
        )
    except BadRegistry as refused:
        for fault in refused.faults:
            sys.stderr.write(f"{args.path.name}, {fault}\n")
        if refused.count > len(refused.faults):
            sys.stderr.write(f"…и ещё ошибок: {refused.count - len(refused.faults)}\n")
        sys.stderr.write(f"Реестр не принят целиком: ошибок {refused.count}.\n")
        return REFUSED
    return _told(report, is_trial=args.dry_run)


def _told(report: Report, *, is_trial: bool) -> int:
    print_report(report, sys.stdout.write)
    if is_trial:
        sys.stdout.write("Это была проверка: ничего не изменено.\n")
    return DONE if report.is_clean else SET_ASIDE
