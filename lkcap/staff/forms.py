"""Forms of the desk's own pages."""

from wtforms import (  # type: ignore[attr-defined]  # its types know no SelectChoice yet
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, Regexp

from lkcap.auth.passwords import PASSWORD_MAX
from lkcap.auth.strength import weakness
from lkcap.kit.forms import Form, OneTimeCode
from lkcap.staff.employees import LOGIN
from lkcap.staff.role import TITLES, Role


class LoginForm(Form):
    login = StringField("Логин", [DataRequired("Введите логин")])
    password = PasswordField("Пароль", [DataRequired("Введите пароль")])
    code = OneTimeCode("Код из приложения", [DataRequired("Введите шесть цифр из приложения")])


class PasswordForm(Form):
    current = PasswordField("Нынешний пароль", [DataRequired("Введите нынешний пароль")])
    new = PasswordField("Новый пароль", [DataRequired("Придумайте новый пароль")])
    repeat = PasswordField("Новый пароль ещё раз", [DataRequired("Повторите новый пароль")])

    def validate_new(self, field: PasswordField) -> None:
        said = str(field.data)
        if len(said) > PASSWORD_MAX:
            raise ValidationError(f"Не длиннее {PASSWORD_MAX} знаков")
        if said == self.current.data:
            raise ValidationError("Новый пароль должен отличаться от нынешнего")
        if problem := weakness(said, ()):
            raise ValidationError(problem)

    def validate_repeat(self, field: PasswordField) -> None:
        if field.data != self.new.data:
            raise ValidationError("Пароли не совпали")


class EmployeeForm(Form):
    login = StringField(
        "Логин",
        [
            DataRequired("Введите логин"),
            Regexp(rf"\s*{LOGIN.pattern}\s*\Z", message="От 2 до 60 букв, цифр и знаков . @ - _"),
        ],
    )
    name = StringField("Фамилия и имя", [DataRequired("Введите фамилию и имя")])
    role = SelectField(
        "Роль",
        choices=[SelectChoice(role.value, title) for role, title in TITLES.items()],
        default=Role.OPERATOR.value,
    )
