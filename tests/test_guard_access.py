"""Who may open what: a decision about every route, and a walk that proves each of them.

Whoever adds a route adds its line here, else the first test fails: the method, the address, who may
open it, and whose the thing is that its address or its form names:

    none   it names nothing
    own    the reader's own; another's does not exist
    key    whoever knows the name may: it is random or signed, and says so where it is made
    all    everybody's who may open the page
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from aiohttp import web

from lkcap.auth.one_time import issue
from lkcap.config import Config
from lkcap.kit.db import transaction
from lkcap.mail.letter import unseal
from lkcap.payments.order import Split
from lkcap.payments.twice import digest, new_form_name
from lkcap.staff.role import Role
from tests.browserless import Answer, Browser
from tests.conftest import PASSWORD, settings
from tests.factory import Books
from tests.payments.taken import Till
from tests.sharing.conftest import offered, opened
from tests.staff.desk import Desk

DECIDED = """
GET  /                                              everyone    none
GET  /login                                         everyone    none
POST /login                                         everyone    none
POST /logout                                        once        none
GET  /restore                                       everyone    none
POST /restore                                       everyone    none
GET  /consent                                       everyone    none
GET  /privacy                                       everyone    none
GET  /guide                                         everyone    none
GET  /guide.pdf                                     everyone    none
GET  /fund                                          everyone    none
GET  /news                                          everyone    none
GET  /news.rss                                      everyone    none
GET  /news/{id}                                     everyone    all
GET  /pay                                           everyone    none
POST /pay                                           everyone    all
GET  /pay/qr                                        everyone    all
GET  /payment/{order}                               everyone    key
GET  /verify                                        everyone    none
POST /verify                                        everyone    key
GET  /verify/keys                                   everyone    none
GET  /verify/{code}                                 everyone    key
GET  /register                                      everyone    none
POST /register                                      everyone    none
GET  /register/sent                                 everyone    none
GET  /register/houses                               everyone    none
GET  /register/confirm/{token}                      everyone    key
POST /register/confirm/{token}                      everyone    key
GET  /invitation/consent                            everyone    none
GET  /invitation/{token}                            everyone    key
POST /invitation/{token}                            everyone    key
GET  /unsubscribe/{token}                           everyone    key
POST /unsubscribe/{token}                           everyone    key
POST /unsubscribe/{token}/back                      everyone    key
GET  /unsubscribe/reminder/{token}                  everyone    key
POST /unsubscribe/reminder/{token}                  everyone    key
POST /unsubscribe/reminder/{token}/back             everyone    key
GET  /favicon.ico                                   everyone    none
GET  /robots.txt                                    everyone    none
GET  /manifest.webmanifest                          everyone    none
GET  /sw.js                                         everyone    none
GET  /bank/gpb/check                                everyone    key
GET  /bank/gpb/register                             everyone    key
POST /bank/sngb/notify                              everyone    key
GET  /bank/sngb/return                              everyone    key

