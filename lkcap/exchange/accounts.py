"""Accounts with their dated states; a row is the state from `valid_from` on (contract §6.2)."""

from collections.abc import Mapping
from fractions import Fraction

from lkcap.exchange import fields
from lkcap.exchange.kinds import BadRow, Column, Values, kind, registry
from lkcap.kit.numbers import number_key

STAGED = (
    "number", "valid_from", "els", "service_code", "house_code", "premises", "premises_kind",
    "area", "share_numerator", "share_denominator", "owner_kind", "last_name", "first_name",
    "middle_name", "organization", "inn", "opened_on", "closed_on", "owner_key", "aliases",
)  # fmt: skip

_PREMISES = ("living", "nonliving", "parking", "room")


def _share(cell: str) -> str:
    return str(fields.share(cell))


def _aliases(cell: str) -> str:
    """`5500123,680015500123@2020-01-01` as `key|number|date` lines for the staging table."""
    lines = []
    for part in filter(None, (one.strip() for one in cell.split(","))):
        number, at, since = part.partition("@")
        if not number_key(number) or "|" in number:
            raise fields.BadCell(f"не номер: «{part[:30]}»")
        day = fields.day(since)
        if at and not day:
            raise fields.BadCell(f"после @ нужна дата: «{part[:30]}»")
        lines.append(f"{number_key(number)}|{number.strip()}|{day}")
    return ",".join(lines)


def _number(cell: str) -> str:
    number = fields.code(cell)
    if number and ("|" in number or "," in number or not number_key(number)):
        raise fields.BadCell(f"не номер счёта: «{number[:30]}»")
    return number


def _owner(cells: Mapping[str, str]) -> str:
    """The owner whatever the spelling: case, ё and blanks make no other person."""
    if cells["owner_kind"] == "organization":
        words: tuple[str, ...] = ("org", cells["inn"] or cells["organization"])
    else:
        words = ("person", cells["last_name"], cells["first_name"], cells["middle_name"])
    plain = "|".join(" ".join(word.split()) for word in words)
    return plain.lower().replace("ё", "е")


def _staged(values: Values, _today: str) -> Values:
    cells = dict(zip(NAMES, values, strict=True))
    valid_from = cells["valid_from"] or cells["opened_on"]
    if not valid_from:
        raise BadRow("valid_from", "не заполнены ни valid_from, ни opened_on")
    needed = "organization" if cells["owner_kind"] == "organization" else "last_name"
    if not cells[needed]:
        raise BadRow(needed, "пусто, а должно быть заполнено")
    share, number = Fraction(cells["share"]), cells["account"]
    numbers = [f"{number_key(number)}|{number}|", cells["aliases"]]
    return (
        cells["account"], valid_from, cells["els"], cells["service_id"], cells["house_id"],
        cells["premises"], cells["premises_kind"], cells["area"],
        str(share.numerator), str(share.denominator), cells["owner_kind"],
        cells["last_name"], cells["first_name"], cells["middle_name"], cells["organization"],
        cells["inn"], cells["opened_on"], cells["closed_on"], _owner(cells),
        ",".join(filter(None, numbers)),
    )  # fmt: skip


COLUMNS = (
    Column("account", _number, required=True),
    Column("valid_from", fields.day),
    Column("els"),
    Column("service_id"),
    Column("house_id", fields.code, required=True),
    Column("premises", fields.code, required=True),
    Column("premises_kind", fields.one_of(_PREMISES), required=True),
    Column("area", fields.area),
    Column("share", _share),
    Column("owner_kind", fields.one_of(("person", "organization")), required=True),
    Column("last_name"),
    Column("first_name"),
    Column("middle_name"),
    Column("organization"),
    Column("inn"),
    Column("opened_on", fields.day),
    Column("closed_on", fields.day),
    Column("aliases", _aliases),
)
NAMES = [column.name for column in COLUMNS]

ACCOUNTS = kind(
    "accounts",
    COLUMNS,
    "number valid_from",
    registry(
        "accounts", "premises accounts numbers states owners", counts="accounts numbers states"
    ),
    row=_staged,
    staged=STAGED,
)
