"""Typed settings of the process, read once at the start; every problem is reported at once."""

import re
from datetime import date
from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    SecretStr,
)
from pydantic import ValidationInfo as Info
from pydantic import field_validator as check
from pydantic_settings import NoDecode, SettingsConfigDict

from lkcap.kit.clock import Clock
from lkcap.kit.money import Kopecks, parse_roubles
from lkcap.kit.requisites import account_key_is_right, inn_is_right, is_treasury_account
from lkcap.kit.settings import PREFIX, Settings
from lkcap.ledger.due import DueDays

# ЖК 155 ч.1: the 10th of the next month, from the bill of March 2026 on the 15th.
DUE_DAYS = DueDays.parse("2014-09:10,2026-03:15")

SNGB_TERMS = "init_url status_url tran_url merchant terminal psk token"
# What the bank takes in its answers.
GPB_ACCOUNT_MAX = 32


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


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        right = False
    if url and not right:
        raise ValueError("нужен адрес вида https://…")
    return url


class Limit(BaseModel):
    """At most `count` forms of one address in `seconds`."""

    count: int
    seconds: int


Texts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Secrets = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_split)]
SigningKeys = Annotated[
    tuple[InstanceOf[Ed25519PrivateKey], ...], NoDecode, BeforeValidator(_signing_keys)
]
Rate = Annotated[Limit, NoDecode, BeforeValidator(_limit)]
Roubles = Annotated[Kopecks | None, BeforeValidator(_roubles)]
Port = Annotated[int, Field(ge=0, le=65_535)]
Url = Annotated[str, AfterValidator(_address)]
Positive = Annotated[int, Field(ge=1)]


class Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    def missing(self, names: str) -> list[str]:
        return [name.upper() for name in names.split() if not getattr(self, name)]


class Fund(Group):
    """The fund as the pages name it, and its requisites where no house has its own."""

    name: str
    short_name: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    site: str = ""
    hours: str = ""
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    bank_name: str = ""
    bic: str = ""
    account: str = ""
    corr_account: str = ""
    penalty_account: str = ""

    @check("inn")
    @classmethod
    def _inn(cls, inn: str) -> str:
        if inn and not inn_is_right(inn):
            raise ValueError("контрольная цифра ИНН не сходится")
        return inn

    @check("account", "corr_account", "penalty_account")
    @classmethod
    def _key(cls, account: str, info: Info) -> str:
        """A wrong key is a misprint; a treasury has a practice of its own, see `warnings`."""
        bic = info.data.get("bic", "")
        if account and bic and not is_treasury_account(account):
            correspondent = info.field_name == "corr_account"
            if not account_key_is_right(account, bic, correspondent=correspondent):
                raise ValueError("контрольный ключ счёта не сходится с БИК")
        return account

    def warnings(self) -> list[str]:
        """Treasury accounts whose key does not fit the BIC: most likely right all the same."""
        accounts = {
            "ACCOUNT": self.account,
            "CORR_ACCOUNT": self.corr_account,
            "PENALTY_ACCOUNT": self.penalty_account,
        }
        return [
            f"{PREFIX}FUND__{name}: ключ казначейского счёта не сходится с БИК"
            for name, account in accounts.items()
            if is_treasury_account(account)
            and not account_key_is_right(account, self.bic, correspondent=name == "CORR_ACCOUNT")
        ]


class Gpb(Group):
    """Gazprombank's terms of this shop."""

    start_url: Url = ""
    merch_id: str = ""
    account_id: str = ""
    page_id: str = ""
    lang_param: str = ""
    register_url: Url = ""
    certificates: Texts = ()
    basic_auth: SecretStr | None = None
    allowed_ips: Texts = ()
    refund_url: Url = ""
    api_password: SecretStr | None = None

    @check("account_id")
    @classmethod
    def _short(cls, account_id: str) -> str:
        """Longer, it would be refused at every payment."""
        if len(account_id) > GPB_ACCOUNT_MAX:
            raise ValueError(f"у банка не длиннее {GPB_ACCOUNT_MAX} знаков")
        return account_id

    @check("register_url")
    @classmethod
    def _without_query(cls, url: str) -> str:
        """The bank writes its query after the address, and signs both."""
        if "?" in url:
            raise ValueError("нужен адрес без «?»: параметры приписывает банк")
        return url


class Sngb(Group):
    """СНГБ's terms of this shop (its classic interface)."""

    init_url: Url = ""
    status_url: Url = ""
    tran_url: Url = ""
    merchant: str = ""
    terminal: str = ""
    psk: SecretStr | None = None
    token: SecretStr | None = None
    refund_signs_action: bool = False

    @property
    def is_set(self) -> bool:
        """Its calls are served and its orders asked about, chosen for new payments or not."""
        return not self.missing(SNGB_TERMS)


