"""Money back: what we ask, and what of an answer is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkcap.banks.gpb.refund import (
    ANSWER_BYTES_MAX,
    BadAnswer,
    RefundAnswer,
    parse_refund_answer,
    refund_url,
)
from tests.banks.gpb.transcript import TERMS

URL = "https://test.pps.gazprombank.ru/merchantapi/refund"
GPB = TERMS.model_copy(update={"refund_url": URL})
RESULT = "<Result><code>1</code><desc>OK</desc></Result>"
REFUND = "<Refund><rrn>603012345678 </rrn><authcode>A1B2C3</authcode></Refund>"
DONE = RefundAnswer(1, "OK", "603012345678", "A1B2C3")
BOMB = (
    '<!DOCTYPE a [<!ENTITY a "1">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><RefundResponse><Result><code>&i;</code></Result></RefundResponse>"
)


def refusal(body: bytes | str) -> str:
    with pytest.raises(BadAnswer) as caught:
        parse_refund_answer(body.encode() if isinstance(body, str) else body)
    return str(caught.value)


def test_a_refund_is_asked_by_trx_id_and_rrn_in_kopecks():
    assert refund_url(GPB, "FA4E000000000000000000000000A001", "603012345678", 1234556) == (
        f"{URL}?trx_id=FA4E000000000000000000000000A001&p.rrn=603012345678&amount=1234556"
    )


def test_what_was_paid_without_a_card_has_no_rrn():
    assert refund_url(GPB, "A/1", None, 100) == f"{URL}?trx_id=A%2F1&amount=100"


@pytest.mark.parametrize("amount", [0, -1])
def test_a_refund_gives_something_back(amount: int):
    with pytest.raises(AssertionError):
        refund_url(GPB, "A1", None, amount)


@pytest.mark.parametrize(
    "body",
    [
        f"<RefundResponse>{RESULT}{REFUND}</RefundResponse>",
        f"<Message><RefundResponse>{RESULT}{REFUND}</RefundResponse></Message>",
        f"<Message>{REFUND}<RefundResponse>{RESULT}</RefundResponse></Message>",
        f'<?xml version="1.0" encoding="UTF-8"?>\n<m:M xmlns:m="u">\n{RESULT}{REFUND}</m:M>',
        f'<R xmlns="urn:bank">{RESULT}<!-- x -->{REFUND}</R>',
        f"<r>{RESULT}{REFUND}</r>".replace("Re", "re"),
    ],
)
def test_an_answer_is_read_under_any_root(body: str):
    assert parse_refund_answer(body.encode()) == DONE


@pytest.mark.parametrize("code", ["2", "3", " 2 "])
def test_a_refusal_brings_its_reason(code: str):
    body = f"<R><Result><code>{code}</code><desc>Нет\n средств </desc></Result></R>"
    for encoding in ("utf-8", "windows-1251"):
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        answer = parse_refund_answer((head + body).encode(encoding))
        assert answer == RefundAnswer(int(code), "Нет средств", None, None)
        assert not answer.is_done
    assert parse_refund_answer(f"<R>{RESULT}</R>".encode()).is_done


@pytest.mark.parametrize(
    "body",
    [
        "",
        "OK",
        "<html><body>502 Bad Gateway</body></html>",
        "<R/>",
        "<R><Result/></R>",
        "<R><Result><code/></Result></R>",
        "<R><Result><desc>OK</desc></Result></R>",
        f"<R>{RESULT}{RESULT}</R>",
        *(f"<R><Result><code>{code}</code></Result></R>" for code in ("0", "4", "-1", "11", "да")),
        f"<R>{RESULT}",
        f'<?xml version="1.0" encoding="no-such"?><R>{RESULT}</R>',
        f'<?xml version="1.0" encoding="euc-jp"?><R>{RESULT}</R>',
        f'<?xml version="1.0" encoding="hex"?><R>{RESULT}</R>',
        "<R>&a;</R>",
    ],
)
def test_what_is_no_clear_answer_is_neither_yes_nor_no(body: str):
    assert refusal(body)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_a_document_type_is_refused_before_it_is_parsed(encoding: str):
    assert refusal(BOMB.encode(encoding)).startswith("в ответе описание типа")
    outer = f'<!DOCTYPE R [<!ENTITY f SYSTEM "file:///etc/passwd">]><R>{RESULT}&f;</R>'
    assert refusal(outer.encode(encoding)).startswith("в ответе описание типа")


def test_a_huge_answer_is_refused_and_a_deep_one_does_no_harm():
    assert "длиннее" in refusal("<R>" + " " * ANSWER_BYTES_MAX + RESULT + "</R>")
    deep = ANSWER_BYTES_MAX // 7 - 20
    assert parse_refund_answer(("<a>" * deep + RESULT + "</a>" * deep).encode()).is_done


def test_what_is_kept_of_an_answer_has_limits():
    said = f"<R><Result><code>1</code><desc>{'ж' * 9999}</desc></Result>"
    answer = parse_refund_answer(f"{said}<Refund><rrn>{'1' * 99}</rrn></Refund></R>".encode())
    assert (len(answer.desc), len(answer.rrn or ""), answer.auth_code) == (500, 40, None)


WORDS = ["<R>", "</R>", "<Result>", "</Result>", "<code>", "</code>", "1", RESULT, REFUND, "&#0;"]


@given(st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(WORDS)).map("".join)))
def test_any_bytes_are_an_answer_or_none(body: bytes | str):
    try:
        answer = parse_refund_answer(body.encode() if isinstance(body, str) else body)
    except BadAnswer:
        return
    assert answer.code in (1, 2, 3)


@given(st.binary(max_size=20), st.sampled_from(["cp037", "utf-7", "cp1251", "idna", "rot13", "x"]))
def test_any_encoding_is_read_or_refused(noise: bytes, encoding: str):
    body = f'<?xml version="1.0" encoding="{encoding}"?><R>{RESULT}'.encode() + noise + b"</R>"
    try:
        assert parse_refund_answer(body).is_done
    except BadAnswer:
        return
