"""Whatever bytes come: a registry or a refusal, of bounded size and in bounded time."""

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkcap.exchange.registries import reading, rows, sections
from lkcap.exchange.registries.model import FAULTS_KEPT, BadRegistry
from lkcap.exchange.registries.reading import FORMATS, read_registry
from tests.exchange.registries.files import DATA, data, faults, replaced

FILES = sorted(path.name for path in DATA.iterdir())


def format_of(name: str) -> str:
    return next((one for one in ("sber", "1c") if name.startswith(one)), name[-3:])


def survives(content: bytes, format_: str) -> None:
    try:
        registry = read_registry(content, format_)
    except BadRegistry:
        return
    assert registry.totals.amount == sum(row.amount for row in registry.rows)
    assert len({row.key for row in registry.rows}) == len(registry.rows)


@pytest.mark.parametrize("format_", FORMATS)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_a_registry_or_a_refusal(format_, content):
    survives(content, format_)


@pytest.mark.parametrize("name", FILES)
@given(
    spoils=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=4),
    cut=st.integers(0, 2000),
)
def test_a_file_spoilt_anywhere_is_a_registry_or_a_refusal(name, spoils, cut):
    content = bytearray(data(name))
    for at, byte in spoils:
        content[at % len(content)] = byte
    survives(bytes(content), format_of(name))
    survives(bytes(content[:cut]), format_of(name))


@pytest.mark.parametrize("name", FILES)
def test_a_compressed_file_is_the_same_registry(name):
    format_ = format_of(name)
    assert read_registry(gzip.compress(data(name)), format_) == read_registry(data(name), format_)


@pytest.mark.parametrize("kept", [3, 40, -4])
def test_a_torn_archive_is_refused(kept):
    assert "оборван" in faults(gzip.compress(data("sber.txt"))[:kept], "sber")[0]


def test_a_small_archive_of_a_huge_file_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "FILE_BYTES_MAX", 1 << 20)
    packed = gzip.compress(bytes((1 << 20) + 1))
    assert len(packed) < 2000
    assert faults(packed, "sber") == ["файл больше 1 МБ: это не реестр"]


@pytest.mark.parametrize("name", ["sber.txt", "1c.txt", "payments.csv", "f1-cp866.dbf"])
def test_a_registry_of_too_many_rows_is_refused(monkeypatch, name):
    monkeypatch.setattr(rows, "ROWS_MAX", 1)
    assert "строк больше" in faults(data(name), format_of(name))[0]


def test_sections_of_nothing_are_counted_too(monkeypatch):
    monkeypatch.setattr(sections, "ROWS_MAX", 5)
    empty = "СекцияДокумент=\nКонецДокумента\n" * 6
    assert "строк больше" in faults(f"1CClientBankExchange\n{empty}".encode(), "1c")[0]


def test_faults_are_kept_up_to_a_limit_and_all_counted():
    with pytest.raises(BadRegistry) as refused:
        read_registry(b"x\n" * (FAULTS_KEPT + 5), "sber")
    assert (len(refused.value.faults), refused.value.count) == (FAULTS_KEPT, FAULTS_KEPT + 6)


@pytest.mark.parametrize(
    ("name", "old"),
    [("sber.txt", b";500,00;495"), ("sber.txt", b";12345,63;12222"), ("1c.txt", b"=640.00"),
     ("1c.txt", b"=300.00\r\n\xc4"), ("1c.txt", b"=1965.50"), ("payments.csv", b";500;")],
)  # fmt: skip
def test_a_number_of_thousands_of_digits_is_no_sum(name, old):
    content = replaced(data(name), old, re.sub(rb"(?<=[;=])\d{3,}", b"9" * 5000, old, count=1))
    assert any("не сумма в рублях" in one for one in faults(content, format_of(name)))


@pytest.mark.parametrize("format_", ["sber", "1c"])
def test_a_line_without_an_end_is_no_registry(format_):
    assert "длиннее 16000 знаков" in faults(b"1" * 16_001, format_)[0]
