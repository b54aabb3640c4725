"""What letters of a mailing carry, made when they are sent: the words, the paper, the way out."""

from datetime import date
from typing import Any

from pydantic import TypeAdapter

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.errors import DatabaseUnavailable, DomainError
from lkcap.kit.workers import WorkerDied, Workers
from lkcap.ledger.due import due_date
from lkcap.mail.compose import CannotCompose, Carried, Preparing, Queued, Unwanted
from lkcap.mail.message import Attachment
from lkcap.mailing import queries, reminders
from lkcap.mailing.model import BARS, RECEIPT
from lkcap.profile.unsubscribe import token
from lkcap.receipts import sheet
from lkcap.receipts.model import Receipt
from lkcap.receipts.words import sum_lines

_JSON = TypeAdapter(Receipt)


def preparing(database: Database, config: Config, workers: Workers) -> Preparing:
    """For the Composer of whoever sends; papers are drawn in `workers`."""

    async def receipt(letter: Queued) -> Carried:
        async with database.connection() as conn:
            paper = await queries.get_paper(conn, letter, config.clock.today())
        if paper.bar or paper.receipt is None:
            raise Unwanted(BARS[paper.bar or "empty"])
        found = _JSON.validate_json(paper.receipt)
        return Carried(_facts(config, letter, found), [await _drawn(workers, found)])

    return {RECEIPT: receipt, **reminders.preparing(database, config)}


async def _drawn(workers: Workers, receipt: Receipt) -> Attachment:
    try:
        body = await workers.run(sheet.render, receipt)
    except DatabaseUnavailable:
        raise
    except (DomainError, WorkerDied) as error:
        raise CannotCompose(f"квитанция не готова: {error}") from error
    return Attachment(f"receipt-{receipt.document}.pdf", "application/pdf", body)


def _facts(config: Config, letter: Queued, receipt: Receipt) -> dict[str, Any]:
    claim, payer = receipt.claim, receipt.payer
    assert letter.subscriber_id is not None
    assert letter.account_id is not None
    lines = sum_lines(claim, payer, receipt.month)
    way_out = token(config, letter.subscriber_id, letter.account_id)
    return {
        "period": receipt.period,
        "total": claim.total,
        "advance": claim.advance,
        "due_on": claim.due_on,
        "is_moved": claim.due_on != _named_day(config, receipt),
        "can_pay": claim.payee is not None and claim.total > 0,
        "account": payer.number,
        "address": payer.address,
        # what nothing happened in is no line of a letter
        "lines": [one for one in lines[1:-1] if one.amount] if claim.total else [],
        "opening": lines[0],
        "paid_until": receipt.month.last_day,
        "unsubscribe": f"{config.public_url}/unsubscribe/{way_out}",
    }


def _named_day(config: Config, receipt: Receipt) -> date:
    """The due day as the region's law names it, a day off or not."""
    return due_date(receipt.month, config.due_day, move_to_working_day=False)
