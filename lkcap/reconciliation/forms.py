"""Forms of the accountant's pages."""

from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from lkcap.kit.forms import Form
from lkcap.kit.money import BadAmount, parse_roubles, roubles
from lkcap.payments.order import Split

SHORT = Length(max=300, message="Короче, до 300 знаков")


class WhyForm(Form):
    """The reason stays with what is done."""

    why = StringField("Причина", [DataRequired("Напишите причину"), SHORT])


class SettleForm(WhyForm):
    why = StringField("Чем кончилось", [DataRequired("Напишите, чем кончилось"), SHORT])


class ReopenForm(WhyForm):
    why = StringField("Почему возвращаете", [DataRequired("Напишите, почему возвращаете"), SHORT])


class RefundForm(WhyForm):
    """Roubles as people write them; an empty field is nothing."""

    principal = StringField("Вернуть из взноса")
    penalty = StringField("Вернуть из пени")
    why = StringField("Причина возврата", [DataRequired("Напишите, почему возвращаете"), SHORT])
    form = HiddenField(validators=[DataRequired("Откройте страницу заново")])

    @classmethod
    def of(cls, principal: int, penalty: int, name: str) -> "RefundForm":
        """All that is left, to be lessened."""
        shown = {"principal": roubles(principal), "penalty": roubles(penalty)}
        texts = {key: text.replace("\u00a0", " ") for key, text in shown.items()}
        return cls(data=texts | {"form": name})

    def sums(self) -> Split | None:
        """None with errors in the form."""
        if not self.validate():
            return None
        principal, penalty = self._amount("principal"), self._amount("penalty")
        if principal is None or penalty is None:
            return None
        if not principal + penalty:
            self.refuse("principal", "Введите сумму больше нуля")
            return None
        return Split(principal, penalty)

    def _amount(self, name: str) -> int | None:
        text = (self[name].data or "").strip()
        try:
            amount = parse_roubles(text) if text else 0
        except BadAmount:
            self.refuse(name, "Введите сумму в рублях, например 879,97")
            return None
        if amount < 0:
            self.refuse(name, "Сумма не может быть меньше нуля")
            return None
        return amount


class AccountForm(Form):
    account = StringField("Лицевой счёт", [DataRequired("Введите номер лицевого счёта")])
