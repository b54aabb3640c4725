"""The command line (contract §1): its words, its refusals.

Exit codes: 0 done; 1 refused, nothing changed; 2 bad usage; 3 done, with something set aside.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg2

from lkcap import __version__, commands
from lkcap.commands import Command
from lkcap.exchange.table import BadFile
from lkcap.kit.errors import DatabaseUnavailable, Refused
from lkcap.kit.settings import BadConfig
from lkcap.staff.role import Role


def new_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lkcap", description="Личный кабинет абонента фонда капитального ремонта"
    )
    parser.add_argument("--version", action="version", version=__version__)
    known = parser.add_subparsers(metavar="КОМАНДА", required=True)

    def command(name: str, what: str, run: Command) -> argparse.ArgumentParser:
        added = known.add_parser(name, help=what, description=what)
        added.set_defaults(run=run)
        return added

    one = command("demo", "Всё на одной машине: база, выдуманный регион, сайт", commands.demo)
    one.add_argument("--port", type=int, default=8080, help="порт сайта (8080)")
    one.add_argument("--data", type=Path, default=Path("var/demo"), help="папка данных (var/demo)")
    one.add_argument("--accounts", type=int, default=500, help="лицевых счетов (500)")
    one.add_argument("--seed", type=int, default=1, help="число, из которого сделан регион (1)")
    command("serve", "Сайт; настройки в docs/operating.md", commands.serve)
    command("migrate", "Привести базу к этой версии", commands.migrate)
    command("check", "Проверить настройки, базу, почту и сертификаты", commands.check)
    _add_import(command("import", "Загрузить файл или пакет", commands.import_))
    _add_export(command("export", "Выгрузить платежи", commands.export))
    _add_receipt(command("receipt", "Одна квитанция в PDF", commands.receipt))
    _add_reference(command("reference", "Справки", commands.reference_withdraw))
    command("verify-books", "Сверить книги: тождества, итоги и суммы", commands.verify_books)
    command("send-mail", "Для cron: отправить письма, которые ждут", commands.send_mail)
    _add_mail_receipts(
        command("mail-receipts", "Для cron: разослать квитанции за месяц", commands.mail_receipts)
    )
    command("remind", "Для cron: напоминания тем, кто о них просил", commands.remind)
    one = command(
        "read-bounces", "Для cron: прочитать отчёты о недоставленных", commands.read_bounces
    )
    one.add_argument("folder", type=Path, help="Maildir почтового ящика MAIL_FROM")
    command("tidy", "Для cron: убрать отжившее", commands.tidy)
    _add_subscriber(command("subscriber", "Абоненты", commands.subscriber_add))
    _add_staff(command("staff", "Сотрудники фонда и их рабочее место", commands.staff))
    return parser


def _add_import(parser: argparse.ArgumentParser) -> None:
    from lkcap.exchange.command import add_arguments

    add_arguments(parser)


def _add_export(parser: argparse.ArgumentParser) -> None:
    from lkcap.payments.export import add_arguments

    add_arguments(parser)


def _add_receipt(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("account", help="номер лицевого счёта, любой из известных")
    parser.add_argument("period", help="закрытый месяц, например 2026-10")
    parser.add_argument("-o", dest="file", type=Path, required=True, help="куда записать PDF")


def _add_mail_receipts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("period", help="закрытый месяц, например 2026-10")
    parser.add_argument("--limit", type=_count, help="поставить в очередь не больше стольких")
    parser.add_argument("--dry-run", action="store_true", help="только посчитать")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"не число больше нуля: {text}")
    return int(text)


def _add_reference(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)
    what = "Отозвать справку: кто её проверит, увидит день и причину"
    withdraw = actions.add_parser("withdraw", help=what, description=what)
    withdraw.add_argument("reference", help="номер или код со справки")
    withdraw.add_argument("--why", required=True, help="причина, её увидит каждый")


def _add_subscriber(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)
    what = "Завести логин без регистрации или добавить счета известному адресу"
    add = actions.add_parser("add", help=what, description=what)
    add.add_argument("email", help="адрес почты; считается подтверждённым")
    add.add_argument("account", nargs="+", help="номер лицевого счёта, любой из известных")
    add.add_argument("--password-stdin", action="store_true", help="пароль из стандартного ввода")


def _add_staff(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)

    def action(name: str, called: str, what: str) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=what, description=what)
        added.set_defaults(action=called)
        return added

    add = action("add", "add", "Завести сотрудника: напечатает пароль и секрет одноразовых кодов")
    add.add_argument("login")
    add.add_argument("--role", choices=[role.value for role in Role], required=True)
    add.add_argument("--name", default="", help="фамилия и имя; без них логин")
    reset = action("reset", "reset", "Дать новый пароль и новый секрет, вернуть к работе")
    reset.add_argument("login")
    disable = action("disable", "disable", "Закрыть доступ; записи в журнале останутся")
    disable.add_argument("login")
    action("list", "list_", "Кто есть и кто был")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; every refusal is readable lines on standard error, never a traceback."""
    args = new_parser().parse_args(argv)
    run: Command = args.run
    try:
        return run(args)
    except BadConfig as error:
        sys.stderr.write(
            "Настройки не годятся:\n" + "".join(f"  {one}\n" for one in error.problems)
        )
    except DatabaseUnavailable as error:
        sys.stderr.write(f"База не отвечает: {error}\n")
    except psycopg2.Error as error:
        sys.stderr.write(f"База отказала: {str(error).strip()}\n")
    except (BadFile, Refused) as error:
        sys.stderr.write(f"{error}\n")
    except KeyboardInterrupt:
        sys.stderr.write("Прервано.\n")
    return 1
