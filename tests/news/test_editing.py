"""The editor writes, looks, saves and publishes; nobody's text is overwritten unseen."""

import pytest

from lkcap.news.forms import BODY_MAX
from tests.browserless import Answer, Browser
from tests.factory import Books
from tests.staff.desk import Desk, send

NEW = "/staff/news/new"


async def save(editor: Browser, page: str = NEW, **fields: str) -> Answer:
    opened = await editor.page(page)
    version = opened.all("input[name=version]")[0].get("value")
    usual = {"title": "Заголовок", "body": "Текст.", "button": "publish", "version": version}
    return await editor.post(page, csrf=opened.csrf[0], **usual | fields)


async def test_what_is_published_is_read_at_once(browser: Browser, editor: Browser):
    answer = await save(editor, body="Первый абзац.\n\nВторой.")
    assert answer.status == 303
    page = await browser.page("/news")
    assert "Первый абзац. Второй." in page.text


async def test_the_longest_article_is_not_too_large_a_form(editor: Browser, books: Books):
    assert (await save(editor, body="Ж" * BODY_MAX)).status == 303
    assert books.rows("SELECT length(body) FROM article") == [(BODY_MAX,)]


async def test_a_preview_saves_nothing(browser: Browser, editor: Browser, books: Books):
    answer = await save(editor, button="preview", body="Смотрю **сам**.")
    assert answer.status == 200
    assert answer.page.all(".prose strong")[0].text == "сам"
    assert answer.page.all("textarea")[0].text == "Смотрю **сам**."
    assert books.rows("SELECT count(*) FROM article") == [(0,)]


async def test_a_draft_is_the_editors_alone(browser: Browser, editor: Browser):
    answer = await save(editor, button="draft")
    assert "черновик" in (await editor.page(answer.location)).text
    assert "Новостей пока нет" in (await browser.page("/news")).text


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("05.12.2026 09:00", "2026-12-05 04:00"),
        ("2026-12-05T09:00", "2026-12-05 04:00"),
        ("05.12.2026", "2026-12-04 19:00"),
    ],
)
async def test_a_moment_is_in_the_funds_zone(editor: Browser, books: Books, said: str, stored: str):
    assert (await save(editor, publish_at=said)).status == 303
    ((at,),) = books.rows("SELECT published_at AT TIME ZONE 'UTC' FROM article")
    assert f"{at:%Y-%m-%d %H:%M}" == stored


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", " ", "Напишите заголовок"),
        ("title", "я" * 151, "Короче 150 знаков"),
        ("body", "", "Напишите текст"),
        ("publish_at", "завтра", "Введите день и время"),
        ("readers", "г. Нигде", "Нет такого города или дома"),
        ("readers", "Кедровая", "подходит несколько домов"),
    ],
)
async def test_what_is_not_understood_is_told_and_kept(
    editor: Browser, books: Books, field: str, value: str, words: str
):
    books.house().house(house_id="H-2", address="г. Северореченск, ул. Кедровая, д. 16").load()
    answer = await save(editor, **{field: value})
    assert answer.status == 422
    assert words in answer.page.text
    assert "Текст." in answer.page.html or field == "body"


@pytest.mark.parametrize("readers", ["г. Северореченск", "г. Северореченск, ул. Кедровая, д. 14"])
async def test_an_article_for_some_is_not_for_all(
    browser: Browser, editor: Browser, books: Books, readers: str
):
    books.house().load()
    saved = await save(editor, readers=readers)
    assert "Новостей пока нет" in (await browser.page("/news")).text
    page = await editor.page(saved.location)
    assert page.all("input[name=readers]")[0].get("value") == readers


async def test_two_editors_do_not_overwrite_one_another(
    browser: Browser, editor: Browser, desk: Desk
):
    address = (await save(editor)).location
    await desk.enter(browser, "editor", "second")
    seen = (await browser.page(address)).all("input[name=version]")[0].get("value")
    await save(editor, address, title="Первый успел")
    answer = await save(browser, address, title="Второй опоздал", version=seen)
    assert answer.status == 422
    assert "уже изменил кто-то другой" in answer.page.text
    assert (await editor.page(address)).h1 == "Первый успел"


async def test_a_deleted_article_is_remembered_by_the_journal(editor: Browser, books: Books):
    address = (await save(editor)).location
    assert (await send(editor, address, f"{address}/delete")).location == "/staff/news"
    assert (await editor.get(address)).status == 404
    ((action, details),) = books.rows(
        "SELECT action, details FROM staff_journal ORDER BY journal_id DESC LIMIT 1"
    )
    assert (action, details) == ("удалил новость", "Заголовок")


async def test_the_fund_writes_about_itself(browser: Browser, editor: Browser):
    page = "/staff/news/fund"
    await send(editor, page, page, body="Мы работаем **с 2014 года**.")
    assert (await browser.page("/fund")).all(".prose strong")[0].text == "с 2014 года"
    await send(editor, page, page, body="")
    assert not (await browser.page("/fund")).all(".prose")


@pytest.mark.parametrize("role", ["operator", "accountant"])
async def test_only_editors_write(browser: Browser, desk: Desk, role: str):
    await desk.enter(browser, role)
    for path in ("/staff/news", NEW, "/staff/news/fund"):
        await browser.page(path, 403)
