"""Forms by WTForms: answers kept, messages in Russian, errors ready for the summary on top."""

from collections.abc import Iterable
from typing import Any, Self

import wtforms
from aiohttp import web
from multidict import MultiDict


class Form(wtforms.Form):
    """Base of all forms; our own validators bring their own Russian sentences."""

    class Meta:
        locales = ("ru_RU", "ru")

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
