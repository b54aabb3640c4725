"""Forms of the door."""

from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired

from lkcap.kit.forms import Form, OneTimeCode
from lkcap.mail.letter import is_address


class LoginForm(Form):
    login = StringField(
        "Лицевой счёт или электронная почта",
        [InputRequired("Введите номер лицевого счёта или адрес почты")],
    )
    password = PasswordField("Пароль", [InputRequired("Введите пароль")])


class CodeForm(Form):
    code = OneTimeCode("Код", [InputRequired("Введите код из приложения")])


class RestoreForm(Form):
    account = StringField("Лицевой счёт", [InputRequired("Введите номер лицевого счёта")])
    email = StringField("Электронная почта", [InputRequired("Введите адрес почты")])

    def validate_email(self, field: StringField) -> None:
        field.data = str(field.data).strip()
        if not is_address(field.data):
            raise ValidationError("Это не похоже на адрес почты. Пример: anna@example.ru")


class NewPasswordForm(Form):
    """How good the password is, only the use case can tell: it knows whose it is."""

    new = PasswordField("Новый пароль", [InputRequired("Введите новый пароль")])
    repeat = PasswordField("Новый пароль ещё раз", [InputRequired("Повторите новый пароль")])

    def validate_repeat(self, field: PasswordField) -> None:
        if field.data != self.new.data:
            raise ValidationError("Пароли не совпадают: наберите ещё раз")
