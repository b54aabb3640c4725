"""Оплата без регистрации by the account's number alone, and the payment by card."""

from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired

from lkcap.kit.forms import Form
from lkcap.kit.money import BadAmount, Kopecks, parse_roubles, roubles
from lkcap.payments.model import Bill
from lkcap.payments.order import Split

# One payment, kopecks: more is not paid by card.
PAYMENT_MAX = 100_000_000


class GuestForm(Form):
    account = StringField("Лицевой счёт", [DataRequired("Введите номер лицевого счёта")])


class CardForm(Form):
    """Roubles as people write them; an empty field is nothing."""

    principal = StringField("Взнос на капитальный ремонт")
    penalty = StringField("Пеня")
    # sent twice, the same form is one order
    form = HiddenField()

    @property
    def name(self) -> str:
        """The form's own, empty where whoever sent it has none."""
        return self.form.data or ""

    @classmethod
    def of(cls, bill: Bill) -> "CardForm":
        """What is due, to be changed by the payer."""
        return cls(
            data={
                "principal": roubles(bill.principal).replace("\u00a0", " "),
                "penalty": roubles(bill.penalty).replace("\u00a0", " "),
            }
        )

    def sums(self, bill: Bill) -> Split | None:
        """The two parts; None with errors in the form (contract §3)."""
        principal, penalty = self._amount("principal"), self._amount("penalty")
        if principal is None or penalty is None:
            return None
        if penalty > bill.penalty:
            self.refuse("penalty", f"Пени сейчас {roubles(bill.penalty)} ₽, больше не нужно")
        if bill.is_closed and principal > bill.principal:
            self.refuse(
                "principal", f"Счёт закрыт: долг {roubles(bill.principal)} ₽, больше не нужно"
            )
        if not principal + penalty:
            self.refuse("principal", "Введите сумму больше нуля")
        if principal + penalty > PAYMENT_MAX:
            self.refuse("principal", f"За один раз можно не больше {roubles(PAYMENT_MAX)} ₽")
        return None if self.summary else Split(principal, penalty)

    def _amount(self, name: str) -> Kopecks | None:
        text = (self[name].data or "").strip()
        if not text:
            return Kopecks(0)
        try:
            amount = parse_roubles(text)
        except BadAmount:
            self.refuse(name, "Введите сумму в рублях, например 879,97")
            return None
        if amount < 0:
            self.refuse(name, "Сумма не может быть меньше нуля")
            return None
        return amount
