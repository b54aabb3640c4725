"""The user guide as a paper: A4, tagged, a bookmark a section; the words without the pictures."""

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from lkcap.help.guide import EDITION, TITLE, Section, sections
from lkcap.kit.words import long_date
from lkcap.paper.column import line_height
from lkcap.paper.fonts import BOLD, SANS
from lkcap.paper.leaves import Leaves
from lkcap.paper.letterhead import Letterhead, draw_letterhead
from lkcap.paper.paper import Paper, write

_SIZES = {1: 17.0, 2: 14.0, 3: 12.5}
_ROLES = {1: "H2", 2: "H3", 3: "H4"}
_SIZE = 12.0
_INDENT = 8.0
# A heading does not stay behind at the foot of a sheet.
_UNDER_HEADING = 20.0
_CAPTION = "Рисунок "
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=1)
def render(head: Letterhead) -> bytes:
    """The PDF file; each process makes it once."""
    return write(partial(draw, head), TITLE, head.name, EDITION)


def draw(head: Letterhead, paper: Paper) -> None:
    """Twice: only the first time tells how many sheets there are."""
    plan = Paper(paper.typefaces)
    _draw(head, plan, 0)
    _draw(head, paper, len(plan.sheets))


def _draw(head: Letterhead, paper: Paper, sheets: int) -> None:
    leaves = Leaves(paper, TITLE, sheets)
    draw_letterhead(head, leaves.column)
    leaves.column.y += 8
    leaves.column.paragraph(TITLE, BOLD, 22, role="H1", after=2)
    leaves.column.paragraph(
        f"Личный кабинет. Редакция от {long_date(EDITION)}", size=_SIZE, after=6
    )
    for section in sections():
        _section(section, leaves)


def _section(section: Section, leaves: Leaves) -> None:
    size = _SIZES[section.level]
    leaves.room(line_height(size) + _UNDER_HEADING)
    leaves.column.y += 3
    title = f"{section.number} {section.title}"
    leaves.bookmark(title)
    leaves.column.paragraph(title, BOLD, size, role=_ROLES[section.level], after=2)
    for block in SyntaxTreeNode(_MARKDOWN.parse(section.text)).children:
        if block.type in ("ordered_list", "bullet_list"):
            _list(list(_items(block)), leaves)
        elif (text := _words(block)) and not text.startswith(_CAPTION):
            leaves.room(leaves.column.height(text, _SIZE))
            leaves.column.paragraph(text, SANS, _SIZE, after=2.5)


def _items(block: SyntaxTreeNode) -> Iterator[tuple[str, str]]:
    """(«3.» or «–», the text) of each item."""
    first = int(block.attrs.get("start", 1))
    for number, item in enumerate(block.children, start=first):
        yield f"{number}." if block.type == "ordered_list" else "–", _words(item)


def _list(items: Sequence[tuple[str, str]], leaves: Leaves) -> None:
    """Each list of one sheet is an element: what is turned over begins another."""
    rest = items
    while rest:
        leaves.room(_height(rest[0][1], leaves))
        with leaves.paper.element("L"):
            rest = _on_this_sheet(rest, leaves)


def _on_this_sheet(items: Sequence[tuple[str, str]], leaves: Leaves) -> Sequence[tuple[str, str]]:
    """Write as many as there is room for; the rest."""
    column = leaves.column
    for place, (label, text) in enumerate(items):
        if place and _height(text, leaves) > leaves.left:
            return items[place:]
        with leaves.paper.element("LI"):
            with leaves.paper.element("Lbl"):
                column.sheet.text(column.x, column.baseline(_SIZE), label, SANS, _SIZE)
            with leaves.paper.element("LBody"):
                lines = column.sheet.wrap(text, column.width - _INDENT, SANS, _SIZE)
                column.lines(lines, size=_SIZE, indent=_INDENT)
        column.y += 0.8
    column.y += 1.7
    return ()


def _height(text: str, leaves: Leaves) -> float:
    column = leaves.column
    lines = column.sheet.wrap(text, column.width - _INDENT, SANS, _SIZE)
    return len(lines) * line_height(_SIZE)


def _words(node: SyntaxTreeNode) -> str:
    """What is read of it; pictures are left out."""
    if node.type == "image":
        return ""
    if node.type == "softbreak":
        return " "
    if not node.children:
        return node.content if node.type == "text" else ""
    return "".join(_words(child) for child in node.children)
