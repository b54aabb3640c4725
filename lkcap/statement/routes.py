"""Выписка."""

from aiohttp import web

from lkcap.statement import views

ROUTES = [
    web.get("/statement", views.show, name="statement"),
    web.get("/statement.csv", views.download_csv, name="statement-csv"),
    web.get("/statement.xlsx", views.download_xlsx, name="statement-xlsx"),
]
