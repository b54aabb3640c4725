"""`serve`: one process of the site, with its health and metrics on a port of their own."""

import asyncio
import signal
import sys

import psycopg2
import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from lkcap.app import make_app
from lkcap.config import Config
from lkcap.kit import logs
from lkcap.kit.db import DATABASE, Database
from lkcap.kit.errors import DatabaseUnavailable, Refused
from lkcap.kit.sql import query
from lkcap.kit.visitor import proxy_warnings
from lkcap.kit.workers import WORKERS
from lkcap.migrations import missing_migrations

ASK = query("ledger/ask")

# SIGTERM: what runs is finished within this time (contract §9).
SHUTDOWN_SECONDS = 25
# Longer than a proxy keeps its connections, so that it never meets a closed one.
KEEPALIVE_SECONDS = 75

log = structlog.get_logger()


def serve() -> int:
    """Refuses to start on wrong settings or a schema that is not migrated."""
    config = Config.load()
    logs.setup()
    for warning in [*config.fund.warnings(), *proxy_warnings(config)]:
        log.warning("settings", problem=warning)
    if missing := missing_migrations(config.database_url.get_secret_value()):
        sys.stderr.write(
            f"База не этой версии, не хватает {', '.join(missing)}: выполните migrate.\n"
        )
        return 1
    asyncio.run(run(make_app(config), config))
    return 0


async def run(app: web.Application, config: Config) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    # before the first reader asks: a worker needs a second to prepare its fonts
    app[WORKERS].start()
    runners = [await _start(app, config.host, config.port)]
    if config.metrics_port:
        runners.append(await _start(make_health(app[DATABASE]), config.host, config.metrics_port))
    log.info("serving", address=config.public_url)
    await stop.wait()
    # at once: a probe must not find the site gone and its health still good
    await asyncio.gather(*(runner.cleanup() for runner in runners))


async def _start(app: web.Application, host: str, port: int) -> web.AppRunner:
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=SHUTDOWN_SECONDS,
        keepalive_timeout=KEEPALIVE_SECONDS,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise Refused(f"нельзя слушать {host}:{port}: {error.strerror}") from error
    return runner


def make_health(database: Database) -> web.Application:
    """For the monitoring system, not for browsers."""

    async def process(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_: web.Request) -> web.Response:
        try:
            async with database.connection() as conn:
                await conn.run(ASK)
        except (DatabaseUnavailable, psycopg2.Error) as error:
            return web.Response(status=503, text=f"database: {error}\n")
        return web.Response(text="ok\n")

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    health = web.Application()
    health.add_routes(
        [
            web.get("/healthz", process),
            web.get("/readyz", ready),
            web.get("/metrics", metrics),
        ]
    )
    return health
