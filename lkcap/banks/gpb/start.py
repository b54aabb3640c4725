"""The address that sends the payer to the bank. The amount is not in it: the bank asks for it."""

from urllib.parse import quote, urlencode

from lkcap.config import Gpb

# Most pages know the name `lang`, those of 2024 `lang_code`; the language is Russian.
_LANG_PARAM = "lang"
_LANGUAGE = "RU"


def start_url(gpb: Gpb, order_id: str, back_url_s: str, back_url_f: str) -> str:
    """Both back addresses are absolute; each is one value, with a query of its own or without.

    The setting LANG_PARAM is the parameter as written (`lang_code=RU`) or its name alone.
    """
    name, _, language = gpb.lang_param.partition("=")
    query = {
        name or _LANG_PARAM: language or _LANGUAGE,
        "merch_id": gpb.merch_id,
        **({"page_id": gpb.page_id} if gpb.page_id else {}),
        "back_url_s": back_url_s,
        "back_url_f": back_url_f,
        "o.order_id": order_id,
    }
    return with_query(gpb.start_url, query)


def with_query(url: str, query: dict[str, str]) -> str:
    """The address with parameters after those it has, everything in them percent-encoded."""
    before, _, present = url.partition("?")
    joint = "&" if present and not present.endswith("&") else ""
    return before + "?" + present + joint + urlencode(query, quote_via=quote)
