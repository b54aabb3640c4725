"""Информация, and what stands behind its numbers."""

from aiohttp import web

from lkcap.accounts import views, why_views

ROUTES = [
    web.get("/account", views.show, name="account"),
    web.get("/account/why", why_views.why, name="account-why"),
    web.get("/account/plan", why_views.what_if, name="account-plan"),
    web.get("/payment/all", why_views.pay_all, name="payment-all"),
    web.post("/account/switch", views.switch, name="account-switch"),
]
