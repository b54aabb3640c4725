"""Letters at the desk, and the way out of reminders."""

from aiohttp import web

from lkcap.mailing import desk_views, sample_views, unsubscribe_views

ROUTES = [
    web.get("/staff/letters", desk_views.show),
    web.post("/staff/letters/refused", desk_views.lift),
    web.get("/staff/letters/samples", sample_views.show_all),
    web.get("/staff/letters/samples/{name}", sample_views.show),
    web.get("/staff/letters/samples/{name}/html", sample_views.html),
    web.get("/unsubscribe/reminder/{token}", unsubscribe_views.show),
    web.post("/unsubscribe/reminder/{token}", unsubscribe_views.send),
    web.post("/unsubscribe/reminder/{token}/back", unsubscribe_views.back),
]
