"""HTTP to the bank: one answer for one request, in time, of a modest size, from nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHandlerType,
    ClientMiddlewareType,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)

from lkcap.banks.base import BankUnavailable, NotSent

ANSWER_BYTES_MAX = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """`location` is where a redirect leads; it is never followed. `body` is the text's bytes."""

    status: int
    text: str
    location: str
    body: bytes = b""


def new_session() -> ClientSession:
    """One for the life of the site. A packed answer stays packed, so that its size is its size."""
    return ClientSession(
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
        # what the bank has closed meanwhile would look like a call it may have heard
        connector=TCPConnector(force_close=True),
    )


class Wire:
    """Requests over `http`; a whole one, connecting included, takes `timeout_seconds` at most."""

    def __init__(self, http: ClientSession, timeout_seconds: float) -> None:
        self._http = http
        self._timeout = ClientTimeout(total=timeout_seconds)

    async def ask(
        self,
        method: str,
        url: str,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Raises NotSent and BankUnavailable; their causes are left out, for they hold headers."""
        try:
            async with self._http.request(
                method,
                url,
                data=form,
                headers={"Accept-Encoding": "identity", **(headers or {})},
                timeout=self._timeout,
                allow_redirects=False,
                ssl=True,
                middlewares=(_once(),),
            ) as response:
                location = response.headers.get("Location", "")
                body = await _body(response)
                # what matters in the answers is ASCII, whatever the rest is in
                return Answer(response.status, body.decode("utf-8", "replace"), location, body)
        except ClientConnectorError as error:
            raise NotSent(type(error).__name__) from None
        except (ClientError, TimeoutError) as error:
            raise BankUnavailable(type(error).__name__) from None


def _once() -> ClientMiddlewareType:
    """The library sends a GET again when a connection breaks: a refund would be given twice."""
    before: ClientError | None = None

    async def send(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        nonlocal before
        if before:
            raise before
        try:
            return await handler(request)
        except ClientError as error:
            before = error
            raise

    return send


async def _body(response: ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > ANSWER_BYTES_MAX:
            raise BankUnavailable("the answer is too long")
    return bytes(body)
