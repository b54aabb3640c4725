"""Breaking lines, and the drawing itself beside plain fpdf2's."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from lkcap.kit.money import NBSP
from lkcap.paper.column import Column, line_height
from lkcap.paper.fonts import BOLD, SANS, SERIF, SERIF_BOLD, WHOLE, prepared
from lkcap.paper.paper import Paper
from lkcap.paper.sheet import Sheet
from lkcap.paper.symbol import encode
from tests.paper.documents import LONG, document, picture, read, texts

WORDS = st.text("абвгд…ШЩ, -–«»0123456789" + NBSP, max_size=60)


@pytest.fixture
def sheet() -> Sheet:
    return Paper(prepared()).sheet()


@settings(deadline=None)  # the first example may have to cut the fonts
@given(WORDS, st.floats(5, 60), st.sampled_from([SANS, BOLD]), st.sampled_from([6, 9, 24]))
def test_lines_are_no_wider_than_asked_and_hold_all_of_the_text(
    text: str, width: float, face: str, size: float
):
    sheet = Paper(prepared()).sheet()
    found = sheet.wrap(text, width, face, size)
    assert "".join(found) == text
    for line in found:
        visible = line.rstrip(" ")
        assert sheet.width(visible, face, size) <= width + 1e-9 or len(visible) == 1


@settings(deadline=None)  # the first example may have to cut the fonts
@given(st.lists(st.text("абвгдежз" + NBSP, min_size=1, max_size=6), min_size=1))
def test_words_that_fit_a_line_are_never_cut_nor_those_held_together(words: list[str]):
    sheet = Paper(prepared()).sheet()
    found = sheet.wrap(" ".join(words), 20)
    assert [word for line in found for word in line.rstrip(" ").split(" ")] == words


def test_a_line_takes_every_word_that_fits(sheet: Sheet):
    width = sheet.width("Взнос за")
    assert sheet.wrap("Взнос за май", width) == ("Взнос за ", "май")
    assert sheet.wrap("Взнос за май", width - 0.01) == ("Взнос ", "за май")


def test_a_word_wider_than_the_column_is_cut_where_it_must_be(sheet: Sheet):
    width = sheet.width("капиталь")
    assert sheet.wrap("на капитальный ремонт", width) == ("на ", "капиталь", "ный ", "ремонт")


def test_a_blank_at_the_end_makes_no_line_of_its_own(sheet: Sheet):
    assert sheet.wrap("Взнос ", sheet.width("Взнос")) == ("Взнос ",)


def test_a_blank_at_the_beginning_pushes_no_word_over_the_edge(sheet: Sheet):
    assert sheet.wrap(" Взнос", sheet.width("Взнос")) == (" ", "Взнос")


def test_a_character_wider_than_the_column_stands_alone(sheet: Sheet):
    assert sheet.wrap("ЩШ", 0.1) == ("Щ", "Ш")


def column() -> Column:
    paper = Paper(prepared())
    return Column(paper, paper.sheet(), 12, 10, 60)


def test_a_value_too_long_is_clipped_within_its_column():
    def draw(paper: Paper) -> None:
        Column(paper, paper.sheet(), 12, 10, 60).pairs([("Имя", LONG)], 20, most=2)

    _, first, last = texts(document(draw))
    assert LONG.startswith(first)
    assert last.endswith("…")
    assert LONG.startswith(first + last.removesuffix("…"))
    assert column().sheet.width(last) <= 40


@settings(deadline=None)  # the first example may have to cut the fonts
@given(st.text("i.,Щ ", min_size=40, max_size=80))
def test_what_is_clipped_is_never_wider_than_its_column(text: str):
    one = column()
    one.pairs([("Имя", text)], 20, most=1)
    (clipped,) = one.clipped(text, 40, 9, 1)
    assert one.sheet.width(clipped.rstrip(" ")) <= 40


def test_a_paragraph_takes_the_height_it_was_said_to():
    one = column()
    height = one.height(LONG)
    assert one.fits(LONG, 10 + height)
    assert not one.fits(LONG, 9.99 + height)
    one.paragraph(LONG, after=0)
    assert one.y == pytest.approx(10 + height)
    assert height % line_height(9) == pytest.approx(0, abs=1e-9)


PLACES = (
    (12.0, 20.0, "Взнос на капитальный ремонт, 18,49 ₽ × 51,4 м²", SANS, 9.0),
    (12.0, 40.0, "Итого к оплате: −1\u00a0234,56", BOLD, 14.0),
    (30.5, 60.0, "в декабре 2026", SERIF, 24.0),
    (100.0, 80.25, "Долг", SERIF_BOLD, 11.0),
)


def without_hints(path: Path, folder: Path) -> Path:
    """The whole font but for what moves its points to the screen's pixels."""
    with TTFont(path) as font:
        for name in ("cvt ", "fpgm", "prep"):
            del font[name]
        for name in font.getGlyphOrder():
            font["glyf"][name].removeHinting()
        font.save(folder / path.name)
    return folder / path.name


