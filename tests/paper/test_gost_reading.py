"""Anyone's payment barcode: examples of the standard and of real bills, and their known bugs."""

import string
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkcap.paper.gost import BadCode, Encoding, build
from lkcap.paper.gost_reading import parse, warnings
from tests.paper.codes import FIELDS, MANDATORY, OURS, STANDARD, block_of, code_of

ELECTRICITY = (
    'ST00012|Name=АО "Мосэнергосбыт"|PersonalAcc=40702810338360027201'
    '|BankName=ПАО "Сбербанк России"|BIC=044525225|CorrespAcc=30101810400000000225'
    "|Purpose=Оплата электроэнергии|Sum=61069|persAcc=2287008779|paymPeriod=022021|regType=6"
    "|TechCode=02|PayeeINN=7736520080|KPP=997650001"
)
OWN_KEYS = (
    'ST00012|Name=ПАО "Калужская сбытовая компания"|PersonalAcc=40702810600180000156'
    '|BankName=Тульский филиал АБ "РОССИЯ"|BIC=047003764|CorrespAcc=30101810600000000764'
    "|PersAcc=110110581|Sum=66671|Purpose= лс 110110581 ЭЭ|PayeeINN=4029030252|KPP=402801001"
    "|TechCode=02|Category=1|KSK_PeriodPok=202208|KSK_Type=1|Amount=6835|Any=123"
)
INVENTED_SUMS = (
    "ST00012|Name=Фонд|PersonalAcc=40703810953000000557|BankName=БАНК|BIC=046126614"
    "|CorrespAcc=30101810500000000614|PayeeINN=6229990334|SumVznos=50000|SumPeny=120"
)


def unreadable(data: bytes) -> str:
    with pytest.raises(BadCode) as caught:
        parse(data)
    return str(caught.value)


# --- the examples


def test_the_standard_s_own_example_is_read_with_its_wrong_inn():
    code = parse(STANDARD.encode())
    assert (code.get("Name"), code.sum) == ("ООО «Три кита»", 100000)
    assert warnings(code) == ["PayeeINN: не сходится контрольная цифра ИНН"]


def test_keys_of_a_live_bill_are_read_in_any_case():
    code = parse(ELECTRICITY.encode())
    assert (code.get("PersAcc"), code.get("PAYMPERIOD")) == ("2287008779", "022021")
    assert (code.sum, warnings(code)) == (61069, [])


def test_a_vendor_s_own_keys_and_a_leading_blank_are_kept_and_noticed():
    code = parse(OWN_KEYS.encode())
    assert len(code.fields) == 16
    assert (code.get("Purpose"), code.get("Any")) == (" лс 110110581 ЭЭ", "123")
    assert warnings(code) == [
        "Purpose: пробел в начале или в конце",
        "в стандарте нет ключа «KSK_PeriodPok»",
        "в стандарте нет ключа «KSK_Type»",
        "в стандарте нет ключа «Amount»",
        "в стандарте нет ключа «Any»",
    ]


def test_invented_sums_are_no_sum():
    code = parse(INVENTED_SUMS.encode())
    assert code.sum is None
    assert warnings(code) == [
        "в стандарте нет ключа «SumVznos»",
        "в стандарте нет ключа «SumPeny»",
        "нет поля Sum: банк предложит ввести сумму самому",
    ]


def test_another_bank_s_correspondent_account_is_noticed_by_key_and_by_tail():
    text = STANDARD.replace("30101810400000000225", "30101810965770000413")
    assert warnings(parse(text.encode()))[:2] == [
        "CorrespAcc: ключ счёта не подходит к БИК",
        "CorrespAcc: последние три цифры не те, что у БИК",
    ]


def test_our_own_code_gives_no_cause_for_questions():
    assert warnings(parse(OURS.encode())) == []


# --- reading


