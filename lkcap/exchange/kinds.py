"""The kinds of files (contract §6): their columns, how a row becomes a staged one, what stores it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lkcap.exchange import fields
from lkcap.exchange.fields import BadCell, Parser
from lkcap.kit.sql import Query, query

Cells = Mapping[str, str | None]


class BadRow(Exception):
    """The row is set aside: `field` is the column, the message the reason, in Russian."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Column:
    """`required`: a cell must not be empty."""

    name: str
    parse: Parser = fields.text
    required: bool = False


def _as_is(cells: Cells, _today: date) -> Sequence[str | None]:
    return tuple(cells.values())


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that are judged only when every other row of the load is in.

    `table` makes the place where they wait, `defer` moves them there from a batch, `recall` brings
    the next ones back, `problems` are what only then can be found; `holds` tells them by the staged
    row, whose raw line is kept along.
    """

    table: Query
    defer: Query
    recall: Query
    problems: Query
    holds: Callable[[Sequence[str | None]], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    `key` are the staged columns no two rows of a file may share, unless the rows are equal.
    `problems` finds staged rows that cannot be stored (line, field, reason); `store` are the
    statements that store the rest, those in `counts` say how many rows were new or changed;
    `listing` stores nothing and lists what differs.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    staged: tuple[str, ...]
    stage: Query
    problems: Query | None
    store: tuple[Query, ...]
    counts: frozenset[Query]
    row: Callable[[Cells, date], Sequence[str | None]]
    spellings: Mapping[str, Mapping[str, str]]
    waiting: Waiting | None
    listing: Query | None

    @property
    def table(self) -> str:
        return f"stage_{self.name}"


def kind(
    name: str,
    columns: tuple[Column, ...],
    store: str,
    *,
    key: str,
    has_problems: bool = True,
    counts: str = "store",
    row: Callable[[Cells, date], Sequence[str | None]] = _as_is,
    staged: tuple[str, ...] | None = None,
    spellings: Mapping[str, Mapping[str, str]] | None = None,
    waiting: Waiting | None = None,
    listing: str | None = None,
) -> Kind:
    """A kind whose SQL stands in `sql/exchange/<name>/`; `store` names its steps in order."""

    def step(one: str) -> Query:
        return query(f"exchange/{name}/{one}")

    return Kind(
        name=name,
        columns=columns,
        key=tuple(key.split()),
        staged=staged or tuple(column.name for column in columns),
        stage=step("stage"),
        problems=step("problems") if has_problems else None,
        store=tuple(map(step, store.split())),
        counts=frozenset(map(step, counts.split())) if store else frozenset(),
        row=row,
        spellings=spellings or {},
        waiting=waiting,
        listing=step(listing) if listing else None,
    )


def parse_row(columns: Sequence[tuple[Column, int | None]], cells: Sequence[str]) -> Cells:
    """Read the cells of one row; raises BadRow for the first that cannot be read."""
    parsed: dict[str, str | None] = {}
    for column, place in columns:
        try:
            value = column.parse(cells[place]) if place is not None else None
        except BadCell as error:
            raise BadRow(column.name, str(error)) from error
        if value is None and column.required:
            raise BadRow(column.name, "пусто, а должно быть заполнено")
        parsed[column.name] = value
    return parsed


C = Column
_YEAR = fields.whole(1600, 2200)

TARIFFS = kind(
    "tariffs",
    (
        C("house_id", fields.short_text, required=True),
        C("valid_from", fields.day, required=True),
        C("rate", fields.sum_not_negative, required=True),
    ),
    "store",
    key="house_id valid_from",
)

REQUISITES = kind(
    "requisites",
    (
        C("house_id", fields.short_text, required=True),
        C("valid_from", fields.day, required=True),
        C("name", required=True),
        C("inn", required=True),
        C("kpp"),
        C("account", required=True),
        C("penalty_account"),
        C("bank_name", required=True),
        C("bic", required=True),
        C("corr_account"),
        C("gpb_account_id"),
    ),
    "store",
    key="house_id valid_from",
)

WORKS = kind(
    "works",
    (
        C("house_id", fields.short_text, required=True),
        C("position", fields.whole(1, 100_000), required=True),
        C("kind", fields.short_text, required=True),
        C("last_year", _YEAR),
        C("planned_year", _YEAR),
        C("planned_cost", fields.sum_not_negative),
        C("status", fields.one_of(("planned", "in_progress", "done", "moved")), required=True),
        C("contractor"),
        C("finished_on", fields.day),
        C("actual_cost", fields.sum_not_negative),
    ),
    "store",
    key="house_id position",
)

BALANCES = kind(
    "balances",
    (
        C("account", required=True),
        C("period", fields.month, required=True),
        C("kind", fields.one_of(("principal", "penalty")), required=True),
        C("closing", fields.amount, required=True),
    ),
    store="",
    key="account period kind",
    listing="compare",
)
