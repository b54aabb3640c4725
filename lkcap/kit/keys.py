"""Typed keys of what the application and a request carry."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from lkcap.config import Config
from lkcap.kit.clock import Clock

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

CONFIG = web.AppKey("lkcap_config", Config)
CLOCK = web.AppKey("lkcap_clock", Clock)

REQUEST_ID = web.RequestKey("lkcap_request_id", str)
