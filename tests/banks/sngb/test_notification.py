"""A notification is anybody's form: read strictly, believed in nothing."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from lkcap.banks.sngb.errors import BadNotification
from lkcap.banks.sngb.notification import Notification, parse_notification
from lkcap.banks.sngb.results import Outcome

FORM = {
    "paymentid": "1234567890123456",
    "trackid": "KR-2026-000123",
    "tranid": "6543210987654321",
    "result": "CAPTURED",
    "responsecode": "00",
    "udf1": "KR-2026-000123",
    "udf5": "cac97c35d71a387c9f8c5988f7ca8b321e83e19b",
    "pan": "220070xxxxxx0001",
    "ref": "603012345678",
}


def parsed(**more: str) -> Notification:
    return parse_notification(urlencode(FORM | more).encode())


def test_the_bank_s_form_is_read():
    assert parsed() == Notification(
        payment_id="1234567890123456",
        order_id="KR-2026-000123",
        tranid="6543210987654321",
        result="CAPTURED",
        response_code="00",
        error="",
        udf5="cac97c35d71a387c9f8c5988f7ca8b321e83e19b",
    )


@pytest.mark.parametrize(
    "claimed",
    [
        {},
        {"responsecode": "51"},
        {"result": "APPROVED"},
        {"result": "HOST TIMEOUT"},
        {"result": "SOMETHING NEW"},
        {"result": ""},
    ],
)
def test_what_it_does_not_say_plainly_is_unknown_and_success_too(claimed: dict[str, str]):
    assert parsed(**claimed).hint is Outcome.UNKNOWN
    assert parsed(**claimed).reason == ""


def test_refusal_and_cancel_are_told_apart():
    assert parsed(result="NOT CAPTURED", responsecode="51").hint is Outcome.FAILED
    assert parsed(result="CANCELED").hint is Outcome.CANCELLED
    assert parsed(Error="CGW000029").hint is Outcome.FAILED


@pytest.mark.parametrize(
    ("claimed", "words"),
    [
        ({"responsecode": "04"}, "Номер карты введён неверно."),
        ({"responsecode": "54"}, "Срок действия карты истёк."),
        ({"responsecode": "Q1"}, "Срок действия карты введён неверно или истёк."),
        ({"responsecode": "51"}, "На карте не хватает денег."),
        (
            {"responsecode": "99"},
            "Банк отклонил оплату. Причину скажут в банке, который выпустил карту.",
        ),
        ({"Error": "CGW000029-Card Number Invalid"}, "Номер карты введён неверно."),
        ({"Error": "CGW000030"}, "Номер карты не введён."),
        ({"Error": "CGW999999"}, "Оплата не прошла из-за ошибки на стороне банка."),
        ({"Error": "no code"}, "Оплата не прошла из-за ошибки на стороне банка."),
    ],
)
def test_the_payer_is_told_why_in_plain_words(claimed: dict[str, str], words: str):
    assert parsed(**{"result": "NOT APPROVED"} | claimed).reason == words


def test_an_error_may_come_without_either_id_but_not_without_both():
    assert parse_notification(b"Error=CGW000029&paymentid=1").order_id == ""
    assert parse_notification(b"Error=CGW000029&trackid=KR-1").payment_id == ""
    with pytest.raises(BadNotification):
        parse_notification(b"Error=CGW000029")


def test_free_fields_in_the_bank_s_own_encoding_do_no_harm():
    body = urlencode(FORM).encode() + "&udf3=Иванова+В".encode("windows-1251")
    assert parse_notification(body) == parsed()


@pytest.mark.parametrize("name", ["paymentid", "trackid", "result", "udf5", "PaymentID"])
def test_a_field_that_stands_twice_is_refused(name: str):
    for second in (FORM[name.lower()], ""):
        with pytest.raises(BadNotification):
            parse_notification(f"{urlencode(FORM)}&{name}={second}".encode())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("paymentid", "1" * 41),
        ("paymentid", "../1"),
        ("paymentid", "١٢٣"),
        ("trackid", "a" * 65),
        ("trackid", "a b"),
        ("trackid", "a\0"),
        ("tranid", "x"),
        ("result", "C" * 41),
        ("result", "CAPTURED\nX"),
        ("responsecode", "0" * 11),
        ("Error", "C" * 256),
        ("udf5", "c" * 129),
    ],
)
def test_values_that_the_bank_does_not_send_are_refused(name: str, value: str):
    with pytest.raises(BadNotification):
        parsed(**{name: value})


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"\xff\xfe", b"trackid=1&" + b"a=1&" * 100, b"trackid=1&a=" + b"x" * 20_000],
)
def test_other_bodies_are_refused(body: bytes):
    with pytest.raises(BadNotification):
        parse_notification(body)


def test_a_refund_s_notification_differs_from_a_payment_s_by_its_tranid_alone():
    """So `tranid` of a notification must never be booked as a payment of its own."""
    assert parsed(tranid="2991167271181130") == replace(parsed(), tranid="2991167271181130")
