"""A reference drawn on A4: the answer and its check on the first sheet, then the months."""

from functools import partial
from urllib.parse import urlsplit

from lkcap.kit.money import NBSP
from lkcap.kit.words import long_date, short_date, square_metres, unbroken
from lkcap.paper.column import Column, line_height
from lkcap.paper.fonts import BOLD, SERIF
from lkcap.paper.leaves import LEFT, RIGHT, Leaves
from lkcap.paper.letterhead import draw_letterhead
from lkcap.paper.paper import Paper, write
from lkcap.paper.symbol import encode
from lkcap.references import table, words
from lkcap.references.codes import grouped
from lkcap.references.model import Holder, Reference, Signature
from lkcap.statement.model import Kind

_CODE_SIDE = 38.0
_SIDE = RIGHT - _CODE_SIDE
_NAMES = 30.0
_PREMISES = {
    "living": "жилое помещение",
    "nonliving": "нежилое помещение",
    "parking": "машино-место",
    "room": "комната",
}
_HOW_TO_READ = (
    "Знак у названия столбца говорит, как из строки получается Исх. сальдо. "
    "Долг стоит без знака, переплата с минусом."
)
_UNSIGNED = "Для ознакомления: без электронной подписи."


def render(reference: Reference) -> bytes:
    """The PDF file; the same reference gives the same bytes."""
    return write(
        partial(draw, reference), title(reference), reference.issuer.name, reference.made_on
    )


def title(reference: Reference) -> str:
    return f"Справка № {reference.number}, лицевой счёт {reference.holder.account}"


def draw(reference: Reference, paper: Paper) -> None:
    """Twice: only the first time tells how many sheets there are."""
    plan = Paper(paper.typefaces)
    _draw(reference, plan, 0)
    _draw(reference, paper, len(plan.sheets))


def _draw(reference: Reference, paper: Paper, sheets: int) -> None:
    leaves = Leaves(paper, f"Справка № {reference.number}", sheets)
    leaves.bookmark("Состояние лицевого счёта")
    leaves.column.y = 10
    draw_letterhead(reference.issuer, leaves.column, least=24)
    leaves.column.y += 4
    _check(reference, leaves.column)
    _answer(reference, leaves.column)
    column = leaves.column
    column.paragraph(
        f"По месяцам за{NBSP}период: {words.period(reference)}, суммы в{NBSP}рублях",
        BOLD,
        after=0.5,
    )
    column.paragraph(_HOW_TO_READ, size=8, after=3)
    table.draw(Kind.PRINCIPAL, reference.principal, leaves)
    table.draw(Kind.PENALTY, reference.penalty, leaves)
    _signature(reference, leaves)


def _answer(reference: Reference, column: Column) -> None:
    """Beside the code: what the paper is, and the result in one sentence; under them whose."""
    beside = Column(column.paper, column.sheet, LEFT, column.y, _SIDE - LEFT - 6)
    beside.paragraph("Справка о состоянии лицевого счёта", BOLD, 14, role="H1", after=0.5)
    beside.paragraph(f"№ {reference.number} от {long_date(reference.made_on)}", size=11, after=3)
    beside.paragraph(words.result(reference), SERIF, 16, after=3)
    if reference.holder.is_elsewhere:
        beside.paragraph(words.ELSEWHERE, after=3)
    beside.pairs(_pairs(reference.holder), _NAMES)
    column.y = max(beside.y + 1, column.y + _CODE_SIDE + 14)


def _pairs(holder: Holder) -> list[tuple[str, str]]:
    area = square_metres(holder.area) if holder.area is not None else "нет данных"
    pairs = [
        ("Лицевой счёт", holder.account),
        ("ЕЛС", holder.els or ""),
        ("Владелец", holder.owner),
        ("Адрес", unbroken(holder.address)),
        ("Помещение", f"{_PREMISES[holder.premises_kind]}, {area}, доля{NBSP}{holder.share}"),
        ("Счёт закрыт", short_date(holder.closed_on) if holder.closed_on else ""),
    ]
    return [pair for pair in pairs if pair[1]]


def _check(reference: Reference, column: Column) -> None:
    """The code that leads to the check, and what to type instead of it."""
    symbol = encode(reference.link.encode())
    alt = f"QR-код для проверки справки: {reference.link}"
    column.sheet.symbol(_SIDE, column.y - 1, _CODE_SIDE, symbol, alt)
    below = Column(column.paper, column.sheet, _SIDE, column.y + _CODE_SIDE - 1, _CODE_SIDE)
    below.paragraph("Проверить: наведите камеру или введите код на сайте", size=8, after=0)
    below.paragraph(f"{urlsplit(reference.link).netloc}/verify", size=8, after=0.5)
    below.paragraph(grouped(reference.code), BOLD, 9, after=0)


def _signature(reference: Reference, leaves: Leaves) -> None:
    """Never torn: whoever checks it needs all of it before his eyes."""
    said = [_UNSIGNED]
    if reference.signature is not None:
        said = _signed(reference.signature, reference.link.rpartition("/")[0])
    leaves.room(line_height(11) + 2 + sum(leaves.column.height(text, 8) + 0.5 for text in said))
    leaves.bookmark("Подпись")
    leaves.column.heading("Подпись")
    for text in said:
        leaves.column.paragraph(text, size=8, after=0.5)


def _signed(signature: Signature, check: str) -> list[str]:
    """The blanks between fields are for the eye, and let a line break between fields alone."""
    return [
        f"Подписано ключом фонда (Ed25519) {signature.key}. Строка, пробелы в{NBSP}ней не "
        f"считаются:",
        signature.line.replace(";", "; "),
        f"Подпись, открытые ключи и{NBSP}порядок проверки на{NBSP}{check}/keys:",
        signature.value,
    ]
