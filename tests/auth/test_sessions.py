"""A session: new at login, dead at logout, dead in time, and opened by the keys in force."""

import asyncio
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from aiohttp import ClientSession, DummyCookieJar
from cryptography.fernet import Fernet

from lkcap.app import make_app
from lkcap.auth.model import AGE_LIMIT, IDLE_LIMIT
from lkcap.config import Config
from lkcap.tidy import run as tidy
from tests.auth.conftest import ALICE
from tests.browserless import Answer, Browser
from tests.conftest import KEY, settings
from tests.factory import Books
from tests.kit.conftest import Opener, opened

__all__ = ["opened"]

MINUTE = timedelta(minutes=1)


def cookie_of(browser: Browser) -> str:
    (found,) = [one.value for one in browser.http.cookie_jar if one.key == "lkcap"]
    return found


def set_cookie(answer: Answer, name: str) -> str:
    (found,) = [one for one in answer.headers.getall("Set-Cookie") if one.startswith(name)]
    return found


async def status_with(browser: Browser, cookie: str) -> int:
    """Of the account page, for a browser that has nothing but this cookie."""
    async with (
        ClientSession(cookie_jar=DummyCookieJar()) as http,
        http.get(
            browser.server.make_url("/account"),
            headers={"Cookie": f"lkcap={cookie}"},
            allow_redirects=False,
        ) as answer,
    ):
        return answer.status


@pytest.mark.usefixtures("people")
async def test_login_changes_the_cookie_and_the_old_one_is_worthless(
    browser: Browser, neighbour: Browser
):
    await browser.get("/")
    planted = cookie_of(browser)
    await browser.login(ALICE)
    assert cookie_of(browser) != planted
    assert await status_with(neighbour, planted) == 303
    assert await status_with(neighbour, cookie_of(browser)) == 200


@pytest.mark.usefixtures("people")
async def test_a_second_login_ends_the_first_session(browser: Browser, neighbour: Browser):
    await browser.login(ALICE)
    first = cookie_of(browser)
    await browser.login(ALICE)
    assert await status_with(neighbour, first) == 303
    assert await status_with(neighbour, cookie_of(browser)) == 200


@pytest.mark.usefixtures("people")
async def test_logout_kills_the_session_on_the_server(browser: Browser, neighbour: Browser):
    await browser.login(ALICE)
    stolen = cookie_of(browser)
    answer = await browser.post("/logout")
    assert (answer.status, answer.location) == (303, "/")
    assert await status_with(neighbour, stolen) == 303
    assert (await browser.get("/account")).location == "/"


@pytest.mark.usefixtures("people")
async def test_logout_in_one_browser_leaves_the_other_alone(browser: Browser, neighbour: Browser):
    await browser.login(ALICE)
    await neighbour.login(ALICE)
    await browser.post("/logout")
    assert (await neighbour.get("/account")).status == 200


@pytest.mark.parametrize(
    ("column", "limit"), [("seen_at", IDLE_LIMIT), ("created_at", AGE_LIMIT)], ids=["idle", "age"]
)
async def test_a_session_dies_in_time(
    browser: Browser, people: Books, column: str, limit: timedelta
):
    await browser.login(ALICE)
    people.rows(f"UPDATE login_session SET {column} = now() - %s::interval", limit - MINUTE)
    assert (await browser.get("/account")).status == 200
    people.rows(f"UPDATE login_session SET {column} = now() - %s::interval", limit + MINUTE)
    assert (await browser.get("/account")).location == "/"


async def test_a_reader_who_reads_stays_logged_in(browser: Browser, people: Books):
    await browser.login(ALICE)
    people.rows("UPDATE login_session SET seen_at = now() - interval '11 hours'")
    await browser.get("/account")
    assert people.rows("SELECT seen_at > now() - interval '1 minute' FROM login_session") == [
        (True,)
    ]


async def test_a_page_seldom_writes(browser: Browser, people: Books):
    await browser.login(ALICE)
    seen = people.rows("SELECT seen_at FROM login_session")
    await browser.get("/account")
    assert people.rows("SELECT seen_at FROM login_session") == seen


