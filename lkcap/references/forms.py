"""The form of a check."""

from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from lkcap.kit.forms import Form
from lkcap.references.codes import BadCode, parse_code


def _is_code(_: Form, field: StringField) -> None:
    try:
        parse_code(field.data or "")
    except BadCode as error:
        raise ValidationError(str(error)) from error


class VerifyForm(Form):
    code = StringField("Код проверки", [InputRequired("Введите код со справки"), _is_code])
