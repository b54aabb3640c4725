"""Kinds of values a setting may have, read from the text that the environment gives."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, InstanceOf, SecretStr
from pydantic_settings import NoDecode

from lkcap.kit.money import Kopecks, parse_roubles
from lkcap.ledger.due import DueDays


class Limit(BaseModel):
    """At most `count` forms of one address in `seconds`."""

    count: int
    seconds: int


def _split(value: object) -> object:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _limit(value: object) -> object:
    match = re.fullmatch(r"(\d+)/(\d+)([smh])", str(value))
    if match is None or int(match[1]) == 0 or int(match[2]) == 0:
        raise ValueError("нужно «сколько/за какое время», например 10/15m")
    return Limit(
        count=int(match[1]), seconds=int(match[2]) * {"s": 1, "m": 60, "h": 3600}[match[3]]
    )


def _roubles(value: object) -> object:
    return parse_roubles(str(value)) if isinstance(value, str | float | Decimal) else value


def _due_days(value: object) -> object:
    return DueDays.parse(value) if isinstance(value, str) else value


def _zone(value: object) -> object:
    try:
        return ZoneInfo(str(value))
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("нет такого часового пояса") from error


def _signing_keys(value: object) -> object:
    """Files become keys at the start: one that is not there must not be found out by a reader."""
    paths = _split(value)
    if not isinstance(paths, list | tuple):
        return value
    return tuple(_signing_key(one) if isinstance(one, str) else one for one in paths)


def _signing_key(path: str) -> Ed25519PrivateKey:
    if "-----BEGIN" in path:
        # said before any file is looked for: what is not found is told by its name
        raise ValueError("нужны имена файлов с ключами, а не сами ключи")
    try:
        key = load_pem_private_key(Path(path).read_bytes(), None)
    except OSError as error:
        raise ValueError(f"файл не читается: {path}: {error.strerror}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError(f"не закрытый ключ PEM без пароля: {path}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"ключ не Ed25519: {path}")
    return key


def _web_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        right = False
    if url and not right:
        raise ValueError("нужен адрес вида https://…")
    return url


def _site_address(url: str) -> str:
    try:
        right = _web_address(url) and not urlsplit(url).path.strip("/")
    except ValueError:
        right = False
    if not right:
        raise ValueError("нужен адрес сайта без пути, например https://lk.example.ru")
    return url.rstrip("/")


Texts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Secrets = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_split)]
SigningKeys = Annotated[
    tuple[InstanceOf[Ed25519PrivateKey], ...], NoDecode, BeforeValidator(_signing_keys)
]
Zone = Annotated[ZoneInfo, NoDecode, BeforeValidator(_zone)]
Due = Annotated[DueDays, NoDecode, BeforeValidator(_due_days)]
Rate = Annotated[Limit, NoDecode, BeforeValidator(_limit)]
Roubles = Annotated[Kopecks | None, BeforeValidator(_roubles)]
Port = Annotated[int, Field(ge=0, le=65_535)]
Positive = Annotated[int, Field(ge=1)]
# A page or a service; empty: none.
Url = Annotated[str, AfterValidator(_web_address)]
# The site itself: its addresses are made by writing a path behind it.
SiteUrl = Annotated[str, AfterValidator(_site_address)]
