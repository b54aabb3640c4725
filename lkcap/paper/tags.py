"""The structure of a document for those who hear it: headings, paragraphs, tables (tagged PDF)."""

from dataclasses import dataclass, field

from lkcap.paper.objects import Objects, references


@dataclass(slots=True)
class Element:
    """An open node of the structure: `more` are other entries of its dictionary, `page` is the
    object of the page its text began on, 0 before there is any.
    """

    number: int
    parent: int
    role: str
    more: str
    kids: list[str] = field(default_factory=list)
    page: int = 0


class Tags:
    """Elements are begun and ended in the order they are read; `with` ends the last one begun.

    Each is written when it ends, so a document is walked once.
    """

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._tree = objects.take()
        self._root = Element(objects.take(), self._tree, "Document", "")
        self._open = [self._root]
        # of each page: the elements its marks belong to, in the order of the marks
        self._marks: list[list[int]] = []

    def __enter__(self) -> None:
        """It has begun already."""

    def __exit__(self, *_: object) -> None:
        self._write(self._open.pop())

    def begin(self, role: str, more: str = "") -> None:
        number, around = self._objects.take(), self._open[-1]
        around.kids.append(f"{number} 0 R")
        self._open.append(Element(number, around.number, role, more))

    @property
    def is_begun(self) -> bool:
        """Whether the open element holds something."""
        return bool(self._open[-1].kids)

    def add_page(self) -> int:
        """Which of the pages the new one is."""
        self._marks.append([])
        return len(self._marks) - 1

    def mark(self, place: int, page: int) -> tuple[str, int]:
        """(role, mark) for what the open element is about to show on a page.

        `place` is what `add_page` said, `page` the page's object.
        """
        element, marks = self._open[-1], self._marks[place]
        assert element is not self._root, "text outside of any element"
        mark = len(marks)
        marks.append(element.number)
        if not element.page:
            element.page = page
        # a bare number is of the element's page; its text may go on over the leaf
        is_own = element.page == page
        element.kids.append(str(mark) if is_own else f"<</Type/MCR/Pg {page} 0 R/MCID {mark}>>")
        return element.role, mark

    def close(self) -> int:
        """Write what is above all elements; its object is what the catalog names."""
        assert self._open == [self._root], "an element was not ended"
        self._write(self._root)
        pages = (f"{place}[{references(marks)}]" for place, marks in enumerate(self._marks))
        parents = self._objects.add(f"<</Nums[{' '.join(pages)}]>>")
        self._objects.put(
            self._tree,
            f"<</Type/StructTreeRoot/K {self._root.number} 0 R/ParentTree {parents} 0 R"
            f"/ParentTreeNextKey {len(self._marks)}>>",
        )
        return self._tree

    def _write(self, element: Element) -> None:
        page = f"/Pg {element.page} 0 R" if element.page else ""
        self._objects.put(
            element.number,
            f"<</S/{element.role}/P {element.parent} 0 R{page}{element.more}"
            f"/K[{' '.join(element.kids)}]>>",
        )
