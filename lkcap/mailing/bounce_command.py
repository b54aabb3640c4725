"""`read-bounces DIR`: what came back into the mailbox of MAIL_FROM, for cron.

DIR is a Maildir that nobody else reads: a message in `new` has not been read, one that has been is
moved to `cur`.
"""

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lkcap.config import DataConfig
from lkcap.kit.batch import batch
from lkcap.kit.errors import Refused
from lkcap.kit.sql import query
from lkcap.mailing.bounces import bounce_of

NOTE_BOUNCE = query("mailing/note_bounce")
# A report with our letter in it; more than that is none.
BYTES_MAX = 10 * 2**20
# Maildir's mark of a message that was read.
READ = ":2,S"


@dataclass(slots=True)
class Tally:
    read: int = 0
    returned: int = 0
    marked: int = 0


def run(folder: Path) -> int:
    """Safe to overlap: a report that is told twice changes nothing the second time."""
    config = DataConfig.load()
    if not (folder / "new").is_dir() or not (folder / "cur").is_dir():
        raise Refused(f"{folder} не Maildir: в нём должны быть папки new и cur")
    tally = Tally()
    for path in sorted((folder / "new").iterdir()):
        try:
            _read(config, path, tally)
            # moved after the database knows: a kill in between has it read again
            with suppress(FileNotFoundError):
                path.rename(folder / "cur" / f"{path.name}{READ}")
        except FileNotFoundError:
            continue
        except OSError as error:
            raise Refused(f"{path}: {error.strerror}") from error
    sys.stdout.write(
        f"прочитано: {tally.read}, вернулось писем: {tally.returned}, "
        f"адресов больше не принимает почту: {tally.marked}\n"
    )
    return 0


def _read(config: DataConfig, path: Path, tally: Tally) -> None:
    tally.read += 1
    bounce = bounce_of(path.read_bytes()) if path.stat().st_size <= BYTES_MAX else None
    if bounce is None:
        return
    with batch(config.database_url.get_secret_value()) as transaction:
        known = transaction.rows(
            NOTE_BOUNCE,
            message_id=bounce.message_id,
            answer=bounce.answer,
            is_address=bounce.is_address,
        )
    tally.returned += len(known)
    tally.marked += len(known) if bounce.is_address else 0
