"""The ways a letter leaves: the command, the site itself, a folder; and what it carries."""

import asyncio
import sys
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.mail import background
from lkcap.mail.background import relays
from lkcap.mail.compose import CannotCompose, Carried, Composer, Queued
from lkcap.mail.message import Attachment
from lkcap.mail.sender import Sender
from tests.conftest import settings
from tests.factory import Books
from tests.faults.serving import RUN, environment
from tests.mail.outbox import parsed
from tests.mail.queued import letter, put
from tests.mail.sink import FINE, Sink

DUE = "SELECT count(*) FROM letter WHERE state = 'queued'"


async def send_mail(database: str, smtp_url: str) -> tuple[int, str, str]:
    """The command as cron starts it: exit code, what it said, what it complained of."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(RUN), "send-mail",
        env=environment(settings(database, smtp_url=smtp_url)),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def test_the_command_sends_what_is_queued(outbox: Database, database: str, sink: Sink):
    await put(outbox, letter(), letter("boris@example.com"))
    assert await send_mail(database, sink.url) == (0, "принято почтовым сервером: 2\n", "")
    assert (await send_mail(database, sink.url))[:2] == (0, "принято почтовым сервером: 0\n")
    assert sorted(sink.recipients) == ["anna@example.com", "boris@example.com"]


async def test_the_command_says_what_was_not_accepted(outbox: Database, database: str, sink: Sink):
    answers = {"later@example.com": "451 4.3.0 later", "nobody@example.com": "550 5.1.1 no"}
    sink.behave = lambda said, to: answers.get(to, FINE)
    await put(outbox, letter(), letter("later@example.com"), letter("nobody@example.com"))
    code, out, _ = await send_mail(database, sink.url)
    assert code == 3
    assert "отложено до следующей попытки: 1" in out
    assert "не принято и не будет: 1" in out
    assert "ждут своего времени: 1" in out


async def test_the_command_says_that_the_relay_is_away(outbox: Database, database: str):
    await put(outbox, letter())
    code, _, err = await send_mail(database, "smtp://127.0.0.1:1")
    assert code == 3
    assert "Почтовый сервер не принимает писем" in err
    assert "Traceback" not in err


async def test_the_command_without_a_database_is_refused():
    code, _, err = await send_mail("postgresql://127.0.0.1:1/none", "smtp://127.0.0.1:1")
    assert code == 1
    assert "База не отвечает" in err


async def test_the_site_sends_while_it_runs(
    outbox: Database, app: web.Application, sink: Sink, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(background, "EVERY_SECONDS", 0.05)
    app[background.SENDER].connect = relays(Config(**settings("", smtp_url=sink.url)))  # type: ignore[arg-type]
    async with TestServer(app):
        await put(outbox, letter())
        async with asyncio.timeout(20):
            await sink.arrived.wait()
    assert sink.recipients == ["anna@example.com"]


async def test_in_development_a_letter_is_a_file(
    outbox: Database, database: str, books: Books, tmp_path: Path
):
    folder = tmp_path / "letters"
    config = Config(**settings(database, smtp_url=f"file:{folder}"))  # type: ignore[arg-type]
    await put(outbox, letter(), letter("boris@example.com"))
    sender = Sender(outbox, Composer(config), relays(config), None, 2)
    assert (await sender.run()).sent == 2
    letters = [parsed(path.read_bytes()) for path in folder.iterdir()]
    assert {one["To"] for one in letters} == {"anna@example.com", "boris@example.com"}
    assert {path.stem for path in folder.iterdir()} == {one["Message-ID"][1:-1] for one in letters}


async def test_a_folder_that_cannot_be_is_a_relay_that_is_away(
    outbox: Database, database: str, books: Books, tmp_path: Path
):
    nowhere = tmp_path / "no" / "such"
    config = Config(**settings(database, smtp_url=f"file:{nowhere}"))  # type: ignore[arg-type]
    await put(outbox, letter())
    tally = await Sender(outbox, Composer(config), relays(config), None, 2).run()
    assert str(nowhere) in tally.down
    assert books.rows(DUE) == [(1,)]


async def test_a_letter_carries_what_is_made_for_it(outbox: Database, sender: Sender, sink: Sink):
    async def receipt(one: Queued) -> Carried:
        body = b"%PDF-" + one.recipient.encode()
        return Carried(files=[Attachment("receipt.pdf", "application/pdf", body)])

    sender.composer = Composer(sender.composer._config, {"confirm_registration": receipt})
    await put(outbox, letter(), letter("boris@example.com", "application_refused"))
    await sender.run()
    found = {one["To"]: list(one.iter_attachments()) for one in sink.letters}
    (paper,) = found["anna@example.com"]
    assert paper.get_filename() == "receipt.pdf"
    assert paper.get_content() == b"%PDF-anna@example.com"
    assert found["boris@example.com"] == []


async def test_without_its_paper_a_letter_waits(
    outbox: Database, sender: Sender, sink: Sink, books: Books
):
    async def broken(_: Queued) -> Carried:
        raise CannotCompose("нет квитанции")

    sender.composer = Composer(sender.composer._config, {"confirm_registration": broken})
    await put(outbox, letter())
    assert (await sender.run()).postponed == 1
    assert books.rows("SELECT last_answer FROM letter") == [("нет квитанции",)]