GET  /account                                       subscriber  none
GET  /account/why                                   subscriber  none
GET  /account/plan                                  subscriber  none
GET  /account/due.ics                               subscriber  none
POST /account/switch                                subscriber  own
GET  /statement                                     subscriber  none
GET  /statement.csv                                 subscriber  none
GET  /statement.xlsx                                subscriber  none
GET  /reference.pdf                                 subscriber  none
GET  /receipts                                      subscriber  none
GET  /receipts/{period}.pdf                         subscriber  own
GET  /receipts/{year}.pdf                           subscriber  own
GET  /payment                                       subscriber  none
POST /payment                                       subscriber  own
GET  /payment/qr.png                                subscriber  none
GET  /payment/all                                   subscriber  none
GET  /payments                                      subscriber  none
GET  /payments/{payment_id}.pdf                     subscriber  own
GET  /house                                         subscriber  none
GET  /settings                                      subscriber  none
GET  /settings/password                             subscriber  none
POST /settings/password                             subscriber  none
GET  /settings/password/new                         once        none
POST /settings/password/new                         once        none
GET  /settings/email                                subscriber  none
POST /settings/email                                subscriber  none
GET  /settings/email/{token}                        subscriber  own
POST /settings/email/{token}                        subscriber  own
POST /settings/receipts                             subscriber  none
POST /settings/reminders                            subscriber  none
GET  /settings/devices                              subscriber  none
POST /settings/devices/end                          subscriber  own
POST /settings/devices/end-all                      subscriber  none
GET  /settings/code                                 subscriber  none
POST /settings/code                                 subscriber  none
GET  /settings/code/off                             subscriber  none
POST /settings/code/off                             subscriber  none
GET  /settings/code/new                             subscriber  none
POST /settings/code/new                             subscriber  none
GET  /settings/code/qr.png                          subscriber  none
GET  /settings/accounts                             subscriber  none
POST /settings/accounts                             subscriber  own
GET  /settings/sharing                              subscriber  none
POST /settings/sharing                              subscriber  own
GET  /settings/sharing/leave                        subscriber  none
POST /settings/sharing/leave                        subscriber  own
GET  /settings/sharing/{share}                      subscriber  own
POST /settings/sharing/{share}                      subscriber  own
POST /settings/sharing/{share}/revoke               subscriber  own
GET  /invitation/{token}/accept                     subscriber  own
POST /invitation/{token}/accept                     subscriber  own
GET  /settings/data.json                            subscriber  none
GET  /settings/delete                               subscriber  none
POST /settings/delete                               subscriber  none

