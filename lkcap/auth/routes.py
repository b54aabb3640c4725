"""Front page, login, logout."""

from aiohttp import web

from lkcap.auth import views

ROUTES = [
    web.get("/", views.front, name="front"),
    web.get("/login", views.front, name="login"),
    web.post("/login", views.login),
    web.post("/logout", views.logout, name="logout"),
]
