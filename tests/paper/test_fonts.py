"""The prepared fonts, those cut for rare characters, and that nothing but the calls shapes them."""

import io
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from fontTools.ttLib import TTFont

from lkcap.kit.sql import ROOT
from lkcap.paper import fonts as faces
from lkcap.paper.fonts import BOLD, SANS, SERIF, SPARE, prepared, typefaces
from tests.paper import documents
from tests.paper.documents import characters, fonts, lines, opened, pairs, picture, shown, texts

ORDINARY = "Иванов Иван Иванович, 1\u00a0234,56"
# In PT Sans alone of the two; in Noto Sans alone; in neither.
OF_PT_SANS, OF_NOTO_SANS, OF_NOBODY = "≈", "ạ", "統"

# Prints what a process of its own makes of these texts.
PROGRAM = """
import hashlib
from tests.paper.documents import everything, lines
for text in ("Иванов", "≈ Ω", "Nguyễn Thị ạ 統"):
    print(hashlib.sha256(lines(text, "Взнос")).hexdigest())
print(hashlib.sha256(everything()).hexdigest())
"""


def program(file: Any) -> TTFont:
    return TTFont(io.BytesIO(file.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))


def widths(font: Any) -> dict[int, float]:
    """By code, of the font's dictionary; only the form of it that fpdf2 writes is read."""
    found: dict[int, float] = {}
    entries = list(font.DescendantFonts[0].W)
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, int | float):
            found |= dict.fromkeys(range(first, int(second) + 1), float(entries.pop(0)))
        else:
            found |= dict(enumerate(map(float, second), start=first))
    return found


def glyph(font: Any, code: bytes) -> int:
    """Its number in the font's program; 0 is the empty box."""
    numbers = font.DescendantFonts[0].CIDToGIDMap.read_bytes()
    place = 2 * int.from_bytes(code)
    return int.from_bytes(numbers[place : place + 2])


def used_fonts(pdf: bytes) -> list[str]:
    """The names of those each text of the first page is in."""
    with opened(pdf) as file:
        named = fonts(file.pages[0])
        return [str(named[font].BaseFont).split("+")[1] for font, _ in shown(file.pages[0])]


def boxes(pdf: bytes) -> int:
    """How many of the signs shown are empty boxes."""
    with opened(pdf) as file:
        named = fonts(file.pages[0])
        codes = [(named[font], code) for font, all_ in shown(file.pages[0]) for code in pairs(all_)]
        return sum(glyph(font, code) == 0 for font, code in codes)


# --- rare characters


def test_the_examples_are_what_they_are_said_to_be():
    assert not prepared().faces[SANS].lacks(ORDINARY)
    whole = {name: set(TTFont(faces.WHOLE[name]).getBestCmap()) for name in (SANS, SPARE)}
    found = {
        char: [name for name in whole if ord(char) in whole[name]]
        for char in (OF_PT_SANS, OF_NOTO_SANS, OF_NOBODY)
    }
    assert found == {OF_PT_SANS: [SANS], OF_NOTO_SANS: [SPARE], OF_NOBODY: []}


def test_a_character_of_the_whole_font_is_cut_in():
    pdf = lines(f"{ORDINARY} {OF_PT_SANS}", ORDINARY)
    assert texts(pdf) == [f"{ORDINARY} {OF_PT_SANS}", ORDINARY]
    assert used_fonts(pdf) == ["PTSans", "PTSans"]
    assert boxes(pdf) == 0


def test_a_character_of_the_spare_font_takes_its_whole_text_there_and_no_other():
    pdf = lines(f"{ORDINARY} {OF_NOTO_SANS}", ORDINARY)
    assert texts(pdf) == [f"{ORDINARY} {OF_NOTO_SANS}", ORDINARY]
    assert used_fonts(pdf) == ["NotoSans", "PTSans"]
    assert boxes(pdf) == 0


def test_a_character_of_no_font_is_a_question_mark_and_never_a_box():
    pdf = lines(f"{ORDINARY} {OF_NOBODY}\n{OF_NOBODY}")
    assert texts(pdf) == [f"{ORDINARY} ???"]
    assert boxes(pdf) == 0
    assert np.array_equal(picture(pdf), picture(lines(f"{ORDINARY} ???")))


