"""Which page of the desk is whose: said beside the page, checked at the door."""

from collections.abc import Callable
from typing import TypeVar

from aiohttp import web

from lkcap.kit.keys import Handler
from lkcap.staff.role import Role

H = TypeVar("H", bound=Handler)

EVERYBODY = frozenset(Role)


def for_roles(*roles: Role) -> Callable[[H], H]:
    """Open a page of the desk to these roles, and to administrators, who may do everything."""

    def mark(handler: H) -> H:
        handler.roles = frozenset(roles) | {Role.ADMIN}  # type: ignore[attr-defined]
        return handler

    return mark


def for_everybody(handler: H) -> H:
    """A page of the desk that every employee needs, whatever he does there."""
    return for_roles(*EVERYBODY)(handler)


def while_password_is_one_time(handler: H) -> H:
    """One of the few pages that open before the employee has a password of his own."""
    handler.opens_at_once = True  # type: ignore[attr-defined]
    return handler


def roles_of(request: web.Request) -> frozenset[Role]:
    """None at all for a page nobody has decided about: closed by default."""
    return getattr(request.match_info.handler, "roles", frozenset())


def opens_at_once(request: web.Request) -> bool:
    return getattr(request.match_info.handler, "opens_at_once", False)
