"""An operation that pays for several services stands on a line for each of them.

The line tells its service's sum and, all the same on every line, what the whole operation came to:
paid, transferred, kept by the bank. Each row gets its part, to the kopeck.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from lkcap.exchange.registries.model import Faults, RegistryRow
from lkcap.kit.money import Kopecks, roubles


def share(rows: list[RegistryRow], totals: Mapping[int, Kopecks], faults: Faults) -> None:
    """Share the operations out among their rows; `totals` are their sums by place in `rows`."""
    operations: dict[str, list[int]] = defaultdict(list)
    for place in totals:
        operations[rows[place].operation_id].append(place)
    for places in operations.values():
        lines = [rows[place] for place in places]
        told = {(totals[place], rows[place].transfer, rows[place].commission) for place in places}
        total, paid = totals[places[0]], sum(row.amount for row in lines)
        if len(told) > 1 or total != paid or not total:
            faults.add(
                lines[0].line,
                "сумма операции",
                f"{roubles(total)}, а услуг по строкам операции на {roubles(paid)}",
            )
            continue
        for place, row in zip(places, _shared(lines, total), strict=True):
            rows[place] = row


def _shared(lines: list[RegistryRow], total: Kopecks) -> list[RegistryRow]:
    """The commission in proportion to the sums; what rounding leaves goes to the later rows."""
    shared, paid, taken = [], 0, 0
    for row in lines:
        paid += row.amount
        commission = (row.commission or 0) * paid // total - taken
        taken += commission
        shared.append(
            replace(row, transfer=Kopecks(row.amount - commission), commission=Kopecks(commission))
        )
    return shared
