"""Issue receipts: the figures of a closed month as they are now, or as they were handed out."""

from collections.abc import Sequence
from dataclasses import replace

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.month import Month
from lkcap.paper.letterhead import Letterhead
from lkcap.receipts import queries
from lkcap.receipts.compose import compose
from lkcap.receipts.model import Receipt
from lkcap.receipts.queries import Facts, Sums

Drafts = list[tuple[Facts, Receipt]]


async def issue(
    database: Database, config: Config, accounts: Sequence[int], month: Month
) -> dict[int, Receipt]:
    """The receipts in force of a closed month, by account; accounts without books then are absent.

    What was issued before stays while its claim is the same; otherwise the next version is made
    and says what it replaces. Two callers at once get the same document.
    """
    assert month < config.clock.open_month(), "the open month has no receipt"
    drafts = await _drafts(database, config, accounts, month)
    owners = [(facts.account_id, facts.owner_key) for facts, _ in drafts]
    async with database.connection() as conn:
        known = await queries.list_latest(conn, owners, month)
    made = [
        (facts.account_id, facts.owner_key, _next(draft, known.get(facts.account_id)))
        for facts, draft in drafts
        if not _is_same(draft, known.get(facts.account_id))
    ]
    if not made:
        return known
    async with database.transaction() as conn:
        if await queries.add_receipts(conn, made, month) == len(made):
            return known | {account: receipt for account, _, receipt in made}
    # another process was first with some of them: its documents are the ones in force
    async with database.connection() as conn:
        return await queries.list_latest(conn, owners, month)


async def _drafts(
    database: Database, config: Config, accounts: Sequence[int], month: Month
) -> Drafts:
    async with database.connection() as conn:
        found = await queries.list_facts(conn, accounts, month)
        facts = [one for one in found if one.since and one.since <= month.first_day]
        numbers = [one.account_id for one in facts]
        sums = await queries.list_sums(conn, numbers, month)
        operations = await queries.list_operations(conn, numbers, month)
        houses = await queries.list_house_money(conn, list({one.house_id for one in facts}))
    by_account: dict[int, dict[str, Sums]] = {}
    for one in sums:
        by_account.setdefault(one.account_id, {})[one.kind] = one
    told: dict[int, list[queries.Operation]] = {}
    for operation in operations:
        told.setdefault(operation.account_id, []).append(operation)
    notes = {one.house_id: one for one in houses}
    today, head = config.clock.today(), Letterhead.of(config)
    return [
        (
            one,
            compose(
                one,
                by_account.get(one.account_id, {}),
                told.get(one.account_id, ()),
                notes.get(one.house_id),
                month,
                today,
                config,
                head,
            ),
        )
        for one in facts
    ]


def _is_same(draft: Receipt, known: Receipt | None) -> bool:
    return known is not None and (known.claim, known.is_elsewhere) == (
        draft.claim,
        draft.is_elsewhere,
    )


def _next(draft: Receipt, known: Receipt | None) -> Receipt:
    if known is None:
        return draft
    return replace(draft, version=known.version + 1, replaces=known.made_on)
