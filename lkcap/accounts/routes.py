"""Информация."""

from aiohttp import web

from lkcap.accounts import views

ROUTES = [
    web.get("/account", views.show, name="account"),
    web.post("/account/switch", views.switch, name="account-switch"),
]
