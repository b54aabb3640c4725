"""What a phone on a slow line has to fetch before it shows a page."""

import pytest

from lkcap.kit.pages import STATIC
from tests.browserless import Browser

KB = 1024


def test_all_sheets_and_scripts_together_are_light():
    files = [*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")]
    assert files
    assert sum(one.stat().st_size for one in files) <= 60 * KB


def test_all_fonts_together_are_light():
    assert sum(one.stat().st_size for one in STATIC.glob("fonts/*.woff2")) <= 64 * KB


@pytest.mark.parametrize("path", ["/", "/pay", "/register", "/news", "/fund"])
async def test_no_script_holds_a_page_up(browser: Browser, path: str):
    page = await browser.page(path)
    assert all("defer" in one.attrib for one in page.all("script"))
    assert len(page.html.encode()) <= 30 * KB


async def test_what_a_page_is_dressed_in_is_fetched_once_for_ever(browser: Browser):
    page = await browser.page("/")
    dress = [one.get("href") for one in page.all("link[rel=stylesheet]")]
    dress += [one.get("src") for one in page.all("script")]
    for address in dress:
        assert "?v=" in address
        assert "immutable" in (await browser.get(address)).headers["Cache-Control"]
