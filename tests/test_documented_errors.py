"""Every code that can meet a user is in docs/errors.md, and nothing else is."""

import ast
import re
from pathlib import Path

import pytest

import detente

PACKAGE = Path(detente.__file__).parent
PAGE = PACKAGE.parent.parent / "docs" / "errors.md"
CODE = re.compile(r"[DR]\d{3}")


def codes_in_the_source() -> dict[str, str]:
    """Codes that stand as a literal of their own, with the first file that has them."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and CODE.fullmatch(value):
                found.setdefault(value, path.relative_to(PACKAGE).as_posix())
    return found


def rows_of_the_page() -> dict[str, list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return {row[0]: row[1:] for row in cells if CODE.fullmatch(row[0])}


@pytest.mark.parametrize(("code", "path"), sorted(codes_in_the_source().items()))
def test_every_code_is_documented(code, path):
    assert code in rows_of_the_page(), f"{code} of {path} is not in docs/errors.md"


def test_every_documented_code_exists():
    gone = sorted(set(rows_of_the_page()) - set(codes_in_the_source()))
    assert gone == [], "docs/errors.md explains codes that nothing gives"


def test_no_code_is_documented_twice():
    listed = re.findall(r"^\| ([DR]\d{3}) \|", PAGE.read_text(encoding="utf-8"), re.M)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(("code", "cells"), sorted(rows_of_the_page().items()))
def test_a_row_says_what_and_what_to_do(code, cells):
    assert len(cells) == 2
    assert all(cells), f"{code}: an empty cell"
