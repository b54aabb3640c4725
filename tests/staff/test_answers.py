"""An employee's half hour ends while he writes: his text waits for him."""

from lkcap.kit.returning import KEPT, WORDS
from tests.auth.late import send_late, value
from tests.browserless import Browser
from tests.factory import Books
from tests.staff.desk import Desk

LATE = WORDS["late"]
ARTICLE = {"title": "Окна", "body": "Первый абзац.\n\nВторой.", "is_pinned": "y", "version": "0"}


async def test_a_long_text_of_an_editor_waits_for_him(browser: Browser, books: Books, desk: Desk):
    await desk.enter(browser, "editor")
    answer = await send_late(browser, books, "/staff/news/new", button="publish", **ARTICLE)
    assert (answer.status, answer.location) == (303, "/staff/login")
    page = await browser.page("/staff/login")
    assert KEPT in page.text
    assert KEPT not in (await browser.page("/")).text
    books.rows("UPDATE staff SET totp_last_step = 0")
    answer = await desk.log_in(browser, "editor")
    assert answer.location == "/staff/news/new"
    page = await browser.page("/staff/news/new")
    assert LATE in page.text
    assert value(page, "title") == "Окна"
    assert value(page, "body").split() == ARTICLE["body"].split()
    assert page.all("#is_pinned[checked]")
    assert books.rows("SELECT count(*) FROM article") == [(0,)]


async def test_it_can_be_sent_then(browser: Browser, books: Books, desk: Desk):
    await desk.enter(browser, "editor")
    await send_late(browser, books, "/staff/news/new", button="publish", **ARTICLE)
    books.rows("UPDATE staff SET totp_last_step = 0")
    await desk.log_in(browser, "editor")
    page = await browser.page("/staff/news/new")
    typed = {name: value(page, name) for name in ("title", "body", "version")}
    answer = await browser.post(
        "/staff/news/new", csrf=page.csrf[0], button="publish", is_pinned="y", **typed
    )
    assert answer.status == 303
    assert books.rows("SELECT title, is_pinned FROM article") == [("Окна", True)]


async def test_another_employee_at_the_same_desk_does_not_see_it(
    browser: Browser, books: Books, desk: Desk
):
    await desk.enter(browser, "editor")
    other = desk.employ("editor", "other")
    await send_late(browser, books, "/staff/news/new", button="publish", **ARTICLE)
    answer = await desk.log_in(browser, other)
    assert answer.status == 303
    page = await browser.page("/staff/news/new")
    assert value(page, "title") == ""
    assert LATE not in page.text
