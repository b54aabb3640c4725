"""Справка, and its check by anyone."""

from aiohttp import web

from lkcap.references import views

ROUTES = [
    web.get("/reference.pdf", views.download, name="reference"),
    web.get("/verify", views.ask, name="verify"),
    web.post("/verify", views.send),
    web.get("/verify/keys", views.keys, name="verify-keys"),
    web.get("/verify/{code}", views.show, name="verify-code"),
]
