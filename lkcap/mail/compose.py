"""From a row of the outbox to a message: the templates filled, the parts put together."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parseaddr
from typing import Any

import jinja2
from cryptography.fernet import InvalidToken

from lkcap.config import Config
from lkcap.kit.pages import FILTERS, TEMPLATES, LeanLoader
from lkcap.kit.words import plural
from lkcap.mail.letter import unseal
from lkcap.mail.message import Attachment, Envelope, Texts, ascii_address, build


class CannotCompose(Exception):
    """The letter cannot be made: the message says why. A later attempt may succeed."""


class Unwanted(CannotCompose):
    """Nobody wants the letter any more, or it is not his any more; the message says why."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A letter taken to be sent, as the database has it; `period` is its first day."""

    letter_id: int
    message_id: str
    name: str
    recipient: str
    domain: str
    subscriber_id: int | None
    account_id: int | None
    period: date | None
    is_bulk: bool
    facts: memoryview
    attempts: int
    queued_at: datetime
    # whether this attempt is the last one
    is_last: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """What is added to a letter when it is sent: facts beside the queued ones, and files."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[Attachment] = ()


# Makes what letters of a name carry, when one is sent; raises CannotCompose.
Prepare = Callable[[Queued], Awaitable[Carried]]
Preparing = Mapping[str, Prepare]


class Composer:
    """Makes messages of queued letters; `preparing` has, by a letter's name, what it carries."""

    def __init__(self, config: Config, preparing: Preparing | None = None) -> None:
        self._config = config
        self._preparing = dict(preparing or {})
        named, self._sender = parseaddr(config.mail_from)
        self._sender_name = named or config.fund.name
        self._env = jinja2.Environment(
            loader=LeanLoader(TEMPLATES),
            autoescape=jinja2.select_autoescape(["html"]),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._env.filters |= FILTERS
        self._env.globals |= {
            "plural": plural,
            "fund": config.fund,
            "site": config.public_url,
        }

    def texts(self, name: str, facts: Mapping[str, Any]) -> Texts:
        """The three parts of `templates/letters/<name>/`; nothing in them may be undefined."""
        subject = " ".join(self._render(f"{name}/subject.txt", facts).split())
        return Texts(
            subject,
            self._render(f"{name}/body.txt", facts),
            self._render(f"{name}/body.html", {**facts, "subject": subject}),
        )

    async def compose(self, letter: Queued) -> bytes:
        """The whole message; raises CannotCompose."""
        prepare = self._preparing.get(letter.name)
        carried = await prepare(letter) if prepare else Carried()
        try:
            facts = {**unseal(bytes(letter.facts), self._config.secret_keys), **carried.facts}
            envelope = self._envelope(letter, facts)
            return build(envelope, self.texts(letter.name, facts), carried.files)
        except InvalidToken as error:
            raise CannotCompose("ни один из SECRET_KEYS не подходит") from error
        except (jinja2.TemplateError, ValueError, TypeError) as error:
            raise CannotCompose(f"{type(error).__name__}: {error}") from error

    def _envelope(self, letter: Queued, facts: Mapping[str, Any]) -> Envelope:
        return Envelope(
            message_id=letter.message_id,
            sender=ascii_address(self._sender),
            sender_name=self._sender_name,
            to=ascii_address(letter.recipient),
            date=letter.queued_at.astimezone(self._config.timezone),
            unsubscribe=str(facts.get("unsubscribe", "")),
        )

    def _render(self, path: str, facts: Mapping[str, Any]) -> str:
        return self._env.get_template(f"letters/{path}").render(facts)
