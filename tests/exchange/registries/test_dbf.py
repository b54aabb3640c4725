"""F1 and F2 in DBF, as other programs write them; the files of `data/` were made by one."""

import struct
from datetime import date

import pytest

from lkcap.exchange.registries.reading import read_registry
from tests.exchange.registries.files import data, faults, read, replaced

LANGUAGE, COUNT, START, LENGTH = 29, 4, 8, 10


def patched(name: str, at: int, new: bytes) -> bytes:
    content = data(name)
    return content[:at] + new + content[at + len(new) :]


def start(content: bytes | bytearray) -> int:
    return int.from_bytes(content[START : START + 2], "little")


@pytest.mark.parametrize("encoding", ["cp866", "cp1251"])
def test_a_bank_s_registry_is_read_without_its_deleted_records(encoding):
    registry = read(f"f1-{encoding}.dbf", "dbf")
    assert (registry.format, registry.totals.count) == ("F1", 3)
    assert registry.notices == ("помеченных удалёнными записей пропущено: 1",)
    first = registry.rows[0]
    assert (first.line, first.account, first.amount, first.document, first.purpose) == (
        1, "000123456789-1", 312_40, "104512", "1018",
    )  # fmt: skip
    assert (first.paid_on, first.paid_at) == (date(2018, 11, 1), None)
    assert (first.transfer, first.commission, first.penalty) == (None, None, None)


@pytest.mark.parametrize("encoding", ["cp866", "cp1251"])
def test_the_agents_penalty_stands_beside_the_contribution(encoding):
    rows = read(f"f2-{encoding}.dbf", "dbf").rows
    assert [(row.amount, row.penalty, row.is_refund) for row in rows] == [
        (499_35, 1_15, False),
        (3_30, 3_30, False),
        (-98765_43, 0, True),
    ]
    assert [row.account for row in rows] == ["444000000000017"] + ["044000000000017"] * 2


def test_equal_payments_without_a_number_stay_two():
    _, second, third = read("f1-cp866.dbf", "dbf").rows
    assert second.operation_id == third.operation_id
    assert (second.ordinal, third.ordinal) == (1, 2)


def test_names_are_left_in_the_file():
    assert "Примеров" not in repr(read("f1-cp866.dbf", "dbf"))
    assert "Образцова" not in repr(read("f2-cp1251.dbf", "dbf"))


@pytest.mark.parametrize("name", ["f1-cp866.dbf", "f1-cp1251.dbf", "f2-cp866.dbf", "f2-cp1251.dbf"])
def test_an_encoding_the_header_does_not_tell_is_recognised_by_the_letters(name):
    encoding = name[3:-4]
    content = patched(name, LANGUAGE, b"\0")
    content = content.replace(b"1018 ", "п1Ёл ".encode(encoding)).replace(
        b"101803", "п1Ёл03".encode(encoding)
    )
    assert read_registry(content, "dbf").rows[0].purpose == "п1Ёл"


@pytest.mark.parametrize(
    ("digits", "kopecks"),
    [("98765.43", 98765_43), ("-1.10", -1_10), (".50", 50), ("-.50", -50), ("7", 700),
     ("7.0000", 700), ("0.07", 7), ("12345.67", 1234567)],
)  # fmt: skip
def test_a_number_is_read_by_its_digits(digits, kopecks):
    content = replaced(data("f1-cp866.dbf"), b"  312.40", digits.rjust(8).encode())
    assert read_registry(content, "dbf").rows[0].amount == kopecks


@pytest.mark.parametrize("digits", ["********", "1.005", "1E+05", "1,5.0", "", "nan"])
def test_what_is_no_sum_refuses_the_file(digits):
    content = replaced(data("f1-cp866.dbf"), b"  312.40", digits.rjust(8).encode())
    assert faults(content, "dbf")[0].startswith("строка 1: сумма операции: ")


