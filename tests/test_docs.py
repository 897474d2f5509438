"""The pages say what the program does: commands, links, examples.

The console blocks and the record are what was printed; after a change of results
    python tests/test_docs.py
prints them afresh into the pages. A line "..." stands for any number of lines.
"""

from __future__ import annotations

import doctest
import io
import json
import os
import re
from contextlib import redirect_stdout
from pathlib import Path
from shlex import split

import pytest

from console import printed_by
from detente.cli import app

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
# The pages whose console blocks are printed here; those of the others take minutes.
PRINTED = (README, ROOT / "docs" / "quotes.md")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
CONSOLE = re.compile(r"```console\n\$ (?P<command>.+)\n(?P<printed>(?:.*\n)*?)```\n")
RECORD = re.compile(r"```json\n(?P<record>(?:.*\n)*?)```\n")
# Which event of the example the readme explains, and which lines of long output it shows.
EXAMPLE_EVENT = 5
SHOWN = {"code": (0, 27), "explain": (0, 24), "actors": (0, 3), "quotes": (0, 11)}
# What differs between versions of the tables, and says nothing to a reader.
# Rows of tables, hashes, and shares of the model, whose last digits follow the processor.
VOLATILE = (
    (r"\.tsv:\d+", ".tsv:..."),
    (r"(?<=model:)[\w-]+:[0-9a-f]{8}", "..."),
    (r"(?<=yes  confidence )0\.\d+", "..."),
    (r"(?<=THREATEN  confidence )0\.\d+", "..."),
    (r"(?<=score )0\.\d+(?= · runner-up)", "..."),
    (r"\b[0-9a-f]{16}\b", "..."),
    (r'(?<=":)0\.\d+(?=[,}])', "..."),
)


def commands() -> list[str]:
    return [name for name in app if not name.startswith("-")]


def record_of_the_example() -> str:
    """The example's event as JSON, without what is empty, volatile or long."""
    lines = printed_by("detente code examples/strait.txt --format jsonl").splitlines()
    row = json.loads(lines[EXAMPLE_EVENT - 1])
    for name in ("id", "document", "signature", "coder"):
        row[name] = "..."
    row["evidence"] = [
        {k: v for k, v in one.items() if v is not None and k != "entry"} for one in row["evidence"]
    ][:1]
    return _laid_out(_without_empty(row))


def _without_empty(value: object) -> object:
    if isinstance(value, dict):
        kept = {key: _without_empty(one) for key, one in value.items()}
        return {
            k: one for k, one in kept.items() if one is not None and one is not False and one != []
        }
    return [_without_empty(one) for one in value] if isinstance(value, list) else value


def _laid_out(row: object) -> str:
    assert isinstance(row, dict)
    fields = [f" {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in row.items()]
    return "{" + ",\n".join(fields)[1:] + "}\n"


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command):
    assert f"`detente {command}`" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize(
    ("command", "printed"),
    [block for page in PRINTED for block in CONSOLE.findall(page.read_text(encoding="utf-8"))],
)
def test_console_blocks_are_real(command, printed):
    got = printed_by(command)
    want = re.sub(r"^\.\.\.$\n?", "...", printed, flags=re.M)
    checker = doctest.OutputChecker()
    assert checker.check_output(want, got, doctest.ELLIPSIS), got


def test_the_record_is_real():
    (record,) = RECORD.findall(README.read_text(encoding="utf-8"))
    assert record == record_of_the_example()


@pytest.mark.parametrize(
    ("page", "printed"),
    [
        ("README.md", "THREATEN conditional She threatened to expel Chinese diplomats"),
        ("docs/quotes.md", "indirect Beijing CHN ['its coast guard had attacked the boat']"),
    ],
)
def test_the_python_example_runs(page, printed):
    text = (ROOT / page).read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", text, re.S)
    out = io.StringIO()
    with redirect_stdout(out):
        exec(program, {})
    assert printed in out.getvalue()


def test_decisions_are_listed():
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    missing = [path.name for path in folder.glob("0*.md") if f"]({path.name})" not in index]
    assert missing == []


def test_every_page_of_docs_is_linked_from_the_readme():
    text = README.read_text(encoding="utf-8")
    linked = set(re.findall(r"\((docs/[^)#]+)\)", text))
    pages = {page.relative_to(ROOT).as_posix() for page in ROOT.glob("docs/*.md")}
    assert pages <= linked


def _shortened(command: str, printed: str) -> str:
    for pattern, shown in VOLATILE:
        printed = re.sub(pattern, shown, printed)
    lines = printed.splitlines()
    first, last = SHOWN.get(split(command)[1], (0, len(lines)))
    kept = lines[first:last] + (["..."] if last < len(lines) else [])
    return "".join(f"{line}\n" for line in kept)


def _with_blocks(text: str) -> str:
    for command, _ in CONSOLE.findall(text):
        printed = _shortened(command, printed_by(command))
        block = f"```console\n$ {command}\n{printed}```\n"
        start = text.index(f"```console\n$ {command}\n")
        end = text.index("```\n", start + 5) + 4
        text = text[:start] + block + text[end:]
    return text


def update() -> None:
    """Print the console blocks and the record of the readme afresh."""
    os.chdir(ROOT)
    for page in PRINTED:
        page.write_text(_with_blocks(page.read_text(encoding="utf-8")), encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    start = text.index("```json\n") + 8
    text = text[:start] + record_of_the_example() + text[text.index("```", start) :]
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    update()