class Fee(Group):
    """The bank's commission as the fund agreed it; all empty: no fee."""

    percent: Decimal | None = None
    min: Roubles = None
    max: Roubles = None


class Limits(Group):
    """Forms per address; past them 429."""

    login: Rate = Limit(count=10, seconds=900)
    restore: Rate = Limit(count=5, seconds=3600)
    register_: Rate = Field(default=Limit(count=5, seconds=3600), alias="register")
    guest: Rate = Limit(count=20, seconds=900)
    verify: Rate = Limit(count=20, seconds=900)


class DataConfig(Settings):
    """What a command needs that works on the data alone."""

    database_url: SecretStr
    migrate_database_url: SecretStr | None = None
    public_url: str | None = None
    timezone: Annotated[ZoneInfo, NoDecode, BeforeValidator(_zone)] = ZoneInfo("Asia/Yekaterinburg")
    today: date | None = None

    @check("database_url", "migrate_database_url")
    @classmethod
    def _postgresql(cls, url: SecretStr | None) -> SecretStr | None:
        if url and not url.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("нужен адрес вида postgresql://…")
        return url

    @check("public_url")
    @classmethod
    def _http(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        if not right or parts.path.strip("/"):
            raise ValueError("нужен адрес сайта без пути, например https://lk.example.ru")
        return url.rstrip("/")

    @check("today")
    @classmethod
    def _not_in_earnest(cls, today: date | None, info: Info) -> date | None:
        if today and (info.data.get("public_url") or "").startswith("https:"):
            raise ValueError("сегодняшний день закрепляют только для проверок, не на сайте с https")
        return today

    @property
    def clock(self) -> Clock:
        return Clock(self.timezone, self.today)

    @property
    def owner_url(self) -> str:
        """The database as its owner sees it: for `migrate` alone."""
        return (self.migrate_database_url or self.database_url).get_secret_value()


class BankConfig(DataConfig):
    """What a command needs that asks the bank about orders."""

    bank: Literal["gpb", "sngb", ""] = ""
    sngb: Sngb = Sngb()

    @check("sngb")
    @classmethod
    def _sngb_terms(cls, sngb: Sngb, info: Info) -> Sngb:
        if info.data.get("bank") == "sngb" and (missing := sngb.missing(SNGB_TERMS)):
            raise ValueError("не заданы: " + ", ".join(missing))
        return sngb


class Config(BankConfig):
    """Everything the site needs."""

    model_config = SettingsConfigDict(extra="forbid")

    secret_keys: Secrets
    public_url: str
    host: str = "127.0.0.1"
    port: Port = 8080
    metrics_port: Port | None = None
    trusted_proxies: Texts = ()
    smtp_url: SecretStr
    mail_from: str
    mail_per_minute: Positive | None = None
    fund: Fund = Field(default={}, validate_default=True)
    gpb: Gpb = Gpb()
    payment_origins: Texts = ()
    card_systems: Texts = ()
    sberbank_online_url: str = ""
    fee_free_text: str = ""
    fee: Fee = Fee()
    order_ttl_minutes: Positive = 30
    due_day: Annotated[DueDays, NoDecode, BeforeValidator(_due_days)] = DUE_DAYS
    reference_keys: SigningKeys = ()
    limits: Limits = Limits()

    @check("secret_keys")
    @classmethod
    def _fernet(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        try:
            for key in keys:
                Fernet(key.get_secret_value())
        except ValueError:
            raise ValueError("нужны ключи Fernet: 44 знака base64") from None
        if not keys:
            raise ValueError("нужен хотя бы один ключ")
        return keys

    @check("trusted_proxies")
    @classmethod
    def _networks(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for one in proxies:
            try:
                ip_network(one)
            except ValueError:
                raise ValueError(f"не адрес и не сеть: {one}") from None
        return proxies

    @check("smtp_url")
    @classmethod
    def _relay(cls, url: SecretStr, info: Info) -> SecretStr:
        scheme, _, rest = url.get_secret_value().partition(":")
        if scheme not in ("smtp", "smtps", "file") or not rest.strip("/"):
            raise ValueError("нужен адрес вида smtp://…, smtps://… или file:ПАПКА")
        if scheme == "file" and (info.data.get("public_url") or "").startswith("https:"):
            raise ValueError("письма в папку складывают только при разработке, не на сайте с https")
        return url

    @check("gpb")
    @classmethod
    def _gpb_terms(cls, gpb: Gpb, info: Info) -> Gpb:
        names = "start_url merch_id account_id register_url certificates"
        if info.data.get("bank") == "gpb" and (missing := gpb.missing(names)):
            raise ValueError("не заданы: " + ", ".join(missing))
        return gpb

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https:")
