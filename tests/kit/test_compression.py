"""What is compressed, and what is not because its length would tell (BREACH)."""

import pytest

from tests.browserless import Answer, Browser
from tests.factory import Books

LED_BY_US = {"Sec-Fetch-Site": "same-origin"}
CSS = "/static/css/site.css"


def is_compressed(answer: Answer) -> bool:
    return answer.headers.get("Content-Encoding") == "gzip"


@pytest.fixture
async def reader(books: Books, browser: Browser) -> Browser:
    books.house().account().entry("2026-10").load()
    books.subscriber("alice@example.com", "86000000017")
    await browser.login("alice@example.com")
    return browser


@pytest.mark.parametrize("site", ["same-origin", "none"])
async def test_a_page_the_reader_came_to_by_himself_is_compressed(reader: Browser, site: str):
    answer = await reader.get("/statement", **{"Sec-Fetch-Site": site})
    assert is_compressed(answer)
    assert "Выписка" in answer.page.h1
    assert int(answer.headers["Content-Length"]) < len(answer.body) / 3
    assert "Sec-Fetch-Site" in answer.headers["Vary"]


@pytest.mark.parametrize("site", ["cross-site", "same-site", ""])
async def test_a_page_that_another_site_led_to_is_not(reader: Browser, site: str):
    answer = await reader.get("/statement", **{"Sec-Fetch-Site": site} if site else {})
    assert not is_compressed(answer)


async def test_what_is_the_same_for_all_is_compressed_for_all(browser: Browser):
    answer = await browser.get(CSS)
    assert is_compressed(answer)


@pytest.mark.parametrize("said", ["identity", "gzip;q=0", ""])
async def test_who_takes_no_gzip_gets_none(browser: Browser, said: str):
    answer = await browser.get(CSS, **LED_BY_US, **{"Accept-Encoding": said})
    assert not is_compressed(answer)
    assert b"@font-face" in answer.body


async def test_what_is_packed_already_goes_as_it_is(browser: Browser):
    for path in ("/static/fonts/lk-sans-400.woff2", "/robots.txt", "/favicon.ico"):
        assert not is_compressed(await browser.get(path, **LED_BY_US)), path


async def test_a_part_of_a_file_is_a_part_of_the_file(browser: Browser):
    answer = await browser.get(CSS, Range="bytes=0-99")
    assert (answer.status, len(answer.body), is_compressed(answer)) == (206, 100, False)
