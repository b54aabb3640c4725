"""The reference as paper: every number on it, a code that a camera reads, sheets in order."""

import random
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from lkcap.kit.money import roubles
from lkcap.kit.month import Month, months
from lkcap.paper.letterhead import Letterhead
from lkcap.references.model import Holder, Line, Movement, Reference, Sums
from lkcap.references.sheet import render
from tests.browserless import plain
from tests.factory import Books
from tests.pdf import codes_in, problems_of, text_of
from tests.references.conftest import Issue, signed_by

LINK = "https://lk.example.com/verify/7K3M-9QXA-01BC-ZZ2P"
LAST = Month(2026, 11)
STILL = Sums(0, 0, 0, 0, 0, 0)


def movement(months_: int, seed: int) -> Movement:
    """Months that follow from one another, of amounts as long as a person's may be."""
    chance, lines, balance = random.Random(seed), [], 0
    for month in months(LAST + (1 - months_), LAST):
        actual, paid, corrected, written_off = (chance.randrange(-99_999, 999_999) for _ in "1234")
        closing = balance + actual - paid + corrected - written_off
        lines.append(
            Line(month.first_day, Sums(balance, actual, paid, corrected, written_off, closing))
        )
        balance = closing
    middle = [sum(line.sums.amounts[place] for line in lines) for place in range(1, 5)]
    return Movement(balance, tuple(lines), Sums(0, *middle, balance))


def reference(months_: int) -> Reference:
    one, two = movement(months_, 1), movement(months_, 2)
    return Reference(
        number="2026-000017",
        code="7K3M9QXA01BCZZ2P",
        link=LINK,
        made_on=date(2026, 11, 22),
        first=one.lines[0].period,
        last=LAST.first_day,
        issuer=Letterhead("Фонд", "ул. Береговая, д. 1", "8", "пн", "site", "", "86", "", ""),
        holder=Holder(
            "86000000017", "Примерова Анна", "ул. Кедровая, д. 14, кв. 27", "living",
            Decimal("51.4"), "1/3", "99ЯЯ000001", None, False,
        ),
        principal=one,
        penalty=two,
        signature=None,
    )  # fmt: skip


async def test_the_paper_says_all_of_it(year: Books, issued: Issue, tmp_path: Path):
    one = await issued()
    pdf = render(one)
    text = text_of(pdf)
    for said in (
        "Справка о состоянии лицевого счёта",
        "№ 2026-000001 от 22 ноября 2026 г.",
        "На 22 ноября 2026 г. задолженность 774,79 ₽: взнос 774,47 ₽, пеня 0,32 ₽.",
        "Фонд капитального ремонта (демо)",
        "Примерова Анна Петровна",
        "г. Северореченск, ул. Кедровая, д. 14, кв. 27",
        "жилое помещение, 51,4 м², доля 1/1",
        "86000000017",
        "99ЯЯ000001",
        "декабрь 2025 – ноябрь 2026",
        f"Подписано ключом фонда (Ed25519) {one.signature.key}",
    ):
        assert said in plain(text), said
    assert problems_of(pdf, tmp_path) == []


@pytest.mark.parametrize("months_", [12, 147])
def test_every_number_stands_in_its_row(months_: int):
    one = reference(months_)
    text = plain(text_of(render(one)))
    for line in (*one.principal.lines, *one.penalty.lines):
        row = " ".join([Month.of(line.period).name, *map(roubles, line.sums.amounts)])
        assert text.count(plain(row)) == 1
    for total in (one.principal.total, one.penalty.total):
        assert plain(" ".join(["Итого", *map(roubles, total.amounts)])) in text


@pytest.mark.parametrize("months_", [1, 12, 147])
def test_a_camera_reads_the_link(months_: int):
    assert codes_in(render(reference(months_))) == [LINK.encode()]


def test_twelve_months_of_both_kinds_are_one_light_sheet():
    pdf = render(reference(12))
    assert len(pdf) <= 60_000
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == 1
        assert "/Outlines" not in document.Root
    assert "лист" not in text_of(pdf)


def test_a_kind_that_never_moved_is_one_sentence():
    one = reference(12)
    still = tuple(replace(line, sums=STILL) for line in one.penalty.lines)
    text = plain(text_of(render(replace(one, penalty=Movement(0, still, STILL)))))
    assert "Пеня: за этот период нет ни начислений, ни платежей, ни остатка." in text
    assert text.count("Итого") == 1


def test_a_total_that_an_opening_has_fed_says_so():
    one = reference(12)
    fed = replace(one.principal, total=replace(one.principal.total, opening=-123456))
    text = plain(text_of(render(replace(one, principal=fed))))
    assert "остатки услуг, учёт которых начат в этом периоде: 1 234,56." in text


def test_without_a_signature_it_is_for_reading_alone():
    assert "Для ознакомления: без электронной подписи." in plain(text_of(render(reference(1))))


def sheets(pdf: bytes) -> list[str]:
    """The text of each sheet."""
    found = []
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            single = pikepdf.new()
            single.pages.append(page)
            file = BytesIO()
            single.save(file)
            found.append(plain(text_of(file.getvalue())))
    return found


def test_long_years_go_over_sheets_with_numbers_and_headers():
    pages = sheets(render(reference(147)))
    assert len(pages) == 6
    for place, page in enumerate(pages, 1):
        assert f"Справка № 2026-000017, лист {place} из 6" in page
        assert "Месяц Вх. сальдо + Факт. начисл." in page
    assert "Осн. долг, продолжение" in pages[1]


def test_long_years_have_bookmarks():
    with (
        pikepdf.open(BytesIO(render(reference(147)))) as document,
        document.open_outline() as outline,
    ):
        names = [item.title for item in outline.root]
    assert names[0] == "Состояние лицевого счёта"
    assert names[-1] == "Подпись"
    assert re.fullmatch(r"Осн\. долг, сентябрь 2014 – \w+ 20\d\d", names[1])
    assert names[-2].endswith(" – ноябрь 2026")


@pytest.mark.parametrize("months_", range(1, 40))
def test_no_table_begins_without_a_row_and_no_signature_is_torn(months_: int):
    pages = sheets(render(reference(months_)))
    assert sum(page.count("Итого") for page in pages) == 2
    assert [page for page in pages if "Подпись" in page] == [pages[-1]]
    for page in pages:
        assert not re.search(r"= Исх. сальдо (Итого|Справка|Подпись|Месяц)", page)


def test_tables_are_tagged():
    with pikepdf.open(BytesIO(render(reference(12)))) as document:
        roles = [str(one.S) for one in document.objects if is_element(one)]
    assert roles.count("/Table") == 3
    assert roles.count("/TH") == 5 + 2 * (7 + 12 + 1)
    assert roles.count("/TD") == 5 + 2 * 6 * 13
    assert roles.count("/H1") == 1
    assert roles.count("/Figure") == 1


def is_element(one: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one


async def test_any_owner_is_printed(books: Books, issued: Issue, tmp_path: Path, database: str):
    books.house().account(
        owner_kind="organization",
        organization="Товарищество «Микрорайон железнодорожников, сорок лет Җиңү» " * 4,
        inn="0012345675",
        premises_kind="parking",
        premises="м/м 7",
        area="",
        closed_on="2026-10-31",
    ).entry("2026-10").load()
    books.subscriber("office@example.com", "86000000017")
    pdf = render(await issued(config=signed_by(database, [])))
    text = plain(text_of(pdf))
    assert "Җиңү" in text
    assert "машино-место, нет данных, доля 1/1" in text
    assert "Счёт закрыт 31.10.2026" in text
    assert problems_of(pdf, tmp_path) == []
