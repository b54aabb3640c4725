"""`receipt ACCOUNT PERIOD -o FILE`, as a person runs it."""

from pathlib import Path

import pytest

from lkcap.cli import main
from tests.factory import Books
from tests.pdf import codes_in, text_of
from tests.test_cli import environment


@pytest.fixture(autouse=True)
def env(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    for name, value in environment(database, TODAY="2026-11-22").items():
        monkeypatch.setenv(name, value)


def test_a_receipt_is_written_to_the_file(october: Books, tmp_path: Path):
    file = tmp_path / "receipt.pdf"
    assert main(["receipt", "8600 0000-017", "2026-10", "-o", str(file)]) == 0
    assert "К оплате 774,79 ₽" in text_of(file.read_bytes())
    assert codes_in(file.read_bytes()) == []  # the fund of these settings has no account


@pytest.mark.parametrize(
    ("account", "period", "told"),
    [
        ("86000000017", "2026-11", "ещё не закрыт"),
        ("86000000017", "2020-01", "счёт 86000000017 начался позже"),
        ("86000000017", "ноябрь", "не месяц"),
        ("99", "2026-10", "нет такого лицевого счёта"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(
    october: Books,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    account: str,
    period: str,
    told: str,
):
    file = tmp_path / "receipt.pdf"
    assert main(["receipt", account, period, "-o", str(file)]) == 1
    assert told in capsys.readouterr().err
    assert not file.exists()


def test_a_folder_that_is_not_there_is_told(
    october: Books, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["receipt", "86000000017", "2026-10", "-o", str(tmp_path / "no" / "x.pdf")]) == 1
    assert "не записать" in capsys.readouterr().err
