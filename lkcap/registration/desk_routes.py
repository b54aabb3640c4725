"""Applications at the desk."""

from aiohttp import web

from lkcap.registration import desk_views

ROUTES = [
    web.get("/staff/applications", desk_views.show_queue),
    web.post("/staff/applications/next", desk_views.take_next),
    web.get("/staff/applications/{id}", desk_views.show),
    web.post("/staff/applications/{id}", desk_views.decide),
    web.post("/staff/applications/{id}/take", desk_views.take),
    web.post("/staff/applications/{id}/release", desk_views.release),
    web.post("/staff/applications/{id}/account", desk_views.name_account),
]
