"""All pages of the site, for tests that look at each of them.

A page without variables in its address is found by itself, another one by a link to it. What no
link of the site leads to, because a letter or a paper does, is made here: whoever adds such a page
adds it to `unlinked`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from aiohttp import web

from lkcap.config import Config
from lkcap.mailing import unsubscribe as reminders
from lkcap.mailing.model import NEW_DEVICE
from lkcap.profile import unsubscribe as receipts
from lkcap.profile.tokens import hash_of
from tests.browserless import Browser
from tests.factory import Books
from tests.payments.taken import NEWS, Till
from tests.sharing.conftest import offered, opened
from tests.staff.applications import apply, token_of
from tests.staff.desk import Desk

# Answers that are no pages, though their addresses do not end as files do.
FILES = ("/static", "/bank/", "/pay/qr", "/register/houses", "/verify/keys")
# Addresses of forms and the desk's own lead on to a page; a letter as it is sent is none of ours.
NO_PAGES = {
    "/settings/password",
    "/settings/email",
    "/settings/code/off",
    "/staff",
    "/staff/letters/samples/{name}/html",
}
STRANGER = "c@example.com"
EMAIL_TOKEN = "a-token-that-a-letter-holds-as-a-link-to-open"
RELATIVE, RELATIVE_S = "relative@example.com", "86000000773"
INVITATION, INVITATION_TOO = "an-invitation-to-who-has-no-login", "an-invitation-to-the-reader"
OTHER_SUM = {"period": "2026-10", "kind": "principal", "closing": "1,00"}
# In the place of another one: an address that is asked to be confirmed.
CHANGE_EMAIL = """
INSERT INTO email_change (subscriber_id, new_email, token_hash, expires_at)
VALUES (%s, 'anna-new@example.com', %s, %s) ON CONFLICT (subscriber_id) DO NOTHING
"""
ADD_NEWS = """
INSERT INTO article (title, body, published_at, edited_at, edited_by)
SELECT 'Отключение воды', 'С девяти до *двух*.', now() - interval '1 hour', now(), staff_id
  FROM staff WHERE login = %s
"""
REFUSE = """
INSERT INTO refused_message (bank, kind, address, raw, reason)
VALUES ('gpb', 'register', '198.51.100.9', '/bank/gpb/register?trx_id=1', 'подпись не сходится')
"""


def is_page(address: str) -> bool:
    path = urlsplit(address).path
    is_file = re.search(r"\.\w{2,11}$", path) or path.startswith(FILES)
    return not is_file and "vision=" not in address


def pages_of(app: web.Application) -> set[str]:
    """The addresses of all pages, with their variables as the routes have them."""
    routes = (one for one in app.router.routes() if one.method == "GET" and one.resource)
    found = {one.resource.canonical for one in routes if one.resource}
    return {one for one in found if is_page(one)} - NO_PAGES


def plain(pages: set[str]) -> list[str]:
    """Those that name nothing."""
    return sorted(one for one in pages if "{" not in one)


def page_of(address: str, pages: set[str]) -> str | None:
    """Which of the pages the address opens."""
    path = urlsplit(address).path
    if path in pages:
        return path
    return next((one for one in sorted(pages) if _fits(one, path)), None)


def _fits(page: str, path: str) -> bool:
    parts = re.split(r"\{\w+\}", page)
    return re.fullmatch("[^/]+".join(map(re.escape, parts)), path) is not None


async def unlinked(reader: Browser, books: Books, config: Config, email: str) -> Sequence[str]:
    """Pages behind links of letters and papers, and one that only a search leads to; `reader` is
    logged in with the e-mail.
    """
    ((whose, account, number),) = books.rows(
        "SELECT subscriber_id, account_id, number FROM subscriber JOIN subscriber_account"
        " USING (subscriber_id) JOIN account USING (account_id) WHERE email = %s"
        " ORDER BY account_id LIMIT 1",
        email,
    )
    until = datetime.now(UTC) + timedelta(hours=1)
    books.rows(CHANGE_EMAIL, whose, hash_of(EMAIL_TOKEN), until)
    books.rows(ADD_NEWS, Desk(config).employ("editor", "author"))
    apply(books)
    apply(books, "00", email="b@example.com", last_name="Чужая", ago=2)
    apply(books, "01", email=STRANGER, is_confirmed=False)
    till = Till(books, number)
    order = await till.order()
    await till.news(order, replace(NEWS, amount=87997))
    # paid twice, and forged: somebody must look
    await till.news(order, replace(NEWS, trx_id="FA4E-2", amount=87997))
    books.rows(REFUSE)
    # the billing system tells another sum
    books.load_rows("balances", [{**OTHER_SUM, "account": number}])
    await reader.get("/reference.pdf")
    ((paper,),) = books.rows("SELECT code FROM reference LIMIT 1")
    reminder = reminders.link(config, whose, NEW_DEVICE)
    share(books, number, email)
    return [
        f"/staff/subscribers/{whose}",
        f"/payment/{order}",
        f"/verify/{paper}",
        f"/unsubscribe/{receipts.token(config, whose, account)}",
        reminder.removeprefix(config.public_url),
        f"/register/confirm/{token_of('01', STRANGER)}",
        f"/settings/email/{EMAIL_TOKEN}",
        f"/settings/sharing/leave?account={RELATIVE_S}",
        f"/invitation/{INVITATION}",
        f"/invitation/{INVITATION_TOO}/accept",
    ]


def share(books: Books, number: str, email: str) -> None:
    """The reader has let somebody in and invited another; a relative has done the same to him."""
    books.account(RELATIVE_S, premises="77", els="99ЯЯ000077", last_name="Дорина").load()
    books.subscriber(RELATIVE, RELATIVE_S, number)
    opened(books, RELATIVE_S, RELATIVE, email, "view")
    opened(books, number, email, "daughter@example.com", "pay")
    offered(books, number, email, "son@example.com", INVITATION)
    offered(books, number, RELATIVE, email, INVITATION_TOO)
