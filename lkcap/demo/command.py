"""`demo`: the cabinet on one machine with nothing installed (docs/adr/0003, README).

A second start keeps the data: a mark is left when all is in.
"""

import argparse
import asyncio
import os

from aiohttp import web
from cryptography.fernet import Fernet

from lkcap.app import make_app
from lkcap.config import Config
from lkcap.demo import news, postgres, staff
from lkcap.demo.acquiring import bank_settings, merchant_settings
from lkcap.demo.bank import running as run_bank
from lkcap.demo.fund import new_config
from lkcap.demo.mail import running as run_post
from lkcap.demo.place import HOST, alone, free_port, try_port
from lkcap.demo.region import Story
from lkcap.demo.runas import EmbeddedPostgresError
from lkcap.demo.saying import say
from lkcap.demo.settling import PASSWORD, Mark, settle
from lkcap.kit import logs
from lkcap.kit.errors import Refused
from lkcap.migrations import migrate
from lkcap.site import run as run_site


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C, then stop everything that was started."""
    # Nothing of ours or of libpq's (PGPORT and the like) that the environment says is for the demo.
    for name in [one for one in os.environ if one.startswith(("LKCAP_", "PG"))]:
        del os.environ[name]
    try_port(args.port)
    try:
        with alone(args.data), postgres.running(args.data / "postgres") as server:
            _serve(args, server.url)
    except EmbeddedPostgresError as error:
        raise Refused(str(error)) from error
    return 0


def _serve(args: argparse.Namespace, url: str) -> None:
    path = args.data / "region.json"
    mark = Mark.read(path)
    if mark is None:
        mark = settle(args, new_config(args, url, Fernet.generate_key().decode()))
        mark.write(path)
    elif (mark.accounts, mark.seed) != (args.accounts, args.seed):
        say(f"В {args.data} уже есть регион: счетов {mark.accounts}, число {mark.seed}.")
    config = new_config(args, url, mark.secret_key)
    migrate(config)
    staff.employ(config, PASSWORD)
    news.publish(config)
    logs.setup()
    asyncio.run(_run(args, url, mark))


async def _run(args: argparse.Namespace, url: str, mark: Mark) -> None:
    """The site, its bank and its post, each a server of its own."""
    site, data = f"http://{HOST}:{args.port}", args.data.absolute() / "bank"
    port, post_port = free_port(args.port + 1), free_port(args.port + 2)
    letters = args.data.absolute() / "letters"
    async with (
        run_bank(bank_settings(site, data), HOST, port) as bank,
        run_post(letters, HOST, post_port) as post,
    ):
        terms = merchant_settings(bank.url, site, data) | {"smtp_url": post.smtp_url}
        config = new_config(args, url, mark.secret_key, **terms)

        async def greet(_: web.Application) -> None:
            _greet(config, mark.stories, bank.url, post.url)

        app = make_app(config)
        app.on_startup.append(greet)  # not earlier: who reads the address may follow it at once
        await run_site(app, config)


def _greet(config: Config, stories: list[Story], bank: str, post: str) -> None:
    say(f"\nЛичный кабинет: {config.public_url}")
    say(f"Учебный банк: {bank}/panel (номера карт стоят на его странице оплаты)")
    say(f"Учебная почта: {post} (сюда приходят все письма кабинета)")
    say(f"Пароль у всех один: {PASSWORD}. Войти можно по номеру счёта или по почте:\n")
    for story in stories:
        say(f"  {story.account}  {story.email:<24}  {story.about}")
    say(f"\nРабочее место фонда: {config.public_url}/staff, пароль тот же; логин и код сейчас:\n")
    for role, code in staff.codes(config.clock.now()):
        say(f"  {role.value:<12}{code}  {role.named}")
    say("\nКод меняется каждые 30 секунд; приложению для кодов нужен секрет:\n")
    for role in staff.NAMES:
        say(f"  {role.value:<12}{staff.secret_of(role)}")
    say("\nОстановить: Ctrl-C. Следующий запуск сохранит данные.\n")
