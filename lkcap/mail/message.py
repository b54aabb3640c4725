"""A letter as the relay takes it: headers and parts put together by hand.

The standard library's EmailMessage folds every line anew, which takes longer than all the rest of
a letter with a paper attached. What is written here is little: see RFC 5322, 2045 and 2047.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr

CRLF = b"\r\n"
# With what stands around it, and a header's name before it, a line has 76 characters at most.
WORD_BYTES = 40
LINE = 76


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter; its name is of ASCII letters, digits and `.-_`."""

    name: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Texts:
    """A letter's three parts, made of its templates."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """Everything about a letter but its content. `unsubscribe`: the address of RFC 8058."""

    message_id: str
    sender: str
    sender_name: str
    to: str
    date: datetime
    unsubscribe: str = ""


def plain_address(text: str) -> str:
    """The address of `Name <address>`, or of the address alone."""
    return parseaddr(text)[1]


def domain_of(text: str) -> str:
    """The ASCII domain of an address, which may be `Name <address>`."""
    domain = plain_address(text).rpartition("@")[2]
    return domain.encode("idna").decode("ascii")


def ascii_address(address: str) -> str:
    """The address with its domain as mail servers know it: «пример.рф» is xn--e1afmkfd.xn--p1ai.

    Raises UnicodeError where there is no such form.
    """
    local, _, domain = address.rpartition("@")
    local.encode("ascii")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def build(envelope: Envelope, texts: Texts, attachments: Sequence[Attachment] = ()) -> bytes:
    """The whole message, lines ended by CRLF."""
    mark = envelope.message_id.strip("<>").partition("@")[0]
    parts = _multipart(
        "alternative",
        f"{mark}-a",
        [
            _part('text/plain; charset="utf-8"', texts.text.encode()),
            _part('text/html; charset="utf-8"', texts.html.encode()),
        ],
    )
    if attachments:
        parts = _multipart("mixed", f"{mark}-m", [parts, *map(_attached, attachments)])
    return _headers(envelope, texts.subject) + parts


def _headers(envelope: Envelope, subject: str) -> bytes:
    headers = {
        "From": f"{_encoded(envelope.sender_name)} <{envelope.sender}>",
        "To": envelope.to,
        "Subject": _encoded(subject),
        "Date": format_datetime(envelope.date),
        "Message-ID": envelope.message_id,
        # nobody's holiday answer is wanted
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }
    if envelope.unsubscribe:
        headers["List-Unsubscribe"] = f"<{envelope.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return b"".join(_header(name, value) for name, value in headers.items())


def _header(name: str, value: str) -> bytes:
    """A header whose value could begin another one is none of ours: ValueError."""
    if any(ord(sign) < 32 for sign in value.replace("\r\n ", "")):
        raise ValueError(f"a line break in {name}")
    return f"{name}: {value}\r\n".encode("ascii")


def _encoded(text: str) -> str:
    """Any text as a header's value: encoded words of RFC 2047, a line each, none of them too long.

    They end where words do: some programs put a blank where two of them meet.
    """
    return "\r\n ".join(f"=?utf-8?B?{b64encode(one).decode()}?=" for one in _chunks(text))


def _chunks(text: str) -> Iterator[bytes]:
    chunk = b""
    for word in re.findall(r"\S{1,18} ?", " ".join(text.split())):
        if len(chunk) + len(word.encode()) > WORD_BYTES and chunk:
            yield chunk
            chunk = b""
        chunk += word.encode()
    yield chunk


def _multipart(kind: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    mark = f"--{boundary}".encode("ascii")
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode("ascii")
    return head + b"".join(mark + CRLF + part for part in parts) + mark + b"--\r\n"


def _part(content_type: str, body: bytes, disposition: str = "") -> bytes:
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: base64\r\n{disposition}\r\n"
    return head.encode("ascii") + _base64(body)


def _base64(body: bytes) -> bytes:
    """In lines of 76, as RFC 2045 wants them; `base64.encodebytes` takes twice as long."""
    text = b64encode(body)
    lines = [text[start : start + LINE] for start in range(0, len(text), LINE)]
    return CRLF.join((*lines, b""))


def _attached(one: Attachment) -> bytes:
    return _part(
        f'{one.content_type}; name="{one.name}"',
        one.body,
        f'Content-Disposition: attachment; filename="{one.name}"\r\n',
    )
