"""A document: its pages, structure and bookmarks.

The same calls give the same bytes: there is no clock and no chance in a file.
"""

from collections.abc import Callable
from datetime import date

from lkcap.paper.file import File
from lkcap.paper.fonts import Typefaces, prepared, typefaces
from lkcap.paper.objects import Objects
from lkcap.paper.sheet import Sheet
from lkcap.paper.tags import Tags


class Paper:
    """One document being written."""

    def __init__(self, faces: Typefaces) -> None:
        self.typefaces = faces
        self.objects = Objects(len(faces.places) + 1)
        self.tags = Tags(self.objects)
        self.sheets: list[Sheet] = []
        self.bookmarks: list[tuple[str, int]] = []

    def sheet(self) -> Sheet:
        """A new page."""
        self.sheets.append(Sheet(self.typefaces.faces, self.tags, self.objects.take()))
        return self.sheets[-1]

    def bookmark(self, title: str) -> None:
        """To the page begun last."""
        self.bookmarks.append((title, len(self.sheets) - 1))

    def element(self, role: str, *, scope: str = "") -> Tags:
        """`with` it: what is shown inside is one element of the structure, H1, P, Table, TR, TH…"""
        self.tags.begin(role, f"/A<</O/Table/Scope/{scope}>>" if scope else "")
        return self.tags

    @property
    def missing(self) -> frozenset[str]:
        """Characters shown so far that its fonts do not have."""
        return frozenset().union(*(sheet.missing for sheet in self.sheets))


def write(draw: Callable[[Paper], None], title: str, author: str, made_on: date) -> bytes:
    """The document as a file; `title` is what a viewer's window says.

    Where the prepared fonts lack a character it is drawn once more, with fonts that have it.
    """
    paper = Paper(prepared())
    draw(paper)
    if paper.missing and (faces := typefaces(paper.missing)) is not paper.typefaces:
        paper = Paper(faces)
        draw(paper)
    file = File(paper.typefaces, paper.objects, title, author, made_on)
    return file.write(paper.sheets, paper.tags, paper.bookmarks)
