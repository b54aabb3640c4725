"""Which answers are compressed: those whose length tells nothing to anybody.

A page that holds a secret (its form's token, what somebody owes) beside words of the address it was
asked by could be guessed letter by letter from the length of its compressed form, if another site
can have the reader's browser ask for it again and again (BREACH). So a page is compressed only when
nobody else's site has led to it, which the browser tells in `Sec-Fetch-Site`: `same-origin` is a
link or a form of ours, `none` is the reader himself. A browser too old to tell gets pages as they
are, and so does one that came by a link of another site. What is public and the same for all is
always compressed. A proxy in front must not compress by rules of its own.
"""

from pathlib import PurePosixPath

from aiohttp import web

from lkcap.kit.keys import Handler

PAGES = ("text/html", "application/manifest+json")
FILES = (".css", ".js", ".svg")
OUR_OWN = ("same-origin", "none")
# Less than a packet goes out as it is.
BYTES_MIN = 1400


@web.middleware
async def compress(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if _is_text(request, response):
        response.headers.add("Vary", "Accept-Encoding, Sec-Fetch-Site")
        if _tells_nothing(request) and _takes_gzip(request):
            response.enable_compression(web.ContentCoding.gzip)
    return response


def _is_text(request: web.Request, response: web.StreamResponse) -> bool:
    if isinstance(response, web.FileResponse):
        # a part of a file must stay the part that was asked for
        return PurePosixPath(request.path).suffix in FILES and "Range" not in request.headers
    return response.content_type in PAGES and (response.content_length or 0) >= BYTES_MIN


def _tells_nothing(request: web.Request) -> bool:
    is_static = isinstance(request.match_info.route.resource, web.StaticResource)
    return is_static or request.headers.get("Sec-Fetch-Site") in OUR_OWN


def _takes_gzip(request: web.Request) -> bool:
    """Browsers name it plainly; whoever weighs it by `q=` is no browser."""
    told = request.headers.get("Accept-Encoding", "").lower().split(",")
    return "gzip" in [one.strip() for one in told]
