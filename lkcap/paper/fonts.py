"""Typefaces of our papers: PT Sans and PT Serif, cut to the characters papers use.

fontTools cuts them, fpdf2 embeds them, and its font objects then go into every file as they are
(docs/adr/0006-papers.md). Each process has its own; they are not for threads.
"""

import hashlib
import string
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import fontpkg_noto_sans
import fontpkg_pt_sans
import fontpkg_pt_serif
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from fpdf import FPDF
from fpdf.fonts import TTFFont

from lkcap.kit.money import MINUS, NBSP
from lkcap.paper.objects import beginning, renumbered, split

SANS, BOLD, SERIF, SERIF_BOLD, SPARE = "sans", "bold", "serif", "serif-bold", "spare"
WHOLE = {
    SANS: fontpkg_pt_sans.ROOT / "files" / "PT_Sans-Web-Regular.ttf",
    BOLD: fontpkg_pt_sans.ROOT / "files" / "PT_Sans-Web-Bold.ttf",
    SERIF: fontpkg_pt_serif.ROOT / "files" / "PT_Serif-Web-Regular.ttf",
    SERIF_BOLD: fontpkg_pt_serif.ROOT / "files" / "PT_Serif-Web-Bold.ttf",
    SPARE: fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf",
}

# Stands for a character that no font has: a box would say nothing.
UNKNOWN = "?"

# What names, addresses and sums are written in; any other character is cut in when it comes.
_RUSSIAN = frozenset(map(chr, range(ord("А"), ord("я") + 1))) | frozenset("Ёё")
_SIGNS = frozenset(f"{string.digits}{string.punctuation} {NBSP}{MINUS}«»–—…№₽§×²³°·„“”’")
_TEXT = _RUSSIAN | _SIGNS | frozenset(string.ascii_letters + "ІіЇїЄєҐґЎўӘәӨөҮүҢңҺһҖҗҒғҚқ")
# Serif is for headings, and they are ours: only months, dates and sums change in them.
_HEADINGS = frozenset(f"{string.digits}{NBSP} ,.:₽абвгдежзийклмнопрстуфчшыьюяёВДИКНОПСЧ{UNKNOWN}")
_PREPARED = {SANS: _TEXT, BOLD: _RUSSIAN | _SIGNS, SERIF: _HEADINGS, SERIF_BOLD: _HEADINGS}
# Everything a PDF viewer does not need: hinting alone is two thirds of a font.
_UNNEEDED = ("cvt ", "fpgm", "gasp", "prep", "DSIG", "GDEF", "GPOS", "GSUB", "kern", "meta")


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One font of a file; widths are thousandths of the size."""

    resource: str
    codes: Mapping[int, str]
    widths: dict[str, int]
    spare: "Face | None" = None

    def for_text(self, text: str) -> "Face":
        """This one, or the spare one where it lacks less: a text is never in two fonts."""
        if self.spare and len(self.spare.lacks(text)) < len(self.lacks(text)):
            return self.spare
        return self

    def lacks(self, text: str) -> set[str]:
        """The characters it cannot write."""
        return set(text) - self.widths.keys()

    def hex(self, text: str) -> str:
        """The text as the font's codes, four digits each, or shorter where it lacks some."""
        return text.translate(self.codes)

    def hex_anyway(self, text: str) -> str:
        """The same with UNKNOWN in the place of what it lacks."""
        return "".join(self.codes.get(ord(char), self.codes[ord(UNKNOWN)]) for char in text)

    def width(self, text: str) -> int:
        """Thousandths of the size."""
        try:
            return sum(map(self.widths.__getitem__, text))
        except KeyError:
            unknown = self.widths[UNKNOWN]
            return sum(self.widths.get(char, unknown) for char in text)


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The fonts of a file: how it begins, with the places of its first objects, and the faces."""

    head: bytes
    places: tuple[int, ...]
    resources: bytes
    faces: Mapping[str, Face]


def prepared() -> Typefaces:
    """What nearly every paper needs; ready after the first call."""
    return _typefaces(frozenset())


def typefaces(more: frozenset[str]) -> Typefaces:
    """The prepared characters and `more`: those PT Sans lacks come from the spare font.

    They are the prepared ones, the same object, where no font has any of `more`.
    """
    return _typefaces(more & (_characters(SANS) | _characters(SPARE)))


@lru_cache(maxsize=16)
def _typefaces(more: frozenset[str]) -> Typefaces:
    chars = {name: wanted | (more & _characters(name)) for name, wanted in _PREPARED.items()}
    if (more - _characters(SANS)) & _characters(SPARE):
        chars[SPARE] = _PREPARED[SANS] | (more & _characters(SPARE))
    with tempfile.TemporaryDirectory(prefix="lkcap-fonts-") as folder:
        files = {name: _cut(name, wanted, Path(folder)) for name, wanted in chars.items()}
        return _embed(files, chars)


@cache
def _characters(name: str) -> frozenset[str]:
    """All that the whole font can write."""
    with TTFont(WHOLE[name], lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _cut(name: str, chars: frozenset[str], folder: Path) -> Path:
    """A font file with these characters alone."""
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    options.drop_tables += _UNNEEDED
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=map(ord, chars))
    path = folder / f"{name}.ttf"
    with TTFont(WHOLE[name], lazy=True, recalcTimestamp=False) as font:
        cutter.subset(font)
        if "fvar" in font:
            instantiateVariableFont(font, {"wght": 400, "wdth": 100}, inplace=True)
        font.save(path)
    return path


def _embed(files: Mapping[str, Path], chars: Mapping[str, frozenset[str]]) -> Typefaces:
    """Let fpdf2 write a document with every character, and take its font objects."""
    pdf = FPDF()
    pdf.add_page()
    for name, path in files.items():
        pdf.add_font(name, fname=path)
        pdf.set_font(name)
        pdf.text(0, 0, "".join(sorted(chars[name])))
    fonts = {name: font for name in files if isinstance(font := pdf.fonts[name], TTFFont)}
    objects, resources = renumbered(*split(_corrected(bytes(pdf.output()), chars)))
    head, places = beginning(objects)
    spare = _face(fonts[SPARE], chars[SPARE]) if SPARE in fonts else None
    faces = {name: _face(font, chars[name], spare) for name, font in fonts.items()}
    return Typefaces(head, places, resources, faces)


def _corrected(file: bytes, chars: Mapping[str, frozenset[str]]) -> bytes:
    """What fpdf2 2.8.9 writes otherwise than ISO 32000 and ISO 14289-1 §7.21.7 want it.

    It calls all subsets MPDFAA, and a printer who joins files may take one for another; and it
    gives code 0, which nobody shows, a character that must not be. Lengths stay, so do places.
    """
    content = repr([(name, sorted(one)) for name, one in chars.items()]).encode()
    digest = hashlib.md5(content, usedforsecurity=False).digest()
    tag = bytes(ord("A") + byte % 26 for byte in digest[:6])
    return file.replace(b"/MPDFAA+", b"/%s+" % tag).replace(b"<0000> <0000>", b"<0000> <FFFD>")


def _face(font: TTFFont, chars: frozenset[str], spare: Face | None = None) -> Face:
    codes = {ord(char): f"{font.subset.pick(ord(char)):04X}" for char in chars}
    widths = {char: round(font.cw[ord(char)]) for char in chars}
    return Face(f"/F{font.i}", codes, widths, spare)
