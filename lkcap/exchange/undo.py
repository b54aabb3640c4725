"""A load is undone: every entry it booked is taken back by a storno, once (contract §4).

What else the load has brought about goes with it, the differences it told of too. Of a registry:
its payments count no more, those in suspense too, but for what the bank's own message has told of
as well. Of billing's entries: the payments of ours that they stood for count again. Houses,
accounts and tariffs stay as they are: they were changed, not booked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lkcap.exchange.entries import BALANCES, ENTRIES
from lkcap.exchange.loads import BEGIN_LOAD, END_LOAD, LOAD_TABLES, LOCK, TOTALS
from lkcap.exchange.payments import PAYMENTS
from lkcap.exchange.sources import PACKAGE
from lkcap.kit.batch import Batch, batch
from lkcap.kit.clock import Clock
from lkcap.kit.errors import Refused
from lkcap.kit.sql import Query, query
from lkcap.payments.entries import BOOK_ENTRIES, USUAL_SERVICE
from lkcap.payments.linking import STOP_BOOKINGS

UNDO = "undo"
# Loads that book something, or tell what differs: what can be taken back.
UNDOABLE = (PAYMENTS, PACKAGE, ENTRIES.name, BALANCES.name)

GET_LOAD = query("exchange/undo/get_load")
STORNO = query("exchange/undo/storno")
MARK = query("exchange/undo/mark")
LIST_TOLD = query("exchange/undo/list_told")
LIST_KEPT = query("exchange/undo/list_kept")
LIST_FOUND = query("exchange/undo/list_found")
LIST_UNLINKED = query("exchange/undo/list_unlinked")
WITHDRAW = query("exchange/undo/withdraw")
TAKE_ANEW = query("exchange/undo/take_anew")
HAND_OVER = query("exchange/undo/hand_over")
GIVE_REFUND = query("exchange/undo/give_refund")
DROP_MATCHES = query("exchange/undo/drop_matches")


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of a load: entries of billing taken back, payments of a registry withdrawn,
    those that stay as the bank has told of them too, payments that wait for an account again, and
    those that count again as billing's entries for them are gone.
    """

    undo_load_id: int
    entries: int = 0
    withdrawn: int = 0
    kept: int = 0
    suspended: int = 0
    counted_again: int = 0


def undo(url: str, load_id: int, *, clock: Clock, staff_id: int | None, why: str) -> Undone:
    """Undo a load as a load of its own, in one transaction, alone as a load is.

    Raises Refused where there is nothing to undo or it has been done, DatabaseUnavailable; then
    nothing has changed.
    """
    with batch(url) as transaction:
        transaction.run(LOCK)
        # no booking under way may miss, or be missed by, what follows
        transaction.run(STOP_BOOKINGS)
        kind = _undoable(transaction, load_id)
        undo_load_id = transaction.value(BEGIN_LOAD, today=clock.today(), **_described(load_id))
        marks = {"load_id": load_id, "undo_load_id": undo_load_id}
        transaction.run(MARK, staff_id=staff_id, why=why, **marks)
        step = _Step(transaction, load_id, undo_load_id, clock)
        undone = step.undo(kind)
        transaction.run(
            END_LOAD,
            load_id=undo_load_id,
            rows_new=undone.entries + undone.withdrawn,
            rows_same=undone.kept,
            rows_aside=0,
        )
    return undone


def _undoable(transaction: Batch, load_id: int) -> str:
    """The kind of the load; raises Refused."""
    found = transaction.rows(GET_LOAD, load_id=load_id)
    if not found:
        raise Refused(f"нет загрузки № {load_id}")
    ((kind, undone_by),) = found
    if undone_by:
        raise Refused(f"загрузка № {load_id} уже отменена загрузкой № {undone_by}")
    if kind not in UNDOABLE:
        raise Refused(f"загрузка № {load_id} операций не проводила: отменять нечего")
    return str(kind)


def _described(load_id: int) -> dict[str, object]:
    source = f"отмена загрузки № {load_id}"
    return {"kind": UNDO, "format": "", "source": source, "sha256": "", "size_bytes": 0}


@dataclass(frozen=True, slots=True)
class _Step:
    """The undoing of one load, under its locks."""

    transaction: Batch
    load_id: int
    undo_load_id: int
    clock: Clock

    def undo(self, kind: str) -> Undone:
        """The mark alone takes away what the load told otherwise than we have it."""
        if kind == BALANCES.name:
            return Undone(self.undo_load_id)
        return self.registry() if kind == PAYMENTS else self.ledger()

    def ledger(self) -> Undone:
        """Billing's entries, then what stood on them."""
        for table in LOAD_TABLES:
            self.transaction.run(table)
        today = self.clock.today()
        entries = self.transaction.value(
            STORNO, load_id=self.load_id, undo_load_id=self.undo_load_id, today=today
        )
        known = {"load_id": self.undo_load_id, "today": today}
        for step in TOTALS:
            self.transaction.run(step, **{name: known[name] for name in step.parameters})
        unlinked = self._ids(LIST_UNLINKED)
        self._withdraw(unlinked)
        self._take_anew(unlinked, keeps_account=True)
        return Undone(self.undo_load_id, entries=entries, counted_again=len(unlinked))

    def registry(self) -> Undone:
        """Payments it has told of, accounts it has found, messages of banks it has confirmed."""
        told, kept, found = map(self._ids, (LIST_TOLD, LIST_KEPT, LIST_FOUND))
        found = [one for one in found if one not in set(told)]
        self._withdraw([*told, *found])
        self._take_anew(found, keeps_account=False)
        self.transaction.run(DROP_MATCHES, load_id=self.load_id)
        return Undone(self.undo_load_id, withdrawn=len(told), kept=len(kept), suspended=len(found))

    def _ids(self, listing: Query) -> list[int]:
        return [one for (one,) in self.transaction.rows(listing, load_id=self.load_id)]

    def _withdraw(self, payment_ids: Sequence[int]) -> None:
        if payment_ids:
            self.transaction.run(
                WITHDRAW,
                payment_ids=payment_ids,
                undo_load_id=self.undo_load_id,
                today=self.clock.today(),
                why=f"загрузка № {self.load_id} отменена",
            )

    def _take_anew(self, payment_ids: Sequence[int], *, keeps_account: bool) -> None:
        if not payment_ids:
            return
        taken = self.transaction.rows(
            TAKE_ANEW,
            payment_ids=payment_ids,
            keeps_account=keeps_account,
            usual=USUAL_SERVICE,
            zone=self.clock.zone.key,
        )
        given = self.transaction.rows(
            HAND_OVER, payment_ids=payment_ids, keeps_account=keeps_account
        )
        for payment_id, refund_id in given:
            self.transaction.run(GIVE_REFUND, payment_id=payment_id, refund_id=refund_id)
        ids, services, days = map(list, zip(*taken, strict=True))
        self.transaction.rows(BOOK_ENTRIES, payment_ids=ids, service_ids=services, days=days)
