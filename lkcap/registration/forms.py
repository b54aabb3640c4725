"""The form of an application (manual §3.3.1): friendly about spelling."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
    parse,
)
from wtforms import (  # type: ignore[attr-defined]  # its types know no SelectChoice yet
    BooleanField,
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, Length, ValidationError

from lkcap.kit.forms import Form
from lkcap.kit.numbers import number_key
from lkcap.kit.requisites import inn_is_right
from lkcap.mail.address import BAD_ADDRESS, address_in
from lkcap.registration.days import BadDay, parse_day
from lkcap.registration.model import DOCUMENT_TYPES, STANDINGS, Answers

APPLICANTS = {"person": "Физическое лицо", "organization": "Организация"}
# Numbers may have letters and dashes; whatever else is typed here would be sent on by letter.
_NUMBER = re.compile(r"[0-9A-Za-zА-Яа-яЁё/№\s\-\u2010-\u2015]+")


def _choices(words: Mapping[str, str]) -> list[Any]:
    return [SelectChoice(value, told) for value, told in words.items()]


def _trimmed(text: str | None) -> str:
    return " ".join((text or "").split())


def _text(label: str, most: int, *validators: Callable[..., None]) -> StringField:
    too_long = Length(max=most, message=f"{label}: не длиннее {most} знаков")
    return StringField(label, [*validators, too_long], filters=[_trimmed])


def _email(_: Form, field: Field) -> None:
    address = address_in(field.data)
    if address is None:
        raise ValidationError(_email_advice(field.data))
    field.data = address


def _email_advice(text: str) -> str:
    if "@" not in text:
        return "Не хватает @ и названия почтового сайта, например m.obraztsova@example.com"
    if not text.partition("@")[0].isascii():
        return "До знака @ в адресе почты только латинские буквы и цифры. Проверьте раскладку"
    return BAD_ADDRESS


def _phone(_: Form, field: Field) -> None:
    try:
        number = parse(field.data, "RU")
    except NumberParseException:
        raise ValidationError("Введите телефон цифрами, например +7 912 000-00-00") from None
    if is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise ValidationError(
            "Проверьте телефон: в номере 10 цифр с кодом города, например +7 912 000-00-00"
        )
    field.data = format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _account(_: Form, field: Field) -> None:
    if not _NUMBER.fullmatch(field.data) or not re.search(r"\d", field.data):
        raise ValidationError("В номере лицевого счёта только цифры, иногда ещё буквы и дефисы")


def _inn(_: Form, field: Field) -> None:
    field.data = re.sub(r"[\s\-]", "", field.data)
    if field.data and not inn_is_right(field.data):
        raise ValidationError("В ИНН 10 или 12 цифр; проверьте их, контрольная не сходится")


class RegisterForm(Form):
    """Fields as the contract names them; `applicant` and `standing` have their usual answers."""

    address = _text("Адрес", 300, DataRequired("Введите адрес помещения"))
    account = _text("Лицевой счёт", 40, DataRequired("Введите номер лицевого счёта"), _account)
    applicant = RadioField("Кто подаёт", choices=_choices(APPLICANTS), default="person")
    last_name = _text("Фамилия", 100)
    first_name = _text("Имя", 100)
    middle_name = _text("Отчество", 100)
    organization = _text("Название организации", 300)
    inn = _text("ИНН", 20, _inn)
    standing = SelectField(
        "Кто вы для этого помещения", choices=_choices(STANDINGS), default="owner"
    )
    email = _text("Электронная почта", 254, DataRequired("Введите адрес почты"), _email)
    phone = _text("Телефон", 40, DataRequired("Введите телефон"), _phone)
    document_type = SelectField(
        "Тип документа",
        [DataRequired("Выберите тип документа")],
        choices=_choices({"": "Выберите из списка"} | DOCUMENT_TYPES),
    )
    document_number = _text("Номер документа", 100, DataRequired("Введите номер документа"))
    document_date = _text("Дата документа", 30, DataRequired("Введите дату документа"))
    consent = BooleanField(
        "Согласие",
        [DataRequired("Отметьте согласие или подайте заявление в офисе фонда")],
    )

    @property
    def is_organization(self) -> bool:
        """As chosen; or as filled in, where only the fields of an organization are."""
        named = any(self[name].data for name in ("last_name", "first_name", "middle_name"))
        told = bool(self.organization.data)
        return self.applicant.data == "organization" or (told and not named)

    def answers(self, today: date) -> Answers | None:
        """None with errors in the form."""
        self.validate()
        # shown again, the form must open the fields that were filled in
        self.applicant.data = "organization" if self.is_organization else "person"
        for name, message in self._needed():
            if not self[name].data:
                self.refuse(name, message)
        day = self._document_date(today)
        return None if self.summary or day is None else self._answers(day)

    def _needed(self) -> list[tuple[str, str]]:
        if self.is_organization:
            return [("organization", "Введите название организации"), ("inn", "Введите ИНН")]
        return [("last_name", "Введите фамилию"), ("first_name", "Введите имя")]

    def _document_date(self, today: date) -> date | None:
        if self.document_date.errors:
            return None
        try:
            return parse_day(self.document_date.data or "", today)
        except BadDay as error:
            self.refuse("document_date", str(error))
            return None

    def _answers(self, document_date: date) -> Answers:
        told: dict[str, Any] = {name: field.data or None for name, field in self._fields.items()}
        names = ("last_name", "first_name", "middle_name")
        unused = names if self.is_organization else ("organization", "inn")
        told |= dict.fromkeys(unused) | {
            "number_key": number_key(str(told["account"])),
            "document_date": document_date,
        }
        del told["consent"]
        return Answers(**told)
