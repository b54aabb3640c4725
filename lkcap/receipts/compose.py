"""A receipt put together from what the queries found."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from lkcap.config import Config
from lkcap.kit.money import NBSP, roubles
from lkcap.kit.month import Month
from lkcap.ledger.due import due_date
from lkcap.ledger.rates import percent
from lkcap.paper.letterhead import Letterhead
from lkcap.payments.payee import ELSEWHERE, payee_of
from lkcap.receipts.model import Claim, HouseNote, KindSums, Payer, Reason, Receipt
from lkcap.receipts.queries import Facts, HouseMoney, Operation, Sums


def ways_to_pay(config: Config) -> tuple[str, ...]:
    """How to pay, the way without a fee first (ЖК: at least one must be)."""
    code = "По QR-коду: наведите камеру в приложении банка, сумма и лицевой счёт подставятся сами."
    site = f"На сайте {urlsplit(config.public_url).netloc} по номеру лицевого счёта"
    return config.fee_free_text or code, f"{site}{_fee(config)}."


def _fee(config: Config) -> str:
    if config.fee.percent is None:
        return ""
    rate = percent(int(config.fee.percent * 100))
    least = f", не меньше {roubles(config.fee.min)}{NBSP}₽" if config.fee.min else ""
    return f": комиссия банка {rate}{NBSP}%{least}"


def compose(
    facts: Facts,
    sums: dict[str, Sums],
    operations: Sequence[Operation],
    house: HouseMoney | None,
    month: Month,
    made_on: date,
    config: Config,
    sender: Letterhead,
) -> Receipt:
    """The first version; the caller compares its claim with what was issued before."""
    return Receipt(
        period=month.first_day,
        version=1,
        made_on=made_on,
        replaces=None,
        is_elsewhere=facts.fund_method == ELSEWHERE,
        sender=sender,
        ways=ways_to_pay(config),
        payer=_payer(facts, month),
        claim=_claim(facts, sums, operations, month, config),
        house=_house_note(house),
    )


def _payer(facts: Facts, month: Month) -> Payer:
    closed = facts.closed_on
    return Payer(
        number=facts.number,
        name=facts.owner,
        address=facts.full_address,
        premises_kind=facts.premises_kind,
        area=facts.area,
        share=facts.share,
        els=facts.els,
        service_code=facts.service_code,
        rate=facts.rate,
        closed_on=closed if closed and closed <= month.last_day else None,
    )


def _claim(
    facts: Facts,
    sums: dict[str, Sums],
    operations: Sequence[Operation],
    month: Month,
    config: Config,
) -> Claim:
    told = [one for one in operations if one.op != "payment"]
    paid = [one.posted_on for one in operations if one.op == "payment" and one.amount > 0]
    hidden = (operations[0].more - len(operations)) if operations else 0
    return Claim(
        principal=_kind_sums(sums.get("principal")),
        penalty=_kind_sums(sums.get("penalty")),
        due_on=due_date(month, config.due_day),
        payee=payee_of(facts, config.fund),
        last_paid_on=max(paid, default=None),
        reasons=tuple(_reason(one, facts.owner_since) for one in told),
        untold=hidden,
    )


def _kind_sums(sums: Sums | None) -> KindSums:
    if sums is None:
        return KindSums()
    return KindSums(
        opening=sums.opening,
        charged=sums.charged,
        recalculated=sums.recalculated,
        paid=sums.paid,
        corrected=sums.corrected,
        written_off=sums.written_off,
        closing=sums.closing,
    )


def _reason(operation: Operation, owner_since: date | None) -> Reason:
    """What was posted before the new owner's first day keeps its sum, not its words."""
    is_own = owner_since is None or operation.posted_on >= owner_since
    return Reason(
        kind=operation.kind,
        op=operation.op,
        amount=operation.amount,
        document=operation.document if is_own else None,
        details=operation.details if is_own else None,
        for_period=operation.for_period,
    )


def _house_note(house: HouseMoney | None) -> HouseNote | None:
    if house is None or house.charged <= 0:
        return None
    return HouseNote(
        collected=max(0, min(100, house.paid * 100 // house.charged)),
        fund=None if house.spent is None else house.paid - house.spent,
        work=house.work,
        work_year=house.planned_year,
    )
