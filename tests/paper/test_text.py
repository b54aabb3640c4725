"""What is shown is what is read and copied, whoever reads: qpdf or PDFium."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkcap.kit.money import NBSP
from lkcap.paper.column import Column
from lkcap.paper.fonts import BOLD, SANS, SERIF, SERIF_BOLD, prepared
from lkcap.paper.paper import Paper
from tests.paper.documents import LONG, document, lines, read, texts

FACES = (SANS, BOLD, SERIF, SERIF_BOLD)
CHARACTERS = sorted(prepared().faces[SANS].widths)


def without_blanks(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("face", FACES)
def test_every_prepared_character_is_itself_in_both_readers(face: str):
    text = "".join(sorted(prepared().faces[face].widths))
    rows = [text[place : place + 40] for place in range(0, len(text), 40)]
    pdf = lines(*rows, face=face)
    assert texts(pdf) == rows
    assert without_blanks(read(pdf)) == without_blanks(text)


@settings(deadline=None)  # the first example may have to cut the fonts
@given(st.text(st.sampled_from(CHARACTERS), max_size=80))
def test_any_text_of_prepared_characters_is_read_as_it_was_shown(text: str):
    pdf = lines(text)
    assert texts(pdf) == [text]
    assert without_blanks(read(pdf)) == without_blanks(text)


def test_blanks_inside_a_line_are_kept_with_those_that_do_not_break():
    assert read(lines(f"Взнос 1{NBSP}234,56{NBSP}₽ за май")) == f"Взнос 1{NBSP}234,56{NBSP}₽ за май"


def column_of(text: str, width: float) -> bytes:
    return document(lambda paper: Column(paper, paper.sheet(), 12, 10, width).paragraph(text))


def test_a_copied_paragraph_has_a_blank_where_its_lines_break():
    pdf = column_of(LONG, 40)
    assert len(texts(pdf)) > 3
    assert "".join(texts(pdf)) == LONG
    assert " ".join(read(pdf).split()) == LONG


def test_a_word_cut_by_the_edge_is_copied_without_a_blank_in_it():
    address = "kvitantsiya-na-kapitalnyy-remont@fond.example.ru"
    pdf = column_of(address, 30)
    assert len(texts(pdf)) > 1
    assert "".join(texts(pdf)) == address


def test_two_texts_of_one_element_are_read_apart():
    def draw(paper: Paper) -> None:
        column = Column(paper, paper.sheet(), 12, 10, 60)
        with paper.element("TD"):
            column.lines(["Взнос"])
            column.lines(["за ", "май"])
            column.sheet.text(90, 20, ", пеня ")
            column.lines(["за июнь"])
        column.paragraph("Итого")

    assert "".join(texts(document(draw))) == "Взнос за май, пеня за июньИтого"
