"""The documentation agrees with the code: columns, commands, topics of features, links."""

import argparse
import re
from pathlib import Path

import pytest

from jobrec_ui.commands import cli
from jobrec_ui.data.tables import STAGES, TABLES
from jobrec_ui.features import catalogue

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def _section(table: str) -> str:
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    return text.split(f"### {table}\n")[1].split("\n#")[0]


@pytest.mark.parametrize("table", TABLES)
def test_columns_of_a_file(table):
    told = re.findall(r"^\| (\*\*)?(\w+)(?:\*\*)? \| (?!holds|-)(.+) \| (.+) \|$", _section(table), re.MULTILINE)
    expected = [("**" if column.required else "", column.name, column.about) for column in TABLES[table].columns]
    assert [(bold, name, about) for bold, name, _, about in told] == expected
    sizes = {name: re.search(r"up to ([\d,]+) bytes", holds) for _, name, holds, _ in told}
    for column in TABLES[table].columns:
        if sizes[column.name]:
            assert int(sizes[column.name][1].replace(",", "")) == column.size


def test_stages():
    assert ", ".join(STAGES) in (ROOT / "docs" / "data.md").read_text(encoding="utf-8")


def test_topics_of_features():
    table = re.findall(r"^\| ([a-z, ]+) \| \S", (ROOT / "docs" / "model.md").read_text(encoding="utf-8"), re.MULTILINE)
    told = {topic for row in table for topic in row.split(", ")} - {"topic"}
    assert told == set(catalogue.features()["topic"])


def test_commands():
    (commands,) = (one for one in cli._parser()._actions if isinstance(one, argparse._SubParsersAction))
    told = re.findall(r"^\| `(?!python)([a-z]+) ", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert told == list(commands.choices)


def test_every_path_that_is_named_is_there():
    """In documents, statements and code: a path that begins with one of our folders."""
    roots = ("embedded_redshift", "jobrec_ui", "sql", "tests", "bench", "docs", "pages")
    named = re.compile(rf"(?<![\w/.])(?:{'|'.join(roots)})/[\w/]+\.(?:py|sql|csv|md|toml|css|svg)\b")
    texts = [path for root in roots for path in (ROOT / root).rglob("*") if path.suffix in (".py", ".sql", ".md")]
    gone = {
        (str(text.relative_to(ROOT)), path)
        for text in [*PAGES, *texts]
        for path in named.findall(text.read_text(encoding="utf-8"))
        if not (ROOT / path).exists()
    }
    assert gone == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).is_file(), target
