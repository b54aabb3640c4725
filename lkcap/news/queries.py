"""News in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lkcap.kit.db import Connection
from lkcap.kit.sql import query
from lkcap.news.model import Article, Draft, Listed, PageText

LIST_PUBLISHED = query("news/list_published")
GET_PUBLISHED = query("news/get_published")
LIST_ALL = query("news/list_all")
GET_DRAFT = query("news/get_draft")
ADD = query("news/add")
SAVE = query("news/save")
DELETE = query("news/delete")
LIST_HOUSES = query("news/list_houses")
IS_TOWN = query("news/is_town")
FIND_TEXT = query("news/find_text")
ADD_TEXT = query("news/add_text")

PAGE = 10
EDITORS_PAGE = 50


@dataclass(frozen=True, slots=True)
class Saved:
    article_id: int


@dataclass(frozen=True, slots=True)
class House:
    house_id: int
    address: str


@dataclass(frozen=True, slots=True)
class _Town:
    is_town: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """What is saved of an article; `published_at` None keeps it a draft."""

    title: str
    body: str
    published_at: datetime | None
    is_pinned: bool
    town: str
    house_id: int | None


async def list_published(
    conn: Connection, houses: Sequence[int], now: datetime, page: int = 1, size: int = PAGE
) -> Sequence[Article]:
    """For a reader of accounts in these houses; pinned ones first. An anonymous one has none."""
    return await conn.list(
        LIST_PUBLISHED,
        Article,
        houses=list(houses),
        now=now,
        most=size,
        skipped=(page - 1) * size,
    )


async def get_published(
    conn: Connection, article_id: int, houses: Sequence[int], now: datetime
) -> Article:
    """Raises NotFound for a draft, and for what is not for this reader."""
    return await conn.get(
        GET_PUBLISHED, Article, article_id=article_id, houses=list(houses), now=now
    )


async def list_all(conn: Connection, page: int) -> Sequence[Listed]:
    skipped = (page - 1) * EDITORS_PAGE
    return await conn.list(LIST_ALL, Listed, most=EDITORS_PAGE, skipped=skipped)


async def get_draft(conn: Connection, article_id: int) -> Draft:
    return await conn.get(GET_DRAFT, Draft, article_id=article_id)


async def add(conn: Connection, wording: Wording, staff_id: int, now: datetime) -> int:
    """The number of the new article."""
    saved = await conn.get(ADD, Saved, staff_id=staff_id, now=now, **_columns(wording))
    return saved.article_id


async def save(
    conn: Connection, draft: Draft, version: int, wording: Wording, staff_id: int, now: datetime
) -> bool:
    """False where somebody has saved it since `version`."""
    saved = await conn.find(
        SAVE,
        Saved,
        article_id=draft.article_id,
        version=version,
        staff_id=staff_id,
        now=now,
        **_columns(wording),
    )
    return saved is not None


def _columns(wording: Wording) -> dict[str, object]:
    return {
        "title": wording.title,
        "body": wording.body,
        "published_at": wording.published_at,
        "is_pinned": wording.is_pinned,
        "town": wording.town,
        "house_id": wording.house_id,
    }


async def delete(conn: Connection, article_id: int) -> None:
    await conn.run(DELETE, article_id=article_id)


async def list_houses(conn: Connection, address: str) -> Sequence[House]:
    """The house of this address, or those whose address contains it; two mean «which one?»."""
    found = await conn.list(LIST_HOUSES, House, address=address)
    if found and found[0].address.lower() == address.lower():
        return found[:1]
    return found


async def is_town(conn: Connection, town: str) -> bool:
    return (await conn.get(IS_TOWN, _Town, town=town)).is_town


async def find_text(conn: Connection, page: str) -> PageText | None:
    return await conn.find(FIND_TEXT, PageText, page=page)


async def add_text(conn: Connection, page: str, body: str, staff_id: int, now: datetime) -> None:
    await conn.run(ADD_TEXT, page=page, body=body, staff_id=staff_id, now=now)
