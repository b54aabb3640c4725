"""A letter that came back is told by the report of a mail server, as it lies in a Maildir."""

from pathlib import Path

import pytest

from lkcap.kit.errors import Refused
from lkcap.mailing.bounce_command import run
from lkcap.mailing.bounces import Bounce, bounce_of
from tests.browserless import Browser
from tests.factory import Books

ID = "<0123abc@example.com>"
# As Postfix writes it; the returned part may be the whole letter or its headers.
REPORT = """From: MAILER-DAEMON@relay.example (Mail Delivery System)
To: lk@example.com
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
Arrival-Date: Sun, 22 Nov 2026 10:00:00 +0500

Final-Recipient: rfc822; anna@example.ru
Original-Recipient: rfc822;anna@example.ru
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.ru
Diagnostic-Code: smtp; {told}

--b
Content-Type: {returned}

From: lk@example.com
To: anna@example.ru
Message-ID: {message_id}

--b--
"""


def report(
    told: str = "550 5.1.1 <anna@example.ru>: User unknown", status: str = "5.1.1",
    action: str = "failed", returned: str = "message/rfc822", message_id: str = ID,
) -> bytes:  # fmt: skip
    values = {"told": told, "status": status, "action": action}
    return REPORT.format(**values, returned=returned, message_id=message_id).encode()


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_is_read(returned: str):
    assert bounce_of(report(returned=returned)) == Bounce(
        ID, "550 5.1.1 <anna@example.ru>: User unknown", is_address=True
    )


@pytest.mark.parametrize(
    ("told", "status", "is_address"),
    [
        ("552 5.2.2 mailbox full", "5.2.2", False),
        ("550 5.7.1 spam", "5.7.1", False),
        ("550 no such user", "5.0.0", True),
        ("550 5.1.1 no such user", "5.0.0", True),
        ("554 5.7.1 spam", "5.0.0", False),
        ("554 no", "5.0.0", False),
    ],
)
def test_the_address_is_blamed_where_it_is_to_blame(told: str, status: str, is_address: bool):
    found = bounce_of(report(told, status))
    assert found is not None
    assert found.is_address == is_address


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\x00",
        b"Subject: holidays\n\nBack on Monday",
        report(action="delayed", status="4.4.1"),
        report(message_id=""),
        report()[:200],
    ],
)
def test_what_is_no_report_is_none(raw: bytes):
    assert bounce_of(raw) is None


@pytest.fixture
def mailbox(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LKCAP_DATABASE_URL", database)
    folder = tmp_path / "Maildir"
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True)
    return folder


async def test_the_address_is_marked_and_its_owner_sees_it(
    books: Books, mailbox: Path, browser: Browser, capsys: pytest.CaptureFixture[str]
):
    books.house().account().load()
    books.subscriber("anna@example.ru", "86000000017")
    books.rows(
        "INSERT INTO letter (message_id, name, recipient, state, ended_at)"
        " VALUES (%s, 'receipt', 'Anna@example.ru', 'sent', now())", ID,
    )  # fmt: skip
    (mailbox / "new" / "1").write_bytes(report())
    (mailbox / "new" / "2").write_bytes(report(message_id="<nobody@example.com>"))
    (mailbox / "new" / "3").write_bytes(b"Subject: spam\n\n")
    assert run(mailbox) == 0
    assert "прочитано: 3, вернулось писем: 1, адресов" in capsys.readouterr().out
    assert books.rows("SELECT state::text FROM letter") == [("refused",)]
    assert books.rows("SELECT email FROM email_refused") == [("anna@example.ru",)]
    assert sorted(path.name for path in (mailbox / "cur").iterdir()) == ["1:2,S", "2:2,S", "3:2,S"]
    await browser.login("anna@example.ru")
    assert "Письма на вашу почту не доходят" in (await browser.page("/account")).text
    assert "не доходят" in (await browser.page("/settings")).text


def test_a_folder_that_is_no_mailbox_is_refused(mailbox: Path):
    with pytest.raises(Refused, match="не Maildir"):
        run(mailbox / "new")
