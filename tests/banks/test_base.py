"""A payment begins the same way at every bank, and a form may end there."""

from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from lkcap.app import make_app
from lkcap.banks.base import BANK, BankRefused, BankUnavailable, origins
from lkcap.config import Config
from lkcap.kit.security import public
from tests.banks.sngb.conftest import terms
from tests.conftest import settings
from tests.kit.conftest import Opener, opened

__all__ = ["opened"]

GPB = {
    "start_url": "https://pay.example:443/payment/start.wsm",
    "merch_id": "M1",
    "account_id": "A1",
    "register_url": "https://lk.example/bank/gpb/register",
    "certificates": ("tests/none.pem",),
}


@pytest.fixture
def gpb() -> Config:
    return Config(**settings("postgresql://nobody@/nowhere", bank="gpb", gpb=GPB))


async def test_gazprombank_s_payer_goes_to_its_start_address_and_comes_back_to_the_result(
    database: str, opened: Opener
):
    # served without certificates: the start asks nothing of the bank
    config = Config(**settings(database, bank="gpb", gpb=GPB))
    config = config.model_copy(update={"gpb": config.gpb.model_copy(update={"certificates": ()})})
    app = make_app(config)
    await opened(app)
    started = await app[BANK].start("order1", 88029)
    query = parse_qs(urlsplit(started.url).query)
    assert (app[BANK].name, started.bank_payment_id) == ("gpb", None)
    assert started.url.startswith("https://pay.example:443/payment/start.wsm?")
    assert query["back_url_s"] == query["back_url_f"] == ["http://127.0.0.1/payment/order1"]
    assert query["o.order_id"] == ["order1"]
    assert "88029" not in started.url


async def test_without_a_bank_nothing_begins(app: web.Application, opened: Opener):
    await opened(app)
    assert BANK not in app


def test_a_form_may_end_at_the_chosen_bank_alone(gpb: Config):
    assert origins(gpb) == ("https://pay.example",)
    sngb = {"bank": "sngb", "sngb": terms("https://ecm.example"), "gpb": GPB}
    assert origins(Config(**settings("postgresql://x", **sngb))) == ("https://ecm.example",)
    assert origins(Config(**settings("postgresql://x", gpb=GPB))) == ()


@pytest.mark.parametrize(
    ("error", "title"),
    [(BankUnavailable("x"), "Банк не отвечает"), (BankRefused("x"), "Оплата не началась")],
)
async def test_a_bank_that_fails_is_not_told_as_a_failure_of_ours(
    app: web.Application, opened: Opener, error: Exception, title: str
):
    @public
    async def failing(_: web.Request) -> web.Response:
        raise error

    app.router.add_get("/failing", failing)
    page = await (await opened(app)).page("/failing", 503)
    assert page.h1 == title
    assert str(error) in page.text
