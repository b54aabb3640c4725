"""Новости (manual §3.7): the list, one article, and the feed."""

from collections.abc import Sequence
from datetime import UTC
from email.utils import format_datetime
from xml.etree import ElementTree

from aiohttp import web

from lkcap.auth.model import Reader
from lkcap.kit.db import connection
from lkcap.kit.errors import NotFound, SenselessQuery
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.pages import READER, render
from lkcap.kit.security import public
from lkcap.news import queries
from lkcap.news.model import Article

PAGES_MAX = 1000
FEED_SIZE = 30


def _houses(request: web.Request) -> list[int]:
    """Where the reader's accounts are; an anonymous one has none."""
    reader = request.get(READER)
    return [one.house_id for one in reader.accounts] if isinstance(reader, Reader) else []


def article_number(request: web.Request) -> int:
    """Raises NotFound for what names no article."""
    text = request.match_info["id"]
    if not text.isdecimal() or len(text) > 9:
        raise NotFound
    return int(text)


def page_number(request: web.Request) -> int:
    text = request.query.get("page", "1")
    if not text.isdecimal() or len(text) > 6 or not 1 <= int(text) <= PAGES_MAX:
        raise SenselessQuery("Номер страницы – целое число от 1.")
    return int(text)


@public
async def show_list(request: web.Request) -> web.Response:
    page, now = page_number(request), request.app[CLOCK].now()
    async with connection(request.app) as conn:
        articles = await queries.list_published(conn, _houses(request), now, page)
    pages = -(-articles[0].total // queries.PAGE) if articles else 1
    context = {"articles": articles, "page": page, "pages": pages}
    return await render("news/list.html", request, context)


@public
async def show(request: web.Request) -> web.Response:
    article_id, now = article_number(request), request.app[CLOCK].now()
    async with connection(request.app) as conn:
        article = await queries.get_published(conn, article_id, _houses(request), now)
    return await render("news/show.html", request, {"article": article})


@public
async def feed(request: web.Request) -> web.Response:
    """RSS 2.0 of what is for everyone: a feed has no login."""
    async with connection(request.app) as conn:
        articles = await queries.list_published(conn, [], request.app[CLOCK].now(), size=FEED_SIZE)
    config = request.app[CONFIG]
    body = rss(articles, config.public_url, config.fund.name)
    return web.Response(body=body, content_type="application/rss+xml", charset="utf-8")


def rss(articles: Sequence[Article], site: str, fund: str) -> bytes:
    """The newest first, whatever is pinned."""
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _tell(channel, title=f"Новости: {fund}", link=f"{site}/news", language="ru")
    _tell(channel, description="Новости фонда капитального ремонта")
    for one in sorted(articles, key=lambda article: article.published_at, reverse=True):
        item = ElementTree.SubElement(channel, "item")
        address = f"{site}/news/{one.article_id}"
        _tell(item, title=one.title, link=address, guid=address, description=str(one.html))
        _tell(item, pubDate=format_datetime(one.published_at.astimezone(UTC)))
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _tell(parent: ElementTree.Element, **words: str) -> None:
    for name, text in words.items():
        ElementTree.SubElement(parent, name).text = text
