"""The SMTP server and the page, run together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope, Session

from lkcap.demo.mail.page import ROUTES, STORE
from lkcap.demo.mail.store import Store


@dataclass(frozen=True, slots=True)
class Post:
    """`smtp_url` is for the settings of the site, `url` for a person's browser."""

    smtp_url: str
    url: str


class _Catcher:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        await asyncio.to_thread(self._store.keep, envelope.content)
        return "250 2.0.0 Ok"


@asynccontextmanager
async def running(folder: Path, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Post]:
    """Serve inside the block; letters are kept in `folder`. `port` is the page's, 0: any free."""
    store = Store(folder)
    catcher = _Catcher(store)
    smtp = await asyncio.get_running_loop().create_server(
        lambda: SMTP(catcher, hostname="demo.example"), host, 0
    )
    app = web.Application()
    app[STORE] = store
    app.add_routes(ROUTES)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        page = web.TCPSite(runner, host, port)
        await page.start()
        smtp_port = smtp.sockets[0].getsockname()[1]
        yield Post(f"smtp://{host}:{smtp_port}", f"http://{host}:{page.port}")
    finally:
        await runner.cleanup()
        smtp.close()
        await smtp.wait_closed()
