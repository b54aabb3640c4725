"""Forms that come after their session has ended."""

import json

from cryptography.fernet import Fernet

from tests.browserless import Answer, Browser, Page
from tests.conftest import KEY
from tests.factory import Books


def expire(books: Books) -> None:
    """Every session is over, in the cabinet and at the desk."""
    books.rows("UPDATE login_session SET seen_at = now() - interval '13 hours'")
    books.rows("UPDATE staff_session SET seen_at = now() - interval '31 minutes'")


async def send_late(
    browser: Browser, books: Books, page: str, path: str = "", **fields: str
) -> Answer:
    """Open a page, let the session end, send its form."""
    token = (await browser.page(page)).csrf[0]
    expire(books)
    return await browser.post(path or page, csrf=token, **fields)


def kept(books: Books) -> list[dict[str, str]]:
    """What is in the table, unsealed."""
    rows = books.rows("SELECT answers FROM kept_answers")
    return [dict(json.loads(Fernet(KEY).decrypt(bytes(one)))) for (one,) in rows]


def value(page: Page, name: str) -> str:
    """Of an input or a textarea."""
    (found,) = page.all(f"main [name={name}]")
    return found.get("value", "") if found.tag == "input" else (found.text or "").strip()
