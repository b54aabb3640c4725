"""Employees are added, renewed and dismissed, and everything is in the journal."""

import re

import psycopg2
import pytest

from lkcap.cli import main
from lkcap.config import Config
from tests.browserless import Browser
from tests.factory import Books
from tests.staff.desk import Desk, code, send


async def test_an_administrator_adds_an_employee_who_logs_in(
    browser: Browser, neighbour: Browser, desk: Desk
):
    await desk.enter(browser, "admin")
    fields = {"login": "anna", "name": "Примерова Анна", "role": "operator"}
    answer = await send(browser, "/staff/people", "/staff/people", **fields)
    password, secret = (one.text_content() for one in answer.page.all("dd"))
    entered = await desk.log_in(neighbour, "anna", password=password, said=code(secret=secret))
    assert entered.location == "/staff"
    assert (await neighbour.get("/staff")).location == "/staff/password"


async def test_a_login_is_taken_once(browser: Browser, desk: Desk):
    await desk.enter(browser, "admin")
    fields = {"login": "ADMIN", "name": "Другой", "role": "editor"}
    answer = await send(browser, "/staff/people", "/staff/people", **fields)
    assert answer.status == 422
    assert "Такой логин уже есть" in answer.page.text


@pytest.mark.parametrize("login", ["", "с пробелом", "<b>", "a" * 61])
async def test_a_senseless_login_is_refused(browser: Browser, desk: Desk, login: str):
    await desk.enter(browser, "admin")
    fields = {"login": login, "name": "Имя", "role": "operator"}
    assert (await send(browser, "/staff/people", "/staff/people", **fields)).status == 422


async def test_a_role_that_is_none_is_refused(browser: Browser, desk: Desk):
    await desk.enter(browser, "admin")
    fields = {"login": "anna", "name": "Имя", "role": "emperor"}
    assert (await send(browser, "/staff/people", "/staff/people", **fields)).status == 422


async def test_nobody_is_renewed_who_is_not_there(browser: Browser, desk: Desk):
    await desk.enter(browser, "admin")
    assert (await send(browser, "/staff/people", "/staff/people/nobody/reset")).status == 404


async def test_the_journal_tells_who_did_what(browser: Browser, desk: Desk):
    await desk.enter(browser, "admin")
    fields = {"login": "anna", "name": "Примерова Анна", "role": "operator"}
    await send(browser, "/staff/people", "/staff/people", **fields)
    lines = (await browser.page("/staff/journal?subject=anna")).table("journal")
    assert lines[1][1:4] == ["Примеров admin admin", "завёл сотрудника оператор", "сотрудник anna"]
    assert (await browser.page("/staff/journal?login=nobody")).all("table") == []


async def test_the_journal_has_pages(browser: Browser, desk: Desk, books: Books):
    await desk.enter(browser, "admin")
    books.rows(
        "INSERT INTO staff_journal (at, action) SELECT now(), 'дело ' || n"
        " FROM generate_series(1, 150) n"
    )
    page = await browser.page("/staff/journal")
    assert len(page.table("journal")) == 101
    older = next(link for link in page.links if "before=" in link)
    assert len((await browser.page(older)).table("journal")) == 52
    assert (await browser.get("/staff/journal?before=x")).status == 422
    assert (await browser.get("/staff/journal?login=%00&subject=%00")).status == 200


def test_nothing_changes_a_line_of_the_journal(books: Books):
    for statement in ("DELETE FROM staff_journal", "UPDATE staff_journal SET action = ''"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            books.rows(f"SET ROLE lkcap_app; {statement}")


@pytest.fixture
def command(config: Config, database: str, monkeypatch: pytest.MonkeyPatch):
    """`staff …` as it is run on the server."""
    values = {
        "DATABASE_URL": database,
        "SECRET_KEYS": config.secret_keys[0].get_secret_value(),
        "PUBLIC_URL": config.public_url,
        "SMTP_URL": config.smtp_url.get_secret_value(),
        "MAIL_FROM": config.mail_from,
        "FUND__NAME": config.fund.name,
    }
    for name, value in values.items():
        monkeypatch.setenv(f"LKCAP_{name}", value)
    return lambda *args: main(["staff", *args])


async def test_the_command_lets_an_employee_in(
    command, capsys: pytest.CaptureFixture[str], browser: Browser, desk: Desk
):
    assert command("add", "anna", "--role", "editor") == 0
    said = capsys.readouterr().out
    password, secret = re.findall(r"(?:Пароль|Секрет TOTP): (\S+)", said)
    answer = await desk.log_in(browser, "anna", password=password, said=code(secret=secret))
    assert answer.location == "/staff"
    assert command("add", "Anna", "--role", "admin") == 1
    assert "уже есть" in capsys.readouterr().err


async def test_the_command_dismisses_and_takes_back(
    command, capsys: pytest.CaptureFixture[str], browser: Browser, desk: Desk
):
    await desk.enter(browser, "admin")
    assert command("disable", "admin") == 0
    assert (await browser.get("/staff/people")).location == "/staff/login"
    assert command("reset", "admin") == 0
    capsys.readouterr()
    assert command("list") == 0
    assert capsys.readouterr().out.split("\t")[:3] == ["admin", "admin", "ещё не входил"]
    assert command("reset", "nobody") == 1
