"""`check`: a line for each thing the site needs, before it is needed."""

import smtplib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from lkcap.config import Config
from lkcap.kit.pages import STATIC
from lkcap.migrations import missing_migrations

SMTP_SECONDS = 10
FONTS = ("lk-sans-400", "lk-sans-700", "lk-serif-400", "lk-serif-700")

# What is wrong, or what is worth knowing; raises on what is bad.
Check = Callable[[Config], str]


class Bad(Exception):
    """The message says what is wrong, in Russian."""


def settings(config: Config) -> str:
    return "; ".join(config.fund.warnings()) or "все на месте"


def database(config: Config) -> str:
    url = config.database_url.get_secret_value()
    try:
        connection = psycopg2.connect(url)
    except psycopg2.Error as error:
        raise Bad(str(error).strip()) from error
    version = connection.server_version
    connection.close()
    if version < 150_000:
        raise Bad(f"PostgreSQL {version // 10_000}, а нужен 15 или новее")
    return f"PostgreSQL {version // 10_000}.{version % 10_000}"


def schema(config: Config) -> str:
    try:
        missing = missing_migrations(config.database_url.get_secret_value())
    except psycopg2.OperationalError as error:
        raise Bad("база не отвечает") from error
    except psycopg2.Error as error:
        raise Bad(str(error).strip()) from error
    if missing:
        raise Bad(f"не хватает {', '.join(missing)}: выполните migrate")
    return "этой версии"


def smtp(config: Config) -> str:
    """Say hello to the relay, and log in where the address has a password."""
    parts = urlsplit(config.smtp_url.get_secret_value())
    if parts.scheme == "file":
        return f"письма складываются в папку {parts.path}"
    make = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with make(parts.hostname or "", parts.port or 0, timeout=SMTP_SECONDS) as relay:
            if "starttls=1" in parts.query:
                relay.starttls()
            if parts.username:
                relay.login(unquote(parts.username), unquote(parts.password or ""))
            relay.noop()
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise Bad(str(error)) from error
    return f"{parts.hostname} отвечает"


def certificates(config: Config) -> str:
    told = [_certificate(Path(path)) for path in config.gpb.certificates]
    return "; ".join(told) or "не заданы"


def _certificate(path: Path) -> str:
    try:
        pem = path.read_bytes()
        if b"BEGIN CERTIFICATE" not in pem:
            load_pem_public_key(pem)
            return f"{path.name}: открытый ключ, без срока"
        until = x509.load_pem_x509_certificate(pem).not_valid_after_utc
    except (OSError, ValueError) as error:
        raise Bad(f"{path}: {error}") from error
    if until < datetime.now(UTC):
        raise Bad(f"{path.name}: срок вышел {until:%d.%m.%Y}")
    return f"{path.name}: до {until:%d.%m.%Y}"


def fonts(_: Config) -> str:
    missing = [name for name in FONTS if not (STATIC / "fonts" / f"{name}.woff2").is_file()]
    if missing:
        raise Bad(f"нет шрифтов {', '.join(missing)}")
    return "на месте"


CHECKS: dict[str, Check] = {
    "настройки": settings,
    "база": database,
    "схема": schema,
    "почта": smtp,
    "сертификаты банка": certificates,
    "шрифты": fonts,
}


def lines(config: Config) -> Iterator[tuple[bool, str]]:
    for name, check in CHECKS.items():
        try:
            yield True, f"хорошо  {name}: {check(config)}"
        except Bad as error:
            yield False, f"ПЛОХО   {name}: {error}"


def run() -> int:
    """1 if anything is bad."""
    good = True
    for fine, line in lines(Config.load()):
        good &= fine
        sys.stdout.write(f"{line}\n")
    return 0 if good else 1
