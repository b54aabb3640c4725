"""A payer without a browser, for tests: opens the page, does something on it, is sent away."""

from collections.abc import Callable
from datetime import datetime

import aiohttp
from yarl import URL

from lkcap.demo.bank.cards import CARDS, Way

REDIRECTS_MAX = 5


class Payer:
    """At the bank of one address; `now` is that bank's time."""

    def __init__(self, bank_url: str, now: Callable[[], datetime]) -> None:
        self._origin = URL(bank_url).origin()
        self._now = now

    async def open(self, start_url: str) -> str:
        """The address of the payment page. Each call is a new visit of the start address."""
        async with aiohttp.ClientSession() as http:
            url = URL(start_url.strip(), encoded=True)
            for _ in range(REDIRECTS_MAX):
                assert url.origin() == self._origin, f"not the bank's: {url}"
                async with http.get(url, allow_redirects=False) as answer:
                    if answer.status in (302, 303):
                        url = url.join(URL(answer.headers["Location"], encoded=True))
                        continue
                    # the page, or the one that tells of the shop's refusal
                    assert answer.status in (200, 409), await answer.text()
                    return str(url)
        raise AssertionError(f"too many redirects: {start_url}")

    async def submit(self, page_url: str, way: Way) -> str:
        """Press the button; the address outside the bank that the browser is sent to."""
        async with (
            aiohttp.ClientSession() as http,
            http.post(page_url, data=self._form(way), allow_redirects=False) as answer,
        ):
            assert answer.status == 303, await answer.text()
            return answer.headers["Location"]

    async def pay(self, start_url: str, way: Way) -> str:
        """All of it. A payer whom the shop has turned away comes back by its failure address."""
        return await self.submit(await self.open(start_url), way)

    def _form(self, way: Way) -> dict[str, str]:
        if way in (Way.SBP, Way.CANCEL):
            return {"action": way.value}
        year = f"{(self._now().year + 3) % 100:02d}"
        card = {"number": CARDS[way].shown, "month": "12", "year": year, "code": "123"}
        return {"action": "pay"} | card
