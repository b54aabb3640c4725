"""`subscriber add`: a login without registration."""

import io
import re

import pytest
from argon2 import PasswordHasher

from lkcap.cli import main
from tests.factory import Books

EMAIL, ONE, TWO = "alice@example.com", "86000000017", "86000000025"


@pytest.fixture
def ready(books: Books, monkeypatch: pytest.MonkeyPatch) -> Books:
    monkeypatch.setenv("LKCAP_DATABASE_URL", books.database)
    monkeypatch.setenv("LKCAP_TODAY", "2026-11-22")
    books.house().account(ONE, aliases="5500").account(TWO, premises="28", aliases="5500").load()
    return books


def add(*arguments: str) -> int:
    return main(["subscriber", "add", *arguments])


def links(books: Books) -> list[str]:
    rows = books.rows(
        "SELECT number FROM subscriber_account JOIN account USING (account_id) ORDER BY number"
    )
    return [number for (number,) in rows]


def fits(books: Books, password: str, table: str = "subscriber") -> bool:
    ((hashed,),) = books.rows(f"SELECT password_hash FROM {table}")
    try:
        return PasswordHasher().verify(hashed, password)
    except Exception:
        return False


def test_a_new_login_gets_a_one_time_password(ready: Books, capsys: pytest.CaptureFixture[str]):
    assert add(EMAIL, ONE) == 0
    said = capsys.readouterr().out
    password = re.search(r"Пароль: ([0-9a-z]{4}(?:-[0-9a-z]{4}){2})\n", said)
    assert password is not None
    assert fits(ready, password[1], "one_time_password")
    assert not fits(ready, password[1])
    assert links(ready) == [ONE]
    assert ready.rows("SELECT email_confirmed_at IS NOT NULL FROM subscriber") == [(True,)]


def test_a_known_e_mail_gets_more_accounts_and_keeps_its_password(
    ready: Books, capsys: pytest.CaptureFixture[str]
):
    ready.subscriber(EMAIL, ONE)
    assert add("Alice@EXAMPLE.com", TWO) == 0
    assert "Пароль" not in capsys.readouterr().out
    assert links(ready) == [ONE, TWO]
    assert fits(ready, ready.password)


def test_the_same_twice_changes_nothing(ready: Books):
    assert add(EMAIL, ONE, TWO) == add(EMAIL, ONE, TWO) == 0
    assert links(ready) == [ONE, TWO]


def given_on_stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_password_may_come_from_the_standard_input(
    ready: Books, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    given_on_stdin(monkeypatch, "long enough пароль\n")
    assert add(EMAIL, ONE, "--password-stdin") == 0
    assert fits(ready, "long enough пароль")
    assert "long enough" not in capsys.readouterr().out


def test_a_given_password_replaces_the_one_of_a_known_login(
    ready: Books, monkeypatch: pytest.MonkeyPatch
):
    ready.subscriber(EMAIL, ONE)
    given_on_stdin(monkeypatch, "another-password\r\n")
    assert add(EMAIL.upper(), ONE, "--password-stdin") == 0
    assert fits(ready, "another-password")


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_a_password_of_a_wrong_length_is_refused(
    ready: Books, monkeypatch: pytest.MonkeyPatch, password: str
):
    given_on_stdin(monkeypatch, f"{password}\n")
    assert add(EMAIL, ONE, "--password-stdin") == 1
    assert ready.rows("SELECT count(*) FROM subscriber") == [(0,)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((EMAIL, "123"), "нет такого лицевого счёта: 123"),
        ((EMAIL, ONE, "123"), "нет такого лицевого счёта: 123"),
        ((EMAIL, "5500"), f"назовите один из них: {ONE}, {TWO}"),
        (("alice", ONE), "не адрес почты: alice"),
        (("a b@example.com", ONE), "не адрес почты"),
    ],
)
def test_a_refusal_is_one_line_and_changes_nothing(
    ready: Books, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
):
    assert add(*arguments) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.count("\n") == 1
    assert not told.out
    assert ready.rows("SELECT count(*) FROM subscriber") == [(0,)]


def test_a_number_of_one_s_own_is_not_ambiguous(ready: Books):
    ready.account("86000000033", premises="29", aliases=ONE).load()
    assert add(EMAIL, ONE) == 0
    assert links(ready) == [ONE]


def test_an_account_that_begins_tomorrow_may_have_its_login_today(ready: Books):
    ready.account("86000000033", premises="29", opened_on="2026-12-01").load()
    assert add(EMAIL, "86000000033") == 0
    assert links(ready) == ["86000000033"]