GET  /staff/login                                   everyone    none
POST /staff/login                                   everyone    none
GET  /staff                                         staff       none
POST /staff/logout                                  staff-once  none
GET  /staff/password                                staff-once  none
POST /staff/password                                staff-once  none
GET  /staff/applications                            operator    none
POST /staff/applications/next                       operator    none
GET  /staff/applications/{id}                       operator    all
POST /staff/applications/{id}                       operator    all
POST /staff/applications/{id}/take                  operator    all
POST /staff/applications/{id}/release               operator    all
POST /staff/applications/{id}/account               operator    all
GET  /staff/subscribers                             operator    none
GET  /staff/subscribers/{id}                        operator    all
POST /staff/subscribers/{id}/password               operator    all
POST /staff/subscribers/{id}/block                  operator    all
POST /staff/subscribers/{id}/unblock                operator    all
POST /staff/subscribers/{id}/code/off               operator    all
POST /staff/subscribers/{id}/accounts/{account}/unlink operator all
POST /staff/subscribers/{id}/shares/{share}/revoke  operator    all
GET  /staff/payments                                accountant  none
GET  /staff/payments/{key}                          accountant  all
POST /staff/payments/{key}/refund                   accountant  all
POST /staff/refunds/{refund_id}/confirm             accountant  all
POST /staff/refunds/{refund_id}/withdraw            accountant  all
POST /staff/refunds/{refund_id}/enquire             accountant  all
POST /staff/refunds/{refund_id}/decide              accountant  all
GET  /staff/reconciliation                          accountant  none
POST /staff/reconciliation/{payment_id}             accountant  all
GET  /staff/reconciliation/messages                 accountant  none
GET  /staff/reconciliation/differences              accountant  none
GET  /staff/reconciliation/differences/{difference_id} accountant all
POST /staff/reconciliation/differences/{difference_id}/settle accountant all
POST /staff/reconciliation/differences/{difference_id}/reopen accountant all
GET  /staff/loads                                   accountant  none
GET  /staff/loads/{load_id}                         accountant  all
GET  /staff/loads/{load_id}/undo                    accountant  all
POST /staff/loads/{load_id}/undo                    accountant  all
GET  /staff/news                                    editor      none
GET  /staff/news/new                                editor      none
POST /staff/news/new                                editor      none
GET  /staff/news/fund                               editor      none
POST /staff/news/fund                               editor      none
GET  /staff/news/{id}                               editor      all
POST /staff/news/{id}                               editor      all
POST /staff/news/{id}/delete                        editor      all
GET  /staff/letters                                 operator    none
POST /staff/letters/refused                         operator    none
GET  /staff/letters/samples                         operator    none
GET  /staff/letters/samples/{name}                  operator    all
GET  /staff/letters/samples/{name}/html             operator    all
GET  /staff/people                                  admin       none
POST /staff/people                                  admin       none
POST /staff/people/{login}/reset                    admin       all
POST /staff/people/{login}/disable                  admin       all
GET  /staff/journal                                 admin       none
"""

# What the cabinet is to a relative, to whom an account was opened by its owner:
#     view   either right opens it
#     pay    the right to pay opens it, and who may only look is shown the way without a login
#     own    it is about his own login, whatever was opened to it
#     owner  the owner's alone
FOR_RELATIVES = """
GET  /account                                       view
GET  /account/why                                   view
GET  /account/plan                                  view
GET  /account/due.ics                               view
GET  /statement                                     view
GET  /statement.csv                                 view
GET  /statement.xlsx                                view
GET  /reference.pdf                                 view
GET  /receipts                                      view
GET  /receipts/{period}.pdf                         view
GET  /receipts/{year}.pdf                           view
GET  /payments                                      view
GET  /payments/{payment_id}.pdf                     view
GET  /house                                         view
POST /account/switch                                own
GET  /payment                                       pay
POST /payment                                       pay
GET  /payment/qr.png                                pay
GET  /payment/all                                   pay
POST /logout                                        own
GET  /settings                                      own
GET  /settings/password                             own
POST /settings/password                             own
GET  /settings/password/new                         own
POST /settings/password/new                         own
GET  /settings/email                                own
POST /settings/email                                own
GET  /settings/email/{token}                        own
POST /settings/email/{token}                        own
POST /settings/receipts                             owner
POST /settings/reminders                            own
GET  /settings/devices                              own
POST /settings/devices/end                          own
POST /settings/devices/end-all                      own
GET  /settings/code                                 own
POST /settings/code                                 own
GET  /settings/code/off                             own
POST /settings/code/off                             own
GET  /settings/code/new                             own
POST /settings/code/new                             own
GET  /settings/code/qr.png                          own
GET  /settings/accounts                             own
POST /settings/accounts                             owner
GET  /settings/sharing                              own
POST /settings/sharing                              owner
GET  /settings/sharing/leave                        own
POST /settings/sharing/leave                        own
GET  /settings/sharing/{share}                      owner
POST /settings/sharing/{share}                      owner
POST /settings/sharing/{share}/revoke               owner
GET  /invitation/{token}/accept                     own
POST /invitation/{token}/accept                     own
GET  /settings/data.json                            own
GET  /settings/delete                               own
POST /settings/delete                               own
"""

ALICE, CHARLIE = "alice@example.com", "charlie@example.com"
DORA, MARIA = "dora@example.com", "maria@example.com"
HOME, FAR = "86000000017", "86000000025"
# Dora's: opened to Alice, and one she has invited Alice to
OPENED, OFFERED = "86000000041", "86000000058"
VIEW_ONLY, LINK = "Этот счёт открыт вам для просмотра", "i" * 43
NOT_YOURS, OLD_FORM = "Эта страница не для вашей роли", "Форма устарела"
UNKNOWN = "404"
# What a form must say before the page looks at what its address names.
SAID = {
    "/staff/payments/{key}/refund": {"principal": "1", "why": "дважды", "form": "x"},
    "/staff/reconciliation/{payment_id}": {"account": HOME},
    "/staff/loads/{load_id}/undo": {"why": "не тот файл"},
    "/staff/reconciliation/differences/{difference_id}/settle": {"why": "узнали"},
    "/staff/reconciliation/differences/{difference_id}/reopen": {"why": "ошиблись"},
}


@dataclass(frozen=True, slots=True)
class Decision:
    method: str
    path: str
    who: str
    whose: str

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_desk(self) -> bool:
        return self.path == "/staff" or self.path.startswith("/staff/")

    @property
    def is_named(self) -> bool:
        """Its address names a thing."""
        return "{" in self.path

    def filled(self, value: str = UNKNOWN) -> str:
        """The address with something in it: a month and a year must look like ones."""
        filled = self.path.replace("{period}", "1999-01").replace("{year}", "1999")
        while "{" in filled:
            before, _, rest = filled.partition("{")
            filled = before + value + rest.partition("}")[2]
        return filled

    def opens_for(self, role: Role) -> bool:
        return self.who.startswith("staff") or role in (Role.ADMIN, self.who)


TABLE = [Decision(*line.split()) for line in DECIDED.splitlines() if line]
CABINET = [one for one in TABLE if one.who in ("subscriber", "once")]
DESK = [one for one in TABLE if one.is_desk and one.who != "everyone"]
ONCE = ("once", "staff-once")


@pytest.fixture
def config(database: str) -> Config:
    wide = dict.fromkeys(("login", "restore", "register", "guest", "verify"), "10000/15m")
    return Config(**settings(database, limits=wide))


@pytest.fixture
def desk(config: Config) -> Desk:
    return Desk(config)


@pytest.fixture
def people(books: Books) -> Books:
    """Alice has been a subscriber for years, Charlie's account is of this autumn."""
    books.house().house(house_id="H-2", address="г. Дальний, ул. Сосновая, д. 2")
    books.account(HOME).entry("2025-05").entry("2026-10")
    books.account(FAR, house_id="H-2", els="99ЯЯ000002", opened_on="2026-09-01")
    books.entry("2026-10", account=FAR).load()
    return books.subscriber(ALICE, HOME).subscriber(CHARLIE, FAR)


