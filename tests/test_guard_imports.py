"""Which package may know which; arrows point down: app and cli → features → kit."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import lkcap

ROOT = Path(lkcap.__file__).parent
MODULES = {
    ".".join(path.relative_to(ROOT.parent).with_suffix("").parts): path
    for path in sorted(ROOT.rglob("*.py"))
}
# Not features: the composition root, the commands, what they are made of, and the demo, which
# drives everything as a person would.
ABOVE = {"app", "cli", "commands", "site", "checks", "migrations", "tidy", "demo"}
# A bank's protocol is below the payments, and its views, which nobody imports, are above them.
BANK_VIEWS = re.compile(r"lkcap\.banks\.\w+\.(views|routes)")
# The kit is the ground floor. These two are all it knows of the rest, and they know no feature:
# the settings are typed by the rules of the ledger's due days.
KIT_KNOWS = {"lkcap.config", "lkcap.kit"}
CONFIG_KNOWS = {"lkcap.config", "lkcap.kit", "lkcap.ledger.due"}


def imports(path: Path) -> set[str]:
    """Full names of everything imported; `from x import y` gives `x` and `x.y`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def ours(path: Path) -> set[str]:
    return {name for name in imports(path) if name.startswith("lkcap.")}


def package(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def under(name: str, allowed: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


def test_only_the_pool_imports_aiopg():
    assert [one for one, path in MODULES.items() if "aiopg" in imports(path)] == ["lkcap.kit.db"]


def test_the_kit_knows_nothing_above_it():
    for module, path in MODULES.items():
        if package(module) == "kit":
            assert not {one for one in ours(path) if not under(one, KIT_KNOWS)}, module


def test_the_settings_know_the_kit_and_the_due_days_alone():
    for module, path in MODULES.items():
        if package(module) == "config":
            assert not {one for one in ours(path) if not under(one, CONFIG_KNOWS)}, module


def test_no_feature_imports_another_s_views_or_routes():
    for module, path in MODULES.items():
        if package(module) not in ABOVE:
            foreign = {one for one in ours(path) if package(one) != package(module)}
            assert not {one for one in foreign if re.search(r"\.(views|routes)\b", one)}, module


def test_no_feature_imports_what_stands_above_it():
    for module, path in MODULES.items():
        if package(module) not in ABOVE:
            assert not {one for one in ours(path) if package(one) in ABOVE}, module


def test_packages_of_features_make_no_circle():
    known: dict[str, set[str]] = defaultdict(set)
    for module, path in MODULES.items():
        mine = package(module)
        if mine not in ABOVE | {"kit", "config", ""} and not BANK_VIEWS.fullmatch(module):
            known[mine] |= {package(one) for one in ours(path)} - {mine, "kit", "config"}
    assert set(TopologicalSorter(known).static_order()) >= {"auth", "accounts", "statement"}


def test_loading_a_file_needs_neither_the_site_nor_its_papers():
    """They are 80 MB, and a load is measured by its memory."""
    command = "import sys, lkcap.cli, lkcap.exchange.command; lkcap.cli.new_parser()"
    told = subprocess.run(
        [sys.executable, "-c", f"{command}; print(*sys.modules)"],
        cwd=ROOT.parent, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not {"aiohttp", "aiopg", "fontTools", "fpdf", "jinja2"} & set(told.stdout.split())


def test_views_hold_no_sql_and_queries_no_http():
    for module, path in MODULES.items():
        if module.endswith(".queries"):
            assert "aiohttp" not in imports(path), module
        if module.endswith(".views"):
            assert "lkcap.kit.sql" not in imports(path), module


def test_nothing_but_the_settings_reads_the_environment():
    readers = {
        module
        for module, path in MODULES.items()
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text("utf-8"))
    }
    # the demo forgets the machine's settings, and gives PostgreSQL's programs a clean environment
    assert readers <= {"lkcap.kit.settings", "lkcap.demo.command"}
