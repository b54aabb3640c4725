"""The cabinet on a phone: its manifest, its icons, and a worker that keeps nothing of anyone."""

import json
import re

from lkcap.app import make_app
from lkcap.config import Config
from tests.browserless import Browser
from tests.conftest import settings
from tests.kit.conftest import Opener, opened

__all__ = ["opened"]


async def manifest(browser: Browser) -> dict:
    answer = await browser.get("/manifest.webmanifest")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("application/manifest+json")
    return json.loads(answer.body)


async def test_the_manifest_names_the_fund_and_where_to_begin(browser: Browser):
    told = await manifest(browser)
    assert "Фонд капитального ремонта (проверка)" in told["name"]
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")


async def test_every_icon_is_there_in_its_size(browser: Browser):
    icons = (await manifest(browser))["icons"]
    assert {(one["sizes"], one["purpose"]) for one in icons} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for one in icons:
        answer = await browser.get(one["src"])
        width = int.from_bytes(answer.body[16:20])
        assert (answer.status, f"{width}x{width}") == (200, one["sizes"])


async def test_every_shortcut_is_a_page(reader: Browser):
    for one in (await manifest(reader))["shortcuts"]:
        assert (await reader.get(one["url"])).status in (200, 303), one


async def test_every_page_names_the_manifest_and_no_desk_is_an_exception(browser: Browser):
    for path in ("/", "/news", "/staff/login"):
        page = await browser.page(path)
        assert page.all("link[rel=manifest]")[0].get("href") == "/manifest.webmanifest"


async def test_the_worker_says_in_the_funds_words_that_there_is_no_network(
    database: str, opened: Opener
):
    fund = {"name": "Фонд «Проба»</script>", "phone": "8 (000) 100-00-86"}
    browser = await opened(make_app(Config(**settings(database, fund=fund))))
    answer = await browser.get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    page = json.loads(re.search(r"^const PAGE = (.*);$", answer.body.decode(), re.MULTILINE)[1])
    assert "Нет связи" in page
    assert "8 (000) 100-00-86" in page
    assert "Проба»&lt;/script&gt;" in page


async def test_the_worker_keeps_the_sheet_and_the_mark_alone(browser: Browser):
    script = (await browser.get("/sw.js")).body.decode()
    kept = json.loads(re.search(r"^const KEPT = (.*);$", script, re.MULTILINE)[1])
    assert [one.partition("?")[0] for one in kept] == [
        "/static/css/site.css",
        "/static/img/mark.svg",
    ]
    for one in kept:
        assert (await browser.get(one)).status == 200
    assert ".put(" not in script


async def test_the_worker_is_the_same_for_everyone(reader: Browser, neighbour: Browser):
    mine, foreign = await reader.get("/sw.js"), await neighbour.get("/sw.js")
    assert mine.body == foreign.body
    assert "Set-Cookie" not in foreign.headers