@pytest.fixture
async def alice(people: Books, neighbour: Browser) -> Browser:
    assert (await neighbour.login(ALICE)).status == 303
    return neighbour


@pytest.fixture
async def charlie(people: Books, browser: Browser) -> AsyncIterator[Browser]:
    async with Browser(browser.server, PASSWORD) as one:
        assert (await one.login(CHARLIE)).location == "/account"
        yield one


async def call(browser: Browser, one: Decision, address: str = "", csrf: str = "no") -> Answer:
    """Open the page or send its form, with nothing in it that it does not insist on."""
    address = address or one.filled()
    if one.method == "GET":
        return await browser.get(address)
    return await browser.post(address, csrf=csrf, **SAID.get(one.path, {}))


async def desk_token(browser: Browser) -> str:
    return (await browser.page("/staff/password")).csrf[0]


def leads_to(answer: Answer, address: str) -> bool:
    return (answer.status, answer.headers.get("Location")) == (303, address)


def test_every_route_has_a_decision(app: web.Application):
    routes = [one for one in app.router.routes() if one.method != "HEAD"]
    found = {
        f"{one.method} {one.resource.canonical}"
        for one in routes
        if one.resource and not isinstance(one.resource, web.StaticResource)
    }
    assert {one.name for one in TABLE} == found
    assert len(TABLE) == len(found)


def test_what_names_a_thing_says_whose_it_is():
    assert {one.whose for one in TABLE} == {"none", "own", "key", "all"}
    assert [one.name for one in TABLE if one.is_named and one.whose == "none"] == []


def test_open_is_what_is_marked_open(app: web.Application):
    marked = {
        f"{one.method} {one.resource.canonical}"
        for one in app.router.routes()
        if one.resource and one.method != "HEAD" and getattr(one.handler, "public", False)
    }
    assert {one.name for one in TABLE if one.who == "everyone"} == marked


async def test_a_stranger_is_sent_to_the_door(browser: Browser):
    token = await browser.token()
    for one in [*CABINET, *DESK]:
        door = "/staff/login" if one.is_desk else "/"
        assert leads_to(await call(browser, one, csrf=token), door), one.name
        url = browser.server.make_url(one.filled())
        for method in ("HEAD", "PUT", "DELETE"):
            async with browser.http.request(method, url, allow_redirects=False) as answer:
                assert (answer.status, answer.headers["Location"]) == (303, door), one.name


