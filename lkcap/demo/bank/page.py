"""The payment page: the same for both wires once the attempt is open."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

from lkcap.demo.bank.bank import BANK, Bank
from lkcap.demo.bank.cards import BY_NUMBER, CARDS, Card
from lkcap.demo.bank.desk import settle
from lkcap.demo.bank.model import Attempt, Result
from lkcap.demo.bank.render import notice, render
from lkcap.demo.bank.wire import MOSCOW

NOT_IN_THE_LIST = "Учебный банк знает только карты из списка внизу страницы"


@dataclass(slots=True)
class CardForm:
    """What was typed, and what is wrong with it, by field."""

    number: str = ""
    month: str = ""
    year: str = ""
    code: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, sent: Mapping[str, object]) -> "CardForm":
        number, month, year, code = (
            str(sent.get(name, "")).strip() for name in ("number", "month", "year", "code")
        )
        return cls(number, month, year, code)

    @property
    def card(self) -> Card | None:
        return BY_NUMBER.get(re.sub(r"\D", "", self.number))

    def weigh(self, bank: Bank) -> None:
        today = bank.settings.now().astimezone(MOSCOW)
        if self.card is None:
            self.errors["number"] = NOT_IN_THE_LIST
        if not re.fullmatch(r"0?[1-9]|1[0-2]", self.month):
            self.errors["month"] = "Месяц — число от 01 до 12"
        if not re.fullmatch(r"\d\d", self.year, re.ASCII):
            self.errors["year"] = "Год — две последние цифры"
        if not re.fullmatch(r"\d{3}", self.code, re.ASCII):
            self.errors["code"] = "Код — три цифры с обратной стороны карты"
        if not self.errors and (2000 + int(self.year), int(self.month)) < (today.year, today.month):
            self.errors["year"] = "Срок действия карты истёк"


def _find(request: web.Request) -> Attempt:
    attempt = request.app[BANK].attempts.get(request.match_info["id"])
    if attempt is None:
        raise web.HTTPNotFound(text="Такого платежа нет")
    return attempt


async def show(request: web.Request) -> web.Response:
    """`?card=` puts a test card into the form, as nobody has its numbers in his head."""
    bank, attempt = request.app[BANK], _find(request)
    form = CardForm()
    if card := BY_NUMBER.get(request.query.get("card", "")):
        year = bank.settings.now().year % 100
        form = CardForm(card.shown, "12", f"{(year + 3) % 100:02d}", "123")
    return _page(bank, attempt, form)


def _page(bank: Bank, attempt: Attempt, form: CardForm) -> web.Response:
    if attempt.refusal:
        return render("refusal.html", status=409, attempt=attempt)
    if attempt.operations:
        said = "Чем он закончился, скажет магазин."
        return notice(200, "Платёж уже обработан", said, attempt.next_page)
    fee = bank.settings.fee.of(attempt.amount)
    return render(
        "pay.html",
        status=422 if form.errors else 200,
        attempt=attempt,
        form=form,
        fee=fee,
        total=attempt.amount + fee,
        cards=CARDS.values(),
    )


async def pay(request: web.Request) -> web.Response:
    """The button pressed: `pay` with a card, `sbp` or `cancel`."""
    bank, attempt = request.app[BANK], _find(request)
    sent = await request.post()
    if attempt.refusal:
        raise web.HTTPSeeOther(attempt.back_failure)
    match sent.get("action"):
        case "cancel":
            address = await settle(bank, attempt, Result.CANCELLED, None)
        case "sbp":
            address = await settle(bank, attempt, Result.PAID, None)
        case _:
            form = CardForm.read(sent)
            form.weigh(bank)
            if form.errors or form.card is None:
                return _page(bank, attempt, form)
            result = Result.PAID if form.card.is_good else Result.REFUSED
            address = await settle(bank, attempt, result, form.card)
    raise web.HTTPSeeOther(address)
