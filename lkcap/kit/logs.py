"""One JSON object a line, or readable text on a terminal. No names, e-mails, cookies, tokens.

Ours are logged by nobody on purpose. What could bring them is the text of an error: PostgreSQL
quotes the row it refuses, Python the value it cannot read, a relay the mailbox it does not know. So
every line is cleaned on its way out, those of libraries too.
"""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "…"

# Local variables hold what a log must not: forms, cookies, rows.
_TRACEBACKS = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
# What PostgreSQL says below its first line: the row, the statement; a `repr` has it in one line.
_BELOW = re.compile(r"(?:\n|\\n)\s*(?:DETAIL|CONTEXT|HINT|QUERY|WHERE|LINE \d+)\b.*", re.DOTALL)
_MAILBOX = re.compile(r"[^\s<>\"'(),:;=]+@[^\s<>\"'(),;=]+")
# A value that could not be read, at the end of what is said of it.
_QUOTED = re.compile(r"(?<=: )\\?[\"'].*", re.DOTALL)
# In the text of an error: whatever stands in quotes, Russian words, long numbers.
_NAMED = r"(?:constraint|relation|column|table|function|role|index|schema) \"\w+\""
_VALUE = re.compile(rf"(?P<kept>{_NAMED})|'[^']*'|\"[^\"]*\"|[А-ЯЁа-яё]+|\b\d{{5,}}\b")


def clean(text: str) -> str:
    """Any text of a log line: without mailboxes, bad values, and the rows PostgreSQL shows."""
    return _MAILBOX.sub(HIDDEN, _QUOTED.sub(HIDDEN, _BELOW.sub("", text)))


def clean_error(text: str) -> str:
    """The first line of an error nobody expected, without the values in it.

    `constraint "subscriber_email_key"` stays: it is a name of ours.
    """
    first = clean(text).strip().partition("\n")[0]
    return _VALUE.sub(lambda found: found["kept"] or HIDDEN, first)


def redacted(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The last step before a line is written."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = clean(value)
        elif isinstance(value, BaseException):
            event[name] = f"{type(value).__name__}: {clean_error(str(value))}"
    for error in _errors(event.get("exception")):
        error["exc_value"] = clean_error(error["exc_value"])
        # what libraries add to an error below it, in words of their own
        error["exc_notes"] = []
    return event


def foreign(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A library's own words may quote anything: they are taken for an error's."""
    event["event"] = clean_error(str(event["event"]))
    return event


def _errors(chain: Any) -> Iterable[dict[str, Any]]:
    """Each error of a chain as structlog lists it, those of a group too."""
    for error in chain if isinstance(chain, list) else ():
        yield error
        for group in error.get("exceptions", ()):
            yield from _errors(group)


def readable(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The chain of errors as lines of text, for a terminal."""
    told = [
        f"  {frame['filename']}:{frame['lineno']} {frame['name']}" if frame else text
        for error in _errors(event.get("exception"))
        for text in (f"{error['exc_type']}: {error['exc_value']}",)
        for frame in (None, *error["frames"])
    ]
    if told:
        event["exception"] = "\n".join(told)
    return event


def setup() -> None:
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = (
        [readable, structlog.dev.ConsoleRenderer()]
        if sys.stderr.isatty()
        else [structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    rendered: list[Processor] = [structlog.dev.set_exc_info, _TRACEBACKS, redacted, *last]
    structlog.configure(
        processors=[*shared, *rendered],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # libraries speak through the standard logging: their lines look the same
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[*shared, foreign],
            processors=[ProcessorFormatter.remove_processors_meta, *rendered],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
