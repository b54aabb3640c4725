"""A wire between the site and PostgreSQL that can fall silent, as a network does."""

import asyncio
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from psycopg2.extensions import make_dsn, parse_dsn


class Wire:
    """Listens on a socket of its own; while `silent`, nothing passes and nothing is refused."""

    def __init__(self, url: str, folder: Path) -> None:
        self.dsn = parse_dsn(url)
        self.folder = folder
        self.passing = asyncio.Event()
        self.passing.set()
        self.tasks: list[asyncio.Task[None]] = []
        self.writers: list[asyncio.StreamWriter] = []

    @property
    def silent(self) -> bool:
        return not self.passing.is_set()

    @silent.setter
    def silent(self, wanted: bool) -> None:
        (self.passing.clear if wanted else self.passing.set)()

    @property
    def url(self) -> str:
        """libpq's form of the same database over this wire."""
        return make_dsn(**self.dsn | {"host": str(self.folder), "port": "5432"})

    async def __aenter__(self) -> Self:
        path = self.folder / ".s.PGSQL.5432"
        self.server = await asyncio.start_unix_server(self._joined, path)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.close()
        self.silent = False
        for writer in self.writers:
            writer.transport.abort()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _far_end(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = self.dsn.get("host", "localhost"), self.dsn.get("port", "5432")
        if host.startswith("/"):
            return await asyncio.open_unix_connection(Path(host) / f".s.PGSQL.{port}")
        return await asyncio.open_connection(host, int(port))

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await self._far_end()
        for source, target in ((reader, far_writer), (far_reader, writer)):
            self.writers.append(target)
            self.tasks.append(asyncio.create_task(self._pass(source, target)))

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while chunk := await source.read(65536):
                await self.passing.wait()
                target.write(chunk)
        target.close()
