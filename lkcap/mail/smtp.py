"""An SMTP relay, and what its answers mean for a letter (RFC 5321 §4.2, RFC 3463)."""

import re
from contextlib import suppress

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponse,
    SMTPResponseException,
    SMTPStatus,
)

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


_BROKEN = (SMTPException, OSError, TimeoutError)


class SmtpRelay:
    """One connection, opened when there is something to send and kept for the next letter."""

    def __init__(self, terms: SmtpTerms) -> None:
        self._terms = terms
        self._client: SMTP | None = None
        self._sent = 0

    async def send(self, to: str, name: str, message: bytes) -> str:
        """Raises RelayError. When it does the connection is as good as new, or closed."""
        is_usable = False
        try:
            client = await self._begin()
            try:
                words = await _deliver(client, to, message)
            except SMTPResponseException as error:
                is_usable = await _is_reset(client, error.code)
                raise meaning(error) from error
            is_usable = True
            self._sent += 1
            return words
        except _BROKEN as error:
            raise TryLater(f"связь прервалась: {_told(error)}") from error
        finally:
            # cancelled, too: what the relay says next is no answer to the next letter
            if not is_usable:
                self._drop()

    async def close(self) -> None:
        client, self._client = self._client, None
        if client:
            with suppress(*_BROKEN):
                await client.quit(timeout=1)
            client.close()

    async def _begin(self) -> SMTP:
        """A connection where a letter has been begun; raises RelayDown.

        A relay may have hung up since the last letter: that is no news, another one is opened.
        """
        if self._sent >= LETTERS_MAX:
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

    def _drop(self) -> None:
        if self._client:
            self._client.close()
        self._client = None


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


async def _deliver(client: SMTP, to: str, message: bytes) -> str:
    await client.rcpt(to)
    code, words = await _data(client, message)
    return f"{code} {words}"


async def _data(client: SMTP, message: bytes) -> SMTPResponse:
    """DATA with a message that is ready: `SMTP.data` looks for line ends and dots to mend.

    Two regular expressions over each paper cost as much as all the rest of sending. Ours need
    neither (`message.build`); what does not look so goes the usual way. The protocol's own fields
    are used, hence the narrow range of the library in setup.cfg.
    """
    protocol = client.protocol
    if protocol is None or protocol._command_lock is None or not _is_ready(message):
        return await client.data(message)
    start = await client.execute_command(b"DATA")
    if start.code != SMTPStatus.start_input:
        raise SMTPDataError(start.code, start.message)
    async with protocol._command_lock:
        protocol._response_pending = True
        protocol.write(message)
        protocol.write(b".\r\n")
        response = await protocol.read_response(timeout=ANSWER_SECONDS)
    if response.code != SMTPStatus.completed:
        raise SMTPDataError(response.code, response.message)
    return response


def _is_ready(message: bytes) -> bool:
    is_crlf = message.count(b"\n") == message.count(b"\r") == message.count(b"\r\n")
    return is_crlf and message.endswith(b"\r\n") and b"\n." not in message and message[:1] != b"."


async def _is_reset(client: SMTP, code: int) -> bool:
    """After a refusal the letter that was begun is dropped, and the connection may be kept."""
    if code == CLOSING:
        return False
    try:
        await client.rset()
    except _BROKEN:
        return False
    return True


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
