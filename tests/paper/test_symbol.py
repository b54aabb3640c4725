"""Symbols are segno's to the module, and two readers that know nothing of it agree on the bytes."""

import io
import random
from typing import Any

import cv2
import numpy as np
import pytest
import segno.consts
import segno.encoder
import zxingcpp
from PIL import Image

from lkcap.paper.symbol import CAPACITIES, Symbol, TooLong, encode, png

VERSIONS = range(1, 41)
LENGTHS = (*range(50, 600, 25), 600)
PAYMENT = (
    "ST00012|Name=Фонд капитального ремонта (проверка)|PersonalAcc=40703810900000000001|BankName="
    "Банк «Пример»|BIC=047102651|CorrespAcc=30101810800000000651|PayeeINN=8601000000|Sum=87997|"
    "Purpose=Взнос на капитальный ремонт за ноябрь 2026 г., лицевой счёт № 86000000017|LastName="
    "Константинопольская|FirstName=Александра|MiddleName=Владиславовна|PersAcc=86000000017|"
    "PayerAddress=г. Пример, проспект Шестидесятилетия Октября, дом 60, корпус 2, квартира 117"
)
DATA_KINDS = (segno.consts.TYPE_DATA_LIGHT, segno.consts.TYPE_DATA_DARK)


def noise(length: int) -> bytes:
    return random.Random(length).randbytes(length)


def payment(length: int) -> bytes:
    """So many bytes, or one less where the last letter would be cut."""
    text = PAYMENT.encode()[:length].decode(errors="ignore").encode()
    assert len(text) in (length, length - 1)
    return text


def reference(data: bytes) -> Any:
    return segno.make_qr(data, error="m", mode="byte", mask=2, boost_error=False)


def modules(symbol: Symbol) -> Any:
    """By row and column; 1 is dark."""
    rows = np.unpackbits(np.frombuffer(symbol.packed, np.uint8).reshape(symbol.size, -1), axis=1)
    assert not rows[:, symbol.size :].any()
    return rows[:, : symbol.size]


def pixels(dark: Any) -> Any:
    """Grey, 4 a module, with the quiet zone."""
    return np.kron(np.pad(1 - dark, 4, constant_values=1) * 255, np.ones((4, 4), np.uint8))


def read(image: Any) -> list[bytes]:
    return [one.bytes for one in zxingcpp.read_barcodes(image)]


def read_otherwise(image: Any) -> bytes:
    return cv2.QRCodeDetectorAruco().detectAndDecodeBytes(image)[0]


@pytest.fixture
def no_zero_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mend segno 1.6.6: it fills up to whole bytes what is whole bytes already, as a message in
    byte mode always is, so a zero byte comes before the padding (and falls off a full symbol)."""

    def fill(bits: Any, _: int, length: int) -> None:
        bits.extend([0] * (-length % 8))

    monkeypatch.setattr(segno.encoder, "write_padding_bits", fill)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_full_symbol_of_any_version_is_segno_s(version: int):
    data = noise(CAPACITIES[version - 1])
    symbol, theirs = encode(data), reference(data)
    assert symbol.version == theirs.version == version
    assert np.array_equal(modules(symbol), np.array(theirs.matrix))


@pytest.mark.usefixtures("no_zero_byte")
@pytest.mark.parametrize("version", VERSIONS)
def test_the_emptiest_symbol_of_any_version_is_segno_s(version: int):
    data = noise((0, *CAPACITIES)[version - 1] + 1)
    symbol, theirs = encode(data), reference(data)
    assert symbol.version == theirs.version == version
    assert np.array_equal(modules(symbol), np.array(theirs.matrix))


@pytest.mark.usefixtures("no_zero_byte")
def test_a_text_of_any_length_is_drawn_as_by_segno():
    for length in (*range(130), *LENGTHS):
        data = payment(length)
        assert np.array_equal(modules(encode(data)), np.array(reference(data).matrix)), length


def test_from_segno_as_it_is_only_data_modules_differ_and_they_read_the_same():
    data = payment(300)
    ours, theirs = modules(encode(data)), reference(data)
    kinds = np.array(list(theirs.matrix_iter(border=0, verbose=True)))
    # segno takes this one for a format module
    kinds[8, -9] = DATA_KINDS[0]
    differs = ours != np.array(theirs.matrix)
    assert set(kinds[differs]) == set(DATA_KINDS)
    assert read(pixels(ours)) == read(pixels(np.array(theirs.matrix))) == [data]


@pytest.mark.parametrize("version", [1, 2, 6, 7, 9, 10, 14, 21, 26, 27, 40])
def test_one_byte_more_than_fits_takes_the_next_version(version: int):
    fits = CAPACITIES[version - 1]
    assert encode(bytes(fits)).version == version
    if version < 40:
        assert encode(bytes(fits + 1)).version == version + 1


def test_more_than_any_symbol_holds_is_refused():
    with pytest.raises(TooLong, match="2332 bytes, at most 2331 fit"):
        encode(bytes(2332))


def test_any_bytes_are_read_back():
    for length in (1, 2, *LENGTHS, 1200, 2331):
        data = noise(length)
        assert read(pixels(modules(encode(data)))) == [data], length


def test_another_reader_reads_any_bytes_too():
    for length in (1, 2, *LENGTHS, 1200, 2331):
        data = noise(length)
        # OpenCV gives what is not UTF-8 as Latin-1 turned into UTF-8
        as_text = data.decode("latin-1").encode()
        assert read_otherwise(pixels(modules(encode(data)))) == as_text, length


def test_both_readers_read_payments_in_cyrillic():
    for length in LENGTHS:
        image = pixels(modules(encode(payment(length))))
        assert read(image) == [read_otherwise(image)] == [payment(length)], length


def test_a_symbol_spoilt_as_far_as_the_level_allows_is_read_and_no_further():
    data = noise(CAPACITIES[1])
    spoilt = modules(encode(data)).copy()
    # Version 2 mends 8 codewords of its only block: they are these columns, whole.
    spoilt[9:, -4:] ^= 1
    assert read(pixels(spoilt)) == [data]
    # A module of the ninth.
    spoilt[-1, -5] ^= 1
    assert read(pixels(spoilt)) == []


def test_the_blocks_of_a_larger_symbol_share_the_damage():
    data = payment(320)
    spoilt = modules(encode(data)).copy()
    spoilt[9:, -12:] ^= 1
    assert read(pixels(spoilt)) == [data]


def test_a_picture_is_black_on_white_with_a_quiet_zone_of_four_modules():
    symbol = encode(payment(300))
    with Image.open(io.BytesIO(png(symbol))) as picture:
        assert (picture.format, picture.mode) == ("PNG", "1")
        light = np.array(picture)
    assert light.shape == ((symbol.size + 8) * 6,) * 2
    assert np.array_equal(~light[3::6, 3::6], np.pad(modules(symbol), 4).astype(bool))
    assert np.array_equal(light, np.kron(light[3::6, 3::6], np.ones((6, 6), bool)))


@pytest.mark.parametrize(("scale", "quiet"), [(3, 4), (6, 4), (10, 6)])
def test_a_picture_of_any_scale_is_read_back(scale: int, quiet: int):
    data = payment(450)
    with Image.open(io.BytesIO(png(encode(data), scale, quiet))) as picture:
        assert picture.width == (encode(data).size + 2 * quiet) * scale
        assert read(picture) == [data]
