"""The processes under measure."""

import logging
from datetime import UTC, datetime

from aiohttp import web

from lkcap.app import make_app
from lkcap.auth.model import ReaderAccount
from lkcap.config import Config
from lkcap.kit import logs
from tests.bench.bare import make_bare
from tests.conftest import settings

READER = ReaderAccount(
    1, datetime.now(UTC), True, 1, "86000000001", 1,
    "г. Северореченск, ул. Кедровая, д. 1", "living", "1", None, 100, 0,
)  # fmt: skip


def serve(kind: str, url: str, port: int) -> None:
    config = Config(**settings(url))
    logging.getLogger("aiohttp").setLevel(logging.ERROR)
    logs.setup()
    app = make_bare(config, READER) if kind == "bare" else make_app(config)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)
