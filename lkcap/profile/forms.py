"""The forms of «Настройки»."""

from collections.abc import Iterable

from wtforms import (  # type: ignore[attr-defined]  # its types know no SelectChoice yet
    PasswordField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import EqualTo, InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from lkcap.kit.forms import Form, OneTimeCode
from lkcap.mail.address import BAD_ADDRESS, address_in
from lkcap.profile.model import REMINDERS

# What is typed to show that the deletion is meant.
DELETE_WORD = "удалить"

ASKED_AGAIN = "Введите пароль от личного кабинета"
WRONG = "Пароль не подходит. Проверьте раскладку и Caps Lock"


def _is_email(_: Form, field: StringField) -> None:
    address = address_in(field.data or "")
    if address is None:
        raise ValidationError(BAD_ADDRESS)
    field.data = address


class PasswordForm(Form):
    current = PasswordField("Текущий пароль", [InputRequired("Введите нынешний пароль")])
    new = PasswordField("Новый пароль", [InputRequired("Придумайте новый пароль")])
    repeat = PasswordField(
        "Подтвердите новый пароль",
        [
            InputRequired("Введите новый пароль ещё раз"),
            EqualTo("new", "Пароли не совпадают. Введите новый пароль ещё раз"),
        ],
    )


class EmailForm(Form):
    password = PasswordField("Пароль от личного кабинета", [InputRequired(ASKED_AGAIN)])
    email = StringField("Новый адрес", [InputRequired("Введите новый адрес"), _is_email])


class ReceiptsForm(Form):
    subscribe = RadioField(
        "Квитанции по почте",
        [InputRequired("Нажмите «Подписаться» или «Отписаться»")],
        choices=[SelectChoice("yes", "Подписаться"), SelectChoice("no", "Отписаться")],
    )


class RemindersForm(Form):
    """Unticked boxes are not sent, so no field at all is «none»."""

    kind = SelectMultipleField(
        "О чём напоминать",
        choices=[SelectChoice(kind, words) for kind, words in REMINDERS.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class ConfirmForm(Form):
    """The password again, before what must not be done by whoever sits at an open browser."""

    password = PasswordField("Пароль от личного кабинета", [InputRequired(ASKED_AGAIN)])


class CodeForm(Form):
    code = OneTimeCode("Код из приложения", [InputRequired("Введите шесть цифр из приложения")])


class UnlinkForm(ConfirmForm):
    account = RadioField("Лицевой счёт", [InputRequired("Выберите лицевой счёт")])

    def offer(self, accounts: Iterable[tuple[str, str]]) -> None:
        """(number, address) of the accounts that may be chosen."""
        self.account.choices = [SelectChoice(number, address) for number, address in accounts]


def _is_word(_: Form, field: StringField) -> None:
    if (field.data or "").strip().lower() != DELETE_WORD:
        raise ValidationError(f"Введите слово «{DELETE_WORD}»")


class DeleteForm(ConfirmForm):
    word = StringField(
        f"Слово «{DELETE_WORD}»", [InputRequired(f"Введите слово «{DELETE_WORD}»"), _is_word]
    )
