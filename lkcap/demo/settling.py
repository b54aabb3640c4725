"""The first start: the region is written, loaded, and its people let in.

The region is written as the files a billing system would send and walks the importer, so what the
demo shows is what a fund would see.
"""

import argparse
import json
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from argon2 import PasswordHasher

from lkcap.accounts.command import find_account, subscribe
from lkcap.config import Config
from lkcap.demo.region import Story, write_package
from lkcap.demo.saying import say
from lkcap.exchange.loads import LoadRefused, load
from lkcap.exchange.sources import PACKAGE, open_source
from lkcap.kit.batch import batch
from lkcap.kit.errors import Refused
from lkcap.migrations import migrate

PASSWORD = "demo-password"  # noqa: S105 - printed at every start


@dataclass(frozen=True, slots=True)
class Mark:
    """What a finished first start leaves beside the data."""

    accounts: int
    seed: int
    stories: list[Story]
    secret_key: str

    @classmethod
    def read(cls, path: Path) -> "Mark | None":
        try:
            found = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        stories = [Story(**one | {"others": tuple(one["others"])}) for one in found["stories"]]
        return cls(**found | {"stories": stories})

    def write(self, path: Path) -> None:
        unfinished = path.with_suffix(".new")
        unfinished.write_text(json.dumps(asdict(self), ensure_ascii=False), "utf-8")
        unfinished.replace(path)


def settle(args: argparse.Namespace, config: Config) -> Mark:
    """The first start: schema, region, logins. Killed in the middle, it begins anew."""
    migrate(config)
    today, url = config.clock.today(), config.database_url.get_secret_value()
    say(f"Пишу регион: лицевых счетов {args.accounts}…")
    for litter in args.data.glob("region-*"):
        shutil.rmtree(litter, ignore_errors=True)  # of a start that was killed
    with tempfile.TemporaryDirectory(prefix="region-", dir=args.data) as folder:
        region = write_package(
            Path(folder),
            accounts=args.accounts,
            seed=args.seed,
            today=today,
            due_days=config.due_day,
        )
        say(f"Загружаю: домов {region.houses}, операций {region.entries}…")
        try:
            load(url, open_source(PACKAGE, Path(folder)), today=today, max_bad=Fraction(0))
        except LoadRefused as error:
            said = f"В {args.data} остался регион другого дня. Удалите папку и начните снова."
            raise Refused(said) from error
    _let_in(url, region.stories, today)
    secret_key = config.secret_keys[0].get_secret_value()
    return Mark(args.accounts, args.seed, region.stories, secret_key)


def _let_in(url: str, stories: list[Story], today: date) -> None:
    """One password for all, so it is hashed once."""
    password_hash = PasswordHasher().hash(PASSWORD)
    with batch(url) as transaction:
        for story in stories:
            numbers = (story.account, *story.others)
            accounts = [find_account(transaction, number, today) for number in numbers]
            subscribe(transaction, story.email, accounts, password_hash, today)
