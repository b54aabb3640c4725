"""1CClientBankExchange: what came in from others, agreed with the account's turnover."""

from datetime import date

import pytest

from lkcap.exchange.registries.reading import read_registry
from tests.exchange.registries.files import data, faults, read, replaced

OURS = "40703810600000000042"
DOCUMENT = f"""\
СекцияДокумент=Платежное поручение
Номер=500
Дата=12.11.2026
Сумма=10.00
ПлательщикСчет=40817810000000000555
ПолучательСчет={OURS}
НазначениеПлатежа=86000000041
КонецДокумента
"""


def text() -> str:
    return data("1c-utf8.txt").decode("utf-8-sig")


def spoilt(old: str, new: str) -> list[str]:
    return faults(replaced(text().encode(), old.encode(), new.encode()), "1c")


def exchange(*documents: str, head: str = f"РасчСчет={OURS}\n") -> bytes:
    return f"1CClientBankExchange\n{head}{''.join(documents)}КонецФайла".encode()


@pytest.mark.parametrize("name", ["1c.txt", "1c-dos.txt", "1c-utf8.txt"])
def test_money_from_others_is_read_in_every_encoding(name):
    rows = read(name, "1c").rows
    assert [(row.line, row.document, row.account, row.amount) for row in rows] == [
        (18, "451", "86000000017", 640_00),
        (37, "77", "", 1325_50),
    ]
    assert rows[0].purpose == "взнос кап.ремонт л/с 86000000017 за 10.2026"
    assert rows == read("1c.txt", "1c").rows


def test_the_day_is_the_one_the_money_came_and_the_document_s_where_it_is_not_told():
    assert read("1c.txt", "1c").rows[0].paid_on == date(2026, 11, 12)
    content = replaced(text().encode(), "ДатаПоступило=12.11.2026\nПлательщикСчет=4081".encode(),
                       "ПлательщикСчет=4081".encode())  # fmt: skip
    assert read_registry(content, "1c").rows[0].paid_on == date(2026, 11, 11)


def test_the_id_is_the_same_in_every_file_and_tells_no_bank_account():
    first = read("1c.txt", "1c").rows[0]
    assert first.operation_id == "451-9b5b375ced5f61fc781f"
    assert "40817810000000000123" not in repr(read("1c.txt", "1c"))
    assert "Выдумов" not in repr(read("1c.txt", "1c"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Номер=500", "Номер=501"),
        ("Дата=12", "Дата=11"),
        ("10.00", "10.01"),
        ("000555", "000556"),
    ],
)
def test_another_number_day_sum_or_payer_is_another_payment(old, new):
    content = exchange(DOCUMENT, DOCUMENT.replace(old, new))
    first, second = read_registry(content, "1c").rows
    assert first.operation_id != second.operation_id


def test_equal_documents_are_told_apart_by_their_order():
    first, second = read_registry(exchange(DOCUMENT, DOCUMENT), "1c").rows
    assert first.operation_id == second.operation_id
    assert (first.ordinal, second.ordinal) == (1, 2)


def test_a_transfer_between_our_accounts_is_no_payment_and_counts_in_both_turnovers():
    other = "40703810600000000055"
    moved = DOCUMENT.replace("40817810000000000555", other)
    sections = [
        f"СекцияРасчСчет\nРасчСчет={one}\nВсегоПоступило={came}\nВсегоСписано={went}\nКонецРасчСчет\n"
        for one, came, went in ((OURS, 10, 0), (other, 0, 10))
    ]
    assert read_registry(exchange(*sections, moved), "1c").rows == ()


def test_turnovers_of_several_days_are_added():
    days = [
        f"СекцияРасчСчет\nРасчСчет={OURS}\nНачальныйОстаток={opening}\nВсегоПоступило=10\n"
        f"КонечныйОстаток={opening + 10}\nКонецРасчСчет\n"
        for opening in (0, 10)
    ]
    assert len(read_registry(exchange(*days, DOCUMENT, DOCUMENT), "1c").rows) == 2


