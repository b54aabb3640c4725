"""Money back to the card: the bank's server API. A GET with Basic, answered in XML at once.

The call has no key of its own: after a time-out nobody knows whether it was done, and it must
not be repeated before the bank's registry has told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, fromstring

from lkcap.banks.gpb.register import NOTE_MAX, RRN_MAX
from lkcap.banks.gpb.start import with_query
from lkcap.config import Gpb

ANSWER_BYTES_MAX = 65_536
_DESC_MAX = 500
_DONE, _REFUSED = 1, (2, 3)


class BadAnswer(ValueError):
    """The answer tells neither yes nor no: the refund may have been done or not."""


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    """`code` 1 is done, 2 and 3 refused for the reason in `desc`."""

    code: int
    desc: str
    rrn: str | None
    auth_code: str | None

    @property
    def is_done(self) -> bool:
        return self.code == _DONE


def refund_url(gpb: Gpb, trx_id: str, rrn: str | None, amount: int) -> str:
    """`amount` is kopecks, all of the payment or a part; what was paid by SBP has no rrn.

    Basic goes with it: user `merch_id`, password the setting API_PASSWORD.
    """
    assert amount > 0, "a refund gives something back"
    query = {"trx_id": trx_id, **({"p.rrn": rrn} if rrn else {}), "amount": str(amount)}
    return with_query(gpb.refund_url, query)


def parse_refund_answer(body: bytes) -> RefundAnswer:
    """`Result` and `Refund` are found under any root, in any case. Raises BadAnswer."""
    root = _tree(body)
    results = _named(root.iter(), "result")
    if len(results) != 1:
        raise BadAnswer("в ответе не один Result")
    code = _text(results[0], "code", NOTE_MAX)
    if code not in {str(known) for known in (_DONE, *_REFUSED)}:
        raise BadAnswer("в ответе нет известного кода")
    refund = next(iter(_named(root.iter(), "refund")), None)
    return RefundAnswer(
        code=int(code),
        desc=_text(results[0], "desc", _DESC_MAX),
        rrn=_text(refund, "rrn", RRN_MAX) or None,
        auth_code=_text(refund, "authcode", NOTE_MAX) or None,
    )


def _tree(body: bytes) -> Element:
    """Without a document type there are no entities to swell or to fetch.

    Its mark is seen in the bytes: expat takes only encodings that hold ASCII as it is, and
    UTF-16, whose markup has zero bytes.
    """
    if len(body) > ANSWER_BYTES_MAX:
        raise BadAnswer(f"ответ длиннее {ANSWER_BYTES_MAX} байт")
    if b"<!DOCTYPE" in body or b"\0" in body:
        raise BadAnswer("в ответе описание типа документа или нулевые байты")
    try:
        return fromstring(body)  # noqa: S314 - what makes it unsafe was refused above
    except (ParseError, LookupError, ValueError) as error:
        raise BadAnswer("ответ не XML") from error


def _named(elements: Iterable[Element], name: str) -> list[Element]:
    """By the lower-case name, in any namespace."""
    return [one for one in elements if one.tag.rpartition("}")[2].lower() == name]


def _text(parent: Element | None, name: str, limit: int) -> str:
    """The child's own text: trimmed, cut, freed of what is not printable."""
    children = _named(parent, name) if parent is not None else []
    words = (children[0].text or "").split() if children else []
    return "".join(filter(str.isprintable, " ".join(words)))[:limit]
