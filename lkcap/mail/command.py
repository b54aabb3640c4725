"""Sending by a command: the run, its progress, its report."""

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.mail import queries
from lkcap.mail.background import relays
from lkcap.mail.compose import Composer, Preparing
from lkcap.mail.pace import Paces
from lkcap.mail.queries import Waiting
from lkcap.mail.sender import Sender, Tally

# Letters at once: a relay takes its time over each.
LANES = 8
CONNECTIONS = 4
LINE_SECONDS = 30
LOOK_SECONDS = 0.5

DONE, FAILED = 0, 3

# How many are done by now.
Progressed = Callable[[int], None]


def new_sender(config: Config, database: Database, preparing: Preparing) -> Sender:
    """For a command: begins no other letter after SIGTERM or Ctrl-C."""
    composer, paces = Composer(config, preparing), Paces.of(config.mail_per_minute)
    sender = Sender(database, composer, relays(config), paces, LANES)
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, sender.stop)
    return sender


async def send_all(sender: Sender) -> Tally:
    """One run, its progress shown."""
    async with sender.database.connection() as conn:
        waiting = await queries.count_waiting(conn)
    sending = asyncio.create_task(sender.run())
    with progress("Письма", waiting.due) as progressed:
        while not (await asyncio.wait([sending], timeout=LOOK_SECONDS))[0]:
            progressed(sender.tally.done)
    return await sending


def tell(tally: Tally, left: Waiting) -> int:
    """The report's lines; the exit code."""
    sys.stdout.write(f"принято почтовым сервером: {tally.sent}\n")
    for what, count in (
        ("отложено до следующей попытки", tally.postponed),
        ("не принято и не будет", tally.refused),
        ("ждут своего времени", left.later),
        ("ждут отправки", left.due),
    ):
        if count:
            sys.stdout.write(f"{what}: {count}\n")
    if tally.down:
        sys.stderr.write(f"Почтовый сервер не принимает писем: {tally.down}\n")
    return FAILED if tally.postponed or tally.refused or tally.down else DONE


@contextmanager
def progress(what: str, total: int) -> Iterator[Progressed]:
    """A bar on a terminal, a line every half a minute in a log; `what` is in the plural."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(what, total)
        return
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


def _lines(what: str, total: int) -> Progressed:
    began_at = told_at = time.monotonic()

    def progressed(done: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= LINE_SECONDS:
            told_at = time.monotonic()
            rate = done / (told_at - began_at)
            left = f", осталось {max(0, total - done) / rate / 60:.0f} мин" if rate else ""
            sys.stderr.write(f"{what}: {done} из {total}, {rate:.0f} в секунду{left}\n")

    return progressed
