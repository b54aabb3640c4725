"""A file is recognised by itself: encoding, delimiter, decimals, dates, columns (contract §6)."""

import gzip
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from lkcap.exchange.table import SNIFFED_BYTES, BadFile
from tests.exchange.texts import HOUSES, put
from tests.factory import Books

READ = [
    ("H-1", "г. Северореченск, ул. Кедровая, д. 14", Decimal("3412.60"), date(2014, 9, 1)),
    ("H-2", "г. Северореченск, ул. Речная, д. 3", Decimal(5210), date(2015, 12, 1)),
]
COMMAS = """\
house_id,address,total_area,in_programme_since
H-1,"г. Северореченск, ул. Кедровая, д. 14",3412.60,01.09.2014
H-2,"г. Северореченск, ул. Речная, д. 3","5210,0",2015-12-01
"""
ANOTHER_ORDER = """\
in_programme_since;total_area;address;house_id
2014-09-01;3412,6;г. Северореченск, ул. Кедровая, д. 14;H-1
01.12.2015;5210.000;г. Северореченск, ул. Речная, д. 3;H-2
"""
ALL = Fraction(1)


def houses(books: Books) -> list[tuple[object, ...]]:
    return books.rows(
        "SELECT code, address, total_area, in_programme_since FROM house ORDER BY code"
    )


