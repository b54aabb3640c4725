"""Employees as tests know them: one password for all, codes from their secrets."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyotp

from lkcap.auth import totp
from lkcap.config import Config
from lkcap.kit.batch import batch
from lkcap.staff.employees import ADD_EMPLOYEE
from tests.browserless import Answer, Browser
from tests.factory import CHEAP

PASSWORD = "кедровая шишка у крыльца"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(step: int = 0, secret: str = SECRET) -> str:
    """The code of this half minute, or of one `step` half minutes away."""
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30 * step))


@dataclass(slots=True)
class Desk:
    """`await desk.enter(browser, "operator")` makes the employee and logs him in."""

    config: Config

    def employ(self, role: str, login: str = "", *, one_time: bool = False) -> str:
        """His login: that of his role when not said."""
        now = datetime.now(UTC)
        with batch(self.config.database_url.get_secret_value()) as transaction:
            transaction.run(
                ADD_EMPLOYEE,
                login=login or role,
                name=f"Примеров {login or role}",
                role=role,
                password_hash=CHEAP.hash(PASSWORD),
                one_time_until=now + timedelta(days=1) if one_time else None,
                totp_secret=totp.encrypted(self.config, SECRET),
                now=now,
            )
        return login or role

    async def enter(self, browser: Browser, role: str, login: str = "") -> None:
        answer = await self.log_in(browser, self.employ(role, login))
        assert answer.status == 303, answer.page.text

    async def log_in(
        self, browser: Browser, login: str, *, password: str = PASSWORD, said: str | None = None
    ) -> Answer:
        token = (await browser.page("/staff/login")).csrf[0]
        fields = {"login": login, "password": password, "code": said or code()}
        return await browser.post("/staff/login", csrf=token, **fields)


async def send(browser: Browser, page: str, path: str, **fields: str) -> Answer:
    """Send a form that stands on a page of the desk."""
    token = (await browser.page(page)).csrf[0]
    return await browser.post(path, csrf=token, **fields)
