"""The automatic check: what of an application agrees with the books (manual §3.3).

It decides nothing: an employee reads it. The same statements are run whatever is found, so that
the time of an answer tells nobody whether the account exists.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from lkcap.kit.db import Connection
from lkcap.kit.numbers import number_key
from lkcap.registration import queries
from lkcap.registration.addresses import Fit, fit, search_words
from lkcap.registration.model import Answers, Finding, Verdict
from lkcap.registration.names import compare_names, compare_organizations, compare_surnames
from lkcap.registration.queries import Context, PossibleAccount

Told = tuple[Verdict, str]

_ADDRESS: dict[Fit, Told] = {
    Fit.WHOLE: (Verdict.AGREE, "дом и помещение те же"),
    Fit.HOUSE: (Verdict.UNKNOWN, "дом тот же, помещение не названо"),
    Fit.OTHER_TOWN: (Verdict.UNKNOWN, "улица и дом те же, город не назван или другой"),
    Fit.OTHER_PREMISES: (Verdict.DIFFER, "дом тот же, помещение другое"),
    Fit.OTHER: (Verdict.DIFFER, "по лицевому счёту другой дом"),
}
_NO_ACCOUNT: Told = (Verdict.UNKNOWN, "не с чем сравнить: счёт не найден")
_NOTHING_OURS: Told = (Verdict.UNKNOWN, "не с чем сравнить: в лицевом счёте пусто")
_NOTHING_TOLD: Told = (Verdict.UNKNOWN, "в заявке не названо")
_WORDS = {
    Verdict.AGREE: "сходится",
    Verdict.UNKNOWN: "похоже, но написано иначе",
    Verdict.DIFFER: "не сходится",
}
_OTHER_KIND = {
    "person": "по лицевому счёту собственник – физическое лицо",
    "organization": "по лицевому счёту собственник – организация",
}
_NOT_OWNER = {
    "tenant": "заявитель – наниматель, а не собственник: сверьте документ",
    "representative": "заявитель – представитель собственника: сверьте доверенность",
}


async def examine(conn: Connection, application_id: int, today: date) -> None:
    """Compare an application with the books of today and keep what was found.

    Where its number, or the address beside it, leaves one account, the application is about it.
    """
    answers = await queries.get_answers(conn, application_id)
    possible = await queries.list_possible_accounts(conn, application_id, today)
    account = choose(possible, answers)
    context = await queries.get_context(
        conn, application_id, account.account_id if account else None, today
    )
    houses = await queries.list_houses(conn, search_words(answers.address))
    if account:
        await queries.set_account(conn, application_id, account.account_id)
    found = list(findings(answers, possible, account, context, len(houses)))
    await queries.save_findings(conn, application_id, found)


def choose(possible: Sequence[PossibleAccount], answers: Answers) -> PossibleAccount | None:
    """The only account; else the one whose number it is today, or whose address was told."""
    if len(possible) > 1:
        own = [one for one in possible if number_key(one.number) == answers.number_key]
        possible = own or [
            one for one in possible if fit(answers.address, one.address, one.premises) is Fit.WHOLE
        ]
    return possible[0] if len(possible) == 1 else None


def findings(
    answers: Answers,
    possible: Sequence[PossibleAccount],
    account: PossibleAccount | None,
    context: Context,
    houses: int,
) -> Iterator[Finding]:
    """One line a thing, in the order of the form; the words hold nobody's data."""
    told = {
        "account": _account(answers, possible, account),
        "closed": _closed(account),
        "address": _address(answers, account, houses),
        **_owner(answers, account),
        "linked": _linked(context, account),
        "repeat": _repeat(context),
    }
    for position, (what, (verdict, words)) in enumerate(told.items(), 1):
        yield Finding(what, position, verdict, words)


def _account(
    answers: Answers, possible: Sequence[PossibleAccount], account: PossibleAccount | None
) -> Told:
    if account is None:
        if possible:
            return Verdict.UNKNOWN, "номер был у нескольких счетов: назовите нужный"
        return Verdict.DIFFER, "такого лицевого счёта нет"
    if number_key(account.number) != answers.number_key:
        return Verdict.AGREE, "назван другой номер этого счёта"
    return Verdict.AGREE, "счёт есть"


def _closed(account: PossibleAccount | None) -> Told:
    if account is None:
        return _NO_ACCOUNT
    if account.closed_on:
        return Verdict.DIFFER, "счёт закрыт"
    return Verdict.AGREE, "счёт открыт"


def _address(answers: Answers, account: PossibleAccount | None, houses: int) -> Told:
    if account:
        return _ADDRESS[fit(answers.address, account.address, account.premises)]
    if houses == 1:
        return Verdict.UNKNOWN, "дом с таким адресом есть, счёт не найден"
    if houses:
        return Verdict.UNKNOWN, "под адрес подходит несколько домов"
    return Verdict.UNKNOWN, "дома с таким адресом не нашлось"


def _owner(answers: Answers, account: PossibleAccount | None) -> dict[str, Told]:
    """The owner by the fields of the form: names of a person, or name and ИНН."""
    compares = (
        {"organization": compare_organizations, "inn": _same}
        if answers.applicant == "organization"
        else {
            "last_name": compare_surnames,
            "first_name": compare_names,
            "middle_name": compare_names,
        }
    )
    return {
        field: _compared(field, answers, account, compare) for field, compare in compares.items()
    }


def _compared(
    field: str,
    answers: Answers,
    account: PossibleAccount | None,
    compare: Callable[[str, str], Verdict],
) -> Told:
    """A field that the form and the account's state both have."""
    if account is None:
        return _NO_ACCOUNT
    told: str | None = getattr(answers, field)
    ours: str | None = getattr(account, field)
    if answers.applicant != account.owner_kind and answers.standing == "owner":
        return Verdict.DIFFER, _OTHER_KIND[account.owner_kind]
    if not ours or not told:
        return _NOTHING_TOLD if ours else _NOTHING_OURS
    verdict = compare(told, ours)
    if verdict is not Verdict.AGREE and answers.standing in _NOT_OWNER:
        return Verdict.UNKNOWN, _NOT_OWNER[answers.standing]
    return verdict, _WORDS[verdict]


def _same(told: str, ours: str) -> Verdict:
    return Verdict.AGREE if told == ours else Verdict.DIFFER


def _linked(context: Context, account: PossibleAccount | None) -> Told:
    if account is None:
        return _NO_ACCOUNT
    if context.is_linked:
        return Verdict.DIFFER, "у этой почты уже есть доступ к счёту"
    return Verdict.AGREE, "у этой почты доступа к счёту ещё нет"


def _repeat(context: Context) -> Told:
    if context.own_open:
        return Verdict.DIFFER, "такая заявка с этой почты уже ждёт решения"
    if context.others_open:
        return Verdict.UNKNOWN, "на этот счёт ждёт решения заявка с другой почты"
    return Verdict.AGREE, "других заявок на этот счёт не ждёт решения"
