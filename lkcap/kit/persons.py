"""Who stands behind a request, as far as the kit must know: a subscriber or an employee."""

from dataclasses import dataclass

from aiohttp import web
from aiohttp_session import get_session

SUBSCRIBER, STAFF = "subscriber", "staff"
# In the session's cookie, which outlives the session itself.
PERSON_NOTE = "person"


@dataclass(frozen=True, slots=True)
class Person:
    """`kind` is SUBSCRIBER or STAFF, `number` his id there, `about` the account now chosen."""

    kind: str
    number: int
    about: int | None = None


# Who is logged in: the doors know.
PERSON = web.RequestKey("lkcap_person", Person)


async def arrive(request: web.Request, person: Person) -> None:
    """Who is logged in: the request knows it, and the cookie when the session is over."""
    request[PERSON] = person
    session, written = await get_session(request), [person.kind, person.number, person.about]
    if session.get(PERSON_NOTE) != written:
        session[PERSON_NOTE] = written


async def gone(request: web.Request) -> Person | None:
    """Whose session it was that has ended in this browser; None where nobody was logged in."""
    written = (await get_session(request)).get(PERSON_NOTE)
    return Person(*written) if written else None