@pytest.mark.parametrize("day", [b"20181301", b"        ", b"00000000", b"01112018"])
def test_a_day_that_is_none_refuses_the_file(day):
    content = replaced(data("f2-cp866.dbf"), b"20181105", day)
    assert faults(content, "dbf")[0].startswith("строка 1: дата платежа: ")


def test_a_file_cut_anywhere_is_refused():
    content = data("f1-cp866.dbf")
    for length in range(len(content) - 1):
        assert faults(content[:length], "dbf")


def test_a_file_cut_inside_a_sum_is_not_a_smaller_sum():
    content = data("f2-cp866.dbf")
    cut = content[: content.index(b"498.20") + 3]
    assert faults(cut, "dbf") == ["файл оборван: записей 3, целых из них 0"]


def test_the_mark_of_the_end_may_be_missing():
    content = data("f1-cp866.dbf")
    assert content.endswith(b"\x1a")
    assert len(read_registry(content[:-1], "dbf").rows) == 3


def test_every_record_with_a_spoilt_mark_is_told():
    content = bytearray(data("f2-cp866.dbf"))
    length = int.from_bytes(content[LENGTH : LENGTH + 2], "little")
    for record, mark in ((0, 0), (2, 0x1A)):
        content[start(content) + record * length] = mark
    assert faults(bytes(content), "dbf") == [
        "строка 1: испорчена пометка удаления",
        "строка 3: испорчена пометка удаления",
    ]


@pytest.mark.parametrize(
    ("at", "new", "reason"),
    [
        (COUNT, struct.pack("<L", 2), "после 2 записей заголовка есть ещё данные"),
        (COUNT, struct.pack("<L", 5), "файл оборван: записей 5, целых из них 4"),
        (COUNT, b"\xff" * 4, "файл оборван"),
        (LENGTH, b"\0\0", "это не DBF: длина записи не равна сумме полей"),
        (START, b"\xff\xff", "это не DBF"),
        (START, b"\x21\0", "это не DBF: описание полей не закончено"),
    ],
)
def test_a_header_that_does_not_agree_refuses_the_file(at, new, reason):
    assert faults(patched("f1-cp866.dbf", at, new), "dbf")[0].startswith(reason)


def test_binary_numbers_are_refused():
    content = replaced(data("f1-cp866.dbf"), b"SUM_PL\0\0\0\0\0N", b"SUM_PL\0\0\0\0\0B")
    assert faults(content, "dbf") == ["поле SUM_PL типа B; бывает C, D, N, F"]


def test_a_text_may_be_longer_than_a_byte_can_tell():
    content = bytearray(data("f1-cp866.dbf"))
    head, length = start(content), int.from_bytes(content[LENGTH : LENGTH + 2], "little")
    records = [content[head + one * length :][:length] + b" " * 256 for one in range(4)]
    content[head - 1 - 32 + 17] = 1
    content[LENGTH : LENGTH + 2] = (length + 256).to_bytes(2, "little")
    longer = read_registry(bytes(content[:head]) + b"".join(records), "dbf")
    assert longer == read("f1-cp866.dbf", "dbf")


def test_a_date_that_is_empty_is_told_once():
    content = replaced(data("f2-cp866.dbf"), b"20181105", b" " * 8)
    assert faults(content, "dbf") == ["строка 1: дата платежа: пусто, а должно быть заполнено"]


def test_foreign_fields_are_named():
    content = replaced(data("f1-cp866.dbf"), b"SUM_PL", b"SUM_XX")
    assert faults(content, "dbf")[0].startswith("незнакомые поля DBF: DT_BANK, PLP, DT_PAY")


def test_a_byte_that_is_no_letter_refuses_the_file():
    content = replaced(data("f2-cp1251.dbf"), b"444000000000017", b"44400000000\x98017")
    assert faults(content, "dbf") == ["строка 1: LS: не cp1251"]


def test_two_fields_of_one_name_refuse_the_file():
    content = replaced(data("f1-cp866.dbf"), b"EPD\0\0\0", b"SUM_PL")
    assert faults(content, "dbf") == ["поле повторяется"]
