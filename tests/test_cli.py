"""The commands as a person or cron runs them."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from lkcap.cli import main
from tests.conftest import KEY, PASSWORD
from tests.factory import Books

RUN = Path(__file__).parents[1] / "run.py"
COMMANDS = (
    "demo", "serve", "migrate", "check", "import", "export", "receipt", "reference",
    "verify-books", "tidy", "subscriber",
)  # fmt: skip
DEAD = "postgresql://lkcap@/lkcap?host=/nonexistent"


def environment(url: str, **more: str) -> dict[str, str]:
    values = {
        "DATABASE_URL": url,
        "SECRET_KEYS": KEY,
        "PUBLIC_URL": "http://127.0.0.1",
        "SMTP_URL": "file:/nowhere",
        "MAIL_FROM": "lk@example.com",
        "FUND__NAME": "Фонд",
    } | more
    return {f"LKCAP_{name}": value for name, value in values.items()}


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch, database: str) -> pytest.MonkeyPatch:
    for name, value in environment(database).items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, RUN, *arguments],
        env={"PATH": os.environ["PATH"]} | settings,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


@pytest.mark.parametrize("command", [(), *[(one,) for one in COMMANDS], ("subscriber", "add")])
def test_help_is_given_on_each_command(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as caught:
        main([*command, "--help"])
    assert caught.value.code == 0
    assert "usage: " in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [(), ("nonsense",), ("subscriber",), ("subscriber", "add", "x"), ("import", "x", "y")],
)
def test_a_bad_usage_ends_with_two(arguments: tuple[str, ...]):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


@pytest.mark.parametrize(
    "command",
    [("migrate",), ("tidy",), ("verify-books",), ("serve",), ("import", "houses", str(RUN))],
)
@pytest.mark.parametrize("url", [DEAD, "postgresql://[broken"], ids=["dead", "broken"])
def test_a_database_that_is_not_there_is_a_readable_line(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], url: str
):
    if command == ("serve",):
        told = run("serve", **environment(url))
        code, err = told.returncode, told.stderr
    else:
        env.setenv("LKCAP_DATABASE_URL", url)
        code, err = main(command), capsys.readouterr().err
    assert code == 1
    assert "База" in err
    assert "Traceback" not in err


def test_a_command_without_settings_says_what_is_missing(capsys: pytest.CaptureFixture[str]):
    assert main(["tidy"]) == 1
    assert "LKCAP_DATABASE_URL: не задана" in capsys.readouterr().err


def test_a_command_on_a_database_not_migrated_is_refused(
    empty_database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("LKCAP_DATABASE_URL", empty_database)
    for command in ("tidy", "verify-books"):
        assert main([command]) == 1
        assert "Traceback" not in capsys.readouterr().err


def test_migrate_brings_an_empty_database_up_and_may_be_repeated(
    empty_database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("LKCAP_DATABASE_URL", empty_database)
    assert main(["migrate"]) == 0
    assert "применено: 0001_role" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out == "База уже этой версии.\n"
    assert main(["verify-books"]) == 0


def test_two_hosts_may_migrate_at_once(empty_database: str):
    settings = {"PATH": os.environ["PATH"], "LKCAP_DATABASE_URL": empty_database}
    command = [sys.executable, RUN, "migrate"]
    racing = [
        subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    told = [one.communicate(timeout=60) for one in racing]
    assert [one.returncode for one in racing] == [0, 0], told
    applied = sorted(out.decode().count("применено") for out, _ in told)
    assert applied[0] == 0 < applied[1]


def test_the_application_needs_no_rights_of_the_owner(
    empty_database: str, books: Books, monkeypatch: pytest.MonkeyPatch
):
    login = f"lkcap_web_{os.getpid()}"
    books.rows(f"CREATE ROLE {login} LOGIN")
    try:
        monkeypatch.setenv("LKCAP_MIGRATE_DATABASE_URL", empty_database)
        web_url = empty_database.replace("//lkcap@", f"//{login}@")
        assert web_url != empty_database
        monkeypatch.setenv("LKCAP_DATABASE_URL", web_url)
        assert main(["migrate"]) == 0
        for command in ("tidy", "verify-books"):
            assert main([command]) == 0
    finally:
        owned = Books(empty_database, books.folder, books.today, "")
        owned.rows(f"DROP OWNED BY {login}")
        books.rows(f"DROP ROLE {login}")


def test_serve_refuses_with_every_problem_listed():
    told = run("serve", LKCAP_PORT="x", LKCAP_DATABASE_URL="mysql://")
    assert told.returncode == 1
    assert not told.stdout
    for name in ("PORT", "DATABASE_URL", "SECRET_KEYS", "PUBLIC_URL", "SMTP_URL", "FUND__NAME"):
        assert f"  LKCAP_{name}: " in told.stderr
    assert "Traceback" not in told.stderr


def test_serve_refuses_a_database_not_migrated(empty_database: str):
    told = run("serve", **environment(empty_database))
    assert told.returncode == 1
    assert "0001_role" in told.stderr
    assert "выполните migrate" in told.stderr


def test_serve_refuses_a_port_that_is_taken(database: str):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = run("serve", **environment(database, PORT=str(taken.getsockname()[1])))
    assert told.returncode == 1
    assert "нельзя слушать 127.0.0.1" in told.stderr
    assert "Traceback" not in told.stderr


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


class Site:
    """`run.py serve` as its own process."""

    def __init__(self, url: str, log: Path) -> None:
        self.port, self.health, self.log = free_port(), free_port(), log
        ports = {"PORT": str(self.port), "METRICS_PORT": str(self.health)}
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, RUN, "serve"],
                env={"PATH": os.environ["PATH"]} | environment(url, **ports),
                stderr=file,
                stdout=file,
            )

    def get(self, path: str, port: int = 0, **headers: str) -> tuple[int, str]:
        request = Request(f"http://127.0.0.1:{port or self.port}{path}", headers=headers)
        try:
            with urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def wait(self) -> None:
        for _ in range(200):
            assert self.process.poll() is None, self.log.read_text()
            try:
                socket.create_connection(("127.0.0.1", self.health), 0.1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the site did not start")

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@contextmanager
def serving(url: str, log: Path) -> Iterator[Site]:
    site = Site(url, log)
    try:
        site.wait()
        yield site
    finally:
        site.process.kill()
        site.process.wait()


def test_the_site_starts_answers_and_stops(database: str, tmp_path: Path):
    with serving(database, tmp_path / "log") as site:
        assert "войдите в" in site.get("/")[1]
        assert site.get("/healthz", site.health) == (200, "ok\n")
        assert site.get("/readyz", site.health) == (200, "ok\n")
        status, metrics = site.get("/metrics", site.health)
        assert (status, 'route="/"' in metrics) == (200, True)
        for path in ("/healthz", "/metrics"):
            assert "войдите в" in site.get(path)[1], "health is not on the port of the site"
        site.process.send_signal(signal.SIGTERM)
        assert site.process.wait(timeout=10) == 0


def test_a_database_without_the_ledger_is_not_ready(database: str, books: Books, tmp_path: Path):
    with serving(database, tmp_path / "log") as site:
        books.rows("ALTER TABLE entry RENAME TO entry_gone")
        assert site.get("/readyz", site.health)[0] == 503
        assert site.get("/healthz", site.health)[0] == 200


def test_the_log_is_json_and_holds_nothing_personal(database: str, books: Books, tmp_path: Path):
    books.house().account().load()
    books.subscriber("alice@example.com", "86000000017")
    with serving(database, tmp_path / "log") as site:
        site.get("/statement?email=alice@example.com", Cookie="lkcap=stolen-cookie")
        asyncio.run(log_in(site))
        books.rows("ALTER TABLE login_session RENAME TO gone")
        asyncio.run(log_in(site))
        site.process.send_signal(signal.SIGTERM)
        site.process.wait(timeout=10)
    requests = [line for line in site.lines if line["event"] == "request"]
    assert {line["status"] for line in requests} == {200, 303, 500}
    assert all(line["request_id"] for line in requests)
    assert [line for line in site.lines if line["event"] == "unhandled error"]
    text = site.log.read_text()
    for secret in ("alice@example.com", PASSWORD, "stolen-cookie", "Примерова", "lkcap=", KEY):
        assert secret not in text, secret


async def log_in(site: Site) -> None:
    from tests.browserless import Browser

    class Server:
        port = site.port

        def make_url(self, path: str) -> object:
            from yarl import URL

            return URL(f"http://127.0.0.1:{site.port}").join(URL(path))

    async with Browser(Server(), PASSWORD) as browser:
        await browser.login("alice@example.com")


def test_a_request_that_runs_is_finished_before_the_stop(
    database: str, books: Books, tmp_path: Path
):
    import psycopg2

    with serving(database, tmp_path / "log") as site:
        holder = psycopg2.connect(database)
        holder.cursor().execute("LOCK TABLE fund_year IN ACCESS EXCLUSIVE MODE")
        slow = subprocess.Popen(
            [sys.executable, "-c", GET.format(port=site.port)], stdout=subprocess.PIPE
        )
        time.sleep(1)
        site.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert site.process.poll() is None
        holder.close()
        assert slow.communicate(timeout=20)[0].strip() == b"200"
        assert site.process.wait(timeout=20) == 0


GET = "from urllib.request import urlopen; print(urlopen('http://127.0.0.1:{port}/fund').status)"


def checked(capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, str]]:
    """name: (хорошо or ПЛОХО, what was said)."""
    lines = capsys.readouterr().out.splitlines()
    parts = [line.split(maxsplit=1) for line in lines]
    return {rest.partition(":")[0]: (word, rest.partition(": ")[2]) for word, rest in parts}


def test_check_has_a_line_for_each_thing(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert main(["check"]) == 0
    told = checked(capsys)
    assert set(told) == {
        "настройки", "база", "схема", "почта", "сертификаты банка", "ключи справок", "шрифты",
        "платёжный код",
    }  # fmt: skip
    assert {word for word, _ in told.values()} == {"хорошо"}


@pytest.mark.parametrize(
    ("name", "value", "bad"),
    [
        ("DATABASE_URL", DEAD, {"база", "схема"}),
        ("DATABASE_URL", "postgresql://[broken", {"база", "схема"}),
        ("SMTP_URL", "smtp://127.0.0.1:1", {"почта"}),
        ("SMTP_URL", "smtp://127.0.0.1:port", {"почта"}),
        ("GPB__CERTIFICATES", "/nonexistent.pem", {"сертификаты банка"}),
        ("GPB__CERTIFICATES", str(RUN), {"сертификаты банка"}),
    ],
)
def test_check_ends_with_one_where_something_is_bad(
    env: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    bad: set[str],
):
    env.setenv(f"LKCAP_{name}", value)
    assert main(["check"]) == 1
    assert {one for one, (word, _) in checked(capsys).items() if word == "ПЛОХО"} == bad


def test_check_names_the_migrations_that_are_missing(
    env: pytest.MonkeyPatch, empty_database: str, capsys: pytest.CaptureFixture[str]
):
    env.setenv("LKCAP_DATABASE_URL", empty_database)
    assert main(["check"]) == 1
    assert "0001_role" in checked(capsys)["схема"][1]


def test_check_lists_every_problem_of_the_settings(capsys: pytest.CaptureFixture[str]):
    assert main(["check"]) == 1
    assert "LKCAP_FUND__NAME" in capsys.readouterr().err


@asynccontextmanager
async def relay(seen: list[str]) -> AsyncIterator[int]:
    """An SMTP server just polite enough to be greeted and logged in to."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 relay\r\n")
        while line := (await reader.readline()).decode().strip():
            seen.append(line)
            word = line.split()[0].upper()
            answers = {
                "EHLO": b"250-relay\r\n250 AUTH PLAIN\r\n",
                "AUTH": b"235 fine\r\n",
                "QUIT": b"221 bye\r\n",
            }
            writer.write(answers.get(word, b"250 fine\r\n"))
            if word == "QUIT":
                break
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_check_greets_the_relay_and_logs_in(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    seen: list[str] = []
    async with relay(seen) as port:
        env.setenv("LKCAP_SMTP_URL", f"smtp://lk%40example.com:p%40ss@127.0.0.1:{port}")
        assert await asyncio.to_thread(main, ["check"]) == 0
    assert checked(capsys)["почта"] == ("хорошо", "127.0.0.1 отвечает")
    import base64

    (auth,) = [line for line in seen if line.startswith("AUTH PLAIN")]
    assert base64.b64decode(auth.split()[-1]) == b"\0lk@example.com\0p@ss"


def test_a_certificate_past_its_time_is_told_and_is_not_bad(
    env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    for name, year in (("old.pem", 2020), ("new.pem", 2099)):
        (tmp_path / name).write_bytes(certificate(year))
    env.setenv("LKCAP_GPB__CERTIFICATES", f"{tmp_path}/old.pem,{tmp_path}/new.pem")
    assert main(["check"]) == 0
    assert checked(capsys)["сертификаты банка"] == (
        "хорошо",
        "old.pem: до 01.01.2020; new.pem: до 01.01.2099; "
        "old.pem: срок сертификата вышел 01.01.2020",
    )


def certificate(year: int) -> bytes:
    """Of a bank, good till the first of January of the year."""
    key, name = rsa.generate_private_key(65537, 2048), x509.Name([])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(datetime(2019, 1, 1, tzinfo=UTC))
    made = made.not_valid_after(datetime(year, 1, 1, tzinfo=UTC))
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def test_tidy_says_what_it_did(env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    assert main(["tidy"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "платежей подтверждено расчётами: 0",
        "заказов без оплаты в срок закрыто: 0",
        "законченных сессий убрано: 0",
        "сессий сотрудников убрано: 0",
        "отживших счётчиков форм убрано: 0",
        "непринятых сообщений банков старше 90 дней убрано: 0",
        "форм оплаты за прошлые дни убрано: 0",
        "введённого до входа старше часа убрано: 0",
        "заявок без подтверждения закрыто: 0",
        "заявок старше 90 дней обезличено: 0",
        "записей о входах старше года убрано: 0",
        "просроченных одноразовых паролей убрано: 0",
        "неподтверждённых адресов почты убрано: 0",
        "неоконченных подключений кода убрано: 0",
        "адресов удалённых кабинетов забыто: 0",
        "непринятых приглашений и доступов прежних собственников убрано: 0",
        "адресов приглашённых забыто: 0",
    ]
