"""A column of text: paragraphs, names with values, one under another."""

from collections.abc import Sequence

from lkcap.paper.fonts import SANS, SERIF_BOLD
from lkcap.paper.paper import Paper
from lkcap.paper.sheet import PT, Sheet

LEADING = 1.32
# Where the letters stand in their line: a baseline is this part of the size below the line's top.
_ASCENT = 1.0


def line_height(size: float) -> float:
    """Millimetres from one line to the next."""
    return size * LEADING / PT


class Column:
    """Writes downwards; `y` is the top of what comes next, millimetres."""

    def __init__(self, paper: Paper, sheet: Sheet, x: float, y: float, width: float) -> None:
        self.paper, self.sheet = paper, sheet
        self.x, self.y, self.width = x, y, width

    def lines(
        self, texts: Sequence[str], face: str = SANS, size: float = 9, indent: float = 0
    ) -> None:
        """Show lines of one text, as `wrap` gives them; their element is open already."""
        x = self.x + indent
        if self.sheet.is_amid_text:
            # who hears or copies the element must not take two texts for one word
            self.sheet.text_to(x, self.baseline(size), " ", face, size)
        for text in texts:
            self.sheet.text(x, self.baseline(size), text, face, size)
            self.y += line_height(size)

    def baseline(self, size: float) -> float:
        """Of the line that begins at y."""
        return self.y + size * _ASCENT / PT

    def paragraph(
        self, text: str, face: str = SANS, size: float = 9, *, role: str = "P", after: float = 1.5
    ) -> None:
        with self.paper.element(role):
            self.lines(self.sheet.wrap(text, self.width, face, size), face, size)
        self.y += after

    def heading(self, text: str) -> None:
        self.paragraph(text, SERIF_BOLD, 11, role="H2", after=1.2)

    def pairs(
        self, pairs: Sequence[tuple[str, str]], first: float, *, size: float = 9, most: int = 5
    ) -> None:
        """Names and values as a table; `first` is the width of the names, `most` lines a value."""
        with self.paper.element("Table"):
            for name, value in pairs:
                with self.paper.element("TR"):
                    self._pair(name, value, first, size, most)

    def _pair(self, name: str, value: str, first: float, size: float, most: int) -> None:
        top = self.y
        with self.paper.element("TH", scope="Row"):
            self.lines(self.sheet.wrap(name, first - 2, SANS, size), size=size)
        bottom, self.y = self.y, top
        with self.paper.element("TD"):
            self.lines(self.clipped(value, self.width - first, size, most), size=size, indent=first)
        self.y = max(bottom, self.y) + 1.4

    def fits(self, text: str, bottom: float, size: float = 9) -> bool:
        """Whether the paragraph ends above `bottom`."""
        return self.y + self.height(text, size) <= bottom

    def height(self, text: str, size: float = 9) -> float:
        """Of the paragraph, millimetres."""
        return len(self.sheet.wrap(text, self.width, SANS, size)) * line_height(size)

    def clipped(self, text: str, width: float, size: float, most: int) -> Sequence[str]:
        """At most so many lines, the last one then ends with «…»."""
        lines = self.sheet.wrap(text, width, SANS, size)
        if len(lines) <= most:
            return lines
        last = lines[most - 1].rstrip(" ")
        while last and self.sheet.width(f"{last}…", SANS, size) > width:
            last = last[:-1]
        return [*lines[: most - 1], f"{last.rstrip(' ')}…"]
