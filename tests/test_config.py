"""Settings: typed, from the environment, files and TOML; every problem is told at once."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from lkcap.config import Config, DataConfig
from lkcap.kit.settings import BadConfig
from tests.conftest import KEY

GOOD = {
    "DATABASE_URL": "postgresql://lk:db-secret@db/lkcap",
    "SECRET_KEYS": KEY,
    "PUBLIC_URL": "http://127.0.0.1:8080",
    "SMTP_URL": "smtp://lk:smtp-secret@mail:587?starttls=1",
    "MAIL_FROM": "lk@example.com",
    "FUND__NAME": "Фонд",
}
REQUIRED = sorted(GOOD)
HTTPS = {"PUBLIC_URL": "https://lk.example.ru"}
GPB = ("START_URL", "MERCH_ID", "ACCOUNT_ID", "REGISTER_URL", "CERTIFICATES")
SNGB = ("INIT_URL", "STATUS_URL", "TRAN_URL", "MERCHANT", "TERMINAL", "PSK", "TOKEN")


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in GOOD.items():
        monkeypatch.setenv(f"LKCAP_{name}", value)
    return monkeypatch


def given(env: pytest.MonkeyPatch, **values: str) -> Config:
    for name, value in values.items():
        env.setenv(f"LKCAP_{name}", value)
    return Config.load()


def problems(env: pytest.MonkeyPatch, **values: str) -> list[str]:
    with pytest.raises(BadConfig) as caught:
        given(env, **values)
    return caught.value.problems


def test_the_required_ones_are_enough(env: pytest.MonkeyPatch):
    config = given(env)
    assert (config.host, config.port, config.metrics_port) == ("127.0.0.1", 8080, None)
    assert str(config.timezone) == "Asia/Yekaterinburg"
    assert config.order_ttl_minutes == 30


def test_every_missing_one_is_told_at_once():
    with pytest.raises(BadConfig) as caught:
        Config.load()
    assert sorted(caught.value.problems) == [f"LKCAP_{name}: не задана" for name in REQUIRED]


@pytest.mark.parametrize("name", REQUIRED)
def test_each_required_one_is_missed(env: pytest.MonkeyPatch, name: str):
    env.delenv(f"LKCAP_{name}")
    assert problems(env) == [f"LKCAP_{name}: не задана"]


@pytest.mark.parametrize("name", REQUIRED)
def test_an_empty_value_is_none_at_all(env: pytest.MonkeyPatch, name: str):
    assert problems(env, **{name: ""}) == [f"LKCAP_{name}: не задана"]


def test_wrong_ones_are_told_together_with_missing_ones(env: pytest.MonkeyPatch):
    env.delenv("LKCAP_MAIL_FROM")
    told = problems(env, PORT="eighty", TIMEZONE="Mars/Base", FUND__INN="7707083894")
    assert [one.partition(":")[0] for one in told] == [
        "LKCAP_TIMEZONE",
        "LKCAP_PORT",
        "LKCAP_MAIL_FROM",
        "LKCAP_FUND__INN",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://x"),
        ("SECRET_KEYS", "short"),
        ("SECRET_KEYS", " , "),
        ("PUBLIC_URL", "lk.example.ru"),
        ("PUBLIC_URL", "https://lk.example.ru/cabinet"),
        ("PUBLIC_URL", "https://lk.example.ru:x"),
        ("SMTP_URL", "mail.example.ru"),
        ("SMTP_URL", "file:"),
        ("PORT", "99999"),
        ("METRICS_PORT", "-1"),
        ("TRUSTED_PROXIES", "10.0.0.1,nginx"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("TODAY", "22.11.2026"),
        ("BANK", "sber"),
        ("DUE_DAY", "2014-09:32"),
        ("DUE_DAY", "2026-03:15,2014-09:10"),
        ("LIMITS__LOGIN", "0/15m"),
        ("LIMITS__GUEST", "10 per hour"),
        ("FEE__MIN", "дорого"),
        ("FEE__PERCENT", "x"),
        ("SNGB__REFUND_SIGNS_ACTION", "maybe"),
        ("NONSENSE", "1"),
        ("METRIC_PORT", "9100"),
        ("FUND__NMAE", "x"),
        ("LIMITS__LOGOUT", "1/1m"),
    ],
)
def test_a_wrong_or_unknown_setting_is_told_by_its_name(
    env: pytest.MonkeyPatch, name: str, value: str
):
    told = problems(env, **{name: value})
    assert len(told) == 1
    assert told[0].startswith(f"LKCAP_{name}: ")


def test_a_group_given_whole_is_told_how_to_be_given(env: pytest.MonkeyPatch):
    assert "LKCAP_ГРУППА__ИМЯ" in problems(env, GPB="x")[0]


def test_lists_are_separated_by_commas(env: pytest.MonkeyPatch):
    config = given(env, TRUSTED_PROXIES="10.0.0.1, 10.0.0.2,", GPB__CERTIFICATES="a.pem,b.pem")
    assert config.trusted_proxies == ("10.0.0.1", "10.0.0.2")
    assert config.gpb.certificates == ("a.pem", "b.pem")


def test_a_proxy_may_be_named_by_its_network(env: pytest.MonkeyPatch):
    config = given(env, TRUSTED_PROXIES="10.0.0.0/8,fd00::/8,::1")
    assert config.trusted_proxies == ("10.0.0.0/8", "fd00::/8", "::1")


def test_typed_values_are_read(env: pytest.MonkeyPatch):
    config = given(env, LIMITS__REGISTER="3/2h", FEE__MIN="15.00", FEE__MAX="15 000,00")
    assert (config.limits.register_.count, config.limits.register_.seconds) == (3, 7200)
    assert (config.fee.min, config.fee.max) == (1500, 1_500_000)


def test_a_value_may_come_from_a_file(env: pytest.MonkeyPatch, tmp_path: Path):
    env.delenv("LKCAP_SECRET_KEYS")
    (tmp_path / "keys").write_text(f"{KEY},{KEY}\n")
    (tmp_path / "name").write_text("Фонд из файла\n")
    files = {"SECRET_KEYS_FILE": str(tmp_path / "keys"), "FUND__NAME_FILE": str(tmp_path / "name")}
    config = given(env, **files)
    assert len(config.secret_keys) == 2
    assert config.fund.name == "Фонд из файла"


def test_a_file_that_cannot_be_read_is_told_with_all_the_rest(
    env: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "broken").write_bytes(b"\xff\xfe\x00")
    files = {"SECRET_KEYS_FILE": "/nonexistent", "MAIL_FROM_FILE": str(tmp_path / "broken")}
    told = "\n".join(problems(env, **files, PORT="x"))
    for name in ("LKCAP_SECRET_KEYS_FILE", "LKCAP_MAIL_FROM_FILE", "LKCAP_PORT"):
        assert name in told


TOML = f"""
database_url = "postgresql://toml/lkcap"
secret_keys = ["{KEY}"]
public_url = "http://toml"
smtp_url = "smtp://toml"
mail_from = "toml@example.com"
port = 9000
trusted_proxies = ["10.0.0.1"]
[fund]
name = "Фонд из TOML"
phone = "112"
[limits]
register = "7/1h"
"""


def test_a_toml_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "lkcap.toml").write_text(TOML, "utf-8")
    monkeypatch.setenv("LKCAP_CONFIG", str(tmp_path / "lkcap.toml"))
    config = given(monkeypatch, PORT="9001", FUND__PHONE="113")
    assert (config.port, config.fund.phone) == (9001, "113")
    assert (config.fund.name, config.public_url) == ("Фонд из TOML", "http://toml")
    assert config.limits.register_.count == 7
    assert config.trusted_proxies == ("10.0.0.1",)


@pytest.mark.parametrize(("text", "said"), [("port =", "не TOML"), ("colour = 1", "LKCAP_COLOUR")])
def test_a_wrong_toml_file_is_told(env: pytest.MonkeyPatch, tmp_path: Path, text: str, said: str):
    (tmp_path / "lkcap.toml").write_text(text)
    (told,) = problems(env, CONFIG=str(tmp_path / "lkcap.toml"))
    assert said in told


def test_a_toml_file_that_is_not_there_is_told(env: pytest.MonkeyPatch):
    assert "/nonexistent" in problems(env, CONFIG="/nonexistent")[0]


def test_what_is_for_development_only_is_refused_under_https(env: pytest.MonkeyPatch):
    told = problems(env, **HTTPS, SMTP_URL="file:/tmp/letters", TODAY="2026-11-22")
    assert sorted(one.partition(":")[0] for one in told) == ["LKCAP_SMTP_URL", "LKCAP_TODAY"]


def test_what_is_for_development_only_is_taken_under_http(env: pytest.MonkeyPatch):
    config = given(env, SMTP_URL="file:/tmp/letters", TODAY="2026-11-22")
    assert str(config.clock.today()) == "2026-11-22"
    assert not config.is_https


@pytest.mark.parametrize(("bank", "names"), [("gpb", GPB), ("sngb", SNGB)])
def test_the_chosen_bank_needs_its_terms(
    env: pytest.MonkeyPatch, bank: str, names: tuple[str, ...]
):
    (told,) = problems(env, BANK=bank)
    assert told == f"LKCAP_{bank.upper()}: не заданы: {', '.join(names)}"
    for name in names[1:]:
        env.setenv(f"LKCAP_{bank.upper()}__{name}", "https://bank.example")
    assert problems(env) == [f"LKCAP_{bank.upper()}: не заданы: {names[0]}"]
    last = {f"{bank.upper()}__{names[0]}": "https://bank.example"}
    assert given(env, **last).bank == bank


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("GPB__START_URL", "pay.example", "нужен адрес вида https://…"),
        ("GPB__START_URL", "https://[broken", "нужен адрес вида https://…"),
        ("SNGB__INIT_URL", "ftp://bank.example", "нужен адрес вида https://…"),
        ("GPB__ACCOUNT_ID", "x" * 33, "у банка не длиннее 32 знаков"),
        (
            "GPB__REGISTER_URL",
            "https://lk.example/bank/gpb/register?a=1",
            "нужен адрес без «?»: параметры приписывает банк",
        ),
    ],
)
def test_terms_that_no_bank_would_take_are_refused(
    env: pytest.MonkeyPatch, name: str, value: str, said: str
):
    assert problems(env, **{name: value}) == [f"LKCAP_{name}: {said}"]


def test_a_bank_that_is_not_chosen_needs_nothing(env: pytest.MonkeyPatch):
    assert given(env, GPB__MERCH_ID="x").bank == ""


def test_an_account_whose_key_does_not_fit_its_bank_is_refused(env: pytest.MonkeyPatch):
    told = problems(
        env,
        FUND__BIC="049999999",
        FUND__ACCOUNT="40703810600000000043",
        FUND__CORR_ACCOUNT="30101810300000000998",
        FUND__PENALTY_ACCOUNT="40703810600000000042",
    )
    wrong = "контрольный ключ счёта не сходится с БИК"
    assert told == [f"LKCAP_FUND__ACCOUNT: {wrong}", f"LKCAP_FUND__CORR_ACCOUNT: {wrong}"]


def test_a_treasury_account_is_a_warning_only(env: pytest.MonkeyPatch):
    config = given(env, FUND__BIC="049999999", FUND__PENALTY_ACCOUNT="03224643000000000001")
    told = "LKCAP_FUND__PENALTY_ACCOUNT: ключ казначейского счёта не сходится с БИК"
    assert config.fund.warnings() == [told]


SECRETS = {
    "DATABASE_URL": "postgresql://lk:hunter2@db/lkcap",
    "MIGRATE_DATABASE_URL": "postgresql://owner:hunter2@db/lkcap",
    "SMTP_URL": "smtp://lk:hunter2@mail",
    "GPB__BASIC_AUTH": "gpb:hunter2",
    "GPB__API_PASSWORD": "hunter2",
    "SNGB__PSK": "hunter2",
    "SNGB__TOKEN": "hunter2",
}


def test_secrets_are_in_no_text_of_the_settings(env: pytest.MonkeyPatch):
    config = given(env, **SECRETS)
    for text in (
        str(config),
        repr(config),
        f"{config.gpb!r}{config.sngb!r}",
        str(config.model_dump()),
    ):
        assert "hunter2" not in text
        assert KEY not in text


@pytest.mark.parametrize("name", ["DATABASE_URL", "SMTP_URL", "SECRET_KEYS"])
def test_secrets_are_in_no_error(env: pytest.MonkeyPatch, name: str):
    env.setenv(f"LKCAP_{name}", "wrong:hunter2")
    with pytest.raises(BadConfig) as caught:
        Config.load()
    assert "hunter2" not in f"{caught.value!r}{caught.value}{caught.value.__cause__}"
    with pytest.raises(ValidationError) as raw:
        Config()
    assert "hunter2" not in str(raw.value)


def test_commands_on_the_data_need_the_database_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LKCAP_DATABASE_URL", GOOD["DATABASE_URL"])
    monkeypatch.setenv("LKCAP_SMTP_URL", "nonsense of another command")
    config = DataConfig.load()
    assert config.owner_url == GOOD["DATABASE_URL"]


def test_the_owner_of_the_schema_may_have_an_address_of_his_own(env: pytest.MonkeyPatch):
    config = given(env, MIGRATE_DATABASE_URL="postgres://owner@db/lkcap")
    assert config.owner_url == "postgres://owner@db/lkcap"


def test_settings_cannot_be_changed_while_the_process_runs(env: pytest.MonkeyPatch):
    config = given(env)
    with pytest.raises(ValidationError, match="frozen"):
        config.port = 1