async def test_the_database_holds_no_token_and_no_password(browser: Browser, people: Books):
    await browser.login(ALICE)
    ((token_hash,),) = people.rows("SELECT token_hash FROM login_session")
    ((password_hash,),) = people.rows(
        "SELECT password_hash FROM subscriber WHERE email = %s", ALICE
    )
    assert len(bytes(token_hash)) == 32
    assert password_hash.startswith("$argon2id$")
    assert browser.password not in password_hash


async def test_tidy_drops_dead_sessions_only(browser: Browser, neighbour: Browser, people: Books):
    await browser.login(ALICE)
    people.rows("UPDATE login_session SET seen_at = now() - interval '13 hours'")
    await neighbour.login(ALICE)
    assert await asyncio.to_thread(tidy, Config(**settings(people.database))) == 0
    assert people.rows("SELECT count(*) FROM login_session") == [(1,)]
    assert (await neighbour.get("/account")).status == 200


@pytest.mark.usefixtures("people")
async def test_a_changed_key_still_opens_old_cookies(
    database: str, browser: Browser, opened: Opener
):
    await browser.login(ALICE)
    old, new_key = cookie_of(browser), Fernet.generate_key().decode()
    rotated = await opened(make_app(Config(**settings(database, secret_keys=f"{new_key},{KEY}"))))
    assert await status_with(rotated, old) == 200
    replaced = await opened(make_app(Config(**settings(database, secret_keys=new_key))))
    assert await status_with(replaced, old) == 303


@pytest.mark.usefixtures("people")
async def test_new_cookies_are_written_with_the_first_key(database: str, opened: Opener):
    first, second = Fernet.generate_key().decode(), KEY
    app = make_app(Config(**settings(database, secret_keys=f"{first},{second}")))
    browser = await opened(app)
    await browser.get("/")
    assert Fernet(first).decrypt(cookie_of(browser))


@pytest.mark.parametrize("cookie", ["", "nonsense", "gAAAAABhZm9vYmFy", "x" * 3000])
async def test_a_broken_cookie_is_a_fresh_reader(browser: Browser, cookie: str):
    assert (await browser.get("/", Cookie=f"lkcap={cookie}")).status == 200
    assert await status_with(browser, cookie) == 303


async def test_over_http_the_cookie_is_plain(browser: Browser):
    cookie = set_cookie(await browser.get("/"), "lkcap=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


@pytest.mark.usefixtures("people")
async def test_under_https_the_cookie_is_bound_to_the_host(database: str, opened: Opener):
    https = {"public_url": "https://lk.example.ru", "smtp_url": "smtp://x", "today": None}
    browser = await opened(make_app(Config(**settings(database, **https))))
    shown = await browser.get("/?a=1")
    cookie = set_cookie(shown, "__Host-lkcap=")
    for part in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    kept = {"Cookie": SimpleCookie(cookie)["__Host-lkcap"].OutputString([])}
    form = {"csrf": shown.page.csrf[0], "login": ALICE, "password": browser.password}
    answer = await send(browser, "/login", form, kept)
    assert answer.status == 303
    kept = {"Cookie": set_cookie(answer, "__Host-lkcap=").partition(";")[0]}
    page = (await browser.get("/account", **kept)).page
    kept_with_token = {"Cookie": kept["Cookie"]}
    assert page.csrf
    answer = await browser.get("/account", **kept_with_token)
    kept = {"Cookie": set_cookie(answer, "__Host-lkcap=").partition(";")[0]}
    gone = await send(browser, "/logout", {"csrf": answer.page.csrf[0]}, kept)
    # a browser drops a __Host- cookie only on the terms it was set on
    assert {"Secure", "Path=/", "Max-Age=0"} <= set(set_cookie(gone, "__Host-lkcap=").split("; "))


async def send(
    browser: Browser, path: str, form: dict[str, str], headers: dict[str, str]
) -> Answer:
    url = browser.server.make_url(path)
    async with browser.http.post(
        url, data=form, headers=headers, allow_redirects=False
    ) as response:
        return Answer(response.status, response.headers, await response.read())
