"""Settings that go together: the fund itself, the commission, the limits of forms."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationInfo as Info
from pydantic import field_validator as check

from lkcap.config.values import Limit, Rate, Roubles
from lkcap.kit.requisites import account_key_is_right, inn_is_right, is_treasury_account
from lkcap.kit.settings import PREFIX


class Group(BaseModel):
    """Settings of one matter, written `LKCAP_GROUP__X`; a name it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    def missing(self, names: str) -> list[str]:
        return [name.upper() for name in names.split() if not getattr(self, name)]


class Fund(Group):
    """The fund as the pages name it, and its requisites where no house has its own."""

    name: str
    short_name: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    site: str = ""
    hours: str = ""
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    bank_name: str = ""
    bic: str = ""
    account: str = ""
    corr_account: str = ""
    penalty_account: str = ""

    @check("inn")
    @classmethod
    def _inn(cls, inn: str) -> str:
        if inn and not inn_is_right(inn):
            raise ValueError("контрольная цифра ИНН не сходится")
        return inn

    @check("account", "corr_account", "penalty_account")
    @classmethod
    def _key(cls, account: str, info: Info) -> str:
        """A wrong key is a misprint; a treasury has a practice of its own, see `warnings`."""
        bic = info.data.get("bic", "")
        if account and bic and not is_treasury_account(account):
            correspondent = info.field_name == "corr_account"
            if not account_key_is_right(account, bic, correspondent=correspondent):
                raise ValueError("контрольный ключ счёта не сходится с БИК")
        return account

    def warnings(self) -> list[str]:
        """Treasury accounts whose key does not fit the BIC: most likely right all the same."""
        accounts = {
            "ACCOUNT": self.account,
            "CORR_ACCOUNT": self.corr_account,
            "PENALTY_ACCOUNT": self.penalty_account,
        }
        return [
            f"{PREFIX}FUND__{name}: ключ казначейского счёта не сходится с БИК"
            for name, account in accounts.items()
            if is_treasury_account(account)
            and not account_key_is_right(account, self.bic, correspondent=name == "CORR_ACCOUNT")
        ]


class Fee(Group):
    """The bank's commission as the fund agreed it; all empty: no fee."""

    percent: Decimal | None = None
    min: Roubles = None
    max: Roubles = None


class Limits(Group):
    """Forms per address; past them 429."""

    login: Rate = Limit(count=10, seconds=900)
    restore: Rate = Limit(count=5, seconds=3600)
    register_: Rate = Field(default=Limit(count=20, seconds=3600), alias="register")
    guest: Rate = Limit(count=20, seconds=900)
    verify: Rate = Limit(count=20, seconds=900)
    invite: Rate = Limit(count=10, seconds=86_400)
