"""Настройки, and «Отписаться» from a letter."""

from aiohttp import web

from lkcap.profile import (
    code_views,
    device_views,
    personal_views,
    unsubscribe_views,
    views,
)

ROUTES = [
    web.get("/settings", views.show, name="settings"),
    web.get("/settings/password", views.back),
    web.post("/settings/password", views.password, name="settings-password"),
    web.get("/settings/email", views.back),
    web.post("/settings/email", views.email, name="settings-email"),
    web.get("/settings/email/{token}", views.ask_email, name="settings-email-confirm"),
    web.post("/settings/email/{token}", views.confirm_email),
    web.post("/settings/receipts", views.receipts, name="settings-receipts"),
    web.post("/settings/reminders", views.reminders, name="settings-reminders"),
    web.get("/settings/devices", device_views.show, name="settings-devices"),
    web.post("/settings/devices/end", device_views.end, name="settings-devices-end"),
    web.post("/settings/devices/end-all", device_views.end_all, name="settings-devices-end-all"),
    web.get("/settings/code", code_views.show, name="settings-code"),
    web.post("/settings/code", code_views.begin),
    web.get("/settings/code/off", code_views.back),
    web.post("/settings/code/off", code_views.switch_off, name="settings-code-off"),
    web.get("/settings/code/new", code_views.enrol, name="settings-code-new"),
    web.post("/settings/code/new", code_views.confirm),
    web.get("/settings/code/qr.png", code_views.picture, name="settings-code-picture"),
    web.get("/settings/accounts", personal_views.accounts, name="settings-accounts"),
    web.post("/settings/accounts", personal_views.unlink),
    web.get("/settings/data.json", personal_views.data, name="settings-data"),
    web.get("/settings/delete", personal_views.ask_deletion, name="settings-delete"),
    web.post("/settings/delete", personal_views.delete),
    web.get("/unsubscribe/{token}", unsubscribe_views.show, name="unsubscribe"),
    web.post("/unsubscribe/{token}", unsubscribe_views.send),
    web.post("/unsubscribe/{token}/back", unsubscribe_views.back, name="unsubscribe-back"),
]