def by_plain_fpdf2(folder: Path) -> bytes:
    """The same strings at the same places, with whole fonts."""
    pdf = FPDF()
    pdf.add_page()
    for x, y, text, face, size in PLACES:
        pdf.add_font(face, fname=without_hints(WHOLE[face], folder))
        pdf.set_font(face, size=size)
        pdf.text(x, y, text)
    return bytes(pdf.output())


def by_us() -> bytes:
    def draw(paper: Paper) -> None:
        sheet = paper.sheet()
        for x, y, text, face, size in PLACES:
            with paper.element("P"):
                sheet.text(x, y, text, face, size)

    return document(draw)


def test_a_page_looks_and_reads_as_plain_fpdf2_s(tmp_path: Path):
    ours, plain = by_us(), by_plain_fpdf2(tmp_path)
    assert read(ours) == read(plain) == "\r\n".join(text for _, _, text, _, _ in PLACES)
    assert (picture(ours) < 128).sum() > 1000
    assert np.array_equal(picture(ours), picture(plain))


def dark(pdf: bytes) -> Any:
    """Rows and columns of dark pixels, ten a millimetre."""
    return np.argwhere(picture(pdf, 254 / 72) < 128) / 10


def test_a_text_that_ends_at_a_place_ends_there():
    def draw(paper: Paper) -> None:
        with paper.element("P"):
            paper.sheet().text_to(100, 50, "1\u00a0234,56", BOLD, 14)

    bottom, right = dark(document(draw)).max(axis=0)
    assert right == pytest.approx(100, abs=0.6)
    assert bottom == pytest.approx(50, abs=1.0)


def test_a_symbol_stands_in_its_square_less_the_quiet_zone():
    symbol = encode(b"0" * 100)
    found = dark(document(lambda paper: paper.sheet().symbol(100, 30, 48, symbol, "Код")))
    quiet = 48 * 4 / (symbol.size + 8)
    assert found.min(axis=0) == pytest.approx((30 + quiet, 100 + quiet), abs=0.15)
    assert found.max(axis=0) == pytest.approx((78 - quiet, 148 - quiet), abs=0.15)


def test_lines_stand_where_they_are_asked_to():
    def draw(paper: Paper) -> None:
        sheet = paper.sheet()
        sheet.box(20, 30, 100, 40)
        sheet.dashed_line(0, 120, 210)
        sheet.line(20, 200, 120, 200, 0.5)

    found = dark(document(draw))
    box, dashes, line = (
        found[(found[:, 0] > top) & (found[:, 0] < top + 80)] for top in (25, 105, 190)
    )
    assert (box.min(axis=0), box.max(axis=0)) == (
        pytest.approx([30, 20], abs=0.3),
        pytest.approx([70, 120], abs=0.3),
    )
    assert 0.4 < len(set(dashes[:, 1])) / 2100 < 0.8
    # the dashes end with their line
    assert len(set(line[:, 1])) == pytest.approx(1000, abs=3)
