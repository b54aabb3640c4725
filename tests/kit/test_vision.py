"""«Версия для слабовидящих»: a parameter of any page, a cookie, and the page without it."""

import re

from tests.browserless import Browser


async def test_the_choice_returns_to_the_same_page(browser: Browser):
    for asked, returned in (
        ("/?vision=large", "/"),
        ("/fund?vision=large", "/fund"),
        (
            "/statement?mode=general&vision=large&debt=penalty",
            "/statement?mode=general&debt=penalty",
        ),
        ("/login?vision=large&vision=normal", "/login"),
    ):
        answer = await browser.get(asked)
        assert (answer.status, answer.location) == (303, returned)


async def test_the_choice_never_leads_to_another_host(browser: Browser):
    site = str(browser.server.make_url("/"))[:-1]
    for path in ("//evil.example?vision=large", "//evil.example/%2f..?vision=large"):
        async with browser.http.get(site + path, allow_redirects=False) as answer:
            assert answer.headers.get("Location", "/") == "/", path


async def test_the_choice_is_kept_and_marked_on_every_page(browser: Browser):
    assert 'data-vision="large"' not in (await browser.page("/")).html
    answer = await browser.get("/?vision=large")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    for path in ("/", "/fund", "/login"):
        assert re.search(r'<html[^>]* data-vision="large"', (await browser.page(path)).html)


async def test_the_usual_version_comes_back(browser: Browser):
    await browser.get("/?vision=large")
    page = await browser.page("/")
    (link,) = [link for link in page.links if "vision=" in link]
    assert (link, "Обычная версия" in page.text) == ("/?vision=normal", True)
    await browser.get(link)
    assert 'data-vision="large"' not in (await browser.page("/")).html


async def test_the_link_keeps_the_parameters_of_the_page(browser: Browser):
    (link,) = [link for link in (await browser.page("/fund?a=1")).links if "vision=" in link]
    assert link == "/fund?a=1&vision=large"


async def test_an_unknown_choice_changes_nothing(browser: Browser):
    for choice in ("huge", "", "LARGE"):
        answer = await browser.get(f"/?vision={choice}")
        assert answer.status == 200
        assert "lkcap_vision" not in answer.headers.get("Set-Cookie", "")


async def test_a_cookie_someone_wrote_himself_marks_nothing(browser: Browser):
    answer = await browser.get("/", Cookie='lkcap_vision="><script>')
    assert answer.status == 200
    assert "data-vision" not in answer.body.decode()
