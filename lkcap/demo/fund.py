"""The invented fund of a demo: its settings, and the key that signs its references."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lkcap.config import Config
from lkcap.demo.place import HOST

FUND = {
    "name": "Северный фонд капитального ремонта",
    "short_name": "Северный фонд капремонта",
    "phone": "8 (000) 100-00-86",
    "address": "628000, г. Северореченск, ул. Береговая, д. 1",
    "email": "lk@example.ru",
    "site": "lk.example.ru",
    "hours": "пн–чт 9:00–18:00, пт 9:00–17:00",
    "inn": "8600000014",
    "kpp": "860001001",
    "account": "40703810600000000042",
    "bank_name": "ДЕМО БАНК г. Ханты-Мансийск",
    "bic": "049999999",
    "corr_account": "30101810300000000999",
}
FEE_FREE = "Без комиссии: по QR-коду в приложении банка и в кассе фонда."


def new_config(args: argparse.Namespace, url: str, secret_key: str, **more: Any) -> Config:
    values: Mapping[str, Any] = {
        "database_url": url,
        "secret_keys": secret_key,
        "public_url": f"http://{HOST}:{args.port}",
        "host": HOST,
        "port": args.port,
        "smtp_url": f"file:{(args.data / 'letters').absolute()}",
        "mail_from": FUND["email"],
        "reference_keys": (_reference_key(args.data),),
        "fund": FUND,
        "fee_free_text": FEE_FREE,
    }
    return Config.load(**{**values, **more})


def _reference_key(data: Path) -> str:
    """The file of the key that signs references, made at the first start."""
    path = data.absolute() / "reference-key.pem"
    if not path.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        unfinished = path.with_suffix(".new")
        unfinished.touch(0o600)
        unfinished.write_bytes(pem)
        unfinished.replace(path)
    return str(path)
