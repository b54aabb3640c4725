"""An SMTP relay, and what its answers mean for a letter (RFC 5321 §4.2, RFC 3463)."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPStatus,
)
from aiosmtplib.protocol import SMTPProtocol

from lkcap.mail.relay import RefusedForGood, RelayDown, RelayError, SmtpTerms, TryLater

CONNECT_SECONDS = 15
ANSWER_SECONDS = 30
# Relays count letters of a connection, and hang up at a number of theirs: we do before.
LETTERS_MAX = 100

CLOSING = 421
PERMANENT = 500
# What the mailbox or its domain is to blame for, as the enhanced code says.
ADDRESS = re.compile(r"5\.(1\.(0|1|2|3|6|10)|2\.[01])")
ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
# RCPT answered so is about the mailbox, where no enhanced code says otherwise: RFC 5321 §4.2.3.
MAILBOX_CODES = (550, 551, 553)
LINE_END = re.compile(rb"\r\n|\n|\r")

_BROKEN = (SMTPException, OSError, TimeoutError)


class SmtpRelay:
    """One connection, opened when there is something to send and kept for the next letter."""

    def __init__(self, terms: SmtpTerms) -> None:
        self._terms = terms
        self._client: SMTP | None = None
        self._sent = 0
        self._is_offering = False

    async def offer(self, to: str, name: str, message: bytes) -> None:
        """Raises RelayError. When it does the connection is as good as new, or closed."""
        async with self._minding():
            client = await self._begin()
            await client.rcpt(to)
            start = await client.execute_command(b"DATA")
            if start.code != SMTPStatus.start_input:
                raise SMTPDataError(start.code, start.message)
            _protocol(client).write(in_lines(message))
            self._is_offering = True

    async def hand_over(self) -> str:
        """The dot that ends DATA: the letter may be the relay's from here, whatever it says."""
        async with self._minding():
            if not (self._client and self._is_offering):
                raise SMTPServerDisconnected("nothing is offered")
            protocol = _protocol(self._client)
            protocol._response_pending = True
            protocol.write(b".\r\n")
            response = await protocol.read_response()
            self._is_offering = False
            if response.code != SMTPStatus.completed:
                raise SMTPDataError(response.code, response.message)
            self._sent += 1
            return f"{response.code} {response.message}"

    async def close(self) -> None:
        if self._client and not self._is_offering:
            with suppress(*_BROKEN):
                await self._client.quit(timeout=1)
        self._drop()

    async def _begin(self) -> SMTP:
        """A connection where a letter has been begun; raises RelayDown.

        A relay may have hung up since the last letter: that is no news, another one is opened.
        """
        if self._is_offering:
            # a letter that was offered and not handed over is forgotten with its connection
            self._drop()
        elif self._sent >= LETTERS_MAX:
            await self.close()
        if self._client:
            try:
                await self._client.mail(self._terms.sender)
                return self._client
            except _BROKEN:
                self._drop()
        try:
            self._client, self._sent = _client(self._terms), 0
            await self._client.connect(timeout=CONNECT_SECONDS)
            await self._client.mail(self._terms.sender)
        except SMTPResponseException as error:
            raise RelayDown(f"{error.code} {error.message}") from error
        except (*_BROKEN, ValueError) as error:
            raise RelayDown(_told(error)) from error
        return self._client

    @asynccontextmanager
    async def _minding(self) -> AsyncIterator[None]:
        """A refusal ends the letter alone; what breaks, or is cancelled, ends the connection."""
        is_usable = False
        try:
            yield
            is_usable = True
        except SMTPResponseException as error:
            is_usable = await self._is_reset(error.code)
            raise meaning(error) from error
        except _BROKEN as error:
            raise TryLater(f"связь прервалась: {_told(error)}") from error
        finally:
            # what the relay says next is no answer to the next letter
            if not is_usable:
                self._drop()

    async def _is_reset(self, code: int) -> bool:
        """After a refusal the letter that was begun is dropped, and the connection may be kept."""
        if code == CLOSING or self._client is None:
            return False
        try:
            await self._client.rset()
        except _BROKEN:
            return False
        return True

    def _drop(self) -> None:
        if self._client:
            self._client.close()
        self._client, self._is_offering = None, False


def _client(terms: SmtpTerms) -> SMTP:
    return SMTP(
        hostname=terms.host,
        port=terms.port,
        use_tls=terms.is_tls,
        start_tls=terms.is_starttls,
        username=terms.user or None,
        password=terms.password or None,
        local_hostname=terms.helo,
        timeout=ANSWER_SECONDS,
    )


def _protocol(client: SMTP) -> SMTPProtocol:
    """The connection itself.

    `SMTP.data` says the last dot in one breath with the letter, and looks each letter through for
    line ends and dots to mend, which costs as much as all the rest of sending. A field of the
    protocol's own is used, hence the narrow range of the library in setup.cfg.
    """
    if client.protocol is None:
        raise SMTPServerDisconnected("connection lost")
    return client.protocol


def in_lines(message: bytes) -> bytes:
    """As DATA wants it (RFC 5321 §4.5.2); ours are made so (`message.build`)."""
    is_crlf = message.count(b"\n") == message.count(b"\r") == message.count(b"\r\n")
    if is_crlf and message.endswith(b"\r\n") and b"\n." not in message and message[:1] != b".":
        return message
    lines = LINE_END.split(message.removesuffix(b"\r\n"))
    return b"".join(b"." * line.startswith(b".") + line + b"\r\n" for line in lines)


def meaning(error: SMTPResponseException) -> RelayError:
    """What a relay's refusal of a letter means."""
    answer = f"{error.code} {error.message}"
    if error.code < PERMANENT:
        return TryLater(answer)
    if isinstance(error, SMTPRecipientRefused | SMTPDataError):
        return RefusedForGood(answer, is_address=_blames_address(error))
    return RelayDown(answer)


def _blames_address(error: SMTPResponseException) -> bool:
    enhanced = ENHANCED.search(error.message)
    if enhanced:
        return ADDRESS.fullmatch(enhanced[1]) is not None
    return isinstance(error, SMTPRecipientRefused) and error.code in MAILBOX_CODES


def _told(error: BaseException) -> str:
    return str(error) or type(error).__name__
