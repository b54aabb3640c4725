"""Whom a contribution is paid to, and the payment codes that say so (ГОСТ Р 56042-2014)."""

from dataclasses import dataclass
from typing import Protocol

from lkcap.config import Fund
from lkcap.kit.month import Month
from lkcap.paper import gost

# What a transfer is for, as it stands in its purpose.
CONTRIBUTION = "Взнос на капитальный ремонт"
PENALTY = "Пеня по взносам на капитальный ремонт"

_BANK_NAME_CHARACTERS = 45
# The house saves on a special account whose owner is not the fund: nothing is paid to the fund.
ELSEWHERE = "special_other"
# An account of the house alone, that the fund owns.
SPECIAL = "special_operator"


@dataclass(frozen=True, slots=True)
class Payee:
    """Requisites; `penalty_account` is empty where penalties go to the same account."""

    name: str
    inn: str
    kpp: str
    account: str
    penalty_account: str
    bank_name: str
    bic: str
    corr_account: str

    @property
    def has_penalty_account(self) -> bool:
        return self.penalty_account not in ("", self.account)


class HouseTerms(Protocol):
    """A row that tells how the house saves, and its own requisites of a day: None without them."""

    @property
    def fund_method(self) -> str | None: ...
    @property
    def payee_name(self) -> str | None: ...
    @property
    def inn(self) -> str | None: ...
    @property
    def kpp(self) -> str | None: ...
    @property
    def payee_account(self) -> str | None: ...
    @property
    def penalty_account(self) -> str | None: ...
    @property
    def bank_name(self) -> str | None: ...
    @property
    def bic(self) -> str | None: ...
    @property
    def corr_account(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class PaymentCode:
    """One QR code: what it pays, kopecks."""

    title: str
    amount: int
    account: str
    data: bytes


def fund_payee(fund: Fund) -> Payee | None:
    """The fund's own requisites; None while they are not all set."""
    if not (fund.account and fund.bic and fund.bank_name):
        return None
    return Payee(
        name=fund.name,
        inn=fund.inn,
        kpp=fund.kpp,
        account=fund.account,
        penalty_account=fund.penalty_account,
        bank_name=fund.bank_name,
        bic=fund.bic,
        corr_account=fund.corr_account,
    )


def payee_of(terms: HouseTerms, fund: Fund) -> Payee | None:
    """The house's own requisites, else the fund's; None where nothing is paid to the fund."""
    if terms.fund_method == ELSEWHERE:
        return None
    if terms.payee_name is None:
        return fund_payee(fund)
    return Payee(
        name=terms.payee_name,
        inn=terms.inn or "",
        kpp=terms.kpp or "",
        account=terms.payee_account or "",
        penalty_account=terms.penalty_account or "",
        bank_name=terms.bank_name or "",
        bic=terms.bic or "",
        corr_account=terms.corr_account or "",
    )


def transfers(payee: Payee, principal: int, penalty: int) -> list[tuple[str, str, int]]:
    """(what, account, kopecks) of the one transfer, or of the two to two accounts."""
    if not payee.has_penalty_account:
        what = PENALTY if penalty and not principal else CONTRIBUTION
        return [(what, payee.account, principal + penalty)]
    return [
        (CONTRIBUTION, payee.account, principal),
        (PENALTY, payee.penalty_account, penalty),
    ]


def parts(payee: Payee, principal: int, penalty: int) -> list[tuple[str, str, int]]:
    """The transfers that something is due by."""
    return [part for part in transfers(payee, principal, penalty) if part[2] > 0]


def purpose(what: str, number: str, period: Month) -> str:
    """Назначение платежа."""
    return f"{what}, л/с {number}, {period.month:02d}.{period.year}"


def payment_codes(
    payee: Payee,
    number: str,
    period: Month,
    principal: int,
    penalty: int,
    document: str = "",
) -> list[PaymentCode]:
    """A code for each account something is due to; sums are kopecks, the penalty inside `Sum`.

    No name and no address of the payer: the bank does not need them, and a receipt thrown away
    then tells less. Raises gost.BadCode where the requisites cannot make a code.
    """
    return [
        PaymentCode(
            what, amount, account, _data(payee, what, account, amount, number, period, document)
        )
        for what, account, amount in parts(payee, principal, penalty)
    ]


def _data(
    payee: Payee, what: str, account: str, amount: int, number: str, period: Month, document: str
) -> bytes:
    fields = {
        "Name": payee.name,
        "PersonalAcc": account,
        "BankName": gost.fitted(payee.bank_name, characters=_BANK_NAME_CHARACTERS),
        "BIC": payee.bic,
        "CorrespAcc": payee.corr_account or "0",
        "Sum": str(amount),
        "Purpose": gost.fitted(purpose(what, number, period), characters=gost.PURPOSE_CHARACTERS),
        "PayeeINN": payee.inn,
        "KPP": payee.kpp,
        "PersAcc": number,
        "PaymPeriod": f"{period.month:02d}{period.year}",
        "Category": "Капремонт",
        "QuittId": document,
        "TechCode": "02",
    }
    return gost.build(gost.fit_name(fields))
