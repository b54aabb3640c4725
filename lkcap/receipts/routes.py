"""Квитанции."""

from aiohttp import web

from lkcap.receipts import views

ROUTES = [
    web.get("/receipts", views.show, name="receipts"),
    web.get(r"/receipts/{period:\d{4}-\d{2}}.pdf", views.download, name="receipt"),
    web.get(r"/receipts/{year:\d{4}}.pdf", views.download_year, name="receipts-year"),
]
