"""News for everyone, and where the desk writes them."""

from aiohttp import web

from lkcap.news import desk_views, views

ROUTES = [
    web.get("/news", views.show_list, name="news"),
    web.get("/news.rss", views.feed, name="feed"),
    web.get("/news/{id}", views.show),
    web.get("/staff/news", desk_views.show_list),
    web.get("/staff/news/new", desk_views.begin),
    web.post("/staff/news/new", desk_views.add),
    web.get("/staff/news/fund", desk_views.fund_text),
    web.post("/staff/news/fund", desk_views.save_fund_text),
    web.get("/staff/news/{id}", desk_views.edit),
    web.post("/staff/news/{id}", desk_views.save),
    web.post("/staff/news/{id}/delete", desk_views.delete),
]
