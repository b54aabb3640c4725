"""Gazprombank as the payment pages know it."""

from lkcap.banks.base import Started, result_url
from lkcap.banks.gpb.start import start_url
from lkcap.config import Config


class GpbBank:
    """Nothing is asked of the bank beforehand: it asks us, once the payer is there."""

    name = "gpb"

    def __init__(self, config: Config) -> None:
        self._config = config

    async def start(self, order_id: str, _amount: int) -> Started:
        back = result_url(self._config, order_id)
        return Started(start_url(self._config.gpb, order_id, back, back), None)
