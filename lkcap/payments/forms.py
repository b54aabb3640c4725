"""Оплата без регистрации: the account's number alone."""

from wtforms import StringField
from wtforms.validators import DataRequired

from lkcap.kit.forms import Form


class GuestForm(Form):
    account = StringField("Лицевой счёт", [DataRequired("Введите номер лицевого счёта")])
