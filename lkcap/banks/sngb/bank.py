"""СНГБ as the payment pages know it."""

from lkcap.banks.base import Started
from lkcap.banks.sngb.client import SngbClient


class SngbBank:
    """The bank is told the order and its amount; the way back is registered in its cabinet."""

    name = "sngb"

    def __init__(self, client: SngbClient) -> None:
        self._client = client

    async def start(self, order_id: str, amount: int) -> Started:
        begun = await self._client.init(order_id, amount)
        return Started(begun.url, begun.payment_id)
