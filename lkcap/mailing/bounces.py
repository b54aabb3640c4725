"""Letters that came back: what a mail server reports of them (RFC 3464).

A report returns the headers of our letter. Its Message-ID is random and known to whoever had the
letter in hand, so nobody can speak for another's address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

from lkcap.mail.relay import short
from lkcap.mail.smtp import ADDRESS, ENHANCED, MAILBOX_CODES

# What mail servers say when they do not know what to say.
VAGUE = "5.0.0"


@dataclass(frozen=True, slots=True)
class Bounce:
    """`is_address`: no other letter to the same address will arrive."""

    message_id: str
    answer: str
    is_address: bool


def bounce_of(raw: bytes) -> Bounce | None:
    """None for what is no report of a letter that will never arrive."""
    report = message_from_bytes(raw)
    message_id = _returned_id(report)
    if report.get_content_type() != "multipart/report" or not message_id:
        return None
    for recipient in _recipients(report):
        status = _field(recipient, "Status").split(" ")[0]
        if _field(recipient, "Action").lower() == "failed" and status.startswith("5."):
            told = _field(recipient, "Diagnostic-Code").partition(";")[2]
            is_address = _blames_address(status, told)
            return Bounce(message_id, short(told or f"письмо вернулось: {status}"), is_address)
    return None


def _blames_address(status: str, told: str) -> bool:
    """As at the relay's own refusal (`mail/smtp.py`); what the last server said tells more."""
    found = ENHANCED.search(told)
    code = found[1] if found and status == VAGUE else status
    if code == VAGUE:
        return told.strip()[:3] in map(str, MAILBOX_CODES)
    return ADDRESS.fullmatch(code) is not None


def _recipients(report: Message) -> Iterator[Message]:
    """The groups of a report's fields but the first, which is of the report itself."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            groups = part.get_payload()
            if isinstance(groups, list):
                yield from (one for one in groups if isinstance(one, Message))
            return


def _returned_id(report: Message) -> str:
    """Of the letter that came back, whole or its headers alone; empty where it is not there."""
    for part in report.walk():
        if part is report:
            continue
        if part.get_content_type() == "text/rfc822-headers":
            text = part.get_payload(decode=True)
            if isinstance(text, bytes):
                return _field(message_from_string(text.decode("utf-8", "replace")), "Message-ID")
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                return _field(inner[0], "Message-ID")
    return ""


def _field(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())
