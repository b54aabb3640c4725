"""Invite somebody, change what he may, and the password of who has no login yet."""

from collections.abc import Sequence

from wtforms import (  # type: ignore[attr-defined]  # its types know no SelectChoice yet
    BooleanField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from lkcap.kit.forms import Form
from lkcap.mail.address import BAD_ADDRESS, address_in
from lkcap.sharing.model import RIGHTS

CALLED_MAX = 60
MAY = [SelectChoice(may, told[0].upper() + told[1:]) for may, told in RIGHTS.items()]


def _trimmed(text: str | None) -> str:
    return " ".join((text or "").split())


def _email(_: Form, field: StringField) -> None:
    """By its form alone: whether anybody has a login with it is told to nobody."""
    address = address_in(field.data or "")
    if address is None:
        raise ValidationError(BAD_ADDRESS)
    field.data = address


class RightForm(Form):
    may = RadioField(
        "Что разрешить",
        [InputRequired("Выберите, что разрешить")],
        choices=MAY,
    )


class InviteForm(Form):
    account = SelectField("Лицевой счёт", [InputRequired("Выберите лицевой счёт")])
    called = StringField(
        "Как назвать этого человека",
        [
            DataRequired("Напишите, как назвать этого человека, например «дочь Мария»"),
            Length(max=CALLED_MAX, message=f"Не длиннее {CALLED_MAX} знаков"),
        ],
        filters=[_trimmed],
    )
    email = StringField("Его электронная почта", [InputRequired("Введите адрес почты"), _email])
    may = RadioField(
        "Что разрешить",
        [InputRequired("Выберите, что разрешить")],
        choices=MAY,
        default="view",
    )

    def offer(self, accounts: Sequence[tuple[str, str]]) -> None:
        """(number, address) of the accounts that may be shared; an only one need not be chosen."""
        self.account.choices = [
            SelectChoice(number, f"{number}, {address}") for number, address in accounts
        ]
        if len(accounts) == 1 and not self.account.raw_data:
            self.account.data = accounts[0][0]


class NewLoginForm(Form):
    """How good the password is, only the use case can tell."""

    new = PasswordField("Придумайте пароль", [InputRequired("Придумайте пароль")])
    repeat = PasswordField("Пароль ещё раз", [InputRequired("Введите пароль ещё раз")])
    consent = BooleanField("Согласие", [DataRequired("Отметьте согласие: без него входа не будет")])

    def validate_repeat(self, field: PasswordField) -> None:
        if field.data != self.new.data:
            raise ValidationError("Пароли не совпадают: наберите ещё раз")
