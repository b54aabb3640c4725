"""What each command runs (contract §1), one small function each.

Imports stand inside: a command must not pay for loading all the others.
"""

import argparse
import sys
from collections.abc import Callable

from lkcap.config import BankConfig, Config, DataConfig

Command = Callable[[argparse.Namespace], int]


def migrate(_: argparse.Namespace) -> int:
    from lkcap.migrations import migrate

    applied = migrate(DataConfig.load())
    for name in applied:
        sys.stdout.write(f"применено: {name}\n")
    if not applied:
        sys.stdout.write("База уже этой версии.\n")
    return 0


def import_(args: argparse.Namespace) -> int:
    from lkcap.exchange.command import run

    return run(args)


def serve(_: argparse.Namespace) -> int:
    from lkcap.site import serve

    return serve()


def check(_: argparse.Namespace) -> int:
    from lkcap.checks import run

    return run()


def verify_books(_: argparse.Namespace) -> int:
    from lkcap.ledger.books import run

    return run(DataConfig.load())


def tidy(_: argparse.Namespace) -> int:
    from lkcap.kit import logs
    from lkcap.tidy import run

    config = BankConfig.load()
    logs.setup()
    return run(config)


def send_mail(_: argparse.Namespace) -> int:
    from lkcap.kit import logs
    from lkcap.mailing.command import send

    config = Config.load()
    logs.setup()
    return send(config)


def mail_receipts(args: argparse.Namespace) -> int:
    from lkcap.kit import logs
    from lkcap.mailing.command import mail_receipts

    config = Config.load()
    logs.setup()
    return mail_receipts(config, args.period, args.limit, is_dry=args.dry_run)


def remind(_: argparse.Namespace) -> int:
    from lkcap.mailing.command import remind

    return remind(Config.load())


def read_bounces(args: argparse.Namespace) -> int:
    from lkcap.mailing.bounce_command import run

    return run(args.folder)


def export(args: argparse.Namespace) -> int:
    from lkcap.payments.export import run

    return run(args)


def receipt(args: argparse.Namespace) -> int:
    from lkcap.receipts.command import run

    return run(args)


def reference_withdraw(args: argparse.Namespace) -> int:
    from lkcap.references.command import withdraw

    return withdraw(args)


def subscriber_add(args: argparse.Namespace) -> int:
    from lkcap.accounts.command import add_subscriber

    return add_subscriber(args)


def staff(args: argparse.Namespace) -> int:
    from lkcap.staff import command

    action: Command = getattr(command, args.action)
    return action(args)


def demo(args: argparse.Namespace) -> int:
    from lkcap.demo.command import run

    return run(args)
