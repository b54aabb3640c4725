"""A form must carry the token of the session it was shown in; else nothing happens."""

from aiohttp import web

from lkcap.kit.security import public, without_token
from tests.browserless import Answer, Browser
from tests.factory import Books
from tests.kit.conftest import ALICE, Opener

PATHS = ["/logout", "/account/switch", "/login"]


async def bare(browser: Browser, path: str, body: bytes | dict[str, str], **headers: str) -> Answer:
    """A form exactly as given."""
    url = browser.server.make_url(path)
    async with browser.http.post(url, data=body, headers=headers, allow_redirects=False) as answer:
        return Answer(answer.status, answer.headers, await answer.read())


async def test_a_form_without_a_token_is_refused(reader: Browser):
    for path in PATHS:
        answer = await bare(reader, path, {"account": "86000000017", "login": "x", "password": "y"})
        assert (answer.status, answer.page.h1) == (403, "Форма устарела"), path
        answer.page.check()


async def test_a_form_with_a_wrong_token_changes_nothing(reader: Browser):
    for token in ("", "-", "x", "ключ", "\x00"):
        assert (await reader.post("/logout", csrf=token)).status == 403, token
    assert (await reader.get("/account")).status == 200


async def test_a_token_of_another_browser_is_refused(reader: Browser, neighbour: Browser):
    token = await neighbour.token()
    assert (await reader.post("/logout", csrf=token)).status == 403
    assert (await reader.get("/account")).status == 200


async def test_the_token_of_before_the_login_is_worth_nothing_after_it(
    browser: Browser, books: Books
):
    books.house().account().load()
    books.subscriber(ALICE, "86000000017")
    old = await browser.token()
    await browser.login(ALICE)
    assert (await browser.post("/logout", csrf=old)).status == 403
    assert (await browser.get("/account")).status == 200


async def test_a_refused_login_opens_no_session(browser: Browser, books: Books):
    books.house().account().load()
    books.subscriber(ALICE, "86000000017")
    answer = await browser.post("/login", csrf="no", login=ALICE, password=browser.password)
    assert answer.status == 403
    assert books.rows("SELECT count(*) FROM login_session") == [(0,)]


async def test_a_form_of_a_browser_without_cookies_is_refused(browser: Browser):
    assert (
        await bare(browser, "/login", {"login": "x", "password": "y", "csrf": "-"})
    ).status == 403


async def test_one_token_serves_a_whole_session(reader: Browser):
    assert await reader.token() == await reader.token()


async def test_who_must_have_a_token_is_said_by_the_page_and_not_by_the_form(
    app: web.Application, opened: Opener
):
    @public
    @without_token
    async def called(_: web.Request) -> web.Response:
        return web.Response(text="taken")

    app.router.add_post("/called", called)
    browser = await opened(app)
    assert (await bare(browser, "/called", {"a": "1"})).body == b"taken"
    assert (await bare(browser, "/login", {"login": "x", "password": "y"})).status == 403


FORM = "application/x-www-form-urlencoded"
SENSELESS = (
    (b"csrf=%ff%fe", FORM),
    (b"csrf=\xff", FORM),
    (b"csrf=1", f"{FORM}; charset=nonsense"),
    (b"csrf=1", "multipart/form-data"),
    (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
    (b'{"csrf": "1"}', "application/json"),
    (b"\x00\x01", "application/octet-stream"),
)


async def test_a_senseless_body_is_refused_and_breaks_nothing(browser: Browser):
    for body, kind in SENSELESS:
        answer = await bare(browser, "/login", body, **{"Content-Type": kind})
        assert answer.status in (400, 403), kind
        answer.page.check()


async def test_a_flood_of_fields_is_refused(browser: Browser):
    answer = await bare(browser, "/login", {f"f{number}": "x" for number in range(2000)})
    assert answer.status in (400, 413)
    answer.page.check()


async def test_a_huge_form_is_refused(browser: Browser):
    answer = await bare(browser, "/login", {"csrf": "x" * 200_000})
    assert (answer.status, answer.page.h1) == (413, "Слишком большая форма")
