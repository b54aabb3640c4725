"""A relay that takes letters, and misbehaves as it is told: aiosmtpd with a will of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.mail.outbox import parsed

FINE, HANG, CLOSE, CLOSE_AFTER = "250 2.0.0 Ok", "hang", "close", "close after"

# What to answer to a command about a recipient: a line, or one of the words above.
Behaviour = Callable[[str, str], str]


@dataclass
class Sink:
    """Letters accepted, in order: (recipient, raw message). `behave(command, recipient)`."""

    behave: Behaviour = lambda command, to: FINE
    port: int = 0
    accepted: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def letters(self) -> list[EmailMessage]:
        return [parsed(raw) for _, raw in self.accepted]

    @property
    def recipients(self) -> list[str]:
        return [to for to, _ in self.accepted]

    async def _answer(self, server: SMTP, command: str, to: str) -> str:
        answer = self.behave(command, to)
        if answer == HANG:
            await asyncio.sleep(3600)
        if answer in (CLOSE, CLOSE_AFTER):
            assert server.transport is not None
            server.transport.close()
        return answer

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self._answer(server, "MAIL", "")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._answer(server, "RCPT", address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        (to,), raw = envelope.rcpt_tos, envelope.content
        assert isinstance(raw, bytes)
        answer = await self._answer(server, "DATA", to)
        if answer.startswith("2") or answer == CLOSE_AFTER:
            self.accepted.append((to, raw))
            self.arrived.set()
        return answer


@asynccontextmanager
async def running(sink: Sink, port: int = 0, **terms: Any) -> AsyncIterator[Sink]:
    """Listen on this machine; `terms` are aiosmtpd's."""

    def protocol() -> SMTP:
        sink.connections += 1
        return SMTP(sink, hostname="sink.example", **terms)

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", port)
    async with server:
        sink.port = server.sockets[0].getsockname()[1]
        yield sink
