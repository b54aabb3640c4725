"""The bank's word on how a payment ended: what of it is believed."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkcap.banks.gpb.query import BadCall
from lkcap.banks.gpb.register import parse_register
from lkcap.kit.money import KOPECKS_MAX
from tests.banks.gpb.bank import PAID, call, keys, read, sign
from tests.banks.gpb.transcript import REGISTER_URL, SUCCESS

# p.* stood in another order then
OF_2018 = """trx_id merch_id result_code amount account_id o.order_id p.authcode
p.transmissionDateTime p.isFullyAuthenticated p.maskedPan p.rrn ts""".split()  # noqa: SIM905


def senseless(**changes: str | None) -> str:
    with pytest.raises(BadCall) as caught:
        read(call(**changes))
    return str(caught.value)


@pytest.mark.parametrize("names", [list(PAID), OF_2018, sorted(PAID), sorted(PAID)[::-1]])
def test_parameters_come_in_any_order(names: list[str]):
    found = read(sign(urlencode({name: PAID[name] for name in names})))
    assert (found.trx_id, found.amount, found.order_ids) == (PAID["trx_id"], 19439, ("9f1c2d3e",))
    assert (found.auth_code, found.rrn) == ("123456", "17133445198")


def test_unknown_parameters_are_ignored_whatever_is_in_them():
    strange = sign(f"p.new=1&o.{'x' * 200}=%D0%B0&m.a=%zz&flag&{urlencode(PAID)}&x=%FF".encode())
    assert read(strange) == read(call())


def test_a_failure_may_bear_little():
    failure = call(
        result_code="2",
        ext_result_code="CPA_FAILED",
        amount=None,
        account_id=None,
        o_order_id=None,
        p_rrn=None,
    )
    found = read(failure)
    assert (found.is_paid, found.amount, found.account_id, found.rrn) == (False, None, None, None)
    assert (found.order_ids, found.ext_result_code) == ((), "CPA_FAILED")
    assert read(call(result_code="2", amount="")).amount is None


def test_money_without_an_order_is_still_money():
    found = read(call(o_order_id=None))
    assert (found.is_paid, found.amount, found.order_ids) == (True, 19439, ())


@pytest.mark.parametrize("name", ["", " ", "x" * 129, "a\0b", "a\nb"])
def test_what_cannot_be_our_order_is_no_order(name: str):
    assert read(call(o_order_id=name)).order_ids == ()


def test_our_own_answer_names_the_order_before_what_the_browser_carried():
    assert read(call(merchant_trx="our", o_order_id="browser")).order_ids == ("our", "browser")
    assert read(call(merchant_trx="same", o_order_id="same")).order_ids == ("same",)
    assert read(call(merchant_trx="x" * 51, o_order_id="browser")).order_ids == ("browser",)


@pytest.mark.parametrize("name", ["p_rrn", "p_authcode", "p_maskedPan", "p_paymentSystem"])
@pytest.mark.parametrize("value", ["x" * 500, "\0\n", "Ж\ufffd" * 99])
def test_what_is_only_shown_never_leaves_money_unbooked(name: str, value: str):
    found = read(call(**{name: value}))
    notes = (found.rrn, found.auth_code, found.masked_pan, found.payment_system)
    assert all(note is None or (note.isprintable() and len(note) <= 64) for note in notes)
    assert len(found.rrn or "") <= 40


def test_escapes_that_are_none_and_other_alphabets_do_not_leave_money_unbooked_either():
    named = urlencode({name: value for name, value in PAID.items() if name != "p.rrn"})
    assert read(sign(f"{named}&p.rrn=%zz%CF%F0")).rrn == "%zz\ufffd\ufffd"


# --- signed, and yet senseless


@pytest.mark.parametrize("name", ["trx_id", "merch_id", "result_code", "ts"])
@pytest.mark.parametrize("value", [None, "", " ", "x" * 65, "a\0", "\ud7ff\u202e"])
def test_without_what_a_booking_stands_on_the_call_is_senseless(name: str, value: str | None):
    assert name in senseless(**{name: value})


@pytest.mark.parametrize("code", ["0", "3", "01", "１", "1.0", "true", "-1"])
def test_a_result_is_one_or_two(code: str):
    assert senseless(result_code=code) == "result_code: не 1 и не 2"


@pytest.mark.parametrize(
    "amount",
    ["194.39", "194,39", "-1", "+1", "1e3", "１２", " 1", "1_0", "0x1", str(KOPECKS_MAX + 1)],
)
@pytest.mark.parametrize("result", ["1", "2"])
def test_an_amount_is_whole_kopecks(amount: str, result: str):
    assert senseless(amount=amount, result_code=result).startswith("amount: ")


@pytest.mark.parametrize("amount", [None, "", " ", "0", "000"])
def test_a_success_names_its_sum(amount: str | None):
    assert senseless(amount=amount) == "оплачено, а суммы нет"


@pytest.mark.parametrize("name", [*PAID, "x"])
def test_a_parameter_twice_is_refused_though_the_bank_has_signed_it(name: str):
    query = urlencode(PAID | {"x": "1"})
    for again in (
        f"{query}&{name}=1",
        f"{name}=1&{query}",
        f"{query}&%{ord(name[0]):02x}{name[1:]}",
    ):
        with pytest.raises(BadCall, match="дважды"):
            read(sign(again))


@given(
    st.lists(st.sampled_from([*SUCCESS.split("&")[:-1], *urlencode(PAID).split("&")]), max_size=20),
    st.binary(max_size=5),
    st.integers(0, 400),
)
def test_anything_that_the_bank_signs_is_a_call_or_senseless(
    pairs: list[str], noise: bytes, place: int
):
    query = "&".join(pairs).encode()
    raw = sign((query[:place] + noise + query[place:]).replace(b"&signature=", b""))
    try:
        found = parse_register(raw, REGISTER_URL, keys())
    except BadCall:
        return
    assert found.at.utcoffset() is not None
    assert found.amount or not found.is_paid
