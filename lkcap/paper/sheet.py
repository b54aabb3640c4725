"""A page being written: text by direct operators, lines, and the QR code as an image mask.

Places are millimetres from the sheet's top left corner, y of a text is its baseline; type is in
points. Text belongs to the element that is open in the tags; everything else is decoration.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from lkcap.paper.fonts import SANS, Face
from lkcap.paper.objects import text_string
from lkcap.paper.symbol import Symbol
from lkcap.paper.tags import Tags

A4 = (210.0, 297.0)
PT = 72 / 25.4
QUIET = 4  # modules around a QR code, ГОСТ Р ИСО/МЭК 18004

BLACK, GREY = 0.0, 0.6


class Sheet:
    """One A4 page."""

    def __init__(self, faces: Mapping[str, Face], tags: Tags, page: int) -> None:
        self._faces = faces
        self._tags = tags
        self.page = page  # its object
        self._place = tags.add_page()
        self._height = A4[1] * PT
        self.operators: list[str] = []
        self.missing: set[str] = set()
        self._said = ""

    def _face(self, name: str, text: str) -> Face:
        face = self._faces[name]
        return face.for_text(text) if face.spare else face

    def width(self, text: str, face: str = SANS, size: float = 9) -> float:
        """Millimetres."""
        return self._face(face, text).width(text) * size / (1000 * PT)

    @property
    def is_amid_text(self) -> bool:
        """Whether the open element has shown a text that does not end with a blank."""
        return self._tags.is_begun and not self._said.endswith(" ")

    def text(self, x: float, y: float, text: str, face: str = SANS, size: float = 9) -> None:
        """Show one line that begins at x."""
        font = self._face(face, text)
        shown = _shown(font, size, x, y, text)
        if shown is None:
            self.missing |= font.lacks(text)
            shown = _operators(font, size, x, y, font.hex_anyway(text))
        self._said = text
        role, mark = self._tags.mark(self._place, self.page)
        self.operators.append(f"/{role}<</MCID {mark}>>BDC {shown}")

    def text_to(self, x: float, y: float, text: str, face: str = SANS, size: float = 9) -> None:
        """Show one line that ends at x."""
        self.text(x - self.width(text, face, size), y, text, face, size)

    def wrap(self, text: str, width: float, face: str = SANS, size: float = 9) -> tuple[str, ...]:
        """Lines no wider than `width`: breaks at blanks, or inside a word too wide for one.

        All of the text is in them: the blank of a break ends its line, seen by nobody, for those
        who hear or copy the text.
        """
        # rounded, for a line as wide as `width` says of it must fit
        room = round(width * 1000 * PT / size, 6)
        return _wrapped(self._face(face, text), text, room)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, width: float = 0.2, grey: float = BLACK
    ) -> None:
        """A rule; `width` in millimetres, `grey` from black 0 to white 1."""
        self._decorate(self._rule(x1, y1, x2, y2, width, grey))

    def double_line(self, x1: float, y: float, x2: float) -> None:
        """The bookkeeper's line under a total."""
        self.line(x1, y, x2, y, 0.35)
        self.line(x1, y + 0.7, x2, y + 0.7, 0.35)

    def dashed_line(self, x1: float, y: float, x2: float) -> None:
        """Where to cut."""
        self._decorate(f"[3 2] 0 d {self._rule(x1, y, x2, y, 0.25, BLACK)} [] 0 d")

    def box(self, x: float, y: float, width: float, height: float, line: float = 0.3) -> None:
        corner = f"{x * PT:.2f} {self._up(y + height)}"
        size = f"{width * PT:.2f} {height * PT:.2f}"
        self._decorate(f"{BLACK:g} G {line * PT:.2f} w {corner} {size} re S")

    def symbol(self, x: float, y: float, side: float, symbol: Symbol, alt: str) -> None:
        """A QR code in a square that includes its quiet zone; `alt` is for those who cannot see."""
        module = side * PT / (symbol.size + 2 * QUIET)
        inner = module * symbol.size
        left, low = x * PT + QUIET * module, self._height - y * PT - QUIET * module - inner
        corners = f"{left:.2f} {low:.2f} {left + inner:.2f} {low + inner:.2f}"
        where = f"/A<</O/Layout/Placement/Block/BBox[{corners}]>>"
        self._tags.begin("Figure", f"/Alt {text_string(alt)}{where}")
        with self._tags:
            role, mark = self._tags.mark(self._place, self.page)
        image = f"/W {symbol.size}/H {symbol.size}/IM true/D[1 0]/F/AHx"
        self.operators.append(
            f"/{role}<</MCID {mark}>>BDC q 0 g "
            f"{inner:.3f} 0 0 {inner:.3f} {left:.3f} {low:.3f} cm "
            f"BI{image} ID {symbol.packed.hex()}>EI Q EMC"
        )

    def _decorate(self, operators: str) -> None:
        """Draw what is passed over by those who read aloud."""
        self.operators.append(f"/Artifact<</Type/Layout>>BDC {operators} EMC")

    def _rule(self, x1: float, y1: float, x2: float, y2: float, width: float, grey: float) -> str:
        start, end = f"{x1 * PT:.2f} {self._up(y1)}", f"{x2 * PT:.2f} {self._up(y2)}"
        return f"{grey:g} G {width * PT:.2f} w {start} m {end} l S"

    def _up(self, y: float) -> str:
        """PDF counts from the sheet's foot, in points."""
        return f"{self._height - y * PT:.2f}"


@lru_cache(maxsize=8192)
def _shown(font: Face, size: float, x: float, y: float, text: str) -> str | None:
    """The operators of a line, None where the font lacks a character of it.

    Two thirds of a receipt's lines stand where they stood on the one before.
    """
    codes = font.hex(text)
    return _operators(font, size, x, y, codes) if len(codes) == 4 * len(text) else None


def _operators(font: Face, size: float, x: float, y: float, codes: str) -> str:
    place = f"{x * PT:.2f} {A4[1] * PT - y * PT:.2f}"
    return f"BT {font.resource} {size} Tf {place} Td <{codes}>Tj ET EMC"


@lru_cache(maxsize=4096)
def _wrapped(font: Face, text: str, room: float) -> tuple[str, ...]:
    """`room` in thousandths of the size. Most texts of a receipt are those of the one before."""
    if font.width(text) <= room:
        return (text,)
    lines, line, used, blank = [], "", 0, ""
    for word in text.split(" "):
        for part in _fitting(font, word, room):
            gap, wide = font.width(blank), font.width(part)
            # blanks alone may hang over the edge
            if part and (line or blank) and used + gap + wide > room:
                lines.append(line + blank)
                line, used = part, wide
            else:
                line, used = line + blank + part, used + gap + wide
            blank = ""
        blank = " "
    return (*lines, line)


def _fitting(font: Face, word: str, room: float) -> Iterator[str]:
    """The word, or as much of it at a time as a line holds."""
    while font.width(word) > room and len(word) > 1:
        fits = 1
        while font.width(word[: fits + 1]) <= room:
            fits += 1
        yield word[:fits]
        word = word[fits:]
    yield word
