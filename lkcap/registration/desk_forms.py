"""The employee's decision."""

from wtforms import (  # type: ignore[attr-defined]  # its types know no SelectChoice yet
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length

from lkcap.kit.forms import Form

APPROVE, REFUSE = "approve", "refuse"
OWN_WORDS = "own"

# What the employee chooses, and what the applicant reads in his letter: nothing of the account's.
REASONS = {
    "mistake": (
        "Ошибка в заявке",
        "В заявке ошибка: проверьте номер счёта, адрес и имя собственника и подайте её снова.",
    ),
    "owner": (
        "Имя не собственника",
        "Имя в заявке не совпадает с именем собственника. Если вы недавно купили помещение, "
        "сначала сообщите об этом в фонд.",
    ),
    "address": (
        "Адрес другого счёта",
        "Адрес в заявке не относится к этому лицевому счёту. Номер счёта стоит в квитанции.",
    ),
    "document": (
        "Не тот документ",
        "Этот документ не подтверждает право на помещение. Назовите другой и подайте заявку снова.",
    ),
    "closed": ("Счёт закрыт", "Этот лицевой счёт закрыт."),
    "repeat": ("Доступ уже есть", "Доступ к этому счёту у вас уже есть."),
}


class DecisionForm(Form):
    decision = RadioField(
        "Решение",
        [DataRequired("Выберите решение")],
        choices=[SelectChoice(APPROVE, "Открыть доступ"), SelectChoice(REFUSE, "Отказать")],
        # an answer that is none of the two is told as no answer
        validate_choice=False,
    )
    reason = SelectField(
        "Почему отказ",
        choices=[
            *(SelectChoice(code, title) for code, (title, _) in REASONS.items()),
            SelectChoice(OWN_WORDS, "Своими словами"),
        ],
        default="mistake",
    )
    words = TextAreaField(
        "Что написать заявителю", [Length(max=1000, message="Короче 1000 знаков")]
    )

    def validate_decision(self, field: RadioField) -> None:
        if field.data not in (APPROVE, REFUSE):
            raise ValidationError("Выберите решение")

    def validate_words(self, field: TextAreaField) -> None:
        needs_words = self.decision.data == REFUSE and self.reason.data == OWN_WORDS
        if needs_words and not (field.data or "").strip():
            raise ValidationError("Напишите заявителю, почему отказ")

    @property
    def told(self) -> str:
        """What the letter of a refusal says: the reason from the list, then own words."""
        _, reason = REASONS.get(str(self.reason.data), ("", ""))
        return f"{reason} {(self.words.data or '').strip()}".strip()


class AccountForm(Form):
    account = StringField("Лицевой счёт", [DataRequired("Введите номер лицевого счёта")])
