"""News as readers see them: in order, in time, and only those meant for them."""

from xml.etree import ElementTree

import pytest

from tests.browserless import Browser
from tests.factory import Books

KEDROVAYA = "г. Северореченск, ул. Кедровая, д. 14"


def titles(page) -> list[str]:
    return [one.text_content() for one in page.all("main h2")]


async def test_no_news_is_said_so(browser: Browser):
    assert "Новостей пока нет" in (await browser.page("/news")).text


async def test_pinned_first_then_the_newest(browser: Browser, write):
    write("Старая", hours=-30)
    write("Свежая", hours=-1)
    write("Важная", hours=-99, is_pinned=True)
    assert titles(await browser.page("/news")) == ["Важная", "Свежая", "Старая"]


async def test_drafts_and_what_waits_for_its_time_are_not_shown(browser: Browser, write):
    hidden = [write("Черновик", hours=None), write("Завтрашняя", hours=24)]
    assert titles(await browser.page("/news")) == []
    for article_id in hidden:
        await browser.page(f"/news/{article_id}", 404)


async def test_a_town_and_a_house_read_their_own(browser: Browser, books: Books, write):
    books.house().house(house_id="H-2", address="г. Южный, ул. Луговая, д. 1")
    books.account().account("86000000025", house_id="H-2", premises="1").load()
    books.subscriber("anna@example.ru", "86000000017")
    books.subscriber("bella@example.ru", "86000000025")
    ((house_id,),) = books.rows("SELECT house_id FROM house WHERE address = %s", KEDROVAYA)
    article = write("Дому", house_id=house_id)
    write("Городу", town="г. Северореченск")
    write("Всем")
    assert titles(await browser.page("/news")) == ["Всем"]
    await browser.page(f"/news/{article}", 404)
    await browser.login("anna@example.ru")
    assert set(titles(await browser.page("/news"))) == {"Дому", "Городу", "Всем"}
    await browser.page(f"/news/{article}")
    await browser.post("/logout")
    await browser.login("bella@example.ru")
    assert titles(await browser.page("/news")) == ["Всем"]


async def test_an_article_is_markdown_and_nothing_runs(browser: Browser, write):
    harm = "<script>alert(1)</script>\n\n[вред](javascript:alert(1))"
    body = f"Первый **абзац**.\n\n{harm}\n\n- пункт"
    page = await browser.page(f"/news/{write('Заголовок', body=body)}")
    prose = page.all(".prose")[0]
    assert [one.tag for one in prose.cssselect("strong, li")] == ["strong", "li"]
    assert not prose.cssselect("script, a[href^=javascript]")
    assert "<script>alert(1)</script>" in prose.text_content()


async def test_headings_of_the_text_are_below_the_pages_own(browser: Browser, write):
    page = await browser.page(f"/news/{write('Заголовок', body='# Раз')}")
    assert page.headings == ["Заголовок"]


async def test_the_list_has_pages(browser: Browser, write):
    for number in range(12):
        write(f"Новость {number}", hours=-number - 1)
    assert titles(await browser.page("/news"))[0] == "Новость 0"
    assert titles(await browser.page("/news?page=2")) == ["Новость 10", "Новость 11"]
    for query in ("page=0", "page=x", "page=9999999"):
        assert (await browser.get(f"/news?{query}")).status == 422


async def test_the_feed_has_what_is_for_all(browser: Browser, write):
    write("Всем", body="Слова & *знаки*.")
    write("Городу", town="г. Северореченск")
    answer = await browser.get("/news.rss")
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    items = ElementTree.fromstring(answer.body).findall("channel/item")
    assert [one.findtext("title") for one in items] == ["Всем"]
    assert items[0].findtext("description") == "<p>Слова &amp; <em>знаки</em>.</p>\n"


@pytest.mark.parametrize("name", ["0", "x", "9" * 20])
async def test_what_names_no_article_is_not_found(browser: Browser, name: str):
    await browser.page(f"/news/{name}", 404)


async def test_subscribing_leads_to_the_settings(browser: Browser):
    assert "/settings" in (await browser.page("/news")).links
