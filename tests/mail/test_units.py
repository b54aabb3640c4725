"""What systemd starts exists."""

import re
from pathlib import Path

from lkcap.cli import new_parser

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_every_unit_starts_a_command_that_exists():
    (commands,) = [one for one in new_parser()._actions if one.choices]
    named = {
        command
        for path in DEPLOY.glob("*.service")
        for command in re.findall(r"run\.py ([a-z-]+)", path.read_text("utf-8"))
    }
    assert named <= set(commands.choices)
    assert named >= {"serve", "send-mail", "tidy", "remind", "mail-receipts", "read-bounces"}


def test_every_timer_starts_a_unit_that_exists():
    for path in DEPLOY.glob("*.timer"):
        assert path.with_suffix(".service").exists(), path.name
