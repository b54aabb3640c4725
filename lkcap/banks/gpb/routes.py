"""Gazprombank's calls."""

from aiohttp import web

from lkcap.banks.gpb import views

ROUTES = [
    web.get("/bank/gpb/check", views.check, name="gpb-check"),
    web.get("/bank/gpb/register", views.register, name="gpb-register"),
]
