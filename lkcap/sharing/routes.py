"""Доступ для близких, and the link of an invitation."""

from aiohttp import web

from lkcap.sharing import invitation_views, views

# A number of ours; what cannot be one names nothing.
_SHARE = "/settings/sharing/{share:[0-9]{1,9}}"

ROUTES = [
    web.get("/settings/sharing", views.show, name="sharing"),
    web.post("/settings/sharing", views.invite),
    web.get("/settings/sharing/leave", views.ask_leave, name="sharing-leave"),
    web.post("/settings/sharing/leave", views.leave),
    web.get(_SHARE, views.person, name="sharing-person"),
    web.post(_SHARE, views.change),
    web.post(f"{_SHARE}/revoke", views.revoke, name="sharing-revoke"),
    web.get("/invitation/consent", invitation_views.consent, name="invitation-consent"),
    web.get("/invitation/{token}", invitation_views.ask, name="invitation"),
    web.post("/invitation/{token}", invitation_views.join),
    web.get("/invitation/{token}/accept", invitation_views.confirm, name="invitation-accept"),
    web.post("/invitation/{token}/accept", invitation_views.accept),
]