async def test_what_is_open_sends_nobody_to_the_door(browser: Browser):
    for one in TABLE:
        if one.who == "everyone" and not one.path.startswith("/bank/"):
            answer = await call(browser, one)
            assert not leads_to(answer, "/"), one.name
            assert not leads_to(answer, "/staff/login"), one.name


async def test_a_subscriber_is_let_in_to_the_cabinet_and_not_to_the_desk(charlie: Browser):
    token = await charlie.token()
    for one in DESK:
        assert leads_to(await call(charlie, one, csrf=token), "/staff/login"), one.name
    for one in CABINET:
        answer = await call(charlie, one)
        if one.method == "POST":
            # past the door, and stopped by the token alone
            assert (answer.status, answer.page.h1) == (403, OLD_FORM), one.name
        else:
            assert not leads_to(answer, "/"), one.name
            assert answer.status in (200, 303, 404, 422), one.name


def decided_for_relatives() -> dict[str, str]:
    lines = [line.split() for line in FOR_RELATIVES.splitlines() if line]
    return {f"{method} {path}": what for method, path, what in lines}


def test_every_route_of_the_cabinet_is_decided_for_relatives():
    assert decided_for_relatives().keys() == {one.name for one in CABINET}
    assert set(decided_for_relatives().values()) == {"view", "pay", "own", "owner"}


@pytest.mark.parametrize("may", ["view", "pay"])
async def test_a_relative_is_let_in_as_far_as_the_owner_has_said(
    browser: Browser, people: Books, may: str
):
    opened(people, HOME, ALICE, MARIA, may)
    assert (await browser.login(MARIA)).location == "/account"
    token = await browser.token()
    for one in CABINET:
        what = decided_for_relatives()[one.name]
        if what == "owner":
            answer = await call(browser, one, csrf=token)
            assert answer.status in (403, 404, 422), one.name
            assert not answer.page.by_id("main").startswith(OLD_FORM), one.name
        elif what == "pay" and may == "view":
            answer = await call(browser, one, csrf=token)
            assert (answer.status, answer.page.h1) == (403, VIEW_ONLY), one.name
        elif one.method == "POST":
            assert (await call(browser, one)).page.h1 == OLD_FORM, one.name
        else:
            answer = await call(browser, one)
            assert answer.status in (200, 303, 404, 422), one.name
            assert not leads_to(answer, "/"), one.name


@pytest.mark.parametrize("role", list(Role))
async def test_an_employee_is_let_in_to_the_pages_of_his_role(
    browser: Browser, desk: Desk, role: Role
):
    await desk.enter(browser, role)
    token = await desk_token(browser)
    for one in DESK:
        is_his = one.opens_for(role)
        answer = await call(browser, one, csrf="no" if is_his else token)
        if not is_his:
            assert (answer.status, answer.page.h1) == (403, NOT_YOURS), one.name
        elif one.method == "POST":
            assert (answer.status, answer.page.h1) == (403, OLD_FORM), one.name
        else:
            assert answer.status in (200, 303, 404), one.name


@pytest.mark.parametrize("role", list(Role))
async def test_an_employee_is_a_stranger_in_the_cabinet(browser: Browser, desk: Desk, role: Role):
    await desk.enter(browser, role)
    token = await desk_token(browser)
    for one in CABINET:
        assert leads_to(await call(browser, one, csrf=token), "/"), one.name


async def test_a_one_time_password_opens_one_page_of_the_cabinet(
    app: web.Application, browser: Browser, people: Books
):
    await enter_once(app, browser, people)
    token = (await browser.page("/settings/password/new")).csrf[0]
    for one in [*CABINET, *DESK]:
        door = "/staff/login" if one.is_desk else "/settings/password/new"
        if one.who not in ONCE:
            assert leads_to(await call(browser, one, csrf=token), door), one.name
        elif not one.is_desk and one.method == "POST":
            assert (await call(browser, one)).page.h1 == OLD_FORM, one.name


