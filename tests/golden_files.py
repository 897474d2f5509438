"""Golden cases from a folder of JSON lines, one case a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parent / "golden"


def golden_cases(folder: str) -> Iterator[Any]:
    """Give the cases of a folder as parameters, named by file and line.

    One with "known_failure" is run all the same and must fail.
    """
    for path in sorted((GOLDEN / folder).glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            case = json.loads(line)
            marks = []
            if "known_failure" in case:
                marks = [pytest.mark.xfail(strict=True, reason=case["known_failure"])]
            yield pytest.param(case, id=f"{path.stem}:{number}", marks=marks)
