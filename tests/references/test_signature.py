"""A signature holds for the very paper it stands on, by openssl alone."""

import base64
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from lkcap.config import Config
from lkcap.kit.settings import BadConfig
from lkcap.references.model import Reference
from lkcap.references.sheet import render
from lkcap.references.signing import key_id, keys_text, sign, signed_line
from tests.browserless import Browser
from tests.factory import Books
from tests.pdf import text_of
from tests.references.conftest import Issue, signed_by
from tests.test_config import GOOD

SHELL = re.compile(r"^#      (.+)$", re.MULTILINE)


@pytest.fixture
async def given(year: Books, issued: Issue) -> Reference:
    return await issued()


def is_signed(reference: Reference, line: str, config: Config) -> bool:
    value = base64.b64decode(reference.signature.value)
    try:
        config.reference_keys[0].public_key().verify(value, line.encode())
    except InvalidSignature:
        return False
    return True


async def test_the_line_says_what_is_printed(given: Reference):
    line = given.signature.line
    assert line == signed_line(given)
    assert not re.search(r"\s", line)
    assert line.split(";")[0] == "справка-1"
    fields = dict(field.split("=", 1) for field in line.split(";")[1:])
    assert fields == {
        "номер": "2026-000001",
        "дата": "22.11.2026",
        "лс": "86000000017",
        "период": "12.2025-11.2026",
        "взнос": "774,47",
        "пеня": "0,32",
        "обороты_взноса": "1216,58/774,47/1216,58/0,00/0,00/774,47",
        "обороты_пени": "0,00/0,32/0,00/0,00/0,00/0,32",
        "код": "-".join(re.findall("....", given.code)),
        "площадь": "51.4",
        "доля": "1/1",
        "помещение": "г._Северореченск,_ул._Кедровая,_д._14,_кв._27",
        "владелец": "Примерова_Анна_Петровна",
    }


async def test_blanks_and_spelling_of_letters_do_not_matter(given: Reference):
    typed = "Иванова\u00a0 Анатолии\u0306"
    line = signed_line(replace(given, holder=replace(given.holder, owner=typed)))
    assert line.endswith(";владелец=Иванова_Анатолий")


async def test_any_altered_figure_breaks_it(given: Reference, config: Config):
    line = given.signature.line
    assert is_signed(given, line, config)
    for place in [found.start() for found in re.finditer(r"\d", line)]:
        forged = line[:place] + str((int(line[place]) + 1) % 10) + line[place + 1 :]
        assert not is_signed(given, forged, config), forged


async def test_any_altered_word_of_the_paper_is_another_line(given: Reference, config: Config):
    forgeries = [
        replace(given, number="2026-000002"),
        replace(given, holder=replace(given.holder, owner="Подделов Пётр")),
        replace(given, holder=replace(given.holder, address="другой дом")),
        replace(given, penalty=replace(given.penalty, balance=0)),
        replace(given, principal=replace(given.principal, total=given.penalty.total)),
        replace(given, code="0" * 16),
    ]
    assert not [one for one in forgeries if is_signed(given, signed_line(one), config)]


async def test_the_first_key_signs(given: Reference, config: Config):
    assert given.signature.key == key_id(config.reference_keys[0].public_key())
    assert given.signature == sign(given.signature.line, config.reference_keys)
    assert sign("строка", ()) is None


async def test_the_keys_page_shows_all_of_them(browser: Browser, config: Config):
    answer = await browser.get("/verify/keys")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    told = answer.body.decode()
    assert told == keys_text(config.reference_keys, config.fund.name)
    assert re.findall(r"^# Ключ (\w{16})$", told, re.MULTILINE) == [
        key_id(key.public_key()) for key in config.reference_keys
    ]
    assert told.count("-----BEGIN PUBLIC KEY-----") == 2
    assert "PRIVATE" not in told


def test_a_fund_without_keys_says_so():
    assert keys_text((), "Фонд") == (
        "# Фонд: справки выдаются без электронной подписи, ключей нет.\n"
    )


def copied(pdf: bytes) -> tuple[str, str]:
    """The line and the signature as they are copied from the paper, blanks and all."""
    text = text_of(pdf)
    line = re.search(r"не считаются: (справка-1;.+?) Подпись,", text)
    value = re.search(r"/verify/keys: (\S{80,}={0,2})", text)
    return line[1], value[1]


def in_shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True)


async def test_a_paper_is_checked_by_the_words_of_the_keys_page(
    given: Reference, config: Config, tmp_path: Path
):
    told = keys_text(config.reference_keys, "Фонд")
    *steps, name_of_key = SHELL.findall(told)
    pem = told.split(f"# Ключ {given.signature.key}\n")[1].split("\n\n")[0]
    line, value = copied(render(given))
    # a copy loses nothing of a field: lines break between them alone
    assert not re.search(r"[^;] ", line)
    (tmp_path / "key.pem").write_text(pem)
    (tmp_path / "line.txt").write_text(line.replace("; код", ";\r\nкод") + "\n")
    (tmp_path / "signature.txt").write_text(value[:40] + "\n" + value[40:] + "\n")
    done = [in_shell(tmp_path, step) for step in steps]
    assert done[-1].stdout == "Signature Verified Successfully\n"
    assert in_shell(tmp_path, name_of_key).stdout.startswith(given.signature.key)
    (tmp_path / "line.txt").write_text(line.replace("774,47", "774,46"))
    assert [in_shell(tmp_path, step).returncode for step in steps][-1] != 0


def pem_of(key, encryption=None) -> bytes:
    protection = encryption or NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)


def test_a_wrong_key_stops_the_start(tmp_path: Path, keys, monkeypatch: pytest.MonkeyPatch):
    key = signed_by("postgresql://x", keys).reference_keys[0]
    files = {
        "rsa.pem": pem_of(rsa.generate_private_key(65537, 2048)),
        "ec.pem": pem_of(ec.generate_private_key(ec.SECP256R1())),
        "locked.pem": pem_of(key, BestAvailableEncryption(b"secret")),
        "public.pem": keys_text([key], "").encode(),
        "empty.pem": b"",
    }
    for name, value in GOOD.items():
        monkeypatch.setenv(f"LKCAP_{name}", value)
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)
    for name in [*files, "nowhere.pem"]:
        path = str(tmp_path / name)
        monkeypatch.setenv("LKCAP_REFERENCE_KEYS", f"{keys[0]},{path}")
        with pytest.raises(BadConfig) as caught:
            Config.load()
        (problem,) = caught.value.problems
        assert problem.startswith("LKCAP_REFERENCE_KEYS: ")
        assert path in problem


def test_a_key_in_the_place_of_its_file_is_not_told(keys, monkeypatch: pytest.MonkeyPatch):
    for name, value in GOOD.items():
        monkeypatch.setenv(f"LKCAP_{name}", value)
    monkeypatch.setenv("LKCAP_REFERENCE_KEYS_FILE", keys[0])
    with pytest.raises(BadConfig) as caught:
        Config.load()
    secret = Path(keys[0]).read_text().splitlines()[1]
    assert caught.value.problems == [
        "LKCAP_REFERENCE_KEYS: нужны имена файлов с ключами, а не сами ключи"
    ]
    assert secret not in repr(caught.value)
