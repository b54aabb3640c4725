"""The user guide: the manual's numbers, a search without scripts, pictures of ours alone."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from lkcap.help.guide import FOLDER, parts, sections
from lkcap.kit.markdown import Picture, to_html
from lkcap.kit.pages import STATIC
from tests.browserless import Browser, Page, text_of

# The manual's own numbers and names.
MANUAL = (
    "3.1 Подготовка к работе", "3.2 Оплата без регистрации", "3.3 Регистрация",
    "3.3.1 Подача заявки", "3.3.2 Подтверждение", "3.3.3 Вход в систему",
    "3.4 Информация по лицевому счету", "3.4.1 Информация",
    "3.4.2 Детализация по лицевому счету", "3.5 Оплата", "3.5.1 Онлайн оплата услуг",
    "3.5.1.1 Результат оплаты", "3.5.1.2 Результат отмены", "3.5.2 Просмотр платежей",
    "3.6 Капитальный ремонт", "3.6.1 Характеристики дома и список работ",
    "3.7 Дополнительные возможности", "3.7.1 Новости", "3.7.1.1 Просмотр", "3.8 Настройки",
    "3.8.1 Смена пароля учетной записи", "3.8.2 Смена адреса электронной почты",
    "3.8.3 Восстановление пароля", "3.8.4 Получение квитанций по электронной почте",
    "3.8.5 Выход из системы",
)  # fmt: skip
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
TEXTS = "\n".join(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md")))
BYTES_MAX = 60_000


def found(page: Page) -> list[str]:
    return [one.text_content().strip() for one in page.all(".guide h3, .guide h4, .guide h5")]


async def ask(browser: Browser, question: str) -> Page:
    return await browser.page(f"/guide?q={quote(question)}")


def test_the_sections_are_those_of_the_manual_in_its_order():
    told = [f"{one.number} {one.title}" for one in sections()]
    assert [one for one in told if one.startswith("3")] == list(MANUAL)


async def test_the_contents_lead_to_every_section(browser: Browser):
    page = await browser.page("/guide")
    links = [one.get("href") for one in page.all("nav.contents li a")]
    assert [link.partition("#")[2] for link in links] == [one.anchor for one in sections()]
    for link in links:
        path, _, anchor = link.partition("#")
        assert anchor in (await browser.page(path or "/guide")).ids, link


async def test_an_address_of_a_section_on_the_first_page_finds_at_least_its_line(browser: Browser):
    ids = (await browser.page("/guide")).ids
    assert {one.anchor for one in sections()} <= set(ids)


async def test_every_link_inside_the_guide_leads_somewhere(browser: Browser):
    page = await browser.page("/guide?part=all")
    links = [one.get("href") for one in page.all(".guide a")]
    assert "/guide?part=3.5#s3-5-1-1" in links
    for link in links:
        path, _, anchor = link.partition("#")
        found = await browser.page(path)
        assert not anchor or anchor in found.ids, link


async def test_from_part_to_part_the_whole_guide_is_read(browser: Browser):
    address, read = parts()[0].address, []
    while address:
        page = await browser.page(address)
        read += [text_of(one) for one in page.all(".guide :is(h1, h2, h3)")]
        onward = [one for one in page.all("nav.rule-above a") if "Дальше" in text_of(one)]
        address = onward[0].get("href") if onward else ""
    assert read == [f"{one.number} {one.title}" for one in sections()]


async def test_there_is_no_such_part(browser: Browser):
    assert (await browser.get("/guide?part=3.9")).status == 404


async def test_much_that_is_found_is_told_by_its_names(browser: Browser):
    page = await ask(browser, "счёт")
    assert len(found(page)) == 5
    assert "Нашли" in page.by_id("found")
    assert len(page.all("ul.contents a")) > 3


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("забыли пароль", "3.8.3"),
        ("смена пароля", "3.8.1"),
        ("расширенной выписка", "3.4.2"),
        ("ЁЛКИ", None),
        ("счет закрыть окно банка камин", None),
        ("3.6.1", "3.6.1"),
    ],
)
async def test_a_question_finds_its_section(browser: Browser, question: str, number: str | None):
    titles = found(await ask(browser, question))
    if number is None:
        assert titles == []
    else:
        assert any(one.startswith(f"{number} ") for one in titles), titles


async def test_the_words_found_are_marked_whatever_their_ending(browser: Browser):
    page = await ask(browser, "квитанция")
    marks = {one.text.lower() for one in page.all("mark")}
    assert {"квитанции", "квитанций"} & marks
    assert "Нашли" in page.by_id("found")


async def test_a_question_is_text_and_never_markup(browser: Browser):
    page = await ask(browser, "<script>alert(1)</script>&quot;")
    assert page.by_id("found") == "Ничего не нашли"
    assert not page.all("main script")


@pytest.mark.parametrize("question", ["amp", "lt", "quot", "strong", "img", "href"])
async def test_what_stands_in_the_markup_is_not_found(browser: Browser, question: str):
    assert not (await ask(browser, question)).all("mark")


async def test_an_endless_question_is_senseless(browser: Browser):
    assert (await browser.get(f"/guide?q={'я' * 101}")).status == 422


async def test_signs_alone_find_nothing(browser: Browser):
    assert found(await ask(browser, "?!")) == []


def test_every_picture_of_the_texts_is_there_and_small():
    pictures = IMAGE.findall(TEXTS)
    assert len(pictures) >= 15
    for words, address in pictures:
        path = STATIC / address.removeprefix("/static/")
        assert path.parent == STATIC / "img" / "guide"
        assert words, address
        assert path.stat().st_size <= BYTES_MAX, address


def test_no_picture_lies_there_unused():
    used = {Path(address).name for _, address in IMAGE.findall(TEXTS)}
    assert {path.name for path in (STATIC / "img" / "guide").iterdir()} == used


async def test_a_picture_keeps_its_place_before_it_comes(browser: Browser):
    images = (await browser.page("/guide?part=all")).all(".guide img")
    assert len(images) == len(IMAGE.findall(TEXTS))
    for one in images:
        assert int(one.get("width")) <= 640
        assert int(one.get("height")) > 0
        assert one.get("loading") == "lazy"
        assert (await browser.get(one.get("src"))).status == 200


def test_a_picture_that_is_not_ours_is_its_words():
    ours = {"/static/a.webp": Picture("/static/a.webp?v=1", 640, 300)}
    html = to_html("![чужая](https://example.com/a.png) ![своя](/static/a.webp)", ours)
    assert "чужая" in html
    assert "example.com" not in html
    assert 'src="/static/a.webp?v=1"' in html
    assert "<img" not in to_html("![своя](/static/a.webp)")


async def test_a_part_is_a_page_of_ordinary_size(browser: Browser):
    for one in parts():
        assert len((await browser.get(one.address)).body) <= 30 * 1024, one.number
