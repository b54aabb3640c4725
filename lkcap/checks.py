"""`check`: a line for each thing the site needs, before it is needed."""

import smtplib
import ssl
import sys
from collections.abc import Callable, Iterator
from functools import partial

import psycopg2
from fontTools.ttLib import TTLibError

from lkcap.banks.gpb.keys import BadKeys, Key, load_keys
from lkcap.banks.gpb.keys import warnings as key_warnings
from lkcap.config import Config
from lkcap.kit.pages import STATIC
from lkcap.kit.visitor import proxy_warnings
from lkcap.mail.relay import SmtpTerms, folder_of
from lkcap.migrations import missing_migrations
from lkcap.paper.fonts import prepared
from lkcap.paper.gost import BadCode
from lkcap.paper.gost_reading import parse, warnings
from lkcap.payments.payee import fund_payee, payment_codes
from lkcap.references.signing import key_id

SMTP_SECONDS = 10
# Answers from here on are refusals, for now or for good.
SMTP_REFUSED = 400
FONTS = ("lk-sans-400", "lk-sans-700", "lk-serif-400", "lk-serif-700")

# What is wrong, or what is worth knowing; raises on what is bad.
Check = Callable[[Config], str]


class Bad(Exception):
    """The message says what is wrong, in Russian."""


def settings(config: Config) -> str:
    return "; ".join([*config.fund.warnings(), *proxy_warnings(config)]) or "все на месте"


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
    try:
        terms = SmtpTerms.of(config)
    except ValueError as error:
        raise Bad(str(error)) from error
    if terms is None:
        return f"письма складываются в папку {folder_of(config)}"
    # as strict as the sender will be: smtplib alone believes any certificate
    tls = ssl.create_default_context()
    make = partial(smtplib.SMTP_SSL, context=tls) if terms.is_tls else smtplib.SMTP
    try:
        with make(terms.host, terms.port, terms.helo, timeout=SMTP_SECONDS) as relay:
            if terms.is_starttls:
                relay.starttls(context=tls)
            if terms.user:
                relay.login(terms.user, terms.password)
            # begun and not sent: a relay may know the login and not the sender
            code, answer = relay.mail(terms.sender)
            if code >= SMTP_REFUSED:
                raise Bad(f"отправителя {terms.sender} не приняли: {code} {answer.decode()}")
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise Bad(str(error)) from error
    return f"{terms.host} отвечает"


def certificates(config: Config) -> str:
    """One past its time is told and is not bad: money signed with it is still booked."""
    if not config.gpb.certificates:
        return "не заданы"
    try:
        keys = load_keys(config.gpb.certificates)
    except BadKeys as error:
        raise Bad("; ".join(str(error).splitlines())) from error
    return "; ".join([*map(_term, keys), *key_warnings(keys, config.clock.now())])


def _term(key: Key) -> str:
    if key.not_after is None:
        return f"{key.name}: открытый ключ, без срока"
    return f"{key.name}: до {key.not_after:%d.%m.%Y}"


def reference_keys(config: Config) -> str:
    """The files were read with the settings: here is who signs."""
    ids = [key_id(key.public_key()) for key in config.reference_keys]
    if not ids:
        return "не заданы, справки без подписи"
    return f"подписывает {ids[0]}" + (f", прежние {', '.join(ids[1:])}" if ids[1:] else "")


def fonts(_: Config) -> str:
    missing = [name for name in FONTS if not (STATIC / "fonts" / f"{name}.woff2").is_file()]
    if missing:
        raise Bad(f"нет шрифтов {', '.join(missing)}")
    try:
        prepared()
    except (OSError, TTLibError) as error:
        raise Bad(f"шрифты для документов: {error}") from error
    return "на месте, для страниц и для документов"


def payment_code(config: Config) -> str:
    """The code that receipts bear, made of the fund's requisites for a rouble and read back."""
    payee = fund_payee(config.fund)
    if payee is None:
        return "реквизиты фонда не заданы, коды будут только у домов со своими"
    try:
        code, *_ = payment_codes(payee, "1", config.clock.open_month(), 100, 0)
    except BadCode as error:
        raise Bad(str(error)) from error
    return "; ".join(warnings(parse(code.data))) or "складывается"


CHECKS: dict[str, Check] = {
    "настройки": settings,
    "база": database,
    "схема": schema,
    "почта": smtp,
    "сертификаты банка": certificates,
    "ключи справок": reference_keys,
    "шрифты": fonts,
    "платёжный код": payment_code,
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
