"""The banks of a site, for as long as it runs."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from aiohttp import web

from lkcap.banks.base import BANK
from lkcap.banks.gpb.bank import GpbBank
from lkcap.banks.gpb.refunds import GpbRefunds, can_refund
from lkcap.banks.refund import REFUNDERS, Refunder
from lkcap.banks.sngb.bank import SngbBank
from lkcap.banks.sngb.client import SNGB, SngbClient
from lkcap.banks.sngb.refunds import SngbRefunds
from lkcap.banks.wire import new_session
from lkcap.kit.keys import CONFIG


async def banks_context(app: web.Application) -> AsyncIterator[None]:
    """СНГБ is there wherever its terms are set: it still tells of orders made before a change."""
    config = app[CONFIG]
    async with AsyncExitStack() as stack:
        app[SNGB] = None
        refunders: dict[str, Refunder] = {}
        http = await stack.enter_async_context(new_session())
        if can_refund(config.gpb):
            refunders["gpb"] = GpbRefunds(config.gpb, http)
        if config.sngb.is_set:
            client = app[SNGB] = SngbClient(config.sngb, http)
            refunders["sngb"] = SngbRefunds(client)
            if config.bank == "sngb":
                app[BANK] = SngbBank(client)
        if config.bank == "gpb":
            app[BANK] = GpbBank(config)
        app[REFUNDERS] = refunders
        yield
