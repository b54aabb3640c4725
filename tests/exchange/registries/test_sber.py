"""Sberbank's registry of payments: read whole with its totals, or refused with every reason."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkcap.exchange.registries.model import Totals
from lkcap.exchange.registries.reading import read_registry
from lkcap.kit.money import roubles_plain
from tests.exchange.registries.files import data, faults, read, replaced

VARIANTS = ["sber.txt", "sber-utf8-mark-alone.txt", "sber-plus-no-order.txt"]
HEAD = "30-01-2026;14-15-03;8598/0123;СБОЛ"


def spoilt(old: str, new: str) -> list[str]:
    return faults(replaced(data("sber.txt"), old.encode("cp1251"), new.encode("cp1251")), "sber")


def file(*rows: str, trailer: str) -> bytes:
    return "\n".join([*rows, trailer]).encode("cp1251")


@pytest.mark.parametrize("name", VARIANTS)
def test_every_spelling_of_the_file_says_the_same(name):
    registry = read(name, "sber")
    assert registry.rows == read("sber.txt", "sber").rows
    assert registry.totals == Totals(4, 12345_63, 12222_17, 123_46)
    assert (registry.format, registry.paid_on) == ("sber", date(2026, 1, 31))


def test_the_payment_order_is_told_where_the_trailer_tells_it():
    registry = read("sber.txt", "sber")
    assert (registry.order_number, registry.order_date) == ("000777", date(2026, 1, 31))
    registry = read("sber-plus-no-order.txt", "sber")
    assert (registry.order_number, registry.order_date) == ("", None)


def test_a_row_keeps_zeros_and_long_numbers_and_the_bank_s_moscow_time():
    first, _, third, _ = read("sber.txt", "sber").rows
    assert (first.line, first.operation_id, first.account) == (
        1, "100500012345678901", "00086000000017",
    )  # fmt: skip
    assert (first.amount, first.transfer, first.commission) == (1234556, 1222210, 12346)
    assert first.paid_at == datetime(2026, 1, 30, 11, 15, 3, tzinfo=UTC)
    assert third.operation_id == "10050001234567890312345"
    assert (third.paid_on, third.paid_at) == (
        date(2026, 1, 31),
        datetime(2026, 1, 31, 20, 59, 59, tzinfo=UTC),
    )


def test_names_and_addresses_are_left_in_the_file():
    assert "ВЫДУМОВ" not in repr(read("sber.txt", "sber"))
    assert "КЕДРОВАЯ" not in repr(read("sber.txt", "sber"))


def test_a_negative_sum_is_a_refund():
    assert [row.is_refund for row in read("sber.txt", "sber").rows] == [False, False, False, True]


def test_the_period_is_a_text_and_never_a_date():
    registry = read_registry(
        replaced(data("sber.txt"), "янв 26".encode("cp1251"), b"99/99"), "sber"
    )
    assert registry.rows[2].purpose == "99/99"


def test_equal_payments_of_one_file_are_told_apart_by_their_order():
    row = f"{HEAD};1;860;;;;5,00;5,00;0,00"
    first, second = read_registry(file(row, row, trailer="=2;10;10;0"), "sber").rows
    assert (first.key, second.key) == (("1", "860", 500, 1), ("1", "860", 500, 2))


def test_an_account_with_zeros_is_another_account():
    rows = [f"{HEAD};1;{account};;;;5,00;5,00;0,00" for account in ("860", "0860")]
    first, second = read_registry(file(*rows, trailer="=2;10;10;0"), "sber").rows
    assert (first.account, second.account) == ("860", "0860")
    assert (first.ordinal, second.ordinal) == (1, 1)


def test_a_row_without_an_account_is_read_for_somebody_to_look_at():
    registry = read_registry(file(f"{HEAD};1;;;;;5,00;5,00;0,00", trailer="=1;5;5;0;;"), "sber")
    assert registry.rows[0].account == ""


def test_a_day_without_payments_is_a_registry_of_nothing():
    registry = read_registry(b"=0;0,00;0,00;0,00;000779;02-02-2026\r\n", "sber")
    assert (registry.rows, registry.paid_on) == ((), None)


def test_sums_that_floats_cannot_add_agree():
    rows = [f"{HEAD};{one};860;;;;0,10;0,09;0,01" for one in range(1000)]
    registry = read_registry(file(*rows, trailer="=1000;100,00;90,00;10,00"), "sber")
    assert registry.totals.amount == 100_00


def test_services_of_one_operation_share_its_commission_to_the_kopeck():
    registry = read("sber-services.txt", "sber")
    assert [(row.amount, row.transfer, row.commission) for row in registry.rows] == [
        (700_00, 689_50, 10_50),
        (300_01, 295_50, 4_51),
        (500_00, 495_00, 5_00),
    ]


def test_services_that_do_not_make_the_operation_are_refused():
    content = replaced(data("sber-services.txt"), b";300,01;", b";300,00;")
    assert faults(content, "sber") == [
        "строка 1: сумма операции: 1\u00a0000,01, а услуг по строкам операции на 1\u00a0000,00"
    ]


BAD_CELLS = [
    ("30-01-2026;18", "30.01.2026;18", "строка 2: дата платежа: не дата вида 30-01-2026"),
    ("30-01-2026;18", "31-02-2026;18", "строка 2: дата платежа: не дата"),
    ("18-40-11", "25-40-11", "строка 2: время платежа: не время"),
    (";495,00;5,00", ";495,01;5,00", "строка 2: сумма операции: 500,00 — не сумма перевода"),
    (";495,00;5,00", ";495,001;5,00", "строка 2: сумма перевода: не сумма в рублях"),
    (";495,00;5,00", ";495,00;", "строка 2: комиссия: пусто"),
    ("100500012345678902", "", "строка 2: номер операции: пусто"),
    ("100500012345678902", "1" * 201, "строка 2: номер операции: длиннее 200 знаков"),
    ("0126;500,00", "01\0;500,00", "строка 2: назначение: нулевой байт"),
    ("0126;500,00", "0126;5e2", "строка 2: сумма операции: не сумма в рублях"),
    ("-500,00;-495,00;-5,00", "0,00;0,00;0,00", "строка 4: сумма операции: ноль"),
]


@pytest.mark.parametrize(("old", "new", "reason"), BAD_CELLS)
def test_a_bad_cell_refuses_the_file(old, new, reason):
    assert spoilt(old, new)[0].startswith(reason)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("Г;УЛ", "строка 1: полей 13, а должно быть 12 или 15"),
        # three more make fifteen, and a house number stands where a service's sum would
        ("Г;УЛ;Д;КВ", "строка 1: сумма операции: не сумма в рублях: «Д»"),
        (
            "Г;УЛ;14;2",
            "строка 1: сумма операции: 12\u00a0345,56, а услуг по строкам операции на 14,00",
        ),
        ("Г;УЛ;Д;14;КВ", "строка 1: полей 16, а должно быть 12 или 15"),
    ],
)
def test_a_separator_inside_an_address_never_moves_the_sums(address, reason):
    assert spoilt("Г СЕВЕРОРЕЧЕНСК УЛ КЕДРОВАЯ Д 14 КВ 2", address) == [reason]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("=4;", "=3;", "итог: строк 3, а в файле 4"),
        (";12345,63;", ";12345,64;", "итог: принято 12\u00a0345,64, а по строкам 12\u00a0345,63"),
        (";12222,17;", ";12222,16;", "итог: к перечислению 12\u00a0222,16, а по строкам"),
        (";123,46;000777", ";123,47;000777", "итог: комиссия 123,47, а по строкам 123,46"),
        ("=4;12345,63;", "=4;", "итог: принято 12\u00a0222,17"),
        ("=4;12345,63;12222,17;123,46;", "=4;", "итог: полей 3"),
        ("=4;", "=четыре;", "итог: не число строк"),
        ("=4;", "=-4;", "итог: не число строк"),
        ("000777;31-01-2026", "000777;31-13-2026", "итог: не дата"),
        ("000777;31-01-2026", "000777;31-01-2026;;", "итог: полей 8"),
    ],
)
def test_a_bad_total_refuses_the_file(old, new, reason):
    assert any(one.startswith(f"строка 5: {reason}") for one in spoilt(old, new))


@pytest.mark.parametrize("end", ["", "=", "=\r\n\r\n"])
def test_a_file_without_its_trailer_is_cut_off(end):
    rows, _, _ = data("sber.txt").partition(b"=4")
    assert faults(rows + end.encode(), "sber")[-1].endswith("строки с итогом нет: файл оборван")


def test_a_file_cut_anywhere_is_refused():
    content = data("sber.txt")
    whole = content.index(b"123,46;000777") + len(b"123,46")
    for length in range(whole):
        assert faults(content[:length], "sber")


def test_the_end_of_a_dos_text_is_no_line():
    assert read_registry(data("sber.txt") + b"\x1a", "sber") == read("sber.txt", "sber")


def test_nothing_may_follow_the_trailer():
    content = data("sber.txt")
    assert faults(content + content.splitlines()[0], "sber") == ["строка 6: строка после итога"]


def test_every_fault_of_the_file_is_told_with_its_line():
    content = data("sber.txt").replace(b"495,00;5,00", b"x;y").replace(b"0,07;0,07", b"1,07;0,07")
    assert faults(content.replace(b"=4", b"=5"), "sber") == [
        "строка 2: сумма перевода: не сумма в рублях: «x»",
        "строка 2: комиссия: не сумма в рублях: «y»",
        "строка 3: сумма операции: 1,07 — не сумма перевода и комиссии: 0,07 и 0,00",
        "строка 5: итог: строк 5, а в файле 4",
    ]


SUMS = st.integers(-(10**9), 10**9).filter(bool)
CODES = st.text("0123456789", min_size=1, max_size=24)
WORDS = st.text("АБВё 0123456789./'\"", max_size=20)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
PAYMENTS = st.tuples(DAYS, CODES, CODES, WORDS, SUMS, SUMS)


def written(payments: list[tuple[date, str, str, str, int, int]]) -> str:
    rows, paid, sent = [], 0, 0
    for day, operation, account, word, transfer, commission in payments:
        sums = ";".join(map(roubles_plain, (transfer + commission, transfer, commission)))
        rows.append(
            f"{day:%d-%m-%Y};23-59-59;1;2;{operation};{account};{word};{word};{word};{sums}\n"
        )
        paid, sent = paid + transfer + commission, sent + transfer
    totals = ";".join(map(roubles_plain, (paid, sent, paid - sent)))
    return f"{''.join(rows)}={len(rows)};{totals};7;01-02-2026\n"


@given(st.lists(PAYMENTS.filter(lambda one: one[4] + one[5]), max_size=8), st.booleans())
def test_what_a_bank_writes_is_read_back_to_the_kopeck(payments, is_utf8):
    content = written(payments).encode("utf-8" if is_utf8 else "cp1251")
    rows = read_registry(content, "sber").rows
    assert [
        (row.operation_id, row.account, row.purpose, row.transfer, row.commission) for row in rows
    ] == [(one[1], one[2], " ".join(one[3].split()), one[4], one[5]) for one in payments]
    assert [row.paid_on for row in rows] == [one[0] for one in payments]
    assert len({row.key for row in rows}) == len(rows)
