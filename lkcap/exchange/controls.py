"""Registries that claim the same payment order and total in different bytes: a person must look.

A bank sends a file once. The same money told otherwise is a corrected file or a forged one; booked
unseen, its rows would stand beside those of the first.
"""

from lkcap.exchange.registries.model import BadRegistry, Fault, Registry
from lkcap.kit.batch import Batch
from lkcap.kit.clock import Clock
from lkcap.kit.money import roubles_plain
from lkcap.kit.sql import query
from lkcap.kit.words import plural

FIND_SAME_CONTROL = query("exchange/payments/find_same_control")
KEEP_CONTROL = query("exchange/payments/keep_control")


def hold_back(
    transaction: Batch, registry: Registry, format_: str, sha256: str, clock: Clock
) -> None:
    """Raise BadRegistry where another file has told of the same payment order and total.

    A registry that names no payment order claims nothing that another could claim too.
    """
    if not registry.order_number:
        return
    control = _control(registry)
    found = transaction.rows(FIND_SAME_CONTROL, format=format_, sha256=sha256, **control)
    for load_id, source, started_at in found:
        on = f" от {registry.order_date:%d.%m.%Y}" if registry.order_date else ""
        reason = (
            f"реестр с этим итогом уже загружен, а файл другой: п/п {registry.order_number}{on}, "
            f"{plural(registry.totals.count, 'строка', 'строки', 'строк')} "
            f"на {roubles_plain(registry.totals.amount)}; "
            f"загрузка № {load_id}, {source}, {started_at.astimezone(clock.zone):%d.%m.%Y}. "
            "Сравните файлы: если верен новый, повторите с --same-total "
            "или сначала отмените прежнюю загрузку"
        )
        raise BadRegistry([Fault(0, "", reason)])


def keep(transaction: Batch, registry: Registry, load_id: int) -> None:
    if registry.order_number:
        transaction.run(KEEP_CONTROL, load_id=load_id, **_control(registry))


def _control(registry: Registry) -> dict[str, object]:
    return {
        "order_number": registry.order_number,
        "order_date": registry.order_date,
        "rows": registry.totals.count,
        "amount": registry.totals.amount,
    }
