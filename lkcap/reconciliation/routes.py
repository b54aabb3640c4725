"""The accountant's pages."""

from aiohttp import web

from lkcap.reconciliation import difference_views, load_views, message_views, payment_views, views

_REFUND = r"/staff/refunds/{refund_id:[0-9]{1,18}}"
_DIFFERENCE = r"/staff/reconciliation/differences/{difference_id:[0-9]{1,18}}"
_LOAD = r"/staff/loads/{load_id:[0-9]{1,9}}"

ROUTES = [
    web.get("/staff/payments", payment_views.search),
    web.get("/staff/payments/{key}", payment_views.show),
    web.post(r"/staff/payments/{key:[0-9]{1,18}}/refund", payment_views.ask),
    web.post(f"{_REFUND}/confirm", payment_views.confirm),
    web.post(f"{_REFUND}/withdraw", payment_views.withdraw),
    web.post(f"{_REFUND}/enquire", payment_views.enquire),
    web.post(f"{_REFUND}/decide", payment_views.decide),
    web.get("/staff/reconciliation", views.show),
    web.post(r"/staff/reconciliation/{payment_id:[0-9]{1,18}}", views.give),
    web.get("/staff/reconciliation/messages", message_views.show_refused),
    web.get("/staff/reconciliation/differences", difference_views.show_settled),
    web.get(_DIFFERENCE, difference_views.show),
    web.post(f"{_DIFFERENCE}/settle", difference_views.settle),
    web.post(f"{_DIFFERENCE}/reopen", difference_views.reopen),
    web.get("/staff/loads", load_views.show_all),
    web.get(_LOAD, load_views.show),
    web.get(f"{_LOAD}/undo", load_views.undoing),
    web.post(f"{_LOAD}/undo", load_views.take_back),
]
