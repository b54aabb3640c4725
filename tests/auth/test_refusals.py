"""Who is refused learns nothing: one sentence, the same work, whoever the login is."""

import asyncio

import pytest
from aiohttp import web

from lkcap.auth import entry
from lkcap.auth.passwords import PASSWORDS, one_time_password
from lkcap.config import Config
from lkcap.tidy import run as tidy
from tests.auth.conftest import ALICE, BOB, FAR, HOME, enter, id_of, one_time
from tests.browserless import Browser
from tests.conftest import settings
from tests.factory import Books

WRONG = "Логин или пароль не подходят. Проверьте раскладку и Caps Lock"
EVENTS = "SELECT subscriber_id, address, agent, outcome, is_known_device FROM login_event"


@pytest.fixture
def looks(app: web.Application, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that is compared with a hash."""
    seen: list[str] = []
    original = app[PASSWORDS].fits

    async def noted(password_hash: str | None, password: str, *rest: object) -> bool:
        seen.append(password)
        return await original(password_hash, password, *rest)

    monkeypatch.setattr(app[PASSWORDS], "fits", noted)
    return seen


async def test_a_blocked_login_is_refused_like_any_other(browser: Browser, people: Books):
    people.rows("UPDATE subscriber SET blocked_at = now() WHERE email = %s", ALICE)
    for login in (ALICE, HOME):
        answer = await browser.login(login)
        assert answer.status == 422
        assert WRONG in answer.page.text
    assert people.rows("SELECT DISTINCT outcome FROM login_event") == [("blocked",)]


async def test_a_block_ends_the_sessions(browser: Browser, people: Books):
    await browser.login(ALICE)
    people.rows("UPDATE subscriber SET blocked_at = now() WHERE email = %s", ALICE)
    assert (await browser.get("/account")).location == "/"


async def test_a_one_time_password_does_not_open_a_blocked_login(
    app: web.Application, browser: Browser, people: Books
):
    password = await one_time(app, people, ALICE)
    people.rows("UPDATE subscriber SET blocked_at = now()")
    assert (await browser.login(ALICE, password)).status == 422


async def test_every_refusal_is_the_same_work(browser: Browser, people: Books, looks: list[str]):
    people.subscriber(BOB, FAR)
    people.rows("UPDATE subscriber SET blocked_at = now() WHERE email = %s", BOB)
    for password, hashes in (("wrong-password", 1), (one_time_password(), 2)):
        for login in (ALICE, HOME, BOB, "nobody@example.com"):
            looks.clear()
            await browser.login(login, password)
            assert len(looks) == hashes, (login, password)


async def test_a_live_one_time_password_does_not_show(
    app: web.Application, browser: Browser, people: Books, looks: list[str]
):
    await one_time(app, people, ALICE)
    await browser.login(ALICE, "wrong-password")
    assert looks == ["wrong-password"]


async def test_some_unknown_numbers_look_like_those_of_two_owners(app: web.Application):
    taken_for = [entry._pretended(app, f"860000{n:05}") for n in range(400)]
    assert set(taken_for) == {1, 2}
    assert 20 < taken_for.count(2) < 90
    assert taken_for == [entry._pretended(app, f"860 000-{n:05}") for n in range(400)]
    assert {entry._pretended(app, f"{n}@example.com") for n in range(100)} == {1}


async def test_what_became_of_an_attempt_is_kept(
    app: web.Application, browser: Browser, people: Books
):
    people.subscriber(BOB, HOME)
    await enter(browser, "nobody", "wrong", address="2001:db8::7")
    await enter(browser, HOME, "wrong")
    await enter(browser, HOME, browser.password)
    await enter(browser, ALICE, browser.password)
    alice, bob = id_of(people, ALICE), id_of(people, BOB)
    found = people.rows(f"{EVENTS} ORDER BY at, subscriber_id")
    assert [(who, address, outcome) for who, address, _, outcome, _ in found] == [
        (None, "2001:db8::/64", "wrong_password"),
        (alice, "203.0.113.7", "wrong_password"),
        (bob, "203.0.113.7", "wrong_password"),
        (alice, "203.0.113.7", "ambiguous"),
        (bob, "203.0.113.7", "ambiguous"),
        (alice, "203.0.113.7", "opened"),
    ]
    assert "aiohttp" in found[0][2]


async def test_a_session_knows_where_it_was_opened(browser: Browser, people: Books):
    form = {"csrf": await browser.token(), "login": ALICE, "password": browser.password}
    headers = {"User-Agent": "x" * 500, "X-Forwarded-For": "203.0.113.7"}
    url = browser.server.make_url("/login")
    async with browser.http.post(url, data=form, headers=headers, allow_redirects=False):
        pass
    assert people.rows("SELECT address, agent, is_limited FROM login_session") == [
        ("203.0.113.7", "x" * 200, False)
    ]


def test_the_application_may_not_change_an_event(people: Books):
    ((rights,),) = people.rows("SELECT has_table_privilege('lkcap_app', 'login_event', 'UPDATE')")
    assert not rights


async def test_tidy_keeps_events_for_a_year_and_one_time_passwords_till_their_hour(
    app: web.Application, browser: Browser, people: Books, capsys: pytest.CaptureFixture[str]
):
    await one_time(app, people, ALICE)
    await browser.login(ALICE, "wrong")
    await browser.login(ALICE, "wrong")
    people.rows("UPDATE login_event SET at = now() - interval '366 days' WHERE login_event_id = 1")
    assert await asyncio.to_thread(tidy, Config(**settings(people.database))) == 0
    assert people.rows("SELECT login_event_id FROM login_event") == [(2,)]
    assert "записей о входах старше года убрано: 1" in capsys.readouterr().out
    people.rows("UPDATE one_time_password SET expires_at = now()")
    assert await asyncio.to_thread(tidy, Config(**settings(people.database))) == 0
    assert people.rows("SELECT * FROM one_time_password") == []
