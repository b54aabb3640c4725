"""A package is one load, all or nothing; the example gives exactly its statements (§6.7)."""

import gzip
import io
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest

from lkcap.exchange.loads import LoadRefused
from lkcap.exchange.sources import ZIP_ENCRYPTED
from lkcap.exchange.table import BadFile
from tests.browserless import Browser
from tests.exchange.test_loads import everything
from tests.exchange.texts import HOUSES
from tests.factory import Books

DATA = Path(__file__).parent / "data"
EXAMPLE = DATA / "package"
EXPECTED = DATA / "expected"
ALICE = "alice@example.com"


def zipped(path: Path, *, under: str = "", packed: bool = False) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in sorted(EXAMPLE.iterdir()):
            body = one.read_bytes()
            name = f"{under}{one.name}"
            archive.writestr(
                f"{name}.gz" if packed else name, gzip.compress(body) if packed else body
            )
    return path


def folder(path: Path, *, packed: bool = False) -> Path:
    path.mkdir()
    for one in EXAMPLE.iterdir():
        body = one.read_bytes()
        name = f"{one.name}.gz" if packed else one.name
        (path / name).write_bytes(gzip.compress(body) if packed else body)
    return path


MADE = {
    "folder": lambda path: folder(path),
    "folder.gz": lambda path: folder(path, packed=True),
    "zip": lambda path: zipped(path),
    "zip.gz": lambda path: zipped(path, packed=True),
    "zip/folder": lambda path: zipped(path, under="2025-04/"),
}


@pytest.mark.parametrize("made", MADE)
def test_the_example_package_loads_whole_in_every_wrapping(books: Books, made):
    report = books.load_path("package", MADE[made](books.folder / "package"))
    assert (report.rows, report.new, report.aside, report.differences) == (41, 39, 0, [])
    assert [file.name.split(".")[0] for file in report.files] == [
        "houses", "tariffs", "requisites", "works", "accounts", "entries", "balances",
    ]  # fmt: skip
    assert books.rows("SELECT count(*) FROM load") == [(1,)]
    assert books.rows("SELECT number, kind, balance FROM account_balance JOIN account USING"
                      " (account_id) ORDER BY 1, 2") == [
        ("86000000017", "principal", 239790),
        ("86000000017", "penalty", 2788),
        ("86000000025", "principal", 71562),
        ("86000000033", "principal", -128400),
        ("86000000041", "principal", 0),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["principal", "penalty"])
@pytest.mark.parametrize("mode", ["general", "detailed", "extended"])
async def test_the_example_package_gives_exactly_its_statements(
    browser: Browser, books: Books, kind, mode
):
    books.load_path("package", EXAMPLE)
    books.subscriber(ALICE, "86000000017")
    await browser.login(ALICE)
    answer = await browser.get(f"/statement.csv?from=2025-01&to=2025-04&debt={kind}&mode={mode}")
    assert answer.body == (EXPECTED / f"{kind}-{mode}.csv").read_bytes()


def test_what_is_no_part_of_a_package_is_noticed_and_passed_over(books: Books):
    path = folder(books.folder / "package")
    (path / "readme.txt").write_text("прочти меня")
    (path / "payments.csv").write_text("a;b\n")
    (path / "houses.csv.gz").write_bytes(b"not read at all")
    report = books.load_path("package", path)
    assert sorted(report.notices) == [
        "файл не нужен и пропущен: houses.csv.gz",
        "файл не нужен и пропущен: payments.csv",
        "файл не нужен и пропущен: readme.txt",
    ]
    assert report.new == 39


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_package_of_nothing_known_is_refused(books: Books, wrapped):
    path = books.folder / "package"
    if wrapped:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "прочти меня")
    else:
        path.mkdir()
    with pytest.raises(BadFile, match="нет ни одного файла"):
        books.load_path("package", path)


@pytest.mark.parametrize("content", [b"", b"house_id;address\n", b"PK\x03\x04 and then nothing"])
def test_what_is_neither_folder_nor_zip_is_refused(books: Books, content):
    path = books.folder / "package"
    path.write_bytes(content)
    with pytest.raises(BadFile, match="не папка и не zip"):
        books.load_path("package", path)


def test_a_package_is_all_or_nothing(books: Books):
    """Its houses and accounts are good, and still nothing of it is left."""
    books.house().account().load()
    before = everything(books, "load", "set_aside")
    books.house(house_id="H-2").account("22", house_id="H-2", premises="1")
    books.entry("2026-09").entry("2026-09", account="404")
    with pytest.raises(LoadRefused):
        books.load(max_bad=Fraction("0.24"))
    assert everything(books, "load", "set_aside") == before


def test_a_file_that_cannot_be_read_undoes_the_whole_package(books: Books):
    path = folder(books.folder / "package")
    (path / "entries.csv").write_text("entry_id;account\n")
    with pytest.raises(BadFile, match=r"entries\.csv: нет столбцов"):
        books.load_path("package", path)
    assert books.rows("SELECT * FROM house") == books.rows("SELECT * FROM load") == []


def test_the_limit_counts_the_rows_of_the_whole_package(books: Books):
    path = folder(books.folder / "package")
    with (path / "entries.csv").open("a", encoding="utf-8") as file:
        file.write("B-9;404;2025-01;С;principal;charge;1;2025-01-01;;;;\n")
    with pytest.raises(LoadRefused):
        books.load_path("package", path, max_bad=Fraction(1, 43))
    report = books.load_path("package", path, max_bad=Fraction(1, 42))
    assert (report.new, report.aside) == (39, 1)


def test_an_archive_in_memory_of_any_compression_is_read(books: Books):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("houses.csv", "house_id;address\nH-1;Кедровая\n".encode("cp1251"))
    path = books.folder / "package.zip"
    path.write_bytes(out.getvalue())
    assert books.load_path("package", path).new == 1


def test_an_archive_with_a_spoiled_member_is_refused(books: Books):
    path = books.folder / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("houses.csv", HOUSES)
    body = bytearray(path.read_bytes())
    body[60] ^= 0xFF
    path.write_bytes(body)
    with pytest.raises(BadFile, match="испорчен"):
        books.load_path("package", path)
    assert books.rows("SELECT * FROM house") == []


def test_an_archive_with_a_password_is_refused(books: Books):
    path = books.folder / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("houses.csv", HOUSES)
    body = bytearray(path.read_bytes())
    for flags in (6, body.index(b"PK\x01\x02") + 8):
        body[flags] |= ZIP_ENCRYPTED
    path.write_bytes(body)
    with pytest.raises(BadFile, match="закрыт паролем"):
        books.load_path("package", path)


def test_an_archive_with_two_files_of_one_name_is_refused(books: Books):
    path = books.folder / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/houses.csv", HOUSES)
        archive.writestr("b/houses.csv", HOUSES.replace("H-", "X-"))
    with pytest.raises(BadFile, match=r"по нескольку файлов houses\.csv"):
        books.load_path("package", path)
    assert books.rows("SELECT * FROM house") == []
