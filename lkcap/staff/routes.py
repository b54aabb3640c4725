"""The fund's desk: its door, its employees, its journal."""

from aiohttp import web

from lkcap.staff import people_views, views

ROUTES = [
    web.get("/staff", views.home, name="desk"),
    web.get("/staff/login", views.login_page),
    web.post("/staff/login", views.login),
    web.post("/staff/logout", views.logout),
    web.get("/staff/password", views.password_page),
    web.post("/staff/password", views.password),
    web.get("/staff/people", people_views.people),
    web.post("/staff/people", people_views.add),
    web.post("/staff/people/{login}/reset", people_views.reset),
    web.post("/staff/people/{login}/disable", people_views.disable),
    web.get("/staff/journal", people_views.journal),
]
