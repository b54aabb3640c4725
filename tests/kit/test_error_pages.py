"""An error is a page of the same site that says what to do and tells nothing of the inside."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from lkcap.app import make_app
from lkcap.config import Config
from lkcap.kit import db
from lkcap.kit.errors import DatabaseUnavailable
from lkcap.kit.security import public
from tests.browserless import Browser
from tests.conftest import settings
from tests.kit.conftest import Opener
from tests.kit.proxy import Wire

DEAD = "postgresql://lkcap@/lkcap?host=/nonexistent"


async def test_an_unknown_page_tells_its_reader_so(reader: Browser):
    page = await reader.page("/nothing", 404)
    assert page.h1 == "Страница не найдена"
    assert "86000000017" in page.text, "the reader is still logged in"


async def test_a_wrong_method_is_told_with_the_right_ones(reader: Browser):
    answer = await reader.post("/statement")
    assert (answer.status, answer.page.h1) == (405, "Так эту страницу не открыть")
    assert answer.headers["Allow"] == "GET,HEAD"


async def test_a_senseless_query_is_told_in_russian(reader: Browser):
    page = await reader.page("/statement?from=2026-13", 422)
    assert "Месяц в адресе не понят" in page.text


async def test_a_static_folder_is_no_page(browser: Browser):
    for path in ("/static/", "/static/css", "/static/..%2fsetup.cfg", "/static/%00"):
        assert (await browser.page(path, 404)).h1 == "Страница не найдена"


async def test_our_own_failure_hides_everything(app: web.Application, opened: Opener):
    @public
    async def broken(_: web.Request) -> web.Response:
        raise RuntimeError("password=hunter2")

    app.router.add_get("/broken", broken)
    answer = await (await opened(app)).get("/broken")
    answer.page.check()
    assert (answer.status, answer.page.h1) == (500, "Что-то сломалось у нас")
    assert "номер обращения" in answer.page.text
    for hidden in ("hunter2", "RuntimeError", "Traceback", ".py"):
        assert hidden not in answer.page.html


async def test_a_bare_answer_of_the_server_becomes_a_page_too(app: web.Application, opened: Opener):
    @public
    async def missing_template(_: web.Request) -> web.Response:
        raise web.HTTPInternalServerError(text="no template at /srv/lkcap")

    app.router.add_get("/broken", missing_template)
    page = await (await opened(app)).page("/broken", 500)
    assert "/srv/lkcap" not in page.html


async def test_a_database_that_is_down_is_told_within_seconds(opened: Opener):
    browser = await opened(make_app(Config(**settings(DEAD))))
    async with asyncio.timeout(3):
        answer = await browser.get("/fund")
    answer.page.check()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert answer.page.h1 == "Кабинет временно не отвечает"
    assert "nonexistent" not in answer.page.html


async def test_the_front_page_opens_while_the_database_is_down(opened: Opener):
    browser = await opened(make_app(Config(**settings(DEAD))))
    await browser.page("/")
    answer = await browser.login("86000000017")
    assert (answer.status, answer.page.h1) == (503, "Кабинет временно не отвечает")


async def test_a_database_that_falls_silent_is_told_within_seconds(
    database: str, tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
):
    for limit in ("CONNECT_SECONDS", "SILENCE_SECONDS", "QUEUE_SECONDS"):
        monkeypatch.setattr(db, limit, 0.3)
    async with Wire(database, tmp_path) as wire:
        browser = await opened(make_app(Config(**settings(wire_url(wire)))))
        assert (await browser.get("/fund")).status == 200
        wire.silent = True
        async with asyncio.timeout(3):
            assert (await browser.get("/fund")).status == 503
        wire.silent = False
        assert (await browser.get("/fund")).status == 200


def wire_url(wire: Wire) -> str:
    name, user = wire.dsn["dbname"], wire.dsn["user"]
    return f"postgresql://{user}@/{name}?host={wire.folder}&port=5432"


async def test_a_reader_is_not_logged_out_by_a_database_that_was_down(
    app: web.Application, reader: Browser
):
    async with app[db.DATABASE].connection():
        pass
    real, app[db.DATABASE]._connect = app[db.DATABASE]._connect, refuse
    for _ in range(db.POOL_SIZE):
        raw = app[db.DATABASE]._free.get_nowait()
        if raw is not None:
            await raw.close()
        app[db.DATABASE]._free.put_nowait(None)
    assert (await reader.get("/account")).status == 503
    app[db.DATABASE]._connect = real
    assert (await reader.get("/account")).status == 200


async def refuse() -> None:
    raise DatabaseUnavailable("down")
