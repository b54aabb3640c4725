"""`import`: what a person at the terminal, or cron's log, is told of a load."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
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
from lkcap.exchange.report import Problem, Report
from lkcap.exchange.sources import KINDS, PACKAGE, open_source
from lkcap.kit.money import roubles_plain

DONE, REFUSED, SET_ASIDE = 0, 1, 3
LINE_SECONDS = 30


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
    parser.add_argument("kind", choices=[*KINDS, PACKAGE], help="что в файле")
    parser.add_argument("path", type=Path, help="файл .csv или .csv.gz; для package папка или zip")
    parser.add_argument("--format", default="", help="чужой формат: reformagkh для houses")
    parser.add_argument("--dry-run", action="store_true", help="только проверить и рассказать")
    parser.add_argument(
        "--max-bad",
        type=share_of_rows,
        default="1%",
        help="сколько строк можно отложить; больше — не войдёт ничего",
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
    formats = KINDS[args.kind].formats if args.kind in KINDS else {}
    if args.format and args.format not in formats:
        known = ", ".join(formats) or "только свой"
        sys.stderr.write(f"Для {args.kind} нет формата {args.format}; бывает: {known}\n")
        return 2
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
        _print(refused.report, sys.stderr.write)
        sys.stderr.write(
            f"Ничего не загружено: отложено строк {refused.report.aside} "
            f"из {refused.report.rows}, это больше, чем разрешает --max-bad.\n"
        )
        return REFUSED
    _print(report, sys.stdout.write)
    if args.dry_run:
        sys.stdout.write("Это была проверка: ничего не изменено.\n")
    return DONE if report.is_clean else SET_ASIDE


def _print(report: Report, write: Callable[[str], object]) -> None:
    for notice in report.notices:
        write(f"{notice}\n")
    for file in report.files:
        if file.ignored:
            write(f"{file.name}: столбцы не нужны и пропущены: {', '.join(file.ignored)}\n")
        write(
            f"{file.name}: строк {file.rows}, новых или изменённых {file.new}, "
            f"без изменений {file.same}, отложено {file.aside}\n"
        )
    for problem in report.problems:
        write(f"{_told(problem)}\n")
    if report.aside > len(report.problems):
        write(f"…и ещё {report.aside - len(report.problems)}; все они в журнале загрузок\n")
    for account, period, kind, theirs, ours in report.differences:
        write(
            f"остаток не сходится: {account} {period} {kind}: "
            f"в файле {roubles_plain(theirs)}, у нас {roubles_plain(ours)}\n"
        )
    if report.differ > len(report.differences):
        write(f"…и ещё остатков: {report.differ - len(report.differences)}\n")


def _told(problem: Problem) -> str:
    column = f"{problem.field}: " if problem.field else ""
    return f"{problem.file}, строка {problem.line}: {column}{problem.reason}"
