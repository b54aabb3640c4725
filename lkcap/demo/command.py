"""`demo`: the cabinet on one machine with nothing installed (docs/adr/0003, README).

The region is written as the files a billing system would send and walks the importer, so what the
demo shows is what a fund would see. A second start keeps the data: a mark is left when all is in.
"""

import argparse
import asyncio
import fcntl
import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from aiohttp import web
from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lkcap.accounts.command import find_account, subscribe
from lkcap.app import make_app
from lkcap.config import Config
from lkcap.demo import news, postgres, staff
from lkcap.demo.acquiring import bank_settings, merchant_settings
from lkcap.demo.bank import running as run_bank
from lkcap.demo.mail import running as run_post
from lkcap.demo.region import Story, write_package
from lkcap.demo.runas import EmbeddedPostgresError
from lkcap.exchange.loads import LoadRefused, load
from lkcap.exchange.sources import PACKAGE, open_source
from lkcap.kit import logs
from lkcap.kit.batch import batch
from lkcap.kit.errors import Refused
from lkcap.migrations import migrate
from lkcap.site import run as run_site

# Known to all, so the demo listens on this machine only.
HOST = "127.0.0.1"
PASSWORD = "demo-password"  # noqa: S105 - printed at every start

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


@dataclass(frozen=True, slots=True)
class Mark:
    """What a finished first start leaves beside the data."""

    accounts: int
    seed: int
    stories: list[Story]
    secret_key: str

    @classmethod
    def read(cls, path: Path) -> "Mark | None":
        try:
            found = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        stories = [Story(**one | {"others": tuple(one["others"])}) for one in found["stories"]]
        return cls(**found | {"stories": stories})

    def write(self, path: Path) -> None:
        unfinished = path.with_suffix(".new")
        unfinished.write_text(json.dumps(asdict(self), ensure_ascii=False), "utf-8")
        unfinished.replace(path)


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C, then stop everything that was started."""
    # Nothing of ours or of libpq's (PGPORT and the like) that the environment says is for the demo.
    for name in [one for one in os.environ if one.startswith(("LKCAP_", "PG"))]:
        del os.environ[name]
    _try_port(args.port)
    try:
        with _alone(args.data), postgres.running(args.data / "postgres") as server:
            _serve(args, server.url)
    except EmbeddedPostgresError as error:
        raise Refused(str(error)) from error
    return 0


def _try_port(port: int) -> None:
    """Told before the region is written, not after."""
    try:
        with suppress(OverflowError):  # the settings tell what a port is
            socket.create_server((HOST, port)).close()
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise Refused(f"Нельзя слушать {HOST}:{port}: {reason}. Выберите --port.") from error


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One demo in a folder: whichever ended first would stop PostgreSQL under the other."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / ".demo.lock").open("w")
    except OSError as error:
        raise Refused(f"Не удаётся работать с папкой {data}: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(f"В {data} уже работает демонстрация. Выберите --data.") from error
        yield


def _serve(args: argparse.Namespace, url: str) -> None:
    path = args.data / "region.json"
    mark = Mark.read(path)
    if mark is None:
        mark = _settle(args, _config(args, url, Fernet.generate_key().decode()))
        mark.write(path)
    elif (mark.accounts, mark.seed) != (args.accounts, args.seed):
        _say(f"В {args.data} уже есть регион: счетов {mark.accounts}, число {mark.seed}.")
    config = _config(args, url, mark.secret_key)
    migrate(config)
    staff.employ(config, PASSWORD)
    news.publish(config)
    logs.setup()
    asyncio.run(_run(args, url, mark))


async def _run(args: argparse.Namespace, url: str, mark: Mark) -> None:
    """The site, its bank and its post, each a server of its own."""
    site, data = f"http://{HOST}:{args.port}", args.data.absolute() / "bank"
    port, post_port = _free_port(args.port + 1), _free_port(args.port + 2)
    letters = args.data.absolute() / "letters"
    async with (
        run_bank(bank_settings(site, data), HOST, port) as bank,
        run_post(letters, HOST, post_port) as post,
    ):
        terms = merchant_settings(bank.url, site, data) | {"smtp_url": post.smtp_url}
        config = _config(args, url, mark.secret_key, **terms)

        async def greet(_: web.Application) -> None:
            _greet(config, mark.stories, bank.url, post.url)

        app = make_app(config)
        app.on_startup.append(greet)  # not earlier: who reads the address may follow it at once
        await run_site(app, config)


def _free_port(wanted: int) -> int:
    """The same at every start, so that pages left open still work; 0, any, where it is taken."""
    try:
        socket.create_server((HOST, wanted)).close()
    except (OSError, OverflowError):
        return 0
    return wanted


def _config(args: argparse.Namespace, url: str, secret_key: str, **more: Any) -> Config:
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


def _settle(args: argparse.Namespace, config: Config) -> Mark:
    """The first start: schema, region, logins. Killed in the middle, it begins anew."""
    migrate(config)
    today, url = config.clock.today(), config.database_url.get_secret_value()
    _say(f"Пишу регион: лицевых счетов {args.accounts}…")
    for litter in args.data.glob("region-*"):
        shutil.rmtree(litter, ignore_errors=True)  # of a start that was killed
    with tempfile.TemporaryDirectory(prefix="region-", dir=args.data) as folder:
        region = write_package(
            Path(folder),
            accounts=args.accounts,
            seed=args.seed,
            today=today,
            due_days=config.due_day,
        )
        _say(f"Загружаю: домов {region.houses}, операций {region.entries}…")
        try:
            load(url, open_source(PACKAGE, Path(folder)), today=today, max_bad=Fraction(0))
        except LoadRefused as error:
            said = f"В {args.data} остался регион другого дня. Удалите папку и начните снова."
            raise Refused(said) from error
    _let_in(url, region.stories, today)
    secret_key = config.secret_keys[0].get_secret_value()
    return Mark(args.accounts, args.seed, region.stories, secret_key)


def _let_in(url: str, stories: list[Story], today: date) -> None:
    """One password for all, so it is hashed once."""
    password_hash = PasswordHasher().hash(PASSWORD)
    with batch(url) as transaction:
        for story in stories:
            numbers = (story.account, *story.others)
            accounts = [find_account(transaction, number, today) for number in numbers]
            subscribe(transaction, story.email, accounts, password_hash, today)


def _greet(config: Config, stories: list[Story], bank: str, post: str) -> None:
    _say(f"\nЛичный кабинет: {config.public_url}")
    _say(f"Учебный банк: {bank}/panel (номера карт стоят на его странице оплаты)")
    _say(f"Учебная почта: {post} (сюда приходят все письма кабинета)")
    _say(f"Пароль у всех один: {PASSWORD}. Войти можно по номеру счёта или по почте:\n")
    for story in stories:
        _say(f"  {story.account}  {story.email:<24}  {story.about}")
    _say(f"\nРабочее место фонда: {config.public_url}/staff, пароль тот же; логин и код сейчас:\n")
    for role, code in staff.codes(config.clock.now()):
        _say(f"  {role.value:<12}{code}  {role.named}")
    _say("\nКод меняется каждые 30 секунд; приложению для кодов нужен секрет:\n")
    for role in staff.NAMES:
        _say(f"  {role.value:<12}{staff.secret_of(role)}")
    _say("\nОстановить: Ctrl-C. Следующий запуск сохранит данные.\n")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
