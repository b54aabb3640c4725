"""The door: by any number of the account or by e-mail, and one answer for every refusal."""

import pytest

from tests.auth.conftest import ALICE, BOB, CHARLIE, FAR, HOME
from tests.browserless import Answer, Browser
from tests.factory import Books

WRONG = "Логин или пароль не подходят. Проверьте раскладку и Caps Lock"


async def number_in_the_header(browser: Browser) -> str:
    page = await browser.page("/account")
    return page.text.partition("Лицевой счет ")[2].split()[0]


NAMES = (
    ALICE,
    "Alice@Example.COM",
    f"  {ALICE} ",
    HOME,
    "860 0000 0017",
    "86-000-000-017",
    "5500123",
    "680015500",
    " 680 015-500",
)


@pytest.mark.usefixtures("people")
async def test_every_way_to_name_oneself_opens_the_account(browser: Browser):
    for login in NAMES:
        answer = await browser.login(login)
        assert (answer.status, answer.location) == (303, "/account"), login
        assert await number_in_the_header(browser) == HOME, login
        await browser.post("/logout")


def told(answer: Answer) -> str:
    page = answer.page
    page.check()
    assert answer.status == 422
    return page.text.partition("Исправьте ошибку")[2].partition("Оплатите взнос")[0].strip()


@pytest.mark.usefixtures("people")
async def test_every_reason_of_a_refusal_sounds_the_same(browser: Browser):
    strangers = ("nobody@example.com", "123", f"{FAR}0", "-", "%", "x" * 20_000, "a\x00b", "\ufffd")
    for login in (ALICE, HOME, "5500123", *strangers):
        assert told(await browser.login(login, "wrong-password")) == WRONG, login


async def test_a_refused_form_keeps_the_login_and_never_the_password(browser: Browser):
    page = (await browser.login('nobody"<b>@example.com', "s3cret-of-mine")).page
    _, login, password = page.fields
    assert login["value"] == 'nobody"<b>@example.com'
    assert "value" not in password
    assert "s3cret-of-mine" not in page.html
    assert login["aria-invalid"] == "true"
    assert page.title.startswith("Ошибка")


async def test_an_empty_field_is_named(browser: Browser):
    answer = await browser.post("/login", login="", password="x")
    assert told(answer) == "Введите номер лицевого счёта или адрес почты"
    answer = await browser.post("/login", login="x", password="")
    assert told(answer) == "Введите пароль"


async def test_a_file_in_the_place_of_a_login_is_a_mistake_of_the_form(browser: Browser):
    token = await browser.token()
    body = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
        for name, more, value in (
            ("csrf", "", token),
            ("login", '; filename="x.txt"', "text"),
            ("password", '; filename="y.txt"', "text"),
        )
    )
    url = browser.server.make_url("/login")
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    async with browser.http.post(url, data=body + "--b--\r\n", headers=headers) as answer:
        assert answer.status == 422


async def test_co_owners_of_one_account_are_told_apart_by_the_password(
    browser: Browser, neighbour: Browser, people: Books
):
    people.password = "battery-staple-2"
    people.subscriber(BOB, HOME)
    assert (await browser.login(HOME, "battery-staple-2")).status == 303
    assert (await neighbour.login(HOME)).status == 303
    found = people.rows(
        "SELECT email FROM login_session JOIN subscriber USING (subscriber_id) ORDER BY email"
    )
    assert found == [(ALICE,), (BOB,)]


async def test_co_owners_with_one_password_are_let_in_by_e_mail_only(
    browser: Browser, people: Books
):
    people.subscriber(BOB, HOME)
    assert told(await browser.login(HOME)) == WRONG
    assert (await browser.login(BOB)).status == 303


async def test_an_old_number_of_two_accounts_opens_the_one_the_password_fits(
    browser: Browser, people: Books
):
    people.account("86000000033", house_id="H-2", premises="6", aliases="5500123").load()
    people.password = "battery-staple-2"
    people.subscriber(BOB, "86000000033")
    assert (await browser.login("5500123", "battery-staple-2")).status == 303
    assert await number_in_the_header(browser) == "86000000033"


async def test_a_number_of_one_s_own_goes_before_an_old_number_of_another(
    browser: Browser, people: Books
):
    people.account("86000000033", house_id="H-2", premises="6", aliases=HOME).load()
    people.subscriber(ALICE, "86000000033")
    await browser.login(HOME)
    assert await number_in_the_header(browser) == HOME


async def test_an_owner_who_sold_is_not_let_in_any_more(browser: Browser, people: Books):
    people.account(HOME, valid_from="2026-11-01", last_name="Новая").load()
    assert told(await browser.login(ALICE)) == WRONG
    assert told(await browser.login(HOME)) == WRONG


async def test_an_owner_who_sold_is_put_out_of_his_session(browser: Browser, people: Books):
    await browser.login(ALICE)
    people.account(HOME, valid_from="2026-11-01", last_name="Новая").load()
    answer = await browser.get("/account")
    assert (answer.status, answer.location) == (303, "/")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "wanted",
    ["/statement?from=2026-01&to=2026-03&mode=general", "/house", "/statement.csv?debt=penalty"],
)
async def test_the_reader_comes_to_the_page_he_wanted(browser: Browser, wanted: str):
    answer = await browser.get(wanted)
    assert (answer.status, answer.location) == (303, "/")
    assert (await browser.login(ALICE, "wrong-password")).status == 422
    assert (await browser.login(ALICE)).location == wanted


@pytest.mark.usefixtures("people")
async def test_a_wanted_page_is_wanted_once(browser: Browser):
    await browser.get("/house")
    await browser.login(ALICE)
    await browser.post("/logout")
    assert (await browser.login(ALICE)).location == "/account"


async def raw(browser: Browser, target: str) -> str:
    """The Location and Set-Cookie of a request line no browser of ours would send."""
    import asyncio

    reader, writer = await asyncio.open_connection("127.0.0.1", browser.server.port)
    writer.write(f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    answer = (await reader.read()).decode()
    writer.close()
    return answer


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/account",
        "http://evil.example/account",
        "http://evil.example/statement?a=1",
        "/\\evil.example",
        "/account/../../evil.example",
        "/%2f%2fevil.example",
    ],
)
async def test_the_way_back_never_leads_to_another_host(browser: Browser, target: str):
    answer = await raw(browser, target)
    if cookie := answer.partition("Set-Cookie: lkcap=")[2].partition(";")[0]:
        browser.http.cookie_jar.update_cookies({"lkcap": cookie}, browser.server.make_url("/"))
    location = (await browser.login(ALICE)).location
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "evil" not in location or "?" in location


@pytest.mark.usefixtures("people")
async def test_a_logged_in_reader_of_the_front_page_goes_to_his_account(browser: Browser):
    assert (await browser.get("/login")).status == 200
    await browser.login(ALICE)
    for path in ("/", "/login"):
        assert (await browser.get(path)).location == "/account"


@pytest.mark.usefixtures("people")
async def test_another_account_of_the_login_is_one_step_away(browser: Browser, people: Books):
    people.subscriber(CHARLIE, HOME)
    await browser.login(CHARLIE)
    assert await number_in_the_header(browser) == HOME
    answer = await browser.post("/account/switch", account=FAR)
    assert (answer.status, answer.location) == (303, "/account")
    assert await number_in_the_header(browser) == FAR
    assert "111,11" in (await browser.page("/statement")).text
