"""The sheets of a paper that may need several: a new one when the last is full, numbers below."""

from lkcap.paper.column import Column
from lkcap.paper.paper import Paper

LEFT, RIGHT = 12.0, 198.0
_TOP, _BOTTOM = 12.0, 286.0
_NUMBER = 291.0


class Leaves:
    """`column` is the place to write at; `total` sheets will be said below each, 0 or 1: nothing.

    The total is known only after the paper has been laid out once, so whoever draws does it twice.
    """

    def __init__(self, paper: Paper, name: str, total: int) -> None:
        self.paper = paper
        self._name, self._total = name, total
        self.turn()

    def turn(self) -> None:
        """Begin another sheet."""
        sheet = self.paper.sheet()
        self.column = Column(self.paper, sheet, LEFT, _TOP, RIGHT - LEFT)
        if self._total > 1:
            said = f"{self._name}, лист {len(self.paper.sheets)} из {self._total}"
            with self.paper.element("P"):
                sheet.text_to(RIGHT, _NUMBER, said, size=8)

    @property
    def left(self) -> float:
        """Millimetres to the foot of the sheet."""
        return _BOTTOM - self.column.y

    def room(self, height: float) -> None:
        """Begin another sheet unless so many millimetres are left on this one."""
        if self.left < height:
            self.turn()

    def bookmark(self, title: str) -> None:
        """To this sheet; a paper of one needs none."""
        if self._total > 1:
            self.paper.bookmark(title)
