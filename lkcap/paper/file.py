"""Pages, structure and bookmarks as the bytes of a PDF file.

fpdf2 has made the fonts, which are nine tenths of it; the rest is written here, because a receipt
is a hundred short strings and asking a library about each of them is forty times slower
(docs/adr/0006-papers.md).
"""

import hashlib
import struct
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from lkcap.paper.fonts import Typefaces
from lkcap.paper.objects import Objects, references, stream, text_string
from lkcap.paper.sheet import A4, PT, Sheet
from lkcap.paper.tags import Tags

# The fonts are most of a file; pressing a page harder takes longer than drawing it.
_PAGE_LEVEL = 1
_LANGUAGE = "ru-RU"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title
><dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator
><dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language
><xmp:CreateDate>{made_on}</xmp:CreateDate></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


class File:
    """What holds the pages and the structure together, and the file they become."""

    def __init__(
        self, faces: Typefaces, objects: Objects, title: str, author: str, made_on: date
    ) -> None:
        self._faces = faces
        self._objects = objects
        self._title, self._author, self._made_on = title, author, made_on

    def write(
        self, sheets: Sequence[Sheet], tags: Tags, bookmarks: Sequence[tuple[str, int]]
    ) -> bytes:
        """The whole file."""
        add = self._objects.add
        tree, pages = tags.close(), self._pages(sheets)
        outlines = self._outlines(bookmarks, sheets) if bookmarks else ""
        xmp = add(self._metadata())
        catalog = add(
            f"<</Type/Catalog/Pages {pages} 0 R/Lang({_LANGUAGE})/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {tree} 0 R/Metadata {xmp} 0 R"
            f"/ViewerPreferences<</DisplayDocTitle true>>{outlines}>>"
        )
        info = add(
            f"<</Title{text_string(self._title)}/Author{text_string(self._author)}"
            f"/CreationDate(D:{self._made_on:%Y%m%d}000000Z)>>"
        )
        return self._file(catalog, info)

    def _pages(self, sheets: Sequence[Sheet]) -> int:
        objects = self._objects
        parent = objects.take()
        resources = objects.add(f"<</Font<<{self._faces.resources.decode('ascii')}>>>>")
        size = " ".join(f"{side * PT:.2f}" for side in A4)
        for place, sheet in enumerate(sheets):
            operators = "\n".join(sheet.operators).encode("ascii")
            content = objects.add(stream(operators, _PAGE_LEVEL))
            objects.put(
                sheet.page,
                f"<</Type/Page/Parent {parent} 0 R/MediaBox[0 0 {size}]/Tabs/S"
                f"/Resources {resources} 0 R/Contents {content} 0 R/StructParents {place}>>",
            )
        kids = references(sheet.page for sheet in sheets)
        objects.put(parent, f"<</Type/Pages/Count {len(sheets)}/Kids[{kids}]>>")
        return parent

    def _outlines(self, bookmarks: Sequence[tuple[str, int]], sheets: Sequence[Sheet]) -> str:
        objects = self._objects
        root = objects.take()
        items = [objects.take() for _ in bookmarks]
        for place, (title, page) in enumerate(bookmarks):
            before = f"/Prev {items[place - 1]} 0 R" if place else ""
            after = f"/Next {items[place + 1]} 0 R" if place + 1 < len(items) else ""
            objects.put(
                items[place],
                f"<</Title{text_string(title)}/Parent {root} 0 R{before}{after}"
                f"/Dest[{sheets[page].page} 0 R/Fit]>>",
            )
        objects.put(
            root,
            f"<</Type/Outlines/First {items[0]} 0 R/Last {items[-1]} 0 R/Count {len(items)}>>",
        )
        return f"/Outlines {root} 0 R/PageMode/UseOutlines"

    def _metadata(self) -> bytes:
        told = _XMP.format(
            title=escape(self._title),
            author=escape(self._author),
            language=_LANGUAGE,
            made_on=self._made_on,
        ).encode()
        head = b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n" % len(told)
        return head + told + b"\nendstream"

    def _file(self, catalog: int, info: int) -> bytes:
        """Streams stand alone, all other objects are pressed together into one (PDF 1.5)."""
        first, bodies = self._objects.first, self._objects.bodies
        holder = first + len(bodies)
        places = [field for place in self._faces.places for field in (_ALONE, place, 0)]
        parts, length = [self._faces.head], len(self._faces.head)
        together: list[tuple[int, str]] = []
        for number, body in enumerate(bodies, start=first):
            if isinstance(body, bytes):
                places += (_ALONE, length, 0)
                parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
                length += len(parts[-1])
            else:
                places += (_INSIDE, holder, len(together))
                together.append((number, body))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (holder, _holder(together)))
        places += (_ALONE, length, 0, _ALONE, length + len(parts[-1]), 0)
        parts += _table(places, holder + 1, f"/Root {catalog} 0 R/Info {info} 0 R", parts[1:])
        return b"".join(parts)


# Kinds of rows in the table of places, and the row every table begins with.
_ALONE, _INSIDE = 1, 2
_FREE = (0, 0, 0xFFFF)


def _table(
    places: Sequence[int], number: int, entries: str, content: Sequence[bytes]
) -> tuple[bytes, ...]:
    """How a file ends: where its objects are, and where this table is."""
    mark = hashlib.md5(b"".join(content), usedforsecurity=False).hexdigest()
    rows = len(places) // 3 + 1
    packed = struct.pack(">" + "BII" * rows, *_FREE, *places)
    head = f"/Type/XRef/Size {rows}/W[1 4 4]{entries}/ID[<{mark}><{mark}>]"
    table = b"%d 0 obj\n%s\nendobj\n" % (number, stream(packed, _PAGE_LEVEL, head))
    return table, b"startxref\n%d\n%%%%EOF\n" % places[-2]


def _holder(together: Sequence[tuple[int, str]]) -> bytes:
    """Objects without streams, one after another, pressed."""
    index, place = [], 0
    for number, body in together:
        index.append(f"{number} {place}")
        place += len(body) + 1
    head = " ".join(index) + "\n"
    content = head + "\n".join(body for _, body in together)
    return stream(
        content.encode("ascii"), _PAGE_LEVEL, f"/Type/ObjStm/N {len(together)}/First {len(head)}"
    )
