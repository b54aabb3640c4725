"""A relay, and a sender that empties the outbox into it."""

from collections.abc import AsyncIterator

import pytest

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.mail.background import relays
from lkcap.mail.compose import Composer
from lkcap.mail.pace import Paces
from lkcap.mail.sender import Sender
from tests.conftest import settings
from tests.mail.sink import Sink, running


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    async with running(Sink()) as one:
        yield one


@pytest.fixture
async def outbox(database: str) -> AsyncIterator[Database]:
    pool = Database(database)
    yield pool
    await pool.close()


@pytest.fixture
def sender(database: str, outbox: Database, sink: Sink) -> Sender:
    return new_sender(database, outbox, sink)


def new_sender(
    database: str, outbox: Database, sink: Sink, per_minute: int | None = None, lanes: int = 3
) -> Sender:
    config = Config(**settings(database, smtp_url=sink.url))  # type: ignore[arg-type]
    return Sender(outbox, Composer(config), relays(config), Paces.of(per_minute), lanes)