def test_the_seventh_byte_tells_the_encoding_and_nothing_is_guessed():
    purpose = "Р°Р±"  # in windows-1251 these are also the bytes of «аб» in UTF-8
    data = build(FIELDS | {"Purpose": purpose}, Encoding.WINDOWS_1251)
    assert purpose.encode("cp1251").decode() == "аб"
    assert parse(data).get("Purpose") == purpose
    assert parse(data).encoding is Encoding.WINDOWS_1251


@pytest.mark.parametrize(("encoding", "mark"), [*zip(Encoding, "123", strict=True)])
def test_every_encoding_has_its_mark(encoding: Encoding, mark: str):
    data = build(FIELDS, encoding)
    assert data.startswith(f"ST0001{mark}|Name=".encode())
    assert data[13:17] == "Фонд".encode(encoding.codec)[:4]
    assert parse(data).get("Name") == "Фонд"


def test_bytes_of_another_encoding_are_refused_with_their_place():
    wrong = OURS.encode("cp1251")
    assert unreadable(wrong) == "байт 14 не читается в utf-8"
    assert unreadable(b"ST00011|Name=\x98") == "байт 14 не читается в windows-1251"


def test_a_later_equals_sign_belongs_to_the_value():
    data = code_of(Purpose="a=b==c=")
    assert parse(data).get("Purpose") == "a=b==c="


@pytest.mark.parametrize("sign", sorted(set(string.punctuation) - {"=", "."}))
def test_any_sign_of_ascii_may_separate(sign: str):
    fields = {key: value.replace("|", sign) for key, value in FIELDS.items()}
    pairs = sign.join(f"{key}={value}" for key, value in fields.items())
    code = parse(f"ST00012{sign}{pairs}{sign}".encode())
    assert (code.separator, dict(code.fields)) == (sign, FIELDS)


@pytest.mark.parametrize("sign", ["=", "N", "7", " ", "\n", "\0", "§", ""])
def test_a_sign_that_cannot_separate_is_refused(sign: str):
    assert unreadable(b"ST00012" + sign.encode()) == "восьмой байт не может разделять поля"


def test_a_trailing_separator_is_allowed():
    assert parse(OURS.encode() + b"|") == parse(OURS.encode())


@pytest.mark.parametrize(
    "data", [b"S", b"ST0002" + OURS.encode()[6:], b"\xef\xbb\xbfST00012|", b"{}"]
)
def test_what_does_not_begin_as_a_payment_code_is_refused(data: bytes):
    assert unreadable(data) == "код начинается не с ST0001"


def test_nothing_at_all_is_refused():
    assert unreadable(b"") == "код пуст"


@pytest.mark.parametrize("mark", ["0", "4", "|", ""])
def test_an_unknown_encoding_is_refused(mark: str):
    assert unreadable(f"ST0001{mark}".encode()).startswith("седьмой байт")


@pytest.mark.parametrize("key", MANDATORY)
def test_a_missing_mandatory_field_is_refused(key: str):
    pairs = [f"{own}={value}" for own, value in FIELDS.items() if own != key]
    assert f"вместо {key} стоит" in unreadable(f"ST00012|{'|'.join(pairs)}".encode())


def test_another_order_of_the_mandatory_five_is_refused():
    pairs = "|".join(f"{key}={value}" for key, value in reversed(FIELDS.items()))
    assert unreadable(f"ST00012|{pairs}".encode()) == "поле 1: вместо Name стоит «CorrespAcc»"


def test_an_optional_field_before_the_mandatory_is_refused():
    assert "вместо Name стоит «Sum»" in unreadable(b"ST00012|Sum=1|" + code_of()[8:-6])


def test_a_pair_without_an_equals_sign_is_refused():
    assert unreadable(code_of() + b"|Purpose") == "поле 7: нет знака «=»: «Purpose»"
    assert unreadable(code_of() + b"||Purpose=1") == "поле 7: нет знака «=»: «»"
    assert unreadable(b"ST00012|") == "поле 1: нет знака «=»: «»"


@pytest.mark.parametrize("key", ["Sum", "sum", " Sum"])
def test_a_key_that_comes_twice_is_refused(key: str):
    assert unreadable(code_of(**{"Purpose": "1"}) + f"|{key}=2".encode()) == (
        f"поле 8: ключ «{key}» уже был"
    )


