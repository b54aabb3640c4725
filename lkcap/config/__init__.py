"""Typed settings of the process, read once at the start; every problem is reported at once."""

from datetime import date
from ipaddress import ip_network
from typing import Literal
from zoneinfo import ZoneInfo

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr
from pydantic import ValidationInfo as Info
from pydantic import field_validator as check
from pydantic_settings import SettingsConfigDict

from lkcap.config.banks import GPB_TERMS, SNGB_TERMS, Gpb, Sngb
from lkcap.config.groups import Fee, Fund, Limits
from lkcap.config.values import (
    Due,
    Limit,
    Port,
    Positive,
    Secrets,
    SigningKeys,
    SiteUrl,
    Texts,
    Zone,
)
from lkcap.kit.clock import Clock
from lkcap.kit.settings import Settings
from lkcap.ledger.due import DueDays

__all__ = [
    "DUE_DAYS",
    "BankConfig",
    "Config",
    "DataConfig",
    "Fee",
    "Fund",
    "Gpb",
    "Limit",
    "Limits",
    "Sngb",
]

# ЖК 155 ч.1: the 10th of the next month, from the bill of March 2026 on the 15th.
DUE_DAYS = DueDays.parse("2014-09:10,2026-03:15")


class DataConfig(Settings):
    """What a command needs that works on the data alone."""

    database_url: SecretStr
    migrate_database_url: SecretStr | None = None
    public_url: SiteUrl | None = None
    timezone: Zone = ZoneInfo("Asia/Yekaterinburg")
    today: date | None = None

    @check("database_url", "migrate_database_url")
    @classmethod
    def _postgresql(cls, url: SecretStr | None) -> SecretStr | None:
        if url and not url.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("нужен адрес вида postgresql://…")
        return url

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
    public_url: SiteUrl
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
    due_day: Due = DUE_DAYS
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
        if info.data.get("bank") == "gpb" and (missing := gpb.missing(GPB_TERMS)):
            raise ValueError("не заданы: " + ", ".join(missing))
        return gpb

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https:")
