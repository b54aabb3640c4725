"""Policy, guide, calendar, and what makes the site installable."""

from aiohttp import web

from lkcap.help import install, views

ROUTES = [
    web.get("/privacy", views.privacy, name="privacy"),
    web.get("/guide", views.show_guide, name="guide"),
    web.get("/guide.pdf", views.guide_pdf, name="guide-pdf"),
    web.get("/account/due.ics", views.due_calendar, name="due-calendar"),
    web.get("/manifest.webmanifest", install.manifest, name="manifest"),
    web.get("/sw.js", install.worker, name="service-worker"),
]