@pytest.mark.parametrize(
    "amount", ["880.29", "88029.00", "880,29", "-1", "+1", " 1", "", "1e3", "٣"]
)
def test_a_sum_that_is_not_whole_kopecks_is_refused(amount: str):
    assert unreadable(code_of(Sum=amount)) == f"Sum: не целые копейки: «{amount}»"


def test_a_refusal_quotes_only_the_beginning_of_a_long_text():
    long = "x" * 4000
    for tail in (long, f"{long}=1|{long}=2"):
        assert len(unreadable(code_of() + f"|{tail}".encode())) < 100
    assert len(unreadable(f"ST00012|{long}=1".encode())) < 100
    assert len(unreadable(code_of(Sum=long))) < 100


def test_a_foreign_mandatory_block_above_300_octets_is_refused():
    assert unreadable(code_of(**block_of(301))).startswith(
        "длина обязательных полей в байтах — 301"
    )
    assert parse(code_of(**block_of(300)))


def test_a_blank_after_the_separator_is_read_and_noticed():
    data = OURS.replace("|BankName=", "| BankName= ").encode()
    code = parse(data)
    assert code.get("BankName") == " ДЕМО БАНК г. Ханты-Мансийск"
    assert warnings(code) == [
        "BankName: пробел у ключа",
        "BankName: пробел в начале или в конце",
    ]


def test_keys_of_other_names_are_noticed():
    text = OURS.replace("PayeeINN=", "INN=").replace("KPP=", "PayeeKPP=")
    assert warnings(parse(text.encode())) == [
        "в стандарте нет ключа «INN»",
        "в стандарте нет ключа «PayeeKPP»",
    ]


def test_what_was_read_does_not_change():
    with pytest.raises(FrozenInstanceError):
        parse(OURS.encode()).separator = "#"  # type: ignore[misc]


def test_a_key_that_is_not_there_has_no_value():
    assert parse(OURS.encode()).get("Phone") is None


# --- warnings


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, []),
        ({"PersonalAcc": "40703810600000000043"}, ["PersonalAcc: ключ счёта не подходит к БИК"]),
        (
            {"PersonalAcc": "03224643718000000001", "CorrespAcc": "40102810245370000007"},
            [
                "PersonalAcc: счёт казначейства, его ключ не проверен",
                "CorrespAcc: счёт казначейства, его ключ не проверен",
            ],
        ),
        (
            {"PersonalAcc": "03224643718000000001", "CorrespAcc": "0"},
            ["PersonalAcc: счёт казначейства, его ключ не проверен"],
        ),
        ({"CorrespAcc": "0"}, ["CorrespAcc: 0 бывает только у казначейства"]),
        ({"PayeeINN": "8600000015"}, ["PayeeINN: не сходится контрольная цифра ИНН"]),
        (
            {"PayeeINN": "519043001"},
            [
                "PayeeINN: нужно 10 или 12 цифр",
                "PayeeINN: не сходится контрольная цифра ИНН",
            ],
        ),
        ({"Purpose": ""}, ["Purpose: пусто"]),
        ({"Sum": "0"}, ["Sum: нужны целые копейки, больше нуля, одними цифрами"]),
        ({"Purpose": "П" * 161}, ["Purpose: знаков 161, а можно не больше 160"]),
    ],
)
def test_what_is_suspicious_is_said(fields: dict[str, str], found: list[str]):
    assert warnings(parse(code_of(**fields))) == found


# --- any bytes


@pytest.mark.parametrize("start", [b"", b"ST0001", b"ST00012|", code_of(), code_of() + b"|"])
@given(tail=st.binary(max_size=60))
def test_any_bytes_are_a_code_or_a_refusal(start: bytes, tail: bytes):
    try:
        code = parse(start + tail)
    except BadCode:
        return
    assert [code.get(key) is not None for key in MANDATORY] == [True] * 5
    assert all(warnings(code))
