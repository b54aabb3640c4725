"""Houses: the fund's own file, and the open-data file of reformagkh.ru as it is published."""

from lkcap.exchange import fields
from lkcap.exchange.kinds import Column as C
from lkcap.exchange.kinds import kind

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

    def read(cell: str) -> str | None:
        plain = cell.strip()
        if plain.lower() in _UNKNOWN or not plain.strip("0.,"):
            return None
        return parse(plain)

    return read


def _method(cell: str) -> str | None:
    word = cell.strip().lower().replace("ё", "е")
    return _METHODS.get(word, word) if word and word not in _UNKNOWN else None


_METHOD = fields.one_of(("operator", "special_operator", "special_other"))

HOUSES = kind(
    "houses",
    (
        C("house_id", fields.short_text, required=True),
        C("address", required=True),
        C("fias"),
        C("year_built", known(fields.whole(1600, 2200))),
        C("floors", known(fields.whole(1, 200))),
        C("entrances", known(fields.whole(1, 200))),
        C("total_area", known(fields.area)),
        C("premises_area", known(fields.area)),
        C("fund_method", lambda cell: _METHOD(_method(cell) or "")),
        C("rate", fields.sum_not_negative),
        C("spent", fields.sum_not_negative),
        C("in_programme_since", fields.day),
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
