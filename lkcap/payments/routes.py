"""Оплатить, История платежей, and Оплата без регистрации."""

from aiohttp import web

from lkcap.payments import guest, history, result, views

ROUTES = [
    web.get("/payment", views.show, name="payment"),
    web.post("/payment", views.pay),
    web.get("/payment/qr.png", views.picture, name="payment-qr"),
    web.get("/payment/{order}", result.show, name="payment-result"),
    web.get("/payments", history.show, name="payments"),
    web.get(r"/payments/{payment_id:[0-9]{1,18}}.pdf", history.download, name="payment-paper"),
    web.get("/pay", guest.show, name="guest"),
    web.post("/pay", guest.find),
    web.get("/pay/qr", guest.picture, name="guest-qr"),
]
