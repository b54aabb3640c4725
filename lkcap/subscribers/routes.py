"""Subscribers at the desk."""

from aiohttp import web

from lkcap.subscribers import views

ROUTES = [
    web.get("/staff/subscribers", views.search),
    web.get("/staff/subscribers/{id}", views.show),
    web.post("/staff/subscribers/{id}/password", views.send_password),
    web.post("/staff/subscribers/{id}/block", views.block),
    web.post("/staff/subscribers/{id}/unblock", views.unblock),
    web.post("/staff/subscribers/{id}/code/off", views.switch_code_off),
    web.post("/staff/subscribers/{id}/accounts/{account}/unlink", views.unlink),
    web.post("/staff/subscribers/{id}/shares/{share}/revoke", views.revoke),
]