@pytest.mark.parametrize("name", ["houses.csv", "houses.csv.gz"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("text", [HOUSES, COMMAS, ANOTHER_ORDER], ids=[";", ",", "order"])
def test_every_spelling_of_a_file_says_the_same(books: Books, text, encoding, name):
    report = books.load_path("houses", put(books, name, text, encoding))
    assert houses(books) == READ
    assert (report.rows, report.new, report.aside) == (2, 2, 0)


def test_windows_1251_may_show_itself_in_the_last_bytes(books: Books):
    books.load_path("houses", put(books, "houses.csv", "house_id;address\nH-1;дв\n", "cp1251"))
    assert books.rows("SELECT address FROM house") == [("дв",)]


def test_windows_1251_may_show_itself_after_a_megabyte_of_ascii(books: Books):
    plain = "".join(f"H-{one};Kedrovaya {one}\n" for one in range(60000))
    text = f"house_id;address\n{plain}H-X;Кедровая\n"
    assert text.index("К") > SNIFFED_BYTES
    books.load_path("houses", put(books, "houses.csv", text, "cp1251"))
    assert books.rows("SELECT address FROM house WHERE code = 'H-X'") == [("Кедровая",)]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(books: Books, ending):
    books.load_path("houses", put(books, "houses.csv", HOUSES.replace("\n", ending)))
    assert houses(books) == READ


def test_blank_lines_and_trailing_delimiters_are_nothing(books: Books):
    text = HOUSES.replace("\n", ";\n").replace("H-2", "\n\nH-2") + "\n;;;;\n"
    report = books.load_path("houses", put(books, "houses.csv", text))
    assert (houses(books), report.rows) == (READ, 2)


def test_an_unknown_column_is_passed_over_with_a_notice(books: Books):
    text = HOUSES.replace("address", "roof;address").replace(";г.", ";шифер;г.")
    report = books.load_path("houses", put(books, "houses.csv", text))
    assert houses(books) == READ
    assert report.files[0].ignored == ("roof",)


def test_a_column_that_may_be_empty_may_be_missing(books: Books):
    books.load_path("houses", put(books, "houses.csv", "house_id;address\nH-1;Кедровая, 14\n"))
    assert houses(books) == [("H-1", "Кедровая, 14", None, None)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "файл пуст"),
        (b"\r\n", "файл пуст"),
        (b"house_id;total_area\nH-1;1\n", "нет столбцов: address"),
        (b"house_id;address;address\nH-1;1;2\n", "столбец повторяется: address"),
        (HOUSES.encode("utf-16"), "UTF-16"),
        (HOUSES.encode("utf-16-be"), "нет столбцов"),
        (b"house_id;address\nH-1;\x98\x98\xff\n", "ни UTF-8, ни windows-1251"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(books: Books, content, reason):
    with pytest.raises(BadFile, match=reason):
        books.load_path("houses", put(books, "houses.csv", content), max_bad=ALL)
    assert books.rows("SELECT * FROM load") == []


def test_a_header_alone_is_a_file_without_rows(books: Books):
    report = books.load_path("houses", put(books, "houses.csv", "house_id;address\n"))
    assert (report.rows, report.is_clean) == (0, True)


@pytest.mark.parametrize("kept", [5, 40, -20, -4])
def test_a_torn_archive_is_refused_whole(books: Books, kept):
    rows = "".join(f"H-{one};Кедровая, {one * 7919 % 1000}\n" for one in range(900))
    path = books.folder / "houses.csv.gz"
    path.write_bytes(gzip.compress(f"house_id;address\n{rows}".encode())[:kept])
    with pytest.raises(BadFile, match=r"оборван|испорчен"):
        books.load_path("houses", path)
    assert books.rows("SELECT * FROM house") == []


def test_an_archive_spoiled_in_the_middle_is_refused_whole(books: Books):
    rows = "".join(f"H-{one};Кедровая, {one * 7919 % 1000}\n" for one in range(9000))
    body = bytearray(gzip.compress(f"house_id;address\n{rows}".encode()))
    body[2000:2100] = bytes(one ^ 0xFF for one in body[2000:2100])
    path = books.folder / "houses.csv.gz"
    path.write_bytes(body)
    with pytest.raises(BadFile, match="испорчен"):
        books.load_path("houses", path)
    assert books.rows("SELECT * FROM house") == []


def test_a_file_that_is_no_archive_is_refused(books: Books):
    path = books.folder / "houses.csv.gz"
    path.write_bytes(HOUSES.encode())
    with pytest.raises(BadFile, match="испорчен"):
        books.load_path("houses", path)


def test_a_file_that_is_not_there_is_refused(books: Books):
    with pytest.raises(BadFile, match="нет такого файла"):
        books.load_path("houses", books.folder / "nothing.csv")


def test_rows_with_too_few_or_too_many_cells_are_set_aside(books: Books):
    text = HOUSES.replace("H-2", "H-3;двор\nH-4;ул;1;2014-09-01;лишнее\nH-2")
    books.load_path("houses", put(books, "houses.csv", text), max_bad=ALL)
    assert houses(books) == READ
    assert books.rows("SELECT file, line, field, reason, raw FROM set_aside ORDER BY line") == [
        (
            "houses.csv",
            3,
            "",
            "ячеек 2, а в заголовке 4: проверьте разделители и кавычки",
            "H-3;двор",
        ),
        (
            "houses.csv",
            4,
            "",
            "ячеек 5, а в заголовке 4: проверьте разделители и кавычки",
            "H-4;ул;1;2014-09-01;лишнее",
        ),
    ]


def test_quoted_cells_hold_delimiters_and_lines_and_the_count_stays_right(books: Books):
    text = HOUSES.replace("г. Северореченск, ул. Кедровая, д. 14", '"двор;\n""А""\n\nдом"')
    text += "H-3;\nH-4;Лесная;много;\n"
    books.load_path("houses", put(books, "houses.csv", text), max_bad=ALL)
    assert houses(books)[0][1] == 'двор;\n"А"\n\nдом'
    assert books.rows("SELECT line, field FROM set_aside ORDER BY line") == [
        (7, ""),
        (8, "total_area"),
    ]


def test_a_quote_left_open_spoils_its_own_line_only(books: Books):
    books.house().load()
    text = (
        "house_id;valid_from;rate;note\n"
        'H-1;2024-01-01;1,00;"до\n'
        "H-1;2025-01-01;2,00;b\n"
        "H-1;2026-01-01;3,00;c\n"
    )
    report = books.load_path("tariffs", put(books, "tariffs.csv", text), max_bad=ALL)
    assert (report.rows, report.new, report.aside) == (3, 2, 1)
    assert books.rows("SELECT line, raw FROM set_aside") == [(2, 'H-1;2024-01-01;1,00;"до')]
    assert books.rows("SELECT rate FROM tariff ORDER BY valid_from") == [(200,), (300,)]


@pytest.mark.parametrize(
    "address", ["C:\\new\\t\\0", "a\tb", "\\N", "\\.", "100 % :имя", "' \" ;--", "😀 Ёж\u00a0№"]
)
def test_any_text_survives_as_it_came(books: Books, address):
    books.load_rows("houses", [{"house_id": address, "address": f"д. {address}"}])
    assert books.rows("SELECT code, address FROM house") == [(address, f"д. {address}")]


@pytest.mark.parametrize("cell", ["\\N", "a\\N", "\\N\\N"])
def test_what_copy_takes_for_nothing_is_text(books: Books, cell):
    books.load_rows("houses", [{"house_id": cell, "address": cell, "fias": cell}])
    assert books.rows("SELECT code, address, fias FROM house") == [(cell, cell, cell)]


def test_a_text_with_a_zero_byte_is_set_aside(books: Books):
    content = b"house_id;address\nH-1;a\0b\nH\0-2;c\nH-3;d\n"
    books.load_path("houses", put(books, "houses.csv", content), max_bad=ALL)
    assert books.rows("SELECT line, field, raw, reason FROM set_aside ORDER BY line") == [
        (2, "address", "H-1;ab", "нулевой байт в тексте"),
        (3, "house_id", "H-2;c", "нулевой байт в тексте"),
    ]
