"""Forms by WTForms: answers kept, messages in Russian, errors ready for the summary on top."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Self

import wtforms
from aiohttp import web
from multidict import MultiDict

# Kept of no form, whatever the type of its field is.
_SECRET = re.compile(r"pass|secret|token|csrf|cvc|cvv|card_number", re.IGNORECASE)


class OneTimeCode(wtforms.StringField):
    """A code of another device: it is good once, so nobody keeps it."""


@dataclass(slots=True)
class Typed:
    """What somebody has typed, while its page is made for him again.

    `words` tell him so: always where `is_old_page`, else only if a form of the page took it.
    """

    answers: MultiDict[str]
    words: str
    is_old_page: bool = False
    is_taken: bool = False


# A form is made deep inside of a view, which need not know that it was typed once already.
TYPED: ContextVar[Typed | None] = ContextVar("lkcap_typed", default=None)


class Form(wtforms.Form):
    """Base of all forms; our own validators bring their own Russian sentences."""

    # filled with what was typed before the login, or on a page that had grown old
    is_returned = False

    class Meta:
        locales = ("ru_RU", "ru")

    def process(
        self,
        formdata: Any = None,
        obj: object | None = None,
        data: Mapping[str, Any] | None = None,
        extra_filters: Mapping[str, Sequence[Any]] | None = None,
        **kwargs: object,
    ) -> None:
        """An empty form, or one with what is stored, takes what was typed: the first that fits."""
        typed = TYPED.get()
        is_free = formdata is None and typed is not None and not typed.is_taken
        if is_free and typed is not None and typed.answers.keys() & self._fields.keys():
            typed.is_taken = self.is_returned = True
            formdata = typed.answers
        super().process(formdata, obj, data, extra_filters, **kwargs)

    @classmethod
    async def read(cls, request: web.Request) -> Self:
        """Text alone: no field of ours is a file, and NUL is no letter to PostgreSQL."""
        sent = (await request.post()).items()
        return cls(MultiDict((k, v.replace("\0", "")) for k, v in sent if isinstance(v, str)))

    def refuse(self, field: str, message: str) -> None:
        """Add an error that only the use case could find."""
        self[field].errors = [*self[field].errors, message]

    @property
    def summary(self) -> Iterable[tuple[str, Any]]:
        """(id of the field, what is wrong), in the order of the form."""
        return [(field.id, field.errors[0]) for field in self if field.errors]


def kept_names(package: str) -> frozenset[str]:
    """Fields of the forms of a package, `lkcap.news`, whose answers may be kept; no secret's."""
    fields = [
        field
        for one in known_forms()
        if one.__module__.startswith(f"{package}.")
        for field in one()
    ]
    secret = {field.name for field in fields if is_secret(field)}
    return frozenset(field.name for field in fields) - secret


def is_secret(field: wtforms.Field) -> bool:
    """Passwords and one-time codes by their type; what is called like a secret, to be sure."""
    of_secrets = isinstance(field, wtforms.PasswordField | OneTimeCode)
    return of_secrets or _SECRET.search(field.name) is not None


def known_forms(form: type[Form] = Form) -> Iterator[type[Form]]:
    """Every form that is made of this one: those of the site's features."""
    for one in form.__subclasses__():
        yield one
        yield from known_forms(one)
