"""Issue a reference: the account today and its months, or the very document given before."""

from dataclasses import replace
from datetime import date

from lkcap.auth.model import ReaderAccount
from lkcap.config import Config
from lkcap.kit.db import Connection, Database
from lkcap.kit.errors import SenselessQuery
from lkcap.kit.month import Month
from lkcap.paper.letterhead import Letterhead
from lkcap.references import queries
from lkcap.references.codes import grouped, new_code, number_of
from lkcap.references.model import Holder, Line, Movement, Reference, Sums
from lkcap.references.queries import HolderFacts, Key
from lkcap.references.signing import sign, signed_line
from lkcap.statement.forms import Wish
from lkcap.statement.model import Kind, Row
from lkcap.statement.queries import get_statement


async def issue(
    database: Database, config: Config, account: ReaderAccount, wish: Wish
) -> Reference:
    """The reference of the range in force today, made if there is none; of a wish its months count.

    Two callers at once get the same document. Raises NotFound where the account is not the
    reader's any more, SenselessQuery where the range is still to come.
    """
    if wish.first > wish.last:
        raise SenselessQuery("Эти месяцы ещё не наступили: справку за них составить нельзя.")
    today = config.clock.today()
    async with database.connection() as conn:
        facts = await queries.get_holder(conn, account.subscriber_id, account.account_id, today)
        key = _key(account.account_id, facts, wish, today)
        known = await queries.find_in_force(conn, key)
        if known:
            return known
        draft = await _draft(conn, config, account, facts, wish)
    async with database.transaction() as conn:
        number = await queries.take_number(conn)
        made = _finished(draft, number, config)
        if await queries.add_reference(conn, key, number, made):
            return made
    # another process was first: its document is the one in force
    async with database.connection() as conn:
        first = await queries.find_in_force(conn, key)
    assert first is not None, key
    return first


def _key(account_id: int, facts: HolderFacts, wish: Wish, today: date) -> Key:
    return Key(account_id, facts.owner_key, wish.first.first_day, wish.last.first_day, today)


def _finished(draft: Reference, number: int, config: Config) -> Reference:
    """The draft with its names and the signature over them."""
    code = new_code()
    named = replace(
        draft,
        number=number_of(number, draft.made_on),
        code=code,
        link=f"{config.public_url}/verify/{grouped(code)}",
    )
    return replace(named, signature=sign(signed_line(named), config.reference_keys))


async def _draft(
    conn: Connection, config: Config, account: ReaderAccount, facts: HolderFacts, wish: Wish
) -> Reference:
    """All but what the document is called."""
    open_month = config.clock.open_month()
    principal, penalty = [
        await _movement(conn, account, Wish(wish.first, wish.last, kind), open_month)
        for kind in (Kind.PRINCIPAL, Kind.PENALTY)
    ]
    months = [line.period for line in principal.lines]
    return Reference(
        number="",
        code="",
        link="",
        made_on=config.clock.today(),
        first=min(months, default=wish.first.first_day),
        last=max(months, default=wish.last.first_day),
        issuer=Letterhead.of(config),
        holder=_holder(facts),
        principal=principal,
        penalty=penalty,
        signature=None,
    )


async def _movement(
    conn: Connection, account: ReaderAccount, wish: Wish, open_month: Month
) -> Movement:
    """The statement of the range, and where the open month is not in it, the balance of today."""
    statement = now = await get_statement(conn, account, wish)
    if wish.last != open_month:
        now = await get_statement(conn, account, Wish(open_month, open_month, wish.kind))
    lines = (Line(one.month.first_day, _sums(one.row)) for one in statement.months)
    return Movement(now.total.closing, tuple(lines), _sums(statement.total))


def _sums(row: Row) -> Sums:
    return Sums(
        opening=row.opening,
        actual=row.actual,
        paid=row.paid,
        corrected=row.corrected,
        written_off=row.written_off,
        closing=row.closing,
    )


def _holder(facts: HolderFacts) -> Holder:
    return Holder(
        account=facts.number,
        owner=facts.owner,
        address=facts.full_address,
        premises_kind=facts.premises_kind,
        area=facts.area,
        share=facts.share,
        els=facts.els,
        closed_on=facts.closed_on,
        is_elsewhere=facts.is_elsewhere,
    )
