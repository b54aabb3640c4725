"""`import` and `verify-books` as cron meets them: exit codes and readable lines (contract §1)."""

from pathlib import Path

import pytest

from lkcap.cli import main
from tests.exchange.registry import line, written
from tests.exchange.test_packages import EXAMPLE, folder
from tests.exchange.texts import HOUSES, put
from tests.factory import Books

BAD = "H-3;Лесная, 1;много;2014-09-01\n"


@pytest.fixture
def run(books: Books, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Run a command; its exit code, what it said, and what it complained of."""
    monkeypatch.setenv("LKCAP_DATABASE_URL", books.database)
    monkeypatch.setenv("LKCAP_TODAY", "2026-11-22")

    def command(*words: str | Path) -> tuple[int | str | None, str, str]:
        try:
            code: int | str | None = main([str(word) for word in words])
        except SystemExit as usage:
            code = usage.code
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def houses(books: Books, good: int, bad: int) -> Path:
    lines = [f"G-{one};Кедровая, {one};;" for one in range(good)]
    lines += [f"B-{one};Кедровая;много;" for one in range(bad)]
    header = HOUSES.splitlines()[0]
    return put(books, "houses.csv", "\n".join([header, *lines]))


def count(books: Books) -> int:
    ((found,),) = books.rows("SELECT count(*) FROM house")
    return found


def test_a_clean_load_says_what_it_did(run, books: Books):
    assert run("import", "houses", put(books, "houses.csv", HOUSES)) == (
        0,
        "houses.csv: строк 2, новых или изменённых 2, без изменений 0, отложено 0\n",
        "",
    )


def test_a_load_with_a_row_set_aside_names_the_row(run, books: Books):
    code, out, err = run("import", "houses", houses(books, 99, 1))
    assert (code, err, count(books)) == (3, "", 99)
    assert out.splitlines() == [
        "houses.csv: строк 100, новых или изменённых 99, без изменений 0, отложено 1",
        "houses.csv, строка 101: total_area: не площадь: «много»",
    ]


def test_a_refused_load_says_so_on_standard_error(run, books: Books):
    code, out, err = run("import", "houses", put(books, "houses.csv", HOUSES + BAD))
    assert (code, out, count(books)) == (1, "", 0)
    assert "houses.csv, строка 4: total_area: не площадь: «много»\n" in err
    assert err.endswith(
        "Ничего не загружено: отложено строк 1 из 3, это больше, чем разрешает --max-bad.\n"
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [("10%", 3), ("0.1", 3), ("0,1", 3), ("10.5%", 3), ("100%", 3), ("1", 3), ("9,99%", 1),
     ("0", 1), ("0%", 1), ("101%", 2), ("2", 2), ("-1%", 2), ("мало", 2), ("", 2), ("1/0", 2)],
)  # fmt: skip
def test_the_limit_is_said_in_per_cent_or_as_a_share(run, books: Books, said, code):
    assert run("import", "houses", houses(books, 9, 1), f"--max-bad={said}")[0] == code
    assert count(books) == (9 if code == 3 else 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "houses"), "path"),
        (("import", "planets", "houses.csv"), "planets"),
        (("import", "tariffs", "houses.csv", "--format", "reformagkh"), "нет формата reformagkh"),
        (("import", "package", "houses.csv", "--format", "reformagkh"), "нет формата reformagkh"),
        (("import", "houses", "houses.csv", "--format", "dbf"), "нет формата dbf"),
    ],
)
def test_bad_usage_is_told_and_is_2(run, words, said):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("houses", b"", "houses.csv: файл пуст, нет даже заголовка\n"),
        ("houses", b"house_id\n", "houses.csv: нет столбцов: address\n"),
        ("package", b"not a zip", "не папка и не zip: "),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_1(run, books: Books, kind, content, said):
    code, out, err = run("import", kind, put(books, "houses.csv", content))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(said)


def test_a_file_that_is_not_there_is_one_line_and_1(run, books: Books):
    missing = books.folder / "nothing.csv"
    assert run("import", "houses", missing) == (1, "", f"нет такого файла: {missing}\n")


def test_a_trial_says_that_nothing_was_changed(run, books: Books):
    code, out, _ = run("import", "houses", houses(books, 99, 1), "--dry-run")
    assert (code, count(books)) == (3, 0)
    assert out.endswith("Это была проверка: ничего не изменено.\n")


def test_what_was_passed_over_is_noticed(run, books: Books):
    path = folder(books.folder / "package")
    (path / "readme.txt").write_text("прочти меня")
    (path / "works.csv").write_text("house_id;position;kind;status;roof;pipe\n")
    code, out, _ = run("import", "package", path)
    assert code == 0
    assert out.startswith("файл не нужен и пропущен: readme.txt\n")
    assert "works.csv: столбцы не нужны и пропущены: roof, pipe\n" in out


def test_balances_that_differ_are_listed_and_are_3(run, books: Books):
    run("import", "package", EXAMPLE)
    rows = "account;period;kind;closing\n86000000017;2025-04;principal;-2397,90\n"
    code, out, _ = run("import", "balances", put(books, "balances.csv", rows))
    assert code == 3
    assert out.splitlines()[1:] == [
        "остаток не сходится: 86000000017 2025-04 principal: в файле -2397,90, у нас 2397,90"
    ]


def test_the_open_data_file_is_loaded_by_its_format(run, books: Books):
    path = put(books, "export.csv", "HOUSE_ID,ADDRESS,YEAR\n7,Алая,Не заполнено\n")
    assert run("import", "houses", path, "--format=reformagkh")[0] == 0
    assert books.rows("SELECT code, year_built FROM house") == [("7", None)]


def test_today_is_that_of_the_settings(run, books: Books, monkeypatch: pytest.MonkeyPatch):
    books.house().account().load()
    books.entry("2026-11")
    path = books.write()
    monkeypatch.setenv("LKCAP_TODAY", "2026-10-31")
    assert run("import", "package", path)[0] == 1
    monkeypatch.setenv("LKCAP_TODAY", "2026-11-01")
    assert run("import", "package", path)[0] == 0


def test_without_a_database_in_the_settings_nothing_begins(run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("LKCAP_DATABASE_URL")
    code, out, err = run("import", "package", EXAMPLE)
    assert (code, out) == (1, "")
    assert err == "Настройки не годятся:\n  LKCAP_DATABASE_URL: не задана\n"


def test_a_database_that_does_not_answer_is_a_line(run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LKCAP_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    code, out, err = run("import", "package", EXAMPLE)
    assert (code, out) == (1, "")
    assert err.startswith("База не отвечает: ")
    assert "Traceback" not in err


def test_books_that_agree_are_0(run):
    run("import", "package", EXAMPLE)
    code, out, err = run("verify-books")
    assert (code, err) == (0, "")
    assert {line.split(": ")[1] for line in out.splitlines()} == {"сходятся"}


def test_books_that_differ_are_listed_and_are_3(run, books: Books):
    run("import", "package", EXAMPLE)
    books.rows("UPDATE account_balance SET balance = balance + 1 WHERE balance = 2788")
    code, out, _ = run("verify-books")
    assert code == 3
    assert "  счёт 86000000017, penalty: записано 27,89, по операциям 27,88\n" in out


@pytest.mark.parametrize("tampering", ["spent = spent + 1", "accounts = 9", "houses = 9"])
def test_a_total_of_the_fund_that_differs_is_3(run, books: Books, tampering):
    run("import", "package", EXAMPLE)
    assert run("verify-books")[0] == 0
    books.rows(f"UPDATE fund_total SET {tampering}")
    assert run("verify-books")[0] == 3


def test_a_registry_says_what_became_of_its_rows(run, books: Books):
    books.house().account().load()
    path = written(books, line("U-1"), line("U-2", account="404", amount="1234,5"))
    assert run("import", "payments", path, "--format", "csv", "--max-bad", "0") == (
        3,
        "payments.csv: строк 2, новых или изменённых 1, без изменений 0, отложено 1\n"
        "проведено: строк 1 на 100,00\n"
        "в невыясненные: строк 1 на 1234,50\n"
        "payments.csv, строка 3: account: нет такого лицевого счёта: 404; сумма 1234,50\n",
        "",
    )


def test_a_spoilt_registry_is_refused_with_every_fault(run, books: Books):
    path = written(books, line(day="вчера"), line(amount="ноль"))
    code, out, err = run("import", "payments", path, "--format", "csv", "--max-bad", "100%")
    assert (code, out, len(err.splitlines())) == (1, "", 3)
    assert "payments.csv, строка 2: дата платежа: не дата" in err
    assert err.endswith("Реестр не принят целиком: ошибок 2.\n")


@pytest.mark.parametrize("format_", [(), ("--format", "reformagkh")])
def test_a_registry_names_its_format(run, books: Books, format_):
    code, _, err = run("import", "payments", written(books, line()), *format_)
    assert code == 2
    assert "бывает: sber, 1c, dbf, csv" in err


def test_billing_s_other_sum_of_a_payment_is_told_and_the_load_is_clean(run, books: Books):
    books.house().account().load()
    run("import", "payments", written(books, line("U-1")), "--format", "csv")
    books.entry("2026-11", op="payment", amount="90,00", bank_ref="U-1")
    code, out, _ = run("import", "package", books.write())
    assert (code, out.splitlines()[-2:]) == (
        0,
        [
            "подтверждено расчётами платежей: 1",
            "платёж у нас и в расчётах разный: U-1: у нас 86000000017, взнос 100,00, пеня 0,00; "
            "в расчётах 86000000017, взнос 90,00, пеня 0,00",
        ],
    )
