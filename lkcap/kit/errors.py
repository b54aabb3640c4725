"""Errors of the domain. Features raise them; the middleware turns them into pages, once."""

from collections.abc import Mapping
from http import HTTPStatus


class DomainError(Exception):
    """Base of what we refuse on purpose; `status` and `headers` are how the door answers.

    The message is shown only where it `is_for_reader`: then it is a sentence in Russian. `title`
    is the page's, where the usual one of the status would not be true.
    """

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    headers: Mapping[str, str] = {}
    is_for_reader = False
    title = ""
    # where its page leads, with the words of the button: an own address; else to the front page
    way: tuple[str, str] | None = None


class NotFound(DomainError):
    """No such object, or not the reader's: the two must look the same."""

    status = HTTPStatus.NOT_FOUND


class SenselessQuery(DomainError):
    """An address whose parameters mean nothing; the message says which, in Russian."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    is_for_reader = True


class BadCsrf(DomainError):
    """The form did not come from our page, or the page is too old."""

    status = HTTPStatus.FORBIDDEN


class OldPage(BadCsrf):
    """The page is too old, but what was typed is kept: `page` will show it."""

    is_for_reader = True

    def __init__(self, page: str) -> None:
        super().__init__("Страница устарела. То, что вы ввели, сохранено на час, кроме паролей.")
        self.way = (page, "Открыть форму заполненной")


class DatabaseUnavailable(DomainError):
    """The database does not answer, or not in time."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    headers: Mapping[str, str] = {"Retry-After": "30"}


class QueryTimeout(DatabaseUnavailable):
    """One query ran longer than it may."""


class Refused(Exception):
    """A command that cannot be done; nothing has changed. The message is for the person."""
