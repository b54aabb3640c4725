"""What an accountant sees of orders, payments, refunds and loads. Sums are kopecks."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Found:
    """An order without a payment, or a payment, kopecks; `account` empty: nobody knows whose."""

    payment_id: int | None
    order_id: str | None
    account: str
    at: datetime
    principal: int
    penalty: int
    source: str
    trx_id: str
    state: str

    @property
    def amount(self) -> int:
        return self.principal + self.penalty

    @property
    def address(self) -> str:
        return f"/staff/payments/{self.payment_id or self.order_id}"


@dataclass(frozen=True, slots=True)
class Taken:
    """A payment and how far it has come; `left_*` are kopecks that may still be given back."""

    payment_id: int
    order_id: str | None
    account: str
    source: str
    trx_id: str
    principal: int
    penalty: int
    paid_at: datetime
    rrn: str | None
    auth_code: str | None
    masked_pan: str | None
    load_id: int | None
    registry_load_id: int | None
    billing_load_id: int | None
    refund_id: int | None
    left_principal: int
    left_penalty: int
    is_open: bool

    @property
    def amount(self) -> int:
        return self.principal + self.penalty

    @property
    def left(self) -> int:
        return self.left_principal + self.left_penalty


@dataclass(frozen=True, slots=True)
class Ordered:
    """An attempt to pay online, kopecks."""

    order_id: str
    account: str
    bank: str
    state: str
    principal: int
    penalty: int
    fee: int | None
    created_at: datetime
    expires_at: datetime
    sent_at: datetime | None
    bank_payment_id: str | None
    reason: str | None
    is_guest: bool

    @property
    def amount(self) -> int:
        return self.principal + self.penalty


@dataclass(frozen=True, slots=True)
class Journalled:
    """A message of a bank and our answer, as they went over the wire."""

    bank: str
    kind: str
    received_at: datetime
    address: str
    raw: str
    trx_id: str | None
    verdict: str
    answer: str


@dataclass(frozen=True, slots=True)
class Part:
    kind: str
    month: date | None
    amount: int


@dataclass(frozen=True, slots=True)
class ListedRefund:
    """A refund with the names of who asked for it and who confirmed it, kopecks."""

    refund_id: int
    payment_id: int
    state: str
    principal: int
    penalty: int
    why: str
    asked_by: str
    asked_by_id: int
    asked_at: datetime
    confirmed_by: str
    sent_at: datetime | None
    settled_at: datetime | None
    reason: str
    source: str
    account: str

    @property
    def amount(self) -> int:
        return self.principal + self.penalty


@dataclass(frozen=True, slots=True)
class Summary:
    """Payments by banks' messages: confirmed by somebody else, and not yet; kopecks."""

    matched: int
    matched_amount: int
    waiting: int
    waiting_amount: int


@dataclass(frozen=True, slots=True)
class Suspended:
    """Money of nobody known; `named` is the account its registry has named."""

    payment_id: int
    source: str
    trx_id: str
    principal: int
    penalty: int
    paid_at: datetime
    load_id: int | None
    named: str

    @property
    def amount(self) -> int:
        return self.principal + self.penalty


@dataclass(frozen=True, slots=True)
class Load:
    """A load as its journal has it; `undo_load_id` of one that was undone."""

    load_id: int
    kind: str
    format: str
    source: str
    started_at: datetime
    size_bytes: int
    sha256: str
    rows_new: int
    rows_same: int
    rows_aside: int
    rows_differing: int
    undo_load_id: int | None
    undone_by: str
    why: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that its load could not take."""

    file: str
    line: int
    field: str
    reason: str
    raw: str
