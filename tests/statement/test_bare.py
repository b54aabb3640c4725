"""What the bench measures the statement page against shows that page, else it measures nothing."""

import json
import time

from aiohttp.test_utils import TestClient, TestServer
from cryptography.fernet import Fernet

from lkcap.config import Config
from tests.bench.bare import make_bare
from tests.bench.serve import READER
from tests.browserless import Browser, Page
from tests.conftest import KEY
from tests.factory import Books

ALICE = "alice@example.com"


async def test_the_bare_page_is_the_site_s(browser: Browser, books: Books, config: Config):
    books.house().account().entry("2026-09").entry("2026-10", op="payment", amount="879,97").load()
    books.subscriber(ALICE, "86000000017")
    await browser.login(ALICE)
    ((account_id,),) = books.rows("SELECT account_id FROM account")
    session = {"created": int(time.time()), "session": {"csrf": "c" * 32}}
    cookie = Fernet(KEY).encrypt(json.dumps(session).encode()).decode()
    async with TestClient(TestServer(make_bare(config, READER))) as bare:
        address = f"/statement?account={account_id}"
        answer = await bare.get(address, headers={"Cookie": f"lkcap={cookie}"})
        shown = Page(await answer.text())
    assert shown.table("statement") == (await browser.page("/statement")).table("statement")
