"""The bank asks: can this be paid, and how much (CPAReq)?

The call is not signed: Basic and the sender's address are all that vouches for it.
"""

from dataclasses import dataclass
from datetime import datetime

from lkcap.banks.gpb.query import ID_MAX, PASSED_MAX, Query, octets


@dataclass(frozen=True, slots=True)
class CheckCall:
    """`trx_id` is new with each try of the payer; `at` is the bank's time, in UTC."""

    merch_id: str
    trx_id: str
    order_id: str
    at: datetime | None


def parse_check(raw_query: bytes | str) -> CheckCall:
    """Read what follows the `?` of the raw request target. Raises BadCall.

    What `parse_register` would refuse once the money is gone is refused here, while it is not:
    a parameter twice, whichever, and a time that cannot be read. A call without a time is known.
    """
    query = Query.read(octets(raw_query))
    return CheckCall(
        merch_id=query.required("merch_id", ID_MAX),
        trx_id=query.required("trx_id", ID_MAX),
        order_id=query.required("o.order_id", PASSED_MAX),
        at=query.moment("ts") if b"ts" in query.values else None,
    )
