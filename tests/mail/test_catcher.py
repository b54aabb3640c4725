"""The demo's post takes letters as a relay would, shows them to a person, and keeps them."""

from pathlib import Path

import aiohttp

from lkcap.config import Config
from lkcap.demo.mail import Post, running
from lkcap.kit.db import Database
from lkcap.mail.background import relays
from lkcap.mail.compose import Carried, Composer, Queued
from lkcap.mail.message import Attachment
from lkcap.mail.sender import Sender
from tests.conftest import settings
from tests.mail.queued import LINK, letter, put


async def send(post: Post, database: str, outbox: Database) -> None:
    async def paper(_: Queued) -> Carried:
        return Carried(files=[Attachment("receipt.pdf", "application/pdf", b"%PDF-1.7")])

    config = Config(**settings(database, smtp_url=post.smtp_url))  # type: ignore[arg-type]
    await put(outbox, letter())
    composer = Composer(config, {"confirm_registration": paper})
    assert (await Sender(outbox, composer, relays(config), None, 2).run()).sent == 1


async def read(url: str) -> tuple[int, str, str]:
    """Status, body and policy of a page."""
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        policy = answer.headers.get("Content-Security-Policy", "")
        return answer.status, await answer.text(), policy


async def addresses(post: Post) -> list[str]:
    _, html, _ = await read(post.url)
    return [part.partition('"')[0] for part in html.split('<li><a href="')[1:]]


async def test_a_letter_is_listed_and_can_be_read(database: str, outbox: Database, tmp_path: Path):
    async with running(tmp_path) as post:
        assert await addresses(post) == []
        await send(post, database, outbox)
        (address,) = await addresses(post)
        _, page, _ = await read(post.url + address)
        assert "Подтвердите регистрацию" in page
        assert "anna@example.com" in page
        assert LINK in page
        assert (await read(f"{post.url}{address}/0"))[1] == "%PDF-1.7"
        assert "Subject: =?utf-8?B?" in (await read(f"{post.url}{address}/source"))[1]


async def test_the_html_of_a_letter_is_shut_in_and_its_links_open_apart(
    database: str, outbox: Database, tmp_path: Path
):
    async with running(tmp_path) as post:
        await send(post, database, outbox)
        (address,) = await addresses(post)
        status, html, policy = await read(f"{post.url}{address}/html")
        assert status == 200
        assert '<base target="_blank">' in html
        assert "sandbox allow-popups" in policy
        assert "default-src 'none'" in policy


async def test_letters_outlive_the_post(database: str, outbox: Database, tmp_path: Path):
    async with running(tmp_path) as post:
        await send(post, database, outbox)
        before = await addresses(post)
    async with running(tmp_path) as post:
        assert await addresses(post) == before != []


async def test_a_letter_that_is_not_there_is_404(tmp_path: Path):
    async with running(tmp_path) as post:
        for path in ("nothing", "..%2Fregion", "nothing/html", "nothing/0"):
            assert (await read(f"{post.url}/{path}"))[0] == 404, path
