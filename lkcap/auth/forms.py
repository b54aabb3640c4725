"""The login form."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from lkcap.kit.forms import Form


class LoginForm(Form):
    login = StringField(
        "Лицевой счёт или электронная почта",
        [InputRequired("Введите номер лицевого счёта или адрес почты")],
    )
    password = PasswordField("Пароль", [InputRequired("Введите пароль")])
