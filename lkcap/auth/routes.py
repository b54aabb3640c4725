"""Front page, login, logout, and what to do without a password."""

from aiohttp import web

from lkcap.auth import views

ROUTES = [
    web.get("/", views.front, name="front"),
    web.get("/login", views.front, name="login"),
    web.post("/login", views.login),
    web.post("/logout", views.logout, name="logout"),
    web.get("/restore", views.ask_to_restore, name="restore"),
    web.post("/restore", views.send_restored),
    web.get("/settings/password/new", views.ask_new_password, name="new-password"),
    web.post("/settings/password/new", views.take_new_password),
]
