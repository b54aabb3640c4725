"""What the logs must not hold: passwords, cookies, tokens, names, e-mails (contract §9)."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
import pytest
import structlog

from lkcap.demo.bank import Fault
from lkcap.kit import logs
from lkcap.kit.workers import Workers
from lkcap.mail.letter import unseal
from tests.browserless import Browser
from tests.conftest import PASSWORD
from tests.factory import Books
from tests.mail.sink import FINE, Sink, running
from tests.payments.cards import Shop, open_shop
from tests.registration.conftest import ANSWERS
from tests.staff.desk import Desk

ALICE, NUMBER, WRONG = "alice@example.com", "86000000017", "qwerty-not-hers"
STRANGER = "unknown-mailbox@example.org"
NAMES = ("Примеров", "Петровна", "Кедровая", "3456789", "99/2020")
LETTERS_LEFT = "SELECT count(*) FROM letter WHERE state = 'queued' AND attempts = 0"
FACTS = "SELECT facts FROM letter WHERE facts IS NOT NULL"


@pytest.fixture
async def relay() -> AsyncIterator[Sink]:
    """Knows everybody but one, and says so with the address."""

    def behave(command: str, to: str) -> str:
        return f"550 5.1.1 <{to}> unknown" if (command, to) == ("RCPT", STRANGER) else FINE

    async with running(Sink(behave)) as sink:
        yield sink


@pytest.fixture
async def shop(books: Books, workers: Workers, tmp_path: Path, relay: Sink) -> AsyncIterator[Shop]:
    books.house().account().entry("2026-11").entry("2026-11", kind="penalty", amount="0,32")
    books.load()
    books.subscriber(ALICE, NUMBER)
    async with open_shop(books, workers, tmp_path, smtp_url=relay.url) as shop:
        yield shop


async def live_through_a_day(shop: Shop) -> set[str]:
    """Whatever a reader, an employee and a bank do; the secrets of it."""
    browser, desk = shop.browser, Desk(shop.config)
    await browser.post("/register", **(ANSWERS | {"email": STRANGER}))
    await browser.post("/restore", account=NUMBER, email=ALICE)
    await browser.login(ALICE, WRONG)
    await browser.login(ALICE)
    secrets = {await browser.token()}
    await browser.post("/settings/email", email="alice-new@example.com", password=PASSWORD)
    links = [str(link) for row in shop.books.rows(FACTS) for link in unsealed(shop, row[0])]
    # a link that leads to a page of everybody has no token
    secrets |= {link.rpartition("/")[2] for link in links} - {"", "login"}
    for link in links:
        await browser.get(link.removeprefix(shop.config.public_url))
    secrets.add((await shop.pay()).rpartition("/")[2])
    shop.bank.faults.add(Fault.BAD_SIGNATURE)
    await shop.start()
    secrets |= {one.value for one in browser.http.cookie_jar}
    async with Browser(browser.server, PASSWORD) as other:
        await desk.enter(other, "operator")
        await other.get("/staff/subscribers?q=alice@example.com")
        secrets |= {one.value for one in other.http.cookie_jar}
    return secrets


def unsealed(shop: Shop, facts: memoryview) -> list[object]:
    """Links and one-time passwords of a letter."""
    known = unseal(bytes(facts), shop.config.secret_keys)
    return [value for name, value in known.items() if name in ("link", "password")]


async def letters_tried(books: Books) -> None:
    """Each was accepted or refused once."""
    for _ in range(600):
        if books.rows(LETTERS_LEFT) == [(0,)]:
            return
        await asyncio.sleep(0.1)
    pytest.fail("letters still wait")


async def test_a_day_s_log_holds_nothing_of_its_people(
    shop: Shop, relay: Sink, capsys: pytest.CaptureFixture[str]
):
    logs.setup()
    secrets = await live_through_a_day(shop)
    await letters_tried(shop.books)
    told = capsys.readouterr().err
    assert len(relay.accepted) >= 2
    assert {json.loads(line)["event"] for line in told.splitlines()} >= {"request", "bank message"}
    assert len(secrets) >= 6
    for secret in {*secrets, *NAMES, PASSWORD, WRONG, ALICE, STRANGER, "alice-new", "@example"}:
        assert secret not in told, secret


def test_a_row_that_postgresql_refuses_is_not_told(
    books: Books, capsys: pytest.CaptureFixture[str]
):
    logs.setup()
    books.house().account().load()
    books.subscriber(ALICE, NUMBER)
    for statement in (
        f"INSERT INTO subscriber (email, password_hash) VALUES ('{ALICE}', 'secret-hash')",
        f"SELECT CAST('{ALICE} Примерова' AS integer)",
    ):
        try:
            books.rows(statement)
        except psycopg2.Error as error:
            structlog.get_logger().exception("unhandled error")
            structlog.get_logger().error("not booked", reason=repr(error), cause=error)
    told = capsys.readouterr().err
    assert told.count("\n") == 4
    assert "duplicate key value violates unique constraint" in told
    assert "subscriber_email" in told
    for secret in ("alice", "example.com", "Примеров", "secret-hash", "DETAIL"):
        assert secret not in told, secret


def test_an_error_of_ours_tells_where_and_not_of_whom(capsys: pytest.CaptureFixture[str]):
    logs.setup()
    try:
        int("Примерова Анна")
    except ValueError as cause:
        try:
            raise KeyError(ALICE) from cause
        except KeyError:
            structlog.get_logger().exception("unhandled error")
    (line,) = capsys.readouterr().err.splitlines()
    first, second = json.loads(line)["exception"]
    assert (first["exc_type"], first["exc_value"]) == ("KeyError", "…")
    assert second["exc_value"] == "invalid literal for int() with base 10: …"
    assert first["frames"][-1]["filename"].endswith("test_logs.py")
    assert "locals" not in first["frames"][-1]


def test_what_a_library_says_is_cleaned_too(capsys: pytest.CaptureFixture[str]):
    logs.setup()
    log = logging.getLogger("aiohttp.server")
    log.error("bad request line %r", f"GET /settings/email/{'t' * 43}")
    try:
        raise ExceptionGroup("two", [ValueError(f"no such user: '{ALICE}'"), KeyError("Анна")])
    except ExceptionGroup:
        log.exception("Error handling request from %s", "203.0.113.7")
    told = capsys.readouterr().err
    assert [json.loads(line)["event"] for line in told.splitlines()] == [
        "bad request line …", "Error handling request from 203.0.113.7",
    ]  # fmt: skip
    for secret in ("ttt", "alice", "Анна"):
        assert secret not in told


def test_on_a_terminal_it_is_text_and_as_clean(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    logs.setup()
    try:
        raise KeyError(ALICE)
    except KeyError:
        structlog.get_logger().exception("unhandled error", at=datetime.now(UTC).year)
    told = capsys.readouterr().err
    assert "KeyError: …" in told
    assert "test_logs.py" in told
    assert "alice" not in told


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("550 5.1.1 <anna@example.com>: unknown", "550 5.1.1 <…>: unknown"),
        ("нет ответа 60 с", "нет ответа 60 с"),
        ("Refused('row\\nDETAIL:  Key (email)=(a@b)')", "Refused('row"),
        ("ИНН не сходится", "ИНН не сходится"),
    ],
)  # fmt: skip
def test_our_own_words_stay(text: str, cleaned: str):
    assert logs.clean(text) == cleaned
