"""A load's report as lines for a person or cron's log."""

from collections.abc import Callable

from lkcap.exchange.report import Problem, Report
from lkcap.kit.money import roubles_plain
from lkcap.payments.linking import Linked

Write = Callable[[str], object]

OUTCOMES = {
    "new": "проведено",
    "found": "проведено из невыясненных, счёт теперь известен",
    "matched": "сопоставлено с сообщениями банков",
    "known": "известно раньше",
    "suspense": "в невыясненные",
    "waits": "остаётся в невыясненных",
}


def print_report(report: Report, write: Write) -> None:
    """What came in, what was set aside and why, what differs."""
    for notice in report.notices:
        write(f"{notice}\n")
    _print_files(report, write)
    _print_problems(report, write)
    _print_differences(report, write)
    if report.linked:
        _print_linked(report.linked, write)


def _print_files(report: Report, write: Write) -> None:
    for file in report.files:
        if file.ignored:
            write(f"{file.name}: столбцы не нужны и пропущены: {', '.join(file.ignored)}\n")
        write(
            f"{file.name}: строк {file.rows}, новых или изменённых {file.new}, "
            f"без изменений {file.same}, отложено {file.aside}\n"
        )
    for verdict, rows, amount in _outcomes(report):
        write(f"{OUTCOMES[verdict]}: строк {rows} на {roubles_plain(amount)}\n")


def _print_problems(report: Report, write: Write) -> None:
    for problem in report.problems:
        write(f"{_told(problem)}\n")
    if report.aside > len(report.problems):
        write(f"…и ещё {report.aside - len(report.problems)}; все они в журнале загрузок\n")


def _print_differences(report: Report, write: Write) -> None:
    for account, period, kind, theirs, ours in report.differences:
        write(
            f"остаток не сходится: {account} {period} {kind}: "
            f"в файле {roubles_plain(theirs)}, у нас {roubles_plain(ours)}\n"
        )
    if report.differ > len(report.differences):
        write(f"…и ещё остатков: {report.differ - len(report.differences)}\n")
    for trx_id, ours, theirs in report.other_sums:
        write(
            f"сумма в реестре другая: {trx_id}: "
            f"у нас {roubles_plain(ours)}, в реестре {roubles_plain(theirs)}\n"
        )


def _outcomes(report: Report) -> list[tuple[str, int, int]]:
    """(verdict, rows, kopecks) in the order a person asks about them."""
    found = {one.verdict: one for one in report.outcomes}
    return [(name, found[name].rows, found[name].amount) for name in OUTCOMES if name in found]


def _print_linked(linked: Linked, write: Write) -> None:
    if linked.count:
        write(f"подтверждено расчётами платежей: {linked.count}\n")
    for one in linked.differences:
        write(
            f"платёж у нас и в расчётах разный: {one.trx_id}: "
            f"у нас {one.account or 'счёт неизвестен'}, "
            f"взнос {roubles_plain(one.principal)}, пеня {roubles_plain(one.penalty)}; "
            f"в расчётах {one.their_account}, "
            f"взнос {roubles_plain(one.their_principal)}, пеня {roubles_plain(one.their_penalty)}\n"
        )


def _told(problem: Problem) -> str:
    column = f"{problem.field}: " if problem.field else ""
    return f"{problem.file}, строка {problem.line}: {column}{problem.reason}"
