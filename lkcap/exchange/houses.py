"""Houses: the fund's own file, and the open-data file of reformagkh.ru as it is published.

Their tariffs, requisites and works too.
"""

from lkcap.exchange import fields
from lkcap.exchange.kinds import Column, Format, kind, registry

# What the portal writes where it knows nothing.
_UNKNOWN = {"не заполнено", "незаполнено", "не определен", "не определён", "нет данных", "-"}
_METHODS = {
    "на счете регионального оператора": "operator",
    "на специальном счете у регионального оператора": "special_operator",
    "на специальном счете организации": "special_other",
}


def _nonzero(parse: fields.Parser) -> fields.Parser:
    """A house has no zero floors or metres: a zero is somebody's empty cell."""

    def read(cell: str) -> str:
        plain = cell.strip()
        return parse(plain) if plain.strip("0.,") else ""

    return read


def _published(parse: fields.Parser) -> fields.Parser:
    """The portal's words for «unknown» are empty cells, and so is what cannot be true (year 192):
    nobody here can ask the one who typed it, and the house itself is real."""

    def read(cell: str) -> str:
        if cell.strip().lower() in _UNKNOWN:
            return ""
        try:
            return parse(cell)
        except fields.BadCell:
            return ""

    return read


_year = _nonzero(fields.whole(1600, 2200))
_count = _nonzero(fields.whole(1, 200))
_area = _nonzero(fields.area)
_method = fields.one_of(("operator", "special_operator", "special_other"))


def _published_method(cell: str) -> str:
    return _METHODS.get(cell.strip().lower().replace("ё", "е"), "")


REFORMAGKH = Format(
    spelling={
        "HOUSE_ID": "house_id",
        "ADDRESS": "address",
        "YEAR": "year_built",
        "LEVELS_MAX": "floors",
        "DOORS": "entrances",
        "AREA": "total_area",
        "AREA_LIVE": "premises_area",
        "CAPFOND": "fund_method",
    },
    parsers={
        "year_built": _published(_year),
        "floors": _published(_count),
        "entrances": _published(_count),
        "total_area": _published(_area),
        "premises_area": _published(_area),
        "fund_method": _published_method,
    },
)

HOUSES = kind(
    "houses",
    (
        Column("house_id", fields.code, required=True),
        Column("address", required=True),
        Column("fias"),
        Column("year_built", _year),
        Column("floors", _count),
        Column("entrances", _count),
        Column("total_area", _area),
        Column("premises_area", _area),
        Column("fund_method", _method),
        Column("rate", fields.rate),
        Column("spent", fields.sum_not_negative),
        Column("in_programme_since", fields.day),
    ),
    "house_id",
    registry("houses", "store", checked=False),
    formats={"reformagkh": REFORMAGKH},
)

TARIFFS = kind(
    "tariffs",
    (
        Column("house_id", fields.code, required=True),
        Column("valid_from", fields.day, required=True),
        Column("rate", fields.rate, required=True),
    ),
    "house_id valid_from",
    registry("tariffs", "store"),
)

REQUISITES = kind(
    "requisites",
    (
        Column("house_id", fields.code, required=True),
        Column("valid_from", fields.day, required=True),
        Column("name", required=True),
        Column("inn", required=True),
        Column("kpp"),
        Column("account", required=True),
        Column("penalty_account"),
        Column("bank_name", required=True),
        Column("bic", required=True),
        Column("corr_account"),
        Column("gpb_account_id"),
    ),
    "house_id valid_from",
    registry("requisites", "store"),
)

WORKS = kind(
    "works",
    (
        Column("house_id", fields.code, required=True),
        Column("position", fields.whole(1, 100_000), required=True),
        Column("kind", required=True),
        Column("last_year", fields.whole(1600, 2200)),
        Column("planned_year", fields.whole(1600, 2200)),
        Column("planned_cost", fields.sum_not_negative),
        Column("status", fields.one_of(("planned", "in_progress", "done", "moved")), required=True),
        Column("contractor"),
        Column("finished_on", fields.day),
        Column("actual_cost", fields.sum_not_negative),
    ),
    "house_id position",
    registry("works", "store"),
)
