"""Each template compiles, leads only to pages that exist, and holds no style or script."""

import re
from urllib.parse import urlsplit

import aiohttp_jinja2
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from lkcap.kit.pages import MENU, STATIC, TEMPLATES

FILES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
LINK = re.compile(r'(href|action)="([^"]*)"')
# An address with a value in it is one of a month, of a year, or of something with a number.
VALUE = re.compile(r"\{\{.*?\}\}")
SAMPLES = ("2026-10", "2026", "1")
METHOD = re.compile(r'<form[^>]*?(?:method="(\w+)"[^>]*action="([^"]*)"|action="([^"]*)")')


@pytest.fixture
def database() -> str:
    """Templates are looked at, not filled: no database is needed."""
    return "postgresql://nobody@/nowhere"


# Mail programs load no sheet: a letter carries its own.
WITH_STYLE = "letters/layout.html"


def text(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


async def resolves(app: web.Application, method: str, path: str) -> bool:
    found = await app.router.resolve(make_mocked_request(method, path))
    return found.http_exception is None


@pytest.mark.parametrize("name", FILES)
async def test_every_template_compiles(app: web.Application, name: str):
    assert app[aiohttp_jinja2.APP_KEY].get_template(name)


@pytest.mark.parametrize("name", FILES)
async def test_every_own_address_of_a_template_is_a_page(app: web.Application, name: str):
    for kind, target in LINK.findall(text(name)):
        if kind == "href" and target.startswith("/"):
            filled = [urlsplit(VALUE.sub(sample, target)).path for sample in SAMPLES]
            assert any([await resolves(app, "GET", path) for path in filled]), target


@pytest.mark.parametrize("name", FILES)
async def test_every_form_of_a_template_has_where_to_go(app: web.Application, name: str):
    for method, action, bare in METHOD.findall(text(name)):
        target = VALUE.sub("1", action or bare)
        assert target.startswith("/"), target
        assert await resolves(app, (method or "get").upper(), target), target


@pytest.mark.parametrize("name", FILES)
def test_a_template_holds_no_style_no_script_and_no_foreign_host(name: str):
    html = text(name)
    if name == WITH_STYLE:
        html = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"""(href|src|action)=["']?(https?:)?//""", html)
    assert "|safe" not in html


@pytest.mark.parametrize("name", FILES)
def test_every_form_that_posts_carries_the_token(name: str):
    html = text(name)
    posts = len(re.findall(r'<form[^>]*method="post"', html))
    tokens = len(re.findall(r'name="csrf"|csrf_field\(csrf\)', html))
    if name != "components/forms.html":
        assert posts == tokens


async def test_every_item_of_the_menu_is_a_page(app: web.Application):
    for _, path in MENU:
        assert await resolves(app, "GET", path), path


def test_the_style_sheet_asks_no_foreign_host():
    for path in STATIC.rglob("*.css"):
        css = path.read_text("utf-8")
        assert not re.search(r"@import|url\([\"']?(https?:)?//", css)
        for asked in re.findall(r"url\([\"']?([^)\"'?#]+)", css):
            target = STATIC / asked.removeprefix("/static/")
            own = asked.startswith(("data:", "/static/"))
            assert (
                asked.startswith("data:")
                or (own and target.is_file())
                or (path.parent / asked).is_file()
            ), asked
