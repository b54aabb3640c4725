"""Where letters go (SMTP_URL): what a relay is to a sender, and which one the settings name."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from lkcap.config import Config
from lkcap.mail.message import ascii_address, domain_of, plain_address

# What a relay says of itself is kept and shown; no more of it than a person reads.
ANSWER_MAX = 500
SMTP_PORT, SMTPS_PORT = 25, 465


class RelayError(Exception):
    """A letter was not accepted; the message is the relay's own."""

    def __init__(self, answer: str) -> None:
        super().__init__(short(answer))


class RelayDown(RelayError):
    """The relay takes no letters now, this one or another."""


class TryLater(RelayError):
    """It does not take this letter now, or has not said that it has."""


class RefusedForGood(RelayError):
    """It will never take it; `is_address`: nor any other to the same address."""

    def __init__(self, answer: str, *, is_address: bool) -> None:
        super().__init__(answer)
        self.is_address = is_address


class Relay(Protocol):
    """One way to the relay, of one lane's; kept open from letter to letter."""

    async def offer(self, to: str, name: str, message: bytes) -> None:
        """All of a letter but the word that makes it the relay's; raises RelayError.

        `to` is the address in ASCII, `name` is the same whenever the letter is sent again. What
        was offered and is not handed over before the next letter was never sent.
        """

    async def hand_over(self) -> str:
        """That word; the relay's own when it has accepted. Raises RelayError.

        Waits for its answer as long as the caller does: who gives up may have sent the letter.
        """

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class SmtpTerms:
    """How to reach an SMTP relay, and how we present ourselves there."""

    host: str
    port: int
    is_tls: bool
    is_starttls: bool
    user: str
    password: str
    sender: str
    # what HELO says: the domain of the sender is a name that any relay takes for one
    helo: str

    @classmethod
    def of(cls, config: Config) -> "SmtpTerms | None":
        """None: letters go to a folder. Raises ValueError where the port is none."""
        parts = urlsplit(config.smtp_url.get_secret_value())
        if parts.scheme == "file":
            return None
        is_tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "",
            port=parts.port or (SMTPS_PORT if is_tls else SMTP_PORT),
            is_tls=is_tls,
            is_starttls="starttls=1" in parts.query.split("&"),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            sender=ascii_address(plain_address(config.mail_from)),
            helo=domain_of(config.mail_from),
        )


def folder_of(config: Config) -> Path:
    """Where `file:DIR` puts letters."""
    return Path(unquote(urlsplit(config.smtp_url.get_secret_value()).path))


def short(answer: str) -> str:
    return " ".join(answer.split())[:ANSWER_MAX]
