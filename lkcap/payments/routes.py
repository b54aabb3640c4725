"""Оплатить, and Оплата без регистрации."""

from aiohttp import web

from lkcap.payments import guest, views

ROUTES = [
    web.get("/payment", views.show, name="payment"),
    web.get("/payment/qr.png", views.picture, name="payment-qr"),
    web.get("/pay", guest.show, name="guest"),
    web.post("/pay", guest.find),
    web.get("/pay/qr", guest.picture, name="guest-qr"),
]
