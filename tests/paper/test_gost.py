"""The payment barcode's text as we write it: what is refused, what is fitted, what is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkcap.paper.gost import BadCode, Encoding, build, fit_name, fitted
from lkcap.paper.gost_reading import parse
from tests.paper.codes import FIELDS, MANDATORY, OURS, SIGNS, STANDARD, block_of


def refusal(**fields: str) -> str:
    with pytest.raises(BadCode) as caught:
        build(FIELDS | fields)
    return str(caught.value)


@pytest.mark.parametrize("text", [STANDARD, OURS])
def test_an_example_is_written_as_it_was_read(text: str):
    assert build(dict(parse(text.encode()).fields)) == text.encode()


@pytest.mark.parametrize(
    ("text", "encoding", "octets", "block"),
    [
        (STANDARD, Encoding.UTF_8, 359, None),
        (STANDARD, Encoding.WINDOWS_1251, 283, None),
        (OURS, Encoding.UTF_8, 433, 202),
        (OURS, Encoding.WINDOWS_1251, 349, 153),
    ],
)
def test_an_example_has_its_known_size(
    text: str, encoding: Encoding, octets: int, block: int | None
):
    data = build(dict(parse(text.encode()).fields), encoding)
    assert len(data) == octets
    if block is not None:
        five = [part for part in data[8:].split(b"|") if part.split(b"=")[0].decode() in MANDATORY]
        assert len(b"|".join(five)) == block


# --- building


def test_the_mandatory_five_come_first_and_the_rest_as_given():
    fields = {"TechCode": "02", **dict(reversed(FIELDS.items())), "Sum": "1"}
    keys = [key for key, _ in parse(build(fields)).fields]
    assert keys == [*MANDATORY, "TechCode", "Sum"]


def test_an_empty_optional_value_is_left_out():
    assert build(FIELDS | {"Purpose": "", "Sum": "1"}) == build(FIELDS | {"Sum": "1"})


@pytest.mark.parametrize("key", MANDATORY)
def test_a_mandatory_field_must_be_filled(key: str):
    assert refusal(**{key: ""}) == f"{key}: обязательное поле не заполнено"
    with pytest.raises(BadCode, match=f"^{key}: обязательное поле"):
        build({own: value for own, value in FIELDS.items() if own != key})


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("persAcc", "в стандарте нет ключа «persAcc», есть «PersAcc»"),
        ("PayeeInn", "в стандарте нет ключа «PayeeInn», есть «PayeeINN»"),
        ("PayerldType", "в стандарте нет ключа «PayerldType»"),
        ("INN", "в стандарте нет ключа «INN»"),
        ("PayeeKPP", "в стандарте нет ключа «PayeeKPP»"),
        ("", "в стандарте нет ключа «»"),
    ],
)
def test_a_key_must_be_the_standard_s_to_the_letter(key: str, message: str):
    assert refusal(**{key: "1"}) == message


def test_a_refusal_quotes_only_the_beginning_of_a_long_key():
    assert len(refusal(**{"x" * 4000: "1"})) < 100


@pytest.mark.parametrize(
    ("key", "most", "sign"),
    [
        ("BankName", 45, "Б"), ("Sum", 18, "9"), ("Purpose", 160, "П"), ("PayerINN", 12, "1"),
        ("DrawerStatus", 2, "1"), ("CBC", 20, "1"), ("OKTMO", 11, "1"), ("PaytReason", 2, "А"),
        ("TaxPeriod", 10, "1"), ("DocNo", 15, "1"), ("DocDate", 10, "1"), ("TaxPaytKind", 2, "А"),
    ],
)  # fmt: skip
def test_a_value_is_refused_one_character_above_its_limit(key: str, most: int, sign: str):
    assert parse(build(FIELDS | {key: sign * most})).get(key) == sign * most
    message = refusal(**{key: sign * (most + 1)})
    assert message == f"{key}: знаков {most + 1}, а можно не больше {most}"


def test_a_name_is_refused_above_160_characters():
    cyrillic = FIELDS | {"Name": "Ж" * 160}
    assert parse(build(cyrillic, Encoding.WINDOWS_1251)).get("Name") == "Ж" * 160
    assert refusal(Name="Ж" * 161) == "Name: знаков 161, а можно не больше 160"


@pytest.mark.parametrize("key", ["PayerAddress", "ServiceName", "UIN", "LastName"])
def test_a_value_without_a_limit_may_be_long(key: str):
    assert parse(build(FIELDS | {key: "х" * 500})).get(key) == "х" * 500


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("PersonalAcc", "4070381060000000004"),
        ("PersonalAcc", "40703D10600000000042"),
        ("PersonalAcc", "4070381060000000004²"),
        ("BIC", "04999999"),
        ("BIC", "04999999x"),
        ("CorrespAcc", "3010181030000000099"),
        ("CorrespAcc", "00"),
        ("Sum", "880.29"),
        ("Sum", "88029.00"),
        ("Sum", "880,29"),
        ("Sum", "0"),
        ("Sum", "088029"),
        ("Sum", "+88029"),
        ("Sum", "-88029"),
        ("Sum", "88 029"),
        ("Sum", "٣"),
        ("AddAmount", "0.32"),
        ("PayeeINN", "860000001"),
        ("PayeeINN", "86000000144"),
        ("PayeeINN", "86000000l4"),
        ("PayerINN", "нет"),
        ("KPP", "86000100"),
        ("KPP", "86000100x"),
        ("TechCode", "2"),
        ("TechCode", "00"),
        ("TechCode", "16"),
    ],
)
def test_a_value_of_another_format_is_refused(key: str, value: str):
    assert refusal(**{key: value}).startswith(f"{key}: нужн")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("PersonalAcc", "30114B84600000000501"),
        ("CorrespAcc", "0"),
        ("Sum", "1"),
        ("PayeeINN", "500100732259"),
        ("PayerINN", "0"),
        ("TechCode", "15"),
        ("AddAmount", "32"),
    ],
)
def test_a_rare_yet_right_value_is_taken(key: str, value: str):
    assert parse(build(FIELDS | {key: value})).get(key) == value


@pytest.mark.parametrize("value", [" взнос", "взнос ", "\u00a0взнос", "взнос\n", "\tвзнос", " "])
def test_a_blank_at_an_end_is_refused(value: str):
    assert refusal(Purpose=value) == "Purpose: пробел в начале или в конце"


@pytest.mark.parametrize(
    ("sign", "code"),
    [("\n", "000A"), ("\r", "000D"), ("\t", "0009"), ("\0", "0000"), ("\u00ad", "00AD"),
     ("\u200b", "200B"), ("\u00a0", "00A0"), ("\ud800", "D800")],
)  # fmt: skip
def test_an_unprintable_sign_is_refused(sign: str, code: str):
    assert refusal(Purpose=f"взнос{sign}за май") == f"Purpose: непечатный знак U+{code}"


@pytest.mark.parametrize(
    ("encoding", "sign"),
    [
        (Encoding.KOI8_R, "«"),
        (Encoding.KOI8_R, "№"),
        (Encoding.KOI8_R, "є"),
        (Encoding.WINDOWS_1251, "₽"),
        (Encoding.WINDOWS_1251, "Ә"),
    ],
)
def test_a_sign_that_the_encoding_lacks_is_refused(encoding: Encoding, sign: str):
    with pytest.raises(BadCode, match=f"^Purpose: знака «{sign}» нет в {encoding.codec}$"):
        build(FIELDS | {"Purpose": f"взнос {sign}"}, encoding)


def test_the_mandatory_block_holds_300_octets_and_not_one_more():
    assert parse(build(block_of(300))).get("BIC") == "049999999"
    with pytest.raises(BadCode, match="длина обязательных полей в байтах — 301"):
        build(block_of(301))
    assert build(block_of(301), Encoding.WINDOWS_1251)


def test_optional_fields_are_outside_the_300_octets():
    assert len(build(block_of(300) | {"Purpose": "П" * 160})) == 8 + 300 + 9 + 320


# --- the separator


def test_one_separator_stands_between_all_the_fields():
    data = build(FIELDS | {"Name": "Фонд | Югра", "Sum": "1", "Purpose": "Взнос"}).decode()
    assert data[7] == "#"
    assert data.count("|") == 1
    assert [part.split("=")[0] for part in data[8:].split("#")] == [*MANDATORY, "Sum", "Purpose"]


@pytest.mark.parametrize("taken", range(len(SIGNS)))
def test_the_first_free_sign_separates(taken: int):
    purpose = f"а{SIGNS[:taken]}я"
    data = build(FIELDS | {"Purpose": purpose})
    assert data[7:8].decode() == SIGNS[taken]
    assert parse(data).get("Purpose") == purpose


def test_a_code_with_no_free_sign_is_refused():
    assert refusal(Purpose=f"а{SIGNS}я").startswith("все знаки")


# --- fitting


def test_a_cut_never_falls_inside_a_character():
    assert fitted("Югра", characters=160, octets=5) == "Юг"
    assert fitted("aЮгра", characters=160, octets=5) == "aЮг"
    assert fitted("a😀", characters=160, octets=4) == "a"


def test_a_cut_leaves_no_blank_at_the_end():
    assert fitted("Фонд ремонта", characters=5) == "Фонд"
    assert fitted("Фонд ремонта", characters=160, octets=9) == "Фонд"


def test_a_text_within_both_limits_stays():
    assert fitted("Фонд", characters=4, octets=8) == "Фонд"
    assert fitted("Фонд", characters=4, octets=4, encoding=Encoding.KOI8_R) == "Фонд"
    assert fitted("", characters=4, octets=0) == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" Фонд\r\nЮгры\u00a0 и\tк° ", "Фонд Югры и к°"),
        ("капи\u00adтальный\u200b ремонт\0", "капитальный ремонт"),
        ("Фонд \u200b ремонта \u200b", "Фонд ремонта"),
        ("и\u0306од", "йод"),
    ],
)
def test_a_fitted_text_is_one_tidy_line(text: str, line: str):
    assert fitted(text, characters=160) == line


@given(st.text(), st.integers(0, 40), st.integers(0, 40))
def test_a_fitted_text_is_within_its_limits_and_fits_a_code(
    text: str, characters: int, octets: int
):
    line = fitted(text, characters=characters, octets=octets)
    assert len(line) <= characters
    assert len(line.encode()) <= octets
    if line and not set(SIGNS) <= set(line):
        assert parse(build(FIELDS | {"Purpose": line})).get("Purpose") == line


@pytest.mark.parametrize(("encoding", "length"), [(Encoding.UTF_8, 58), (Encoding.KOI8_R, 160)])
def test_a_name_is_cut_to_what_the_block_leaves(encoding: Encoding, length: int):
    fields = FIELDS | {"Name": "Ж" * 200, "BankName": "Б" * 45, "Sum": "1"}
    short = fit_name(fields, encoding)
    assert short == fields | {"Name": "Ж" * length}
    assert parse(build(short, encoding)).get("Name") == "Ж" * length


def test_a_name_of_one_more_letter_would_not_go_in():
    fields = fit_name(FIELDS | {"Name": "Ж" * 200})
    with pytest.raises(BadCode, match="длина обязательных полей"):
        build(fields | {"Name": fields["Name"] + "Ж"})


def test_a_name_that_fits_stays():
    assert fit_name(FIELDS) == FIELDS


def test_other_fields_too_long_for_any_name_are_what_build_names():
    with pytest.raises(BadCode, match="BankName: знаков 200"):
        build(fit_name(FIELDS | {"BankName": "Б" * 200}))


# --- any text


def values(encoding: Encoding, most: int) -> st.SearchStrategy[str]:
    """Printable signs of the encoding, separators and `=` more often than chance has it."""
    printable = st.characters(codec=encoding.codec, exclude_categories=("C", "Z"))
    signs = st.one_of(printable, st.sampled_from("|#;:= "))
    return st.text(signs, min_size=1, max_size=most).map(str.strip).filter(bool)


@pytest.mark.parametrize("encoding", Encoding)
@given(data=st.data())
def test_what_is_built_is_read_back(encoding: Encoding, data: st.DataObject):
    free = {
        "Name": values(encoding, 12),
        "BankName": values(encoding, 12),
        "Purpose": values(encoding, 20),
        "PayerAddress": values(encoding, 20),
        "Sum": st.integers(1, 10**18 - 1).map(str),
    }
    fields = FIELDS | data.draw(st.fixed_dictionaries({}, optional=free))
    code = parse(build(fields, encoding))
    assert (code.encoding, code.fields) == (encoding, tuple(fields.items()))
