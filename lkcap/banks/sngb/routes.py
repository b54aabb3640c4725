"""СНГБ's notification, and the way back of its payers."""

from aiohttp import web

from lkcap.banks.sngb import views

ROUTES = [
    web.post("/bank/sngb/notify", views.notify, name="sngb-notify"),
    web.get("/bank/sngb/return", views.come_back, name="sngb-back"),
]
