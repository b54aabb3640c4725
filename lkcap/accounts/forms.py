"""«Что будет, если…»: how much a month."""

from wtforms import StringField

from lkcap.kit.forms import Form
from lkcap.kit.money import BadAmount, Kopecks, parse_roubles, roubles

# One payment, kopecks: more is not paid by card.
MONTHLY_MAX = 100_000_000


class PlanForm(Form):
    """Roubles as people write them."""

    monthly = StringField("Сколько платить в месяц, руб.")

    def amount(self) -> Kopecks | None:
        """Kopecks above zero; None with an error in the form."""
        try:
            amount = parse_roubles((self.monthly.data or "").strip())
        except BadAmount:
            self.refuse("monthly", "Введите сумму в рублях, например 1500")
            return None
        if amount <= 0:
            self.refuse("monthly", "Введите сумму больше нуля")
            return None
        if amount > MONTHLY_MAX:
            self.refuse("monthly", f"За один раз можно не больше {roubles(MONTHLY_MAX)} ₽")
            return None
        return amount
