"""What the demo's fund and its bank have agreed on: both sides of the same terms."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from lkcap.demo.bank import BankSettings, FeeTerms, GpbTerms, SngbTerms

_MERCH_ID = "FA4E0000000000000000000000000001"
_ACCOUNT_ID = "FA4E0000000000000000000000000002"
_BASIC = "bank:demo-basic"
_API_PASSWORD = "demo-api"  # noqa: S105 - of an invented bank
_MERCHANT, _TERMINAL = "7000", "7000-demo"
_PSK = "00000000000000000000000000000000000000ff"
_TOKEN = "demo-token"  # noqa: S105 - of an invented bank


def bank_settings(site: str, data: Path) -> BankSettings:
    """The bank's side; `site` is the cabinet's address, `data` keeps the bank's keys."""
    return BankSettings(
        data=data,
        gpb=GpbTerms(
            merch_id=_MERCH_ID,
            check_url=f"{site}/bank/gpb/check",
            register_url=f"{site}/bank/gpb/register",
            basic_auth=_BASIC,
            api_password=_API_PASSWORD,
        ),
        sngb=SngbTerms(
            merchant=_MERCHANT,
            terminal=_TERMINAL,
            psk=_PSK,
            token=_TOKEN,
            notify_url=f"{site}/bank/sngb/notify",
            success_url=f"{site}/bank/sngb/return",
            error_url=f"{site}/bank/sngb/return",
        ),
        fee=FeeTerms(Decimal("1.5"), 1500, 1_500_000),
    )


def merchant_settings(bank: str, site: str, data: Path) -> dict[str, Any]:
    """The fund's side: settings of the cabinet; `bank` is the bank's address."""
    return {
        "bank": "gpb",
        "gpb": {
            "start_url": f"{bank}/payment/start.wsm",
            "merch_id": _MERCH_ID,
            "account_id": _ACCOUNT_ID,
            "register_url": f"{site}/bank/gpb/register",
            "certificates": (str(data / "current.pem"), str(data / "former.pem")),
            "basic_auth": _BASIC,
            "refund_url": f"{bank}/merchantapi/refund",
            "api_password": _API_PASSWORD,
        },
        "sngb": {
            "init_url": f"{bank}/ECommerce/PaymentInitServlet",
            "status_url": f"{bank}/ECommerce",
            "tran_url": f"{bank}/ECommerce/PaymentTranServlet",
            "merchant": _MERCHANT,
            "terminal": _TERMINAL,
            "psk": _PSK,
            "token": _TOKEN,
        },
        "card_systems": ("Visa", "MasterCard", "МИР"),
        "fee": {"percent": "1.5", "min": "15", "max": "15000"},
    }
