"""What is asked for in the address of a page."""

from aiohttp import web

SIGNS_MAX = 254


def asked(request: web.Request, name: str, most: int = SIGNS_MAX) -> str:
    """As it was typed, or empty; without NUL, which no text of PostgreSQL may hold."""
    return request.query.get(name, "").replace("\0", "").strip()[:most]