async def enter_once(app: web.Application, browser: Browser, people: Books) -> None:
    ((whose,),) = people.rows("SELECT subscriber_id FROM subscriber WHERE email = %s", ALICE)
    async with transaction(app) as conn:
        password = await issue(app, conn, whose, datetime.now(UTC))
    assert (await browser.login(ALICE, password)).location == "/settings/password/new"


async def test_to_open_pages_who_came_with_a_one_time_password_is_nobody(
    app: web.Application, browser: Browser, people: Books
):
    await enter_once(app, browser, people)
    for path in ("/fund", "/news", "/pay", "/verify"):
        page = await browser.page(path)
        assert "Вы не авторизованы" in page.text, path
        assert HOME not in page.text, path


@pytest.mark.parametrize("role", list(Role))
async def test_an_employee_s_one_time_password_opens_one_page_of_the_desk(
    browser: Browser, desk: Desk, role: Role
):
    await desk.log_in(browser, desk.employ(role, one_time=True))
    token = await desk_token(browser)
    for one in DESK:
        if one.who not in ONCE:
            assert leads_to(await call(browser, one, csrf=token), "/staff/password"), one.name


async def test_what_an_employee_names_must_exist(browser: Browser, desk: Desk, people: Books):
    await desk.enter(browser, "admin")
    token = await desk_token(browser)
    for one in DESK:
        if one.is_named:
            answer = await call(browser, one, csrf=token)
            assert (answer.status, answer.page.h1) == (404, "Страница не найдена"), one.name


async def test_a_name_that_nobody_was_given_opens_nothing(browser: Browser, people: Books):
    token = await browser.token()
    for one in TABLE:
        if one.who == "everyone" and one.is_named:
            assert (await call(browser, one, csrf=token)).status == 404, one.name


def token_of(books: Books, config: Config) -> str:
    """The one in the last letter that asks to confirm an address."""
    rows = books.rows("SELECT facts FROM letter WHERE name = 'email_confirm' ORDER BY letter_id")
    link = unseal(bytes(rows[-1][0]), config.secret_keys)["link"]
    return str(link).rpartition("/")[2]


def session_of(books: Books, email: str) -> str:
    ((handle,),) = books.rows(
        "SELECT left(encode(token_hash, 'hex'), 16) FROM login_session"
        " JOIN subscriber USING (subscriber_id) WHERE email = %s", email,
    )  # fmt: skip
    return str(handle)


def share_of(books: Books) -> str:
    """What Alice has opened to Maria."""
    ((share,),) = books.rows(
        "SELECT share_id FROM account_share JOIN subscriber ON owner_id = subscriber_id"
        " WHERE subscriber.email = %s", ALICE,
    )  # fmt: skip
    return str(share)


# For each thing of Alice's: how Charlie names it, and how he names one that nobody has.
Names = Callable[[Books, Config], tuple[str, str]]
OWN: dict[str, tuple[str, Names]] = {
    "POST /account/switch": ("account", lambda *_: (HOME, "86000000033")),
    "GET /receipts/{period}.pdf": ("", lambda *_: ("2025-05", "1999-05")),
    "GET /receipts/{year}.pdf": ("", lambda *_: ("2025", "1999")),
    "GET /payments/{payment_id}.pdf": (
        "", lambda books, _: (str(books.rows("SELECT payment_id FROM payment")[0][0]), "777777"),
    ),
    "GET /settings/email/{token}": ("", lambda *site: (token_of(*site), "z" * 43)),
    "POST /settings/email/{token}": ("", lambda *site: (token_of(*site), "z" * 43)),
    "POST /settings/devices/end": (
        "session", lambda books, _: (session_of(books, ALICE), "0123456789abcdef"),
    ),
    "POST /settings/accounts": ("account", lambda *_: (HOME, "86000000033")),
    "POST /settings/sharing": ("account", lambda *_: (HOME, "86000000033")),
    "POST /settings/sharing/leave": ("account", lambda *_: (OPENED, "86000000033")),
    "GET /settings/sharing/{share}": ("", lambda books, _: (share_of(books), "777777")),
    "POST /settings/sharing/{share}": ("may", lambda books, _: (share_of(books), "777777")),
    "POST /settings/sharing/{share}/revoke": (
        "", lambda books, _: (share_of(books), "777777"),
    ),
    "GET /invitation/{token}/accept": ("", lambda *_: (LINK, "z" * 43)),
    "POST /invitation/{token}/accept": ("", lambda *_: (LINK, "z" * 43)),
}  # fmt: skip
# A form of payment is named by its page, and found by that name and its account together.
FORMS_OF_PAYMENT = {"POST /payment"}
# The account is chosen from a list, as a form with a mistake.
AS_A_MISTAKE = {"POST /settings/accounts", "POST /settings/sharing"}


