"""The tutorial of docs/train.md is what happens.

Its console blocks are what was printed; after a change of results
    PYTHONPATH=tests python tests/training/test_tutorial.py
prints them afresh into the page.
"""

from __future__ import annotations

import re
import tempfile
from contextlib import chdir
from pathlib import Path

import yaml
from made_training import FIVE, ONTOLOGY

from console import printed_by
from detente.ontology import load_ontology
from detente.types import NONE

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "train.md"
BLOCK = re.compile(r"```console\n\$ (?P<command>.+)\n(?P<printed>(?:.*\n)*?)```\n")


def run_all(folder: Path) -> list[tuple[str, str, str]]:
    """Run the commands in order: each with what the page shows and what is printed."""
    if not (folder / "examples").exists():
        (folder / "examples").symlink_to(ROOT / "examples")
    with chdir(folder):
        blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
        return [(command, shown, printed_by(command)) for command, shown in blocks]


def shape(text: str) -> str:
    """Without numbers and hashes, which another encoder changes."""
    return re.sub(r"[0-9a-f]{8}|[\d.,]+", "#", text)


def test_the_commands_run_and_print_what_the_page_shows(tmp_path):
    train, classify, code = run_all(tmp_path)
    assert shape(train[1]) == shape(train[2])
    for _, shown, printed in (classify, code):
        assert set(re.findall(r"\b[A-Z]{4,}\b", shown)) <= FIVE | {NONE}
        assert set(re.findall(r"\b[A-Z]{4,}\b", printed)) <= FIVE | {NONE}
    assert shape(classify[1].partition("probab")[2]) == shape(classify[2].partition("probab")[2])
    assert len(re.findall(r"^ *\d+  \w", code[2], re.M)) >= 5


def test_the_ontology_of_the_page_is_that_of_the_example():
    (shown,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    example = yaml.safe_load(ONTOLOGY.read_text(encoding="utf-8"))["types"]
    assert yaml.safe_load(shown).items() <= example.items()
    assert set(example) == FIVE <= set(load_ontology(ONTOLOGY).types)


def update() -> None:
    """Print the console blocks afresh."""
    with tempfile.TemporaryDirectory() as folder:
        results = run_all(Path(folder))
    text = PAGE.read_text(encoding="utf-8")
    for command, shown, printed in results:
        old = f"```console\n$ {command}\n{shown}```\n"
        assert old in text
        text = text.replace(old, f"```console\n$ {command}\n{printed}```\n")
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    update()