def test_a_purpose_may_stand_in_six_lines_or_be_broken_by_its_payer():
    broken = DOCUMENT.replace("86000000041", "взнос\nл/с 86000000041\nспасибо")
    six = DOCUMENT.replace(
        "НазначениеПлатежа=", "НазначениеПлатежа1=взнос\nНазначениеПлатежа2=л/с "
    )
    first, second = read_registry(exchange(broken, six), "1c").rows
    assert (first.purpose, first.account) == ("взнос л/с 86000000041 спасибо", "86000000041")
    assert (second.purpose, second.account) == ("взнос л/с 86000000041", "86000000041")


def test_a_payee_left_out_is_us():
    document = DOCUMENT.replace(f"ПолучательСчет={OURS}\n", "")
    section = f"СекцияРасчСчет\nРасчСчет={OURS}\nВсегоПоступило=10.00\nКонецРасчСчет\n"
    assert len(read_registry(exchange(section, document), "1c").rows) == 1


def test_without_an_account_of_ours_the_day_of_coming_in_decides():
    came = DOCUMENT.replace("Сумма", "ДатаПоступило=12.11.2026\nСумма")
    assert len(read_registry(exchange(came, head=""), "1c").rows) == 1
    went = came.replace("Сумма", "ДатаСписано=12.11.2026\nСумма")
    for unclear in (DOCUMENT, went):
        assert "ни плательщик, ни получатель" in faults(exchange(unclear, head=""), "1c")[0]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("ВсегоПоступило=1965.50", "ВсегоПоступило=1965.51",
         "строка 9: ВсегоПоступило: 1\u00a0965,51, а по документам 1\u00a0965,50"),
        ("ВсегоСписано=300.00", "ВсегоСписано=0",
         "строка 9: ВсегоСписано: 0,00, а по документам 300,00"),
        ("КонечныйОстаток=2665.50", "КонечныйОстаток=2665.00",
         "строка 9: КонечныйОстаток: 2\u00a0665,00, а по документам 2\u00a0665,50"),
        ("НачальныйОстаток=1000.00", "НачальныйОстаток=1e3",
         "строка 9: НачальныйОстаток: не сумма в рублях: «1e3»"),
        ("Сумма=1325.5\n", "Сумма=1325.555\n", "строка 37: сумма операции: не сумма в рублях"),
        ("Сумма=1325.5\n", "", "строка 37: сумма операции: пусто"),
        ("Сумма=300.00\n", "Сумма=триста\n", "строка 28: Сумма: не сумма в рублях"),
        ("Сумма=300.00\n", "", "строка 28: Сумма: пусто"),
        ("Сумма=640.00", "Сумма=640.00\nСумма=650.00", "строка 22: Сумма: второе значение"),
        ("Дата=11.11.2026", "Дата=11.11.26", "строка 18: дата документа: не дата"),
        ("Дата=11.11.2026", "Дата=", "строка 18: дата документа: пусто"),
        ("КонецФайла\n", "", "нет строки КонецФайла: файл оборван"),
        ("КонецФайла", "КонецФайла\nЕщё=1", "строка 47: строка после КонецФайла"),
        ("КонецРасчСчет\n", "", "строка 17: СекцияРасчСчет строки 9 не закрыта"),
        ("КонецРасчСчет\n", "КонецДокумента\n", "строка 17: КонецДокумента без своего начала"),
        ("1CClientBankExchange", "1CClientBankExchanges", "первая строка не 1CClientBankExchange"),
        ("Отправитель=ДЕМО БАНК", "ДЕМО БАНК", "строка 4: не строка вида Ключ=Значение"),
    ],
)  # fmt: skip
def test_what_does_not_agree_refuses_the_file(old, new, reason):
    assert any(one.startswith(reason) for one in spoilt(old, new))


def test_a_foreign_document_refuses_the_file():
    foreign = DOCUMENT.replace(OURS, "40703810600000000099")
    assert faults(exchange(DOCUMENT, foreign), "1c") == [
        "строка 11: не видно, что деньги пришли нам: ни плательщик, ни получатель не наш счёт"
    ]


def test_a_file_cut_anywhere_is_refused():
    content = data("1c.txt")
    for length in range(len(content.rstrip())):
        assert faults(content[:length], "1c")
