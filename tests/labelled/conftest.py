"""The scripts are not a package: they are found beside each other, as when they are run."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))


@pytest.fixture
def write_set(tmp_path):
    """Write a set of labels into a folder and return the folder."""

    def write(documents, events, *, name="real-1", folder="labels"):
        where = tmp_path / folder
        where.mkdir(exist_ok=True)
        for kind, rows in (("docs", documents), ("gold", events)):
            lines = "".join(f"{json.dumps(row)}\n" for row in rows)
            (where / f"{name}.{kind}.jsonl").write_text(lines, encoding="utf-8")
        return where

    return write
