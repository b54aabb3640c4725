"""The desk sees what became of letters, and takes the mark off an address."""

import pytest

from lkcap.config import Config
from lkcap.kit.pages import TEMPLATES
from lkcap.mailing.model import TITLES
from tests.browserless import Browser
from tests.factory import Books
from tests.staff.desk import Desk, send

HOME = "/staff/letters"
LETTERS = """
    INSERT INTO letter (message_id, name, recipient, subscriber_id, account_id, period, state,
                        facts, ended_at, last_answer, next_try_at)
    SELECT 'm' || n, 'receipt', 'anna@example.ru', subscriber_id, account_id,
           CAST('2026-10-01' AS date) - (n || ' months')::interval,
           (ARRAY['refused', 'sent', 'queued'])[n + 1]::letter_state,
           CASE WHEN n = 2 THEN ''::bytea END, CASE WHEN n < 2 THEN now() END,
           CASE WHEN n = 0 THEN '550 5.1.1 no such user' END,
           -- the site, which runs, is not to send it meanwhile
           now() + interval '1 day'
      FROM subscriber_account, generate_series(0, 2) n
"""
REFUSE = "INSERT INTO email_refused VALUES ('anna@example.ru', '550 5.1.1 no such user', now())"


@pytest.fixture
def desk(config: Config) -> Desk:
    return Desk(config)


@pytest.fixture
async def operator(browser: Browser, desk: Desk, books: Books) -> Browser:
    books.house().account().load()
    books.subscriber("anna@example.ru", "86000000017")
    books.rows(LETTERS)
    books.rows(REFUSE)
    await desk.enter(browser, "operator")
    return browser


async def test_a_month_of_receipts_is_told_with_reasons(operator: Browser):
    page = await operator.page(HOME)
    assert page.table("answers")[1] == ["550 5.1.1 no such user", "не отправлены", "1"]
    assert "рассылали" in (await operator.page(f"{HOME}?period=2020-01")).text
    assert "очередь ещё не дошла" in (await operator.page(f"{HOME}?period=2026-08")).text


async def test_letters_to_an_address_are_found_and_the_look_is_noted(
    operator: Browser, books: Books
):
    page = await operator.page(f"{HOME}?q=Anna@example.ru")
    assert len(page.table("letters")) == 4
    assert books.rows("SELECT action, subject FROM staff_journal ORDER BY journal_id DESC")[0] == (
        "искал письма", "Anna@example.ru",
    )  # fmt: skip


async def test_the_mark_is_taken_off_an_address(operator: Browser, books: Books):
    assert (await operator.page(HOME)).table("refused")[1][0] == "anna@example.ru"
    answer = await send(operator, HOME, f"{HOME}/refused", email="anna@example.ru")
    assert answer.location == HOME
    assert books.rows("SELECT 1 FROM email_refused") == []
    again = await send(operator, "/staff/password", f"{HOME}/refused", email="anna@example.ru")
    assert again.status == 404


async def test_a_senseless_month_is_said_so(operator: Browser):
    await operator.page(f"{HOME}?period=октябрь", 422)


async def test_letters_are_not_for_editors(browser: Browser, desk: Desk):
    await desk.enter(browser, "editor")
    await browser.page(HOME, 403)


def test_every_letter_has_a_sample():
    folders = {path.parent.name for path in (TEMPLATES / "letters").glob("*/body.html")}
    assert folders == TITLES.keys()


async def test_a_sample_is_shown_in_a_frame_of_its_own(operator: Browser):
    page = await operator.page(f"{HOME}/samples")
    assert f"{HOME}/samples/receipt" in page.links
    for name in TITLES:
        page = await operator.page(f"{HOME}/samples/{name}")
        answer = await operator.get(f"{HOME}/samples/{name}/html")
        assert "style-src 'unsafe-inline'" in answer.headers["Content-Security-Policy"]
        assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "frame-src" not in (await operator.get(HOME)).headers["Content-Security-Policy"]
    await operator.page(f"{HOME}/samples/none", 404)
