"""Регистрация (manual §3.3.1, §3.3.2) and the consent it asks for."""

from aiohttp import web

from lkcap.registration import views

ROUTES = [
    web.get("/register", views.show, name="register"),
    web.post("/register", views.send),
    web.get("/register/sent", views.sent, name="register-sent"),
    web.get("/register/houses", views.houses, name="register-houses"),
    web.get("/register/confirm/{token}", views.ask, name="register-confirm"),
    web.post("/register/confirm/{token}", views.confirm),
    web.get("/consent", views.consent, name="consent"),
]
