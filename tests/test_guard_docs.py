"""The documentation tells of everything there is, and of nothing that is not."""

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from lkcap.cli import new_parser
from lkcap.config import Config
from lkcap.demo.region import STORIES
from lkcap.ledger.due import DueDays

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
OPERATING = (DOCS / "operating.md").read_text("utf-8")
ROW = re.compile(r"^\| (\**)`([A-Z_]+)`", re.MULTILINE)


def settings(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, bool]]:
    """(name, required) of every setting, groups by their fields."""
    for name, field in model.model_fields.items():
        full = prefix + (field.alias or name).upper()
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__name__ != "Limit":
            yield from settings(kind, f"{full}__")
        else:
            yield full, field.is_required()


def test_every_setting_stands_in_the_table_of_operating():
    assert {name for _, name in ROW.findall(OPERATING)} == {name for name, _ in settings(Config)}


def test_no_setting_stands_there_twice():
    names = [name for _, name in ROW.findall(OPERATING)]
    assert len(names) == len(set(names))


def test_required_settings_are_bold_there():
    bold = {name for mark, name in ROW.findall(OPERATING) if mark}
    assert bold == {name for name, required in settings(Config) if required}


def test_the_defaults_told_are_the_true_ones():
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", OPERATING, re.MULTILINE))
    for name in ("HOST", "PORT", "TIMEZONE", "ORDER_TTL_MINUTES"):
        assert told[name] == str(Config.model_fields[name.lower()].default), name
    assert DueDays.parse(told["DUE_DAY"]) == Config.model_fields["due_day"].default
    for name, limit in Config.model_fields["limits"].default:
        count, time = told[f"LIMITS__{name.rstrip('_').upper()}"].split("/")
        seconds = int(time[:-1]) * {"m": 60, "h": 3600}[time[-1]]
        assert (int(count), seconds) == (limit.count, limit.seconds), name


def test_every_command_named_there_exists():
    (commands,) = [one for one in new_parser()._actions if one.choices]
    named = set(re.findall(r"run\.py ([a-z-]+)", OPERATING))
    assert named <= set(commands.choices)
    assert named >= {"serve", "migrate", "check", "tidy", "verify-books", "import"}


def documents() -> list[Path]:
    # the user guide's links are pages of the site: tests/help follows them
    own = (path for path in DOCS.rglob("*.md") if path.parent != DOCS / "guide")
    return [*ROOT.glob("*.md"), *own]


def test_every_link_between_documents_leads_somewhere():
    for path in documents():
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                assert (path.parent / target).exists(), (path, target)


def test_every_decision_is_linked_and_numbered():
    text = "".join(path.read_text("utf-8") for path in documents())
    for path in (DOCS / "adr").glob("*.md"):
        assert re.search(rf"\]\([^)]*{re.escape(path.name)}\)", text), path.name
        assert path.read_text("utf-8").startswith(f"# {int(path.name[:4])}. "), path.name


def test_every_decision_that_the_code_names_exists():
    sources = [path for folder in ("lkcap", "sql") for path in (ROOT / folder).rglob("*.*")]
    sources += [ROOT / "setup.cfg", ROOT / "ruff.toml"]
    for path in sources:
        if path.suffix in (".py", ".sql", ".cfg", ".toml"):
            for number in re.findall(r"docs/adr/(\d{4})", path.read_text("utf-8")):
                assert list((DOCS / "adr").glob(f"{number}-*.md")), (path, number)


def test_the_readme_lists_every_login_of_the_demo():
    readme = (ROOT / "README.md").read_text("utf-8")
    for story in STORIES:
        assert f"| {story.account} | {story.email} |" in readme