def test_everything_of_one_s_own_is_tried_by_another():
    assert OWN.keys() | FORMS_OF_PAYMENT == {one.name for one in TABLE if one.whose == "own"}


@pytest.fixture
async def things(alice: Browser, people: Books) -> Books:
    """Alice has paid, and a link to her new address is on its way; she has opened her account to
    Maria, Dora hers to Alice.
    """
    people.account(OPENED, premises="41", els="99ЯЯ000041", last_name="Дорина")
    people.account(OFFERED, premises="58", els="99ЯЯ000058", last_name="Дорина").load()
    people.subscriber(DORA, OPENED, OFFERED)
    opened(people, HOME, ALICE, MARIA, "view")
    opened(people, OPENED, DORA, ALICE, "view")
    offered(people, OFFERED, DORA, ALICE, LINK)
    await Till(people, HOME).pay()
    answer = await alice.post("/settings/email", email="new@example.com", password=PASSWORD)
    assert answer.status == 303
    return people


@pytest.mark.parametrize("name", list(OWN))
async def test_another_s_looks_like_what_does_not_exist(
    alice: Browser, charlie: Browser, things: Books, config: Config, name: str
):
    field, names = OWN[name]
    hers, nobody_s = names(things, config)
    seen = await named(charlie, name, field, hers)
    assert seen.status == (422 if name in AS_A_MISTAKE else 404)
    never = await named(charlie, name, field, nobody_s)
    assert (never.status, never.page.text) == (seen.status, seen.page.text)
    mine = await named(alice, name, field, hers)
    assert mine.status in (200, 303) or name in AS_A_MISTAKE


async def named(browser: Browser, name: str, field: str, value: str) -> Answer:
    method, _, path = name.partition(" ")
    address = path.partition("{")[0] + value + path.partition("}")[2] if "{" in path else path
    if method == "GET":
        return await browser.get(address)
    fields = {field: "pay" if field == "may" else value, "password": PASSWORD} if field else {}
    return await browser.post(address, **fields)


def test_another_s_form_of_payment_is_a_form_of_one_s_own():
    name, sums = new_form_name(), Split(87997, 32)
    assert digest(name, 1, sums) != digest(name, 2, sums)


async def test_a_result_page_tells_its_key_s_holder_neither_account_nor_name(
    charlie: Browser, people: Books
):
    order = await Till(people, HOME).order()
    page = await charlie.page(f"/payment/{order}")
    for secret in (HOME, "Примеров", "Кедровая", ALICE):
        assert secret not in page.text
    await charlie.page(f"/payment/{'a' * 32}", status=404)


async def test_an_article_that_is_not_out_yet_does_not_exist(browser: Browser, books: Books):
    Desk(Config(**settings(books.database))).employ("editor")
    books.rows(
        "INSERT INTO article (title, body, published_at, edited_at, edited_by)"
        " SELECT 'Рано', 'Текст', at, now(), staff_id FROM staff,"
        " (VALUES (NULL), (now() + interval '1 hour')) AS out (at)"
    )
    for (article,) in books.rows("SELECT article_id FROM article"):
        hidden = await browser.page(f"/news/{article}", status=404)
        assert hidden.text == (await browser.page("/news/777777", status=404)).text