def test_characters_of_both_kinds_and_of_none_meet_in_one_document():
    pdf = lines(
        f"а{OF_PT_SANS}", f"б{OF_NOTO_SANS}", f"в{OF_NOBODY}", f"г{OF_NOTO_SANS}{OF_NOBODY}"
    )
    assert texts(pdf) == [f"а{OF_PT_SANS}", f"б{OF_NOTO_SANS}", "в?", f"г{OF_NOTO_SANS}?"]
    assert boxes(pdf) == 0


@pytest.mark.parametrize("face", [BOLD, SERIF])
def test_a_latin_letter_is_cut_into_a_face_prepared_without(face: str):
    assert prepared().faces[face].lacks("W")
    pdf = lines("WWF", face=face)
    assert texts(pdf) == ["WWF"]
    assert boxes(pdf) == 0


def test_a_line_s_width_is_that_of_the_face_it_is_shown_in():
    face = typefaces(frozenset(OF_NOTO_SANS)).faces[SANS]
    wide = TTFont(faces.WHOLE[SPARE])["hmtx"]["n"][0]
    assert face.for_text(f"n{OF_NOTO_SANS}").width("n") == round(wide)
    assert face.for_text("n").width("n") != round(wide)


@pytest.mark.parametrize("rare", [OF_PT_SANS, OF_NOTO_SANS, OF_NOBODY])
def test_an_ordinary_document_is_the_same_before_and_after_a_rare_one(rare: str):
    before = lines(ORDINARY)
    assert lines(f"{ORDINARY} {rare}") != before
    assert lines(ORDINARY) == before


def test_no_fonts_are_cut_for_what_no_font_has():
    assert typefaces(frozenset(OF_NOBODY)) is prepared()
    assert typefaces(frozenset(OF_NOBODY + OF_NOTO_SANS)) is typefaces(frozenset(OF_NOTO_SANS))


# --- the same bytes


def test_two_processes_with_other_hashes_write_the_same_bytes():
    told = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for seed in ("1", "2")
    ]
    assert len(told[0]) == 4
    assert told[0] == told[1]


def test_the_time_of_the_making_is_not_in_a_font():
    with opened(lines(ORDINARY, OF_NOTO_SANS)) as file:
        found = {program(font)["head"].modified for font in fonts(file.pages[0]).values()}
    assert found == {TTFont(path)["head"].modified for path in faces.WHOLE.values()}


# --- what ISO 14289-1 wants of fonts


@pytest.fixture(params=["", OF_PT_SANS, OF_NOTO_SANS], ids=["prepared", "more", "spare"])
def embedded(request: pytest.FixtureRequest) -> Any:
    with opened(lines(ORDINARY, request.param)) as file:
        yield list(fonts(file.pages[0]).values())


def test_every_font_is_embedded_as_a_subset(embedded: list[Any]):
    tags = set()
    for font in embedded:
        tag, plus, name = str(font.BaseFont).removeprefix("/").partition("+")
        descendant = font.DescendantFonts[0]
        assert descendant.BaseFont == descendant.FontDescriptor.FontName == font.BaseFont
        assert (len(tag), tag.isupper(), plus) == (6, True, "+")
        assert "glyf" in program(font)
        assert name.startswith(("PT", "Noto"))
        tags.add(tag)
    assert len(tags) == 1


def test_other_characters_are_another_subset_by_name():
    names = set()
    for text in (ORDINARY, OF_PT_SANS, OF_NOTO_SANS):
        with opened(lines(text)) as file:
            names.add(str(fonts(file.pages[0])["/F1"].BaseFont))
    assert len(names) == 3


def test_every_code_has_a_glyph_a_character_and_the_glyph_s_width(embedded: list[Any]):
    for font in embedded:
        known, metrics = program(font), widths(font)
        scale = 1000 / known["head"].unitsPerEm
        table = characters(font)
        assert len(table) > 50
        for code in table.keys() - {b"\0\0"}:
            number = glyph(font, code)
            assert number > 0
            advance = known["hmtx"][known.getGlyphName(number)][0] * scale
            assert metrics[int.from_bytes(code)] == pytest.approx(advance, abs=1)


def test_no_code_means_what_is_no_character(embedded: list[Any]):
    """Matterhorn 31-028, 31-029."""
    for font in embedded:
        assert not {"\0", "\ufeff", "\ufffe"} & set(characters(font).values())


def test_a_page_of_prepared_fonts_is_light():
    assert len(documents.everything()) < 60_000
