"""A letter as its reader's mail program sees it."""

import re
from datetime import date
from email.utils import parsedate_to_datetime

import pytest

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.mail.compose import Composer
from lkcap.mail.letter import is_address, seal, unseal
from lkcap.mail.sender import Sender
from tests.conftest import settings
from tests.factory import Books
from tests.mail.outbox import html_of, text_of
from tests.mail.queued import FACTS, letter, put
from tests.mail.sink import Sink


@pytest.mark.parametrize("name", FACTS)
async def test_a_letter_tells_all_of_its_facts_in_text_and_in_html(
    outbox: Database, sender: Sender, sink: Sink, name: str
):
    await put(outbox, letter(name=name))
    await sender.run()
    (found,) = sink.letters
    for body in (text_of(found), html_of(found)):
        plain = body.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
        for told in (*map(str, FACTS[name].values()), "Письмо пришло вам", "Отвечать на письмо"):
            assert told in plain, told
    assert found["Subject"]


async def test_its_headers_say_who_writes_when_and_that_no_answer_is_wanted(
    outbox: Database, sender: Sender, sink: Sink, config: Config
):
    await put(outbox, letter())
    await sender.run()
    (found,) = sink.letters
    # Python's own reader puts a blank where two encoded words of a name meet
    assert found["From"].addresses[0].display_name.split() == config.fund.name.split()
    assert found["From"].addresses[0].addr_spec == config.mail_from
    assert found["To"] == "anna@example.com"
    assert found["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.com>", found["Message-ID"])
    assert parsedate_to_datetime(found["Date"]).utcoffset() is not None
    assert found["List-Unsubscribe"] is None


async def test_a_mailing_can_be_left_with_one_click(outbox: Database, sender: Sender, sink: Sink):
    facts = FACTS["confirm_registration"] | {"unsubscribe": "https://lk.example.ru/unsubscribe/t"}
    await put(outbox, letter(facts=facts))
    await sender.run()
    (found,) = sink.letters
    assert found["List-Unsubscribe"] == "<https://lk.example.ru/unsubscribe/t>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "https://lk.example.ru/unsubscribe/t" in text_of(found)
    assert "https://lk.example.ru/unsubscribe/t" in html_of(found)


async def test_no_fact_can_begin_a_header_or_a_part(outbox: Database, sender: Sender, sink: Sink):
    evil = "x\r\nBcc: all@example.com\r\n\r\n--x\r\n.\r\n<script>"
    facts = FACTS["application_refused"] | {"reason": evil}
    await put(outbox, letter(name="application_refused", facts=facts))
    await sender.run()
    (found,) = sink.letters
    assert found["Bcc"] is None
    assert len(list(found.walk())) == 3
    assert "<script>" not in html_of(found)


async def test_a_header_with_a_line_break_is_never_sent(
    outbox: Database, sender: Sender, sink: Sink, books: Books
):
    facts = FACTS["confirm_registration"] | {"unsubscribe": "https://x/\r\nBcc: all@example.com"}
    await put(outbox, letter(facts=facts))
    assert (await sender.run()).postponed == 1
    assert not sink.accepted
    assert "List-Unsubscribe" in books.rows("SELECT last_answer FROM letter")[0][0]


@pytest.mark.parametrize(
    "address", ["", "anna", "a@b@c", "a b@c.ru", "a@c.ru\r\nBcc: x@y", "a@c.ru,b@c.ru", "<a@c.ru>"]
)
async def test_what_is_no_address_is_not_queued(outbox: Database, address: str):
    assert not is_address(address)
    with pytest.raises(ValueError, match="address"):
        await put(outbox, letter(address))


async def test_a_cyrillic_domain_is_written_as_servers_know_it(
    outbox: Database, sender: Sender, sink: Sink
):
    await put(outbox, letter("anna@пример.рф"))
    await sender.run()
    assert sink.recipients == ["anna@xn--e1afmkfd.xn--p1ai"]


async def test_a_long_name_of_a_fund_is_folded_and_read_back(database: str):
    name = "Югорский фонд капитального ремонта многоквартирных домов " * 4
    config = Config(**settings(database, fund={"name": name}))  # type: ignore[arg-type]
    texts = Composer(config).texts("confirm_registration", FACTS["confirm_registration"])
    assert name.strip() in texts.html


def test_facts_are_sealed_and_days_come_back_as_days(config: Config):
    facts = {"password": "k7", "due": date(2026, 11, 16), "rows": [{"on": date(2026, 1, 2)}]}
    sealed = seal(facts, config.secret_keys)
    assert b"k7" not in sealed
    assert unseal(sealed, config.secret_keys) == facts
