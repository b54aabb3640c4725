"""What the front page tells a stranger besides the login: news, the due day, the fee."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import web

from lkcap.kit.db import connection
from lkcap.kit.errors import DatabaseUnavailable
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.news.model import Article
from lkcap.news.queries import list_published
from lkcap.payments.fee import fee_rule

NEWS_SHOWN = 2
# Every stranger begins here: news may be so old, and a database that is down is asked so rarely.
KEPT_SECONDS = 30
# The page opens without news rather than wait for a database that does not answer.
PATIENCE_SECONDS = 1

log = structlog.get_logger()


@dataclass(slots=True)
class Latest:
    """The newest articles as they were at the last look; `until` is of the monotonic clock."""

    until: float = 0
    articles: Sequence[Article] = ()


LATEST = web.AppKey("lkcap_latest_news", Latest)


async def facts(request: web.Request) -> dict[str, Any]:
    """For templates/auth/front.html."""
    config = request.app[CONFIG]
    return {
        "news": await _latest(request.app),
        "due_day": config.due_day.of(request.app[CLOCK].open_month() + -1),
        "is_card": bool(config.bank),
        "fee_free": config.fee_free_text,
        "fee": fee_rule(config.fee) if config.bank else "",
    }


async def _latest(app: web.Application) -> Sequence[Article]:
    latest = app[LATEST]
    if time.monotonic() >= latest.until:
        # set before the look: those who come meanwhile are shown what there was
        latest.until = time.monotonic() + KEPT_SECONDS
        latest.articles = await _look(app)
    return latest.articles


async def _look(app: web.Application) -> Sequence[Article]:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), connection(app) as conn:
            return await list_published(conn, [], app[CLOCK].now(), size=NEWS_SHOWN)
    except (TimeoutError, DatabaseUnavailable):
        log.warning("front page without news")
        return ()
