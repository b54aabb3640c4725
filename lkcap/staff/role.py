"""What an employee of the fund does at the desk."""

from enum import StrEnum


class Role(StrEnum):
    OPERATOR = "operator"
    ACCOUNTANT = "accountant"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def named(self) -> str:
        return TITLES[self]


TITLES = {
    Role.OPERATOR: "оператор",
    Role.ACCOUNTANT: "бухгалтер",
    Role.EDITOR: "редактор",
    Role.ADMIN: "администратор",
}
