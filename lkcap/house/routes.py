"""Список работ and О фонде."""

from aiohttp import web

from lkcap.house import views

ROUTES = [
    web.get("/house", views.show, name="house"),
    web.get("/fund", views.fund, name="fund"),
]
