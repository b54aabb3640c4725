"""Houses: the fund's own file, and the open-data file of reformagkh.ru as it is published."""

from lkcap.exchange import fields
from lkcap.exchange.kinds import Column, kind

# What the portal writes where it knows nothing.
_UNKNOWN = {"не заполнено", "незаполнено", "не определен", "не определён", "нет данных", "-"}
_METHODS = {
    "на счете регионального оператора": "operator",
    "на специальном счете у регионального оператора": "special_operator",
    "на специальном счете организации": "special_other",
    "на специальном счете": "special_other",
}


def known(parse: fields.Parser) -> fields.Parser:
    """The portal's words for «unknown», and its zeros, are an empty cell."""

    def read(cell: str) -> str:
        plain = cell.strip()
        if plain.lower() in _UNKNOWN or not plain.strip("0.,"):
            return ""
        return parse(plain)

    return read


_own_method = fields.one_of(("operator", "special_operator", "special_other"))


def _method(cell: str) -> str:
    word = cell.strip().lower().replace("ё", "е")
    return "" if word in _UNKNOWN else _own_method(_METHODS.get(word, word))


HOUSES = kind(
    "houses",
    (
        Column("house_id", required=True),
        Column("address", required=True),
        Column("fias"),
        Column("year_built", known(fields.whole(1600, 2200))),
        Column("floors", known(fields.whole(1, 200))),
        Column("entrances", known(fields.whole(1, 200))),
        Column("total_area", known(fields.area)),
        Column("premises_area", known(fields.area)),
        Column("fund_method", _method),
        Column("rate", fields.sum_not_negative),
        Column("spent", fields.sum_not_negative),
        Column("in_programme_since", fields.day),
    ),
    "history store",
    key="house_id",
    has_problems=False,
    spellings={
        "reformagkh": {
            "HOUSE_ID": "house_id",
            "ADDRESS": "address",
            "YEAR": "year_built",
            "LEVELS_MAX": "floors",
            "DOORS": "entrances",
            "AREA": "total_area",
            "AREA_LIVE": "premises_area",
            "CAPFOND": "fund_method",
        }
    },
)
