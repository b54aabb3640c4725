"""A QR code as a picture of its own."""

from aiohttp import web

from lkcap.kit.errors import NotFound, SenselessQuery
from lkcap.payments.model import PENALTY, PRINCIPAL, Bill, qr_codes


def asked_part(request: web.Request) -> str:
    """Which of two codes; raises SenselessQuery."""
    part = request.query.get("part") or PRINCIPAL
    if part not in (PRINCIPAL, PENALTY):
        raise SenselessQuery(f"Код бывает {PRINCIPAL} и {PENALTY}.")
    return part


def picture_of(bill: Bill, part: str) -> web.Response:
    """PNG; raises NotFound where nothing is due by that code."""
    code = qr_codes(bill).get(part)
    if code is None:
        raise NotFound
    return web.Response(body=code.picture(), content_type="image/png")
